"""Files as people and others send them."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import xlsxwriter

HOVED = ["Id *", "Navn *", "Art", "Pladser", "Fra", "Pris"]
GOD = ["A1", "Kærgården", "døgn", 12, date(2027, 1, 1), 2450.5]


def xlsx(*raekker: Sequence[Any], ark: str = "Pladser", hoved: Sequence[str] = HOVED, mere: Any = None) -> bytes:
    """A workbook with one sheet; `mere` may write more into it."""
    ud = io.BytesIO()
    with xlsxwriter.Workbook(ud, {"in_memory": True}) as bog:
        blad = bog.add_worksheet(ark)
        dag = bog.add_format({"num_format": "dd.mm.yyyy"})
        blad.write_row(0, 0, hoved)
        for nummer, raekke in enumerate(raekker, start=1):
            for indeks, vaerdi in enumerate(raekke):
                if isinstance(vaerdi, date):
                    blad.write_datetime(nummer, indeks, vaerdi, dag)
                elif vaerdi is not None:
                    blad.write(nummer, indeks, vaerdi)
        if mere:
            mere(bog, blad)
    return ud.getvalue()


def csv(*linjer: str, kodning: str = "utf-8-sig") -> bytes:
    """Lines of a CSV file."""
    return "\r\n".join(linjer).encode(kodning)


def med_arkets_xml(fil: bytes, aendr: Callable[[bytes], bytes]) -> bytes:
    """The same workbook with its first sheet's XML changed."""
    navn = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(fil)) as ind:
        return pakket(fil, {navn: aendr(ind.read(navn))})


def pakket(fil: bytes, dele: Mapping[str, bytes]) -> bytes:
    """The same workbook with some of its parts replaced."""
    ud = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(fil)) as ind, zipfile.ZipFile(ud, "w", zipfile.ZIP_DEFLATED) as ny:
        for del_ in ind.infolist():
            ny.writestr(del_.filename, dele.get(del_.filename) or ind.read(del_))
    return ud.getvalue()


def zipbombe() -> bytes:
    """A workbook of a few hundred kB that unpacks to more than anybody should read."""
    fil = io.BytesIO(xlsx(GOD))
    with zipfile.ZipFile(fil, "a", zipfile.ZIP_DEFLATED) as pakke:
        pakke.writestr("xl/media/image1.bin", b"0" * (200 * 2**20))
    return fil.getvalue()
