"""Cursor paging: pages neither repeat nor skip rows, however the list grows; an exact total only when asked for."""

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.fejl import UgyldigtInput

STANDARD, HOEJST = 50, 1000
R = TypeVar("R")


def _graense(request: Request) -> int:
    tekst = request.query_params.get("limit", str(STANDARD))
    if not (tekst.isascii() and tekst.isdecimal() and len(tekst) <= len(str(HOEJST)) and 1 <= int(tekst) <= HOEJST):
        raise UgyldigtInput(
            "ugyldig_limit", f"limit skal være et helt tal fra 1 til {HOEJST}.", {"limit": ["Uden for grænserne."]}
        )
    return int(tekst)


def _ugyldig_markoer(felt: str = "cursor") -> UgyldigtInput:
    return UgyldigtInput(
        "ugyldig_cursor", f"{felt} er ikke en, vi har givet. Begynd forfra uden {felt}.", {felt: ["Ukendt."]}
    )


def _kod(vaerdier: Sequence[Any]) -> str:
    raa = json.dumps([vaerdi if isinstance(vaerdi, int | str) else str(vaerdi) for vaerdi in vaerdier])
    return base64.urlsafe_b64encode(raa.encode()).decode().rstrip("=")


def _afkod(markoer: str, antal: int) -> list[Any]:
    try:
        vaerdier = json.loads(base64.urlsafe_b64decode(markoer + "=" * (-len(markoer) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        raise _ugyldig_markoer() from None
    if not isinstance(vaerdier, list) or len(vaerdier) != antal or not all(isinstance(v, int | str) for v in vaerdier):
        raise _ugyldig_markoer()
    return vaerdier


def _efter(felter: Sequence[str], vaerdier: Sequence[Any], retning: str) -> Q:
    """Rows that stand after these values: (a, b) > (x, y) spelled out."""
    efter, ens = Q(), Q()
    for felt, vaerdi in zip(felter, vaerdier, strict=True):
        efter |= ens & Q(**{f"{felt}__{retning}": vaerdi})
        ens &= Q(**{felt: vaerdi})
    return efter


def side(
    request: Request,
    raekker: QuerySet[Any, Mapping[str, Any]],
    orden: Sequence[str],
    vis: Callable[[Any], Mapping[str, Any]],
) -> Response:
    """A page of a `.values()` queryset in `orden` (all rising, or all falling with "-"), its last field unique.

    The fields of `orden` must be among the values. Raises UgyldigtInput for a limit or cursor that is not ours.
    """
    felter = [felt.removeprefix("-") for felt in orden]
    retning = "lt" if orden[0].startswith("-") else "gt"
    graense = _graense(request)
    udsnit = raekker.order_by(*orden)
    try:
        if markoer := request.query_params.get("cursor"):
            udsnit = udsnit.filter(_efter(felter, _afkod(markoer, len(felter)), retning))
        fundne = list(udsnit[: graense + 1])
    except (ValidationError, ValueError, TypeError, OverflowError):
        raise _ugyldig_markoer() from None
    naeste = _kod([fundne[graense - 1][felt] for felt in felter]) if len(fundne) > graense else None
    antal = raekker.order_by().values("pk").distinct().count() if request.query_params.get("antal") == "true" else None
    return svar(request, [vis(raekke) for raekke in fundne[:graense]], naeste, antal)


def liste_side(
    request: Request,
    raekker: Sequence[Any],
    noegle: Callable[[Any], str],
    vis: Callable[[Any], Mapping[str, Any]],
    suppler: Callable[[Sequence[Any]], Iterable[Any]] = lambda udsnit: udsnit,
) -> Response:
    """A page of a list that is made whole for each request (a ranking): the cursor names the last row shown.

    `suppler` gives the rows of the page what is only read for those that are shown.
    Raises UgyldigtInput when that row is no longer in the list, rather than repeat or skip any.
    """
    udsnit, naeste = listeudsnit(raekker, noegle, _graense(request), request.query_params.get("cursor", ""))
    antal = len(raekker) if request.query_params.get("antal") == "true" else None
    return svar(request, [vis(raekke) for raekke in suppler(udsnit)], naeste, antal)


def listeudsnit(
    raekker: Sequence[R], noegle: Callable[[R], str], graense: int, markoer: str, *, felt: str = "cursor"
) -> tuple[Sequence[R], str | None]:
    """So many rows after the one the cursor names, or the first, and the cursor of those that follow; None when none do.

    For a list that is asked for in a body, whose `felt` is the cursor. Raises UgyldigtInput as `liste_side`.
    """
    fra = 0
    if markoer:
        try:
            (sidste,) = _afkod(markoer, 1)
        except UgyldigtInput:
            raise _ugyldig_markoer(felt) from None
        pladser = [nummer for nummer, raekke in enumerate(raekker) if noegle(raekke) == sidste]
        if not pladser:
            raise _ugyldig_markoer(felt)
        fra = pladser[0] + 1
    udsnit = raekker[fra : fra + graense]
    return udsnit, _kod([noegle(udsnit[-1])]) if fra + graense < len(raekker) else None


def svar(request: Request, resultater: list[Mapping[str, Any]], naeste: str | None, antal: int | None) -> Response:
    """The envelope every list has, with `Link: rel=next` (RFC 8288) when there is more."""
    krop: dict[str, Any] = {"resultater": resultater, "naeste": None}
    if antal is not None:
        krop["antal"] = antal
    hoveder = {}
    if naeste:
        foresp = request.query_params.copy()
        foresp["cursor"] = naeste
        krop["naeste"] = request.build_absolute_uri(f"{request.path}?{foresp.urlencode()}")
        hoveder["Link"] = f'<{krop["naeste"]}>; rel="next"'
    return Response(krop, headers=hoveder)
