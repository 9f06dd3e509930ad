"""Pages of the planned reports: which there are, a new one, and none any more."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from faelles.aktoer import Funktion, Rettighed
from faelles.dokument.tal import dato
from faelles.fejl import IkkeFundet
from faelles.tid import idag
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from rammeaftale.forms import BekraeftForm
from rammeaftale.handling import data, udfoer
from rammeaftale.rapporter.bestilling import bestilling
from rammeaftale.rapporter.planer import actions
from rammeaftale.rapporter.planer.forms import Planform
from rammeaftale.rapporter.planer.queries import planer_for
from rammeaftale.rapporter.planer.regler import Hver

_SEKRETARIAT = side(Rettighed.RAPPORTER_BESTIL, Funktion.SEKRETARIAT)


def _sti() -> list[dict[str, str]]:
    return [
        {"navn": "Rapporter", "url": reverse("rapporter:liste")},
        {"navn": "Faste rapporter", "url": reverse("rapporter:planer")},
    ]


@require_GET
@_SEKRETARIAT
def planer(request: AktoerRequest) -> HttpResponse:
    """The planned reports, the next one first."""
    return render(
        request,
        "rapporter/planer.html",
        {"planer": list(planer_for(request.aktoer)), "dag": idag(), "sti": [_sti()[0], {"navn": "Faste rapporter"}]},
    )


@require_http_methods(["GET", "POST"])
@_SEKRETARIAT
def ny(request: AktoerRequest) -> HttpResponse:
    """Plan a report."""
    aftaler = {aftale.slug: aftale for aftale in bestilling(request.aktoer)["aftaler"]}
    form = Planform(data(request), aftaler=aftaler.values(), initial={"foerste": idag()})

    def planlaeg() -> str:
        valgt = form.cleaned_data
        actions.planlaeg(
            aktoer=request.aktoer,
            aftale_id=aftaler[valgt["aftale"]].pk,
            type_=valgt["type"],
            hver=Hver(valgt["hver"]),
            foerste=valgt["foerste"],
        )
        return reverse("rapporter:planer")

    manchet = "Platformen bestiller rapporten af sig selv på de dage, I vælger, til den stoppes eller aftalen udløber."
    return udfoer(
        request, form, planlaeg, "Rapporten laves nu fast.", ("Lav en rapport fast", manchet, "Lav den fast"), _sti()
    )


@require_http_methods(["GET", "POST"])
@_SEKRETARIAT
def stop(request: AktoerRequest, plan_id: UUID) -> HttpResponse:
    """Plan it no more."""
    plan = planer_for(request.aktoer).filter(pk=plan_id).first()
    if plan is None:
        raise IkkeFundet("rapportplan_ikke_fundet", "Rapporten laves ikke fast.")

    def goer() -> str:
        actions.stop(aktoer=request.aktoer, plan_id=plan_id)
        return reverse("rapporter:planer")

    manchet = (
        f"»{plan.typenavn}« om {plan.aftale.titel} bestilles ikke den {dato(plan.naeste)} og heller ikke siden. "
        "De rapporter, der er lavet, bliver."
    )
    ord_ = (f"Stop »{plan.typenavn}«", manchet, "Stop den faste rapport")
    return udfoer(request, BekraeftForm(data(request)), goer, "Rapporten laves ikke længere fast.", ord_, _sti())
