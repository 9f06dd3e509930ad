"""CSV for a Danish spreadsheet: semicolons, UTF-8 with a byte order mark, row by row, and never a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
# What makes a spreadsheet calculate instead of show (OWASP, CSV injection); the apostrophe makes it text.
_FORMEL = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def celle(tekst: str) -> str:
    """The text as a cell that no spreadsheet calculates."""
    return f"'{tekst}" if tekst.startswith(_FORMEL) else tekst


def linjer(hoved: Sequence[str], raekker: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """The file in pieces, one a row, so that a long one is sent while it is being read."""
    yield _BOM.encode() + _linje(hoved)
    for raekke in raekker:
        yield _linje(raekke)


def _linje(celler: Sequence[str]) -> bytes:
    ud = io.StringIO()
    csv.writer(ud, delimiter=";", lineterminator="\r\n").writerow([celle(tekst) for tekst in celler])
    return ud.getvalue().encode()
