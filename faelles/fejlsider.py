"""The answer to a request that was refused or failed: a page for people, problem+json for systems; nothing of the inside."""

import sys
from collections.abc import Mapping

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from faelles.fejl import DomaeneFejl, ForMange, ForStor, IkkeFundet, IngenAdgang, UgyldigtInput, Utilgaengelig, oversat
from faelles.problem import uden_for_drf, vent

SYSTEMADRESSER = ("/api/", "/o/", "/aabne-data/")
_SKABELONER: Mapping[type[DomaeneFejl], str] = {
    IngenAdgang: "403.html",
    IkkeFundet: "404.html",
    ForMange: "429.html",
}


class InternFejl(DomaeneFejl):
    """A fault of ours (500)."""

    status = 500

    def __init__(self) -> None:
        """Nothing about the inside."""
        super().__init__("intern_fejl", "Noget gik galt hos os, og intet er gemt.")


def fejlsvar(request: HttpRequest, fejl: DomaeneFejl) -> HttpResponse:
    """The answer to a refusal, in the frame of the person it is told to."""
    if isinstance(fejl, Utilgaengelig) or request.path.startswith(SYSTEMADRESSER):
        return uden_ramme(request, fejl)
    skabelon = _SKABELONER.get(type(fejl), "fejl.html")
    return HttpResponse(render_to_string(skabelon, {"fejl": fejl}, request), status=fejl.status, headers=vent(fejl))


def uden_ramme(request: HttpRequest, fejl: DomaeneFejl) -> HttpResponse:
    """The answer where nobody can be asked who it is told to: the database may be the very thing that is down."""
    if request.path.startswith(SYSTEMADRESSER):
        return uden_for_drf(fejl)
    return HttpResponse(render_to_string(f"{fejl.status}.html"), status=fejl.status, headers=vent(fejl))


def ulaeselig(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400: a host that is not ours, or a body that is too large or cannot be read."""
    stor = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    return uden_ramme(request, ForStor() if stor else UgyldigtInput("ulaeselig", "Forespørgslen kunne ikke læses."))


def intern_fejl(request: HttpRequest) -> HttpResponse:
    """Django's handler500; it also meets what fails before the view, such as the session when the database is down."""
    undtagelse = sys.exception()
    fejl = oversat(undtagelse) if isinstance(undtagelse, Exception) else None
    return uden_ramme(request, fejl if isinstance(fejl, Utilgaengelig) else InternFejl())
