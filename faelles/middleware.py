"""What surrounds every request: its number and sender, how much may be sent, the headers of every answer, and errors people can act on."""

import logging
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from faelles.afsender import ANONYM, afsender, praeciser
from faelles.fejl import ForStor, Utilgaengelig, oversat
from faelles.fejlsider import SYSTEMADRESSER, fejlsvar, uden_ramme

log = logging.getLogger(__name__)

HOVED = "X-Request-Id"
Svar = Callable[[HttpRequest], HttpResponse]


class AfsenderMiddleware:
    """Gives every request a number and a sender. Outermost, so that nothing is changed outside it.

    The number is the caller's own when it sends a UUID in X-Request-Id. It is answered in the same header and stands in
    the log, in the history of what the request changed and in a problem's `instance`.
    """

    def __init__(self, get_response: Svar) -> None:
        """As Django asks."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nobody is known yet: whoever authenticates tells (`faelles.afsender.er_aktoer`)."""
        with afsender(ANONYM, kilde="web", forespoergsel=_medsendt(request)) as nummer:
            svar = self.get_response(request)
            svar[HOVED] = str(nummer)
            return svar

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """The route, not the address: an address can hold a secret link."""
        rute = request.resolver_match.route if request.resolver_match else ""
        praeciser(kilde=f"{request.method} {rute}")


def _medsendt(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.headers.get(HOVED, ""))
    except ValueError:
        return None


class KropMiddleware:
    """Turns a body away by its announced length before a byte of it is read. One without a length is never read at all (WSGI)."""

    def __init__(self, get_response: Svar) -> None:
        """As Django asks."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """413 for what is larger than systems may send, or people may upload."""
        laengde = request.META.get("CONTENT_LENGTH") or "0"
        er_data = request.path.startswith(SYSTEMADRESSER) and request.path not in settings.API_FILADRESSER
        hoejst: int = settings.API_KROP_MAKS if er_data else settings.UPLOAD_MAKS
        if not laengde.isdecimal() or int(laengde) > hoejst:
            return uden_ramme(request, ForStor())
        return self.get_response(request)


class HovedMiddleware:
    """Security headers Django and django-csp do not set; and no copy of a page is kept anywhere, unless the view says so."""

    def __init__(self, get_response: Svar) -> None:
        """As Django asks."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set what the view has not set itself."""
        svar = self.get_response(request)
        svar.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        svar.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        svar.headers.setdefault("Cache-Control", "private, no-store")
        if _er_logget_af(request):
            svar.headers["Clear-Site-Data"] = '"cache"'
        return svar


def _er_logget_af(request: HttpRequest) -> bool:
    fundet = request.resolver_match
    return fundet is not None and fundet.url_name == "account_logout" and request.method == "POST"


class DomaeneFejlMiddleware:
    """Errors no view handled. `process_exception` runs outside ATOMIC_REQUESTS' transaction, so nothing half-written is kept."""

    def __init__(self, get_response: Svar) -> None:
        """As Django asks."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer with the page of the error's status, or let Django handle what is not ours."""
        fejl = oversat(exception)
        if isinstance(fejl, Utilgaengelig):
            log.error("utilgaengelig", exc_info=exception)
        return fejlsvar(request, fejl) if fejl else None
