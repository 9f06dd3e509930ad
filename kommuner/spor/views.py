"""The two logs, each as a page and as a file. Whoever looks is written into the read log."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.spor import slags
from kommuner.adgang import log_opslag, side
from kommuner.middleware import AktoerRequest
from kommuner.queries import identiteter
from kommuner.spor import eksport, queries
from kommuner.spor.forms import UdvalgForm
from kommuner.spor.queries import AENDRINGSLOG, LAESELOG
from kommuner.spor.udvalg import Markoer, Udvalg
from kommuner.spor.visning import slagsnavn, vis_aendringer, vis_laesninger

PR_SIDE = 50

Noegler = Iterable[str]
Vis = Callable[[Aktoer, Sequence[Any], Mapping[str, str]], Sequence[Any]]


@require_GET
@side(Rettighed.LOG_LAES, Funktion.ADMINISTRATION)
def aendringer(request: AktoerRequest) -> HttpResponse:
    """Who has changed what."""
    return _vis(request, AENDRINGSLOG, _aendringsslags(), queries.aendringer, vis_aendringer, int)


@require_GET
@side(Rettighed.LOG_LAES, Funktion.ADMINISTRATION)
def laesninger(request: AktoerRequest) -> HttpResponse:
    """Who has read what."""
    return _vis(request, LAESELOG, _laeseslags(), queries.laesninger, vis_laesninger, UUID)


@require_GET
@side(Rettighed.LOG_LAES, Funktion.ADMINISTRATION)
def aendringer_fil(request: AktoerRequest, form: str) -> HttpResponseBase:
    """The change log as a file."""
    return _hent(request, AENDRINGSLOG, _aendringsslags(), partial(eksport.aendringer, form))


@require_GET
@side(Rettighed.LOG_LAES, Funktion.ADMINISTRATION)
def laesninger_fil(request: AktoerRequest, form: str) -> HttpResponseBase:
    """The read log as a file."""
    return _hent(request, LAESELOG, _laeseslags(), partial(eksport.laesninger, form))


_SIDE = {AENDRINGSLOG: "spor:aendringer", LAESELOG: "spor:laesninger"}


def _aendringsslags() -> Noegler:
    return [en.noegle for en in slags()]


def _laeseslags() -> Noegler:
    return [*(en.noegle for en in slags() if en.laeses), AENDRINGSLOG, LAESELOG]


def _form(request: AktoerRequest, noegler: Noegler, egne: Mapping[str, str]) -> UdvalgForm:
    valg = sorted(((noegle, slagsnavn(noegle)) for noegle in noegler), key=lambda par: par[1])
    return UdvalgForm(request.GET, personer=egne.items(), slags=valg)


def _vis(
    request: AktoerRequest,
    log: str,
    noegler: Noegler,
    laes: Callable[[Aktoer, Udvalg, Markoer | None, int], queries.Blad[Any]],
    vis: Vis,
    nummer: Callable[[str], Any],
) -> HttpResponse:
    """A page of a log, with what one has asked written into the read log."""
    egne = identiteter(request.aktoer)
    form = _form(request, noegler, egne)
    context: dict[str, Any] = {
        "form": form,
        "ryddet": queries.seneste_rydning(log),
        "dage": settings.LAESELOG_DAGE if log == LAESELOG else settings.AENDRINGSLOG_DAGE,
    }
    if form.is_valid():
        sted = request.GET.get("efter", "")
        efter = Markoer.laes(sted, nummer) if sted else None
        blad = laes(request.aktoer, form.udvalg, efter, PR_SIDE)
        context |= {"raekker": vis(request.aktoer, blad.raekker, egne), "naeste": blad.naeste, "efter": efter}
        log_opslag(request.aktoer, log, f"Set: {form.udvalg.i_ord()}{'; ældre' if efter else ''}")
    return render(request, f"{_SIDE[log].replace(':', '/')}.html", context, status=400 if form.errors else 200)


def _hent(
    request: AktoerRequest, log: str, noegler: Noegler, fil: Callable[[Aktoer, Udvalg], HttpResponseBase]
) -> HttpResponseBase:
    """A log as a file; a question the page would refuse leads there, where it is explained."""
    form = _form(request, noegler, identiteter(request.aktoer))
    if not form.is_valid():
        return redirect(f"{reverse(_SIDE[log])}?{request.GET.urlencode()}")
    log_opslag(request.aktoer, log, f"Hentet: {form.udvalg.i_ord()}")
    return fil(request.aktoer, form.udvalg)
