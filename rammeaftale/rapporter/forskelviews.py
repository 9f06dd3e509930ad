"""Two reports of one type beside each other: choose them, and see what has changed between their snapshots."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from faelles.aktoer import Rettighed
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from rammeaftale.rapporter.forms import Sammenligningsform
from rammeaftale.rapporter.forskelle import i_ord
from rammeaftale.rapporter.queries import forskelle_mellem, sammenlignelige, synlig, typer_med_tal
from rammeaftale.rapporter.register import RAPPORTTYPER, rapporttype


@require_GET
@side(Rettighed.RAPPORTER_LAES)
def sammenlign(request: AktoerRequest) -> HttpResponse:
    """Choose a type, and two of its reports; the two newest stand chosen. What is chosen leads to the page of their differences."""
    typer = typer_med_tal(request.aktoer)
    valgt = request.GET.get("type") or next(iter(typer), "")
    rapporter = sammenlignelige(request.aktoer, valgt) if valgt in typer else []
    form = Sammenligningsform(request.GET if "efter" in request.GET else None, rapporter=rapporter)
    if form.is_valid():
        return redirect("rapporter:forskel", form.cleaned_data["efter"], form.cleaned_data["foer"])
    kontekst = {
        "form": form,
        "typer": [RAPPORTTYPER[noegle] for noegle in typer],
        "valgt": valgt,
        "kan_sammenlignes": len(rapporter) > 1,
        "sti": [{"navn": "Rapporter", "url": reverse("rapporter:liste")}, {"navn": "Sammenlign"}],
    }
    return render(request, "rapporter/sammenlign.html", kontekst, status=422 if form.is_bound else 200)


@require_GET
@side(Rettighed.RAPPORTER_LAES)
def forskel(request: AktoerRequest, rapport_id: UUID, foer_id: UUID) -> HttpResponse:
    """What has changed between two reports of one type, table by table."""
    efter, foer = synlig(request.aktoer, rapport_id), synlig(request.aktoer, foer_id)
    alle = forskelle_mellem(foer, efter)
    kontekst = {
        "foer": foer,
        "efter": efter,
        "navn": rapporttype(efter.type).navn,
        "i_ord": i_ord(alle),
        "forskelle": [forskel for forskel in alle if not forskel.er_ens],
        "ens": [forskel.post for forskel in alle if forskel.er_ens and forskel.post.raekker],
        "sti": [
            {"navn": "Rapporter", "url": reverse("rapporter:liste")},
            {"navn": "Sammenlign", "url": f"{reverse('rapporter:sammenlign')}?type={efter.type}"},
            {"navn": "Forskelle"},
        ],
    }
    return render(request, "rapporter/forskel.html", kontekst)
