"""Pages of confirmations: one department from the offer's page, and all of an operator's with one key."""

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
from tilbud.bekraeftelser.actions import ikke_fundet
from tilbud.bekraeftelser.queries import afdelingsstande
from tilbud.bekraeftelser.vist import bekraeft_viste
from tilbud.models import Afdeling

bekraefter = side(Rettighed.PLADSER_BEKRAEFT, Funktion.DRIFTSHERRE)


@require_http_methods(["GET", "POST"])
@bekraefter
def bekraeft_pladser(request: AktoerRequest) -> HttpResponse:
    """Every department of the actor's with what its places are now; what was shown is confirmed together."""
    if request.method == "POST":
        return bekraeft_svar(request, "tilbud:bekraeft_pladser", "start")
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
    return bekraeft_svar(request, reverse("tilbud:detalje", args=[afdeling.tilbud_id]), afdeling_id=afdeling_id)


def bekraeft_svar(
    request: AktoerRequest, igen: str, videre: str = "", *, afdeling_id: UUID | None = None
) -> HttpResponse:
    """Confirm what the form says was shown: on to `videre`, or back to `igen` when it has changed since."""
    ider = [str(afdeling_id)] if afdeling_id else request.POST.getlist("afdeling")
    try:
        viste = {UUID(ide): tryk for ide, tryk in zip(ider, request.POST.getlist("tryk"), strict=True)}
        antal = len(bekraeft_viste(aktoer=request.aktoer, viste=viste))
    except ValueError:
        raise ikke_fundet() from None
    except Konflikt as fejl:
        messages.error(request, fejl.besked)
        return redirect(igen)
    messages.success(request, f"Pladserne i {antal} {'afdeling' if antal == 1 else 'afdelinger'} er bekræftet.")
    return redirect(videre or igen)
