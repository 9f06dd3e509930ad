"""Tables taken out: CSV that Danish Excel opens as it should, and Excel. Text is never taken for a formula."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

import xlsxwriter

from faelles.tid import KOEBENHAVN

# What makes a spreadsheet calculate instead of show (OWASP, CSV injection); an apostrophe before it makes it text.
_FORMELTEGN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BOM = "\ufeff"


def celle(vaerdi: Any) -> str:
    """A value as text: Danish decimal comma, dates as 2027-01-31, instants in Danish time, and no formulas."""
    for slags, skriv in _SKRIVERE:
        if isinstance(vaerdi, slags):
            return skriv(vaerdi)
    tekst = str(vaerdi)
    return f"'{tekst}" if tekst.startswith(_FORMELTEGN) else tekst


# The first that fits: a bool is an int to Python, and a datetime a date.
_SKRIVERE: tuple[tuple[type | tuple[type, ...], Callable[[Any], str]], ...] = (
    (type(None), lambda _: ""),
    (bool, lambda vaerdi: "ja" if vaerdi else "nej"),
    ((Decimal, float), lambda vaerdi: str(vaerdi).replace(".", ",")),
    (int, str),
    (datetime, lambda vaerdi: vaerdi.astimezone(KOEBENHAVN).strftime("%Y-%m-%d %H:%M:%S")),
    (date, lambda vaerdi: vaerdi.isoformat()),
)


def som_csv(raekker: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The table line by line, ready to be streamed: UTF-8 with a mark, semicolons."""
    buffer = io.StringIO()
    skriver = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    yield BOM
    for raekke in raekker:
        skriver.writerow([celle(vaerdi) for vaerdi in raekke])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def som_xlsx(ud: IO[bytes], ark: str, hoved: Sequence[str], raekker: Iterable[Sequence[Any]]) -> None:
    """Write the table as one sheet with frozen headings and a filter. Rows are written as they come; none is held in memory."""
    valg = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(ud, valg) as bog:
        fed, dag = bog.add_format({"bold": True}), bog.add_format({"num_format": "dd.mm.yyyy"})
        blad = bog.add_worksheet(ark[:31])
        blad.freeze_panes(1, 0)
        blad.write_row(0, 0, hoved, fed)
        nummer = 0
        for nummer, raekke in enumerate(raekker, start=1):
            for indeks, vaerdi in enumerate(raekke):
                _skriv(blad, nummer, indeks, vaerdi, dag)
        blad.autofilter(0, 0, nummer, max(len(hoved) - 1, 0))


def _skriv(blad: Any, raekke: int, kolonne: int, vaerdi: Any, dag: Any) -> None:
    if vaerdi is None:
        return
    if isinstance(vaerdi, bool):
        blad.write_string(raekke, kolonne, "ja" if vaerdi else "nej")
    elif isinstance(vaerdi, (int, float, Decimal)):
        blad.write_number(raekke, kolonne, float(vaerdi))
    elif isinstance(vaerdi, date) and not isinstance(vaerdi, datetime):
        blad.write_datetime(raekke, kolonne, vaerdi, dag)
    else:
        blad.write_string(raekke, kolonne, celle(vaerdi) if isinstance(vaerdi, datetime) else str(vaerdi))
