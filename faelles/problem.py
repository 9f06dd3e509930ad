"""Every refusal of the API as problem+json (RFC 9457): one shape, all faults at once, nothing about the inside."""

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import DataError
from django.http import Http404, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from faelles.afsender import forespoergsel
from faelles.fejl import DomaeneFejl, oversat
from faelles.ids import uuid7

log = logging.getLogger(__name__)

MEDIETYPE = "application/problem+json"
TITLER: Mapping[int, str] = {
    400: "Ugyldig forespørgsel",
    401: "Ikke logget ind",
    403: "Ingen adgang",
    404: "Findes ikke",
    405: "Metoden kan ikke bruges her",
    406: "Formatet kan ikke leveres",
    409: "Konflikt",
    413: "For meget på én gang",
    412: "Ændret i mellemtiden",
    415: "Formatet kan ikke læses",
    422: "Nøglen er brugt til noget andet",
    428: "Forudsætning mangler",
    429: "For mange på kort tid",
    500: "Fejl hos os",
    503: "Kan ikke svare lige nu",
}
# DRF's own refusals, said in Danish; validation errors are said per field instead.
_BESKEDER: Mapping[type[exceptions.APIException], tuple[str, str]] = {
    exceptions.NotAuthenticated: ("ikke_logget_ind", "Send et gyldigt adgangstoken i hovedet Authorization: Bearer."),
    exceptions.AuthenticationFailed: ("token_afvist", "Adgangstokenet er ugyldigt eller udløbet. Hent et nyt."),
    exceptions.PermissionDenied: ("ingen_adgang", "Klientens adgange (scopes) dækker ikke denne handling."),
    exceptions.MethodNotAllowed: (
        "metode_ikke_tilladt",
        "Ressourcen understøtter ikke metoden; se API-dokumentationen.",
    ),
    exceptions.NotAcceptable: ("format_ikke_muligt", "Ressourcen kan ikke leveres i det ønskede format."),
    exceptions.UnsupportedMediaType: (
        "format_ikke_laesbart",
        "Send kroppen som application/json, eller som ressourcen beder om den.",
    ),
    exceptions.ParseError: ("json_ugyldig", "Kroppen er ikke gyldig JSON."),
}
_IKKE_FUNDET = ("ikke_fundet", "Ressourcen findes ikke, eller klienten må ikke se den.")


def kamel(navn: str) -> str:
    """`hoejeste_takst` as the API writes it: `hoejesteTakst`."""
    return re.sub(r"_(\w)", lambda fund: fund[1].upper(), navn)


def krop(status: int, kode: str, detalje: str, fejl: Iterable[Mapping[str, str]] = ()) -> dict[str, Any]:
    """The body of a problem; its `instance` is the number of the request, which stands in the log and the history."""
    forekomst = f"urn:uuid:{forespoergsel() or uuid7()}"
    log.info("api_afvist %s %s %s", status, kode, forekomst)
    return {
        "type": f"/api/v1/docs#fejl-{kode.replace('_', '-')}",
        "title": TITLER.get(status, HTTPStatus(status).phrase),
        "status": status,
        "detail": detalje,
        "instance": forekomst,
        "code": kode,
        "errors": list(fejl),
    }


def problem(
    status: int,
    kode: str,
    detalje: str,
    fejl: Iterable[Mapping[str, str]] = (),
    hoveder: Mapping[str, str] | None = None,
) -> Response:
    """A problem+json response of a DRF view."""
    data = krop(status, kode, detalje, fejl)
    return Response(data, status=status, content_type=MEDIETYPE, headers=dict(hoveder or {}))


def uden_for_drf(fejl: DomaeneFejl) -> JsonResponse:
    """The same, for what is refused before or beside DRF: by a middleware, at the token address."""
    data = krop(fejl.status, fejl.kode, fejl.besked, _feltfejl(fejl))
    return JsonResponse(data, status=fejl.status, content_type=MEDIETYPE, headers=vent(fejl))


def vent(fejl: DomaeneFejl) -> dict[str, str]:
    """Retry-After, where trying again helps."""
    return {"Retry-After": str(fejl.vent)} if fejl.vent else {}


def behandl(undtagelse: Exception, _kontekst: Mapping[str, Any]) -> Response:
    """DRF's exception handler. What nobody expected is logged with its `instance` and said without a word of the inside."""
    set_rollback()
    svar = _oversaet(undtagelse)
    if svar is None:
        svar = problem(500, "intern_fejl", "Noget gik galt hos os, og intet er gemt. Oplys instance til driften.")
    if svar.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("api_fejl %s", svar.data["instance"], exc_info=undtagelse)
    return svar


def _oversaet(undtagelse: Exception) -> Response | None:
    """The refusal an exception means, or None when it is a fault of ours."""
    fejl = oversat(undtagelse) or undtagelse
    svar: Response | None = None
    if isinstance(
        undtagelse, DataError | OverflowError
    ):  # no column can hold it (a NUL character), or no day comes after it
        svar = problem(400, "ugyldig_vaerdi", "En af værdierne indeholder tegn eller tal, der ikke kan bruges.")
    elif isinstance(fejl, DomaeneFejl):
        svar = problem(fejl.status, fejl.kode, fejl.besked, _feltfejl(fejl), vent(fejl))
    elif isinstance(fejl, exceptions.ValidationError):
        svar = problem(
            400, "ugyldigt_input", "Ret felterne i errors, og send igen.", list(_valideringsfejl(fejl.detail))
        )
    elif isinstance(fejl, Http404):
        svar = problem(404, *_IKKE_FUNDET)
    elif isinstance(fejl, PermissionDenied):
        svar = problem(403, *_BESKEDER[exceptions.PermissionDenied])
    elif isinstance(fejl, exceptions.APIException):
        svar = _drf(fejl)
    return svar


def _feltfejl(fejl: DomaeneFejl) -> Iterator[dict[str, str]]:
    for felt, beskeder in fejl.felter.items():
        for besked in beskeder:
            yield {"pointer": f"/{kamel(felt)}", "code": fejl.kode, "detail": besked}


def _valideringsfejl(detalje: Any, sti: str = "") -> Iterator[dict[str, str]]:
    if isinstance(detalje, Mapping):
        for felt, indhold in detalje.items():
            yield from _valideringsfejl(indhold, sti if felt == "non_field_errors" else f"{sti}/{felt}")
    elif isinstance(detalje, list):
        for indhold in detalje:
            yield from _valideringsfejl(indhold, sti)
    else:
        yield {"pointer": sti, "code": str(detalje.code), "detail": str(detalje)}


def _drf(fejl: exceptions.APIException) -> Response:
    kode, besked = next(
        (tekst for klasse, tekst in _BESKEDER.items() if isinstance(fejl, klasse)), (str(fejl.default_code), "")
    )
    hoveder = {}
    if isinstance(fejl, exceptions.NotFound):
        kode, besked = _IKKE_FUNDET
    if autentificer := getattr(fejl, "auth_header", None):
        hoveder["WWW-Authenticate"] = autentificer
    return problem(fejl.status_code, kode, besked or TITLER.get(fejl.status_code, ""), (), hoveder)
