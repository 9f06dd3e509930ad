"""Pages of the control of a year: ordered, followed, and what differs."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from faelles.aktoer import Rettighed
from faelles.fejl import IkkeFundet, Konflikt
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from takster.kontrol import actions, queries
from takster.models.budget import FOERSTE_AAR, SIDSTE_AAR


@require_GET
@side(Rettighed.TILBUD_LAES)
def kontrol(request: AktoerRequest, aar: int) -> HttpResponse:
    """The newest result of the year, and the order that is on its way. htmx asks for the part that changes only."""
    _kraev_aar(aar)
    kontekst = {"aar": aar, "stand": queries.stand(request.aktoer, aar)}
    if "HX-Request" in request.headers:
        return render(request, "takster/kontrol/_stand.html", kontekst)
    kontekst["sti"] = [
        {"navn": f"Takstliste {aar}", "url": reverse("takster:aarsliste", args=[aar])},
        {"navn": "Kontrolregning"},
    ]
    return render(request, "takster/kontrol/kontrol.html", kontekst)


@require_POST
@side(Rettighed.TILBUD_LAES)
def bestil(request: AktoerRequest, aar: int) -> HttpResponse:
    """Order it."""
    _kraev_aar(aar)
    actions.bestil(aktoer=request.aktoer, aar=aar)
    messages.success(request, "Kontrolregningen er bestilt.")
    return redirect("takster:kontrol", aar)


@require_POST
@side(Rettighed.TILBUD_LAES)
def annuller(request: AktoerRequest, aar: int) -> HttpResponse:
    """Stop the organisation's own."""
    try:
        actions.annuller(aktoer=request.aktoer, aar=aar)
    except Konflikt as fejl:
        messages.error(request, fejl.besked)
    else:
        messages.success(request, "Kontrolregningen er annulleret. Intet er gemt.")
    return redirect("takster:kontrol", aar)


def _kraev_aar(aar: int) -> None:
    if not FOERSTE_AAR <= aar <= SIDSTE_AAR:
        raise IkkeFundet("aar_ikke_fundet", f"Vælg et år fra {FOERSTE_AAR} til {SIDSTE_AAR}.")
