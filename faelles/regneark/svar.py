"""A table as an answer: CSV line by line, or an Excel file. For this actor alone: no shared cache may keep it."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse

from faelles.fejl import IkkeFundet
from faelles.regneark.udtraek import som_csv, som_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMER = ("csv", "xlsx")


def fil(indhold: bytes, filnavn: str, art: str = XLSX) -> HttpResponse:
    """A file to keep."""
    return HttpResponse(indhold, content_type=art, headers=_hoveder(filnavn))


def tabel(form: str, navn: str, hoved: Sequence[str], raekker: Iterable[Sequence[Any]]) -> HttpResponseBase:
    """The table in one of FORMER; `navn` names the file and the sheet. Raises IkkeFundet for any other form."""
    if form == "csv":
        linjer = som_csv(chain([hoved], raekker))
        return StreamingHttpResponse(linjer, content_type="text/csv; charset=utf-8", headers=_hoveder(f"{navn}.csv"))
    if form == "xlsx":
        return fil(som_xlsx(navn, hoved, raekker), f"{navn}.xlsx")
    raise IkkeFundet("side_ikke_fundet", "Siden findes ikke.")


def _hoveder(filnavn: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{filnavn}"', "Cache-Control": "private, no-store"}
