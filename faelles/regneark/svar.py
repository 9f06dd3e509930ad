"""A table as an answer: CSV line by line, or an Excel file. For this actor alone: no shared cache may keep it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from tempfile import SpooledTemporaryFile
from typing import Any, TypeVar

from django.db import transaction
from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse

from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet
from faelles.regneark.udtraek import som_csv, som_xlsx
from faelles.scope import saet_database_aktoer

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMER = ("csv", "xlsx")
I_HUKOMMELSEN = 2**20  # bytes of an Excel file; a larger one is put together on the disk
STYKKE = 500  # rows read at a time while a file is sent
T = TypeVar("T")


def fil(indhold: bytes, filnavn: str, art: str = XLSX) -> HttpResponse:
    """A file to keep."""
    return HttpResponse(indhold, content_type=art, headers=_hoveder(filnavn))


def tabel(form: str, navn: str, hoved: Sequence[str], raekker: Iterable[Sequence[Any]]) -> HttpResponseBase:
    """The table in one of FORMER; `navn` names the file and the sheet. Raises IkkeFundet for any other form."""
    if form == "csv":
        linjer = som_csv(chain([hoved], raekker))
        return StreamingHttpResponse(linjer, content_type="text/csv; charset=utf-8", headers=_hoveder(f"{navn}.csv"))
    if form == "xlsx":
        ud = SpooledTemporaryFile(I_HUKOMMELSEN)  # noqa: SIM115 - the answer closes it when it has been sent
        som_xlsx(ud, navn, hoved, raekker)
        ud.seek(0)
        return FileResponse(ud, content_type=XLSX, headers=_hoveder(f"{navn}.xlsx"))
    raise IkkeFundet("side_ikke_fundet", "Siden findes ikke.")


def i_stykker(
    aktoer: Aktoer, noegler: Sequence[T], hent: Callable[[Sequence[T]], Iterable[Sequence[Any]]]
) -> Iterator[Sequence[Any]]:
    """The rows of these keys, in their order, read piece by piece while they are sent.

    The view's transaction is over by then, so each piece has one of its own, in which it is said who asks.
    """
    for nummer in range(0, len(noegler), STYKKE):
        with transaction.atomic():
            saet_database_aktoer(aktoer)
            raekker = list(hent(noegler[nummer : nummer + STYKKE]))
        yield from raekker


def _hoveder(filnavn: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{filnavn}"', "Cache-Control": "private, no-store"}
