"""Pages of confirmations: one department from the offer's page, and all of an operator's with one key."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from faelles.aktoer import Funktion, Rettighed
from faelles.fejl import Konflikt
from faelles.tid import nu
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from tilbud.bekraeftelser.actions import bekraeft_viste, ikke_fundet
from tilbud.bekraeftelser.queries import afdelingsstande
from tilbud.models import Afdeling

bekraefter = side(Rettighed.PLADSER_BEKRAEFT, Funktion.DRIFTSHERRE)


@require_http_methods(["GET", "POST"])
@bekraefter
def bekraeft_pladser(request: AktoerRequest) -> HttpResponse:
    """Every department of the actor's with what its places are now; what was shown is confirmed together."""
    if request.method == "POST":
        return bekraeft_svar(request, viste(request), "tilbud:bekraeft_pladser", "start")
    fundne = afdelingsstande(request.aktoer, nu())
    kontekst = {
        "afdelinger": fundne,
        "forfaldne": sum(fundet.er_forfalden for fundet in fundne),
        "sti": [{"navn": "Min side", "url": reverse("start")}, {"navn": "Bekræft jeres pladser"}],
    }
    return render(request, "tilbud/bekraeftelser/bekraeft.html", kontekst)


@require_POST
@bekraefter
def bekraeft_afdeling(request: AktoerRequest, afdeling_id: UUID) -> HttpResponse:
    """A department as the offer's page showed it."""
    afdeling = Afdeling.objects.filter(pk=afdeling_id).first()
    if afdeling is None:
        raise ikke_fundet()
    igen = reverse("tilbud:detalje", args=[afdeling.tilbud_id])
    return bekraeft_svar(request, {afdeling_id: request.POST.get("tryk", "")}, igen)


def viste(request: AktoerRequest) -> Mapping[UUID, str]:
    """The departments a page showed with their fingerprints: one field, however many (templates/tilbud/bekraeftelser/_viste.html)."""
    par = (et.partition(":") for et in request.POST.get("viste", "").split())
    try:
        return {UUID(ide): tryk for ide, _, tryk in par}
    except ValueError:
        raise ikke_fundet() from None


def bekraeft_svar(request: AktoerRequest, vist: Mapping[UUID, str], igen: str, videre: str = "") -> HttpResponse:
    """Confirm what the form says was shown: on to `videre`, or back to `igen` when it has changed since."""
    try:
        antal = len(bekraeft_viste(aktoer=request.aktoer, viste=vist))
    except Konflikt as fejl:
        messages.error(request, fejl.besked)
        return redirect(igen)
    messages.success(request, f"Pladserne i {antal} {'afdeling' if antal == 1 else 'afdelinger'} er bekræftet.")
    return redirect(videre or igen)
