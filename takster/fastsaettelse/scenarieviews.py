"""The page of what-ifs: other figures, the takst at once, and a draft scenario when it is worth keeping."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.formularer import tilfoej_fejl
from kommuner.middleware import AktoerRequest
from takster.beregning.takst import Takstresultat
from takster.budget.views import budgetterer, sti
from takster.fastsaettelse import queries, scenarier
from takster.fastsaettelse.forms import HvadNuHvisForm
from takster.fastsaettelse.hvad_nu_hvis import med
from takster.fastsaettelse.sammenligning import sammenlign
from takster.models import Takstberegning


@require_http_methods(["GET", "POST"])
@budgetterer
def hvad_nu_hvis(request: AktoerRequest, beregning_id: UUID) -> HttpResponse:
    """Ask by GET, which stores nothing (htmx asks for the answer alone); save by POST."""
    en, resultat = _egen(request, beregning_id)
    data = request.POST if request.method == "POST" else request.GET or None
    form = HvadNuHvisForm(data, inddata=resultat.inddata, belaegning=resultat.belaegningsprocent)
    nyt, sammenligning = resultat, None
    if form.is_valid():
        try:
            nyt = med(resultat.inddata, form.aendringer())
            if request.method == "POST":
                scenarier.gem(
                    aktoer=request.aktoer, beregning=en, navn=form.cleaned_data["navn"], aendringer=form.aendringer()
                )
                messages.success(request, "Scenariet er gemt som kladde.")
                return redirect("takster:hvad_nu_hvis", beregning_id)
            sammenligning = sammenlign(resultat, nyt)
        except (Konflikt, UgyldigtInput) as fejl:
            tilfoej_fejl(form, fejl)
    her = {"navn": f"{en.tilbud}, {en.aar}, beregning {en.nummer}", "url": reverse("takster:beregning", args=[en.pk])}
    kontekst = {
        "beregning": en,
        "form": form,
        "resultat": nyt,
        "sammenligning": sammenligning,
        "scenarier": queries.scenarier(request.aktoer, en),
        "sti": sti(her, {"navn": "Hvad nu hvis"}),
    }
    del_ = "HX-Request" in request.headers
    return render(
        request,
        "takster/_hvad_nu_hvis.html" if del_ else "takster/hvad_nu_hvis.html",
        kontekst,
        status=422 if form.errors and not del_ else 200,
    )


def _egen(request: AktoerRequest, beregning_id: UUID) -> tuple[Takstberegning, Takstresultat]:
    en = queries.beregning(request.aktoer, beregning_id)
    resultat = queries.resultat(en.beregning)
    if not queries.er_egen(request.aktoer, en) or resultat is None:
        raise IkkeFundet("takstberegning_ikke_fundet", "Beregningen findes ikke.")
    return en, resultat


@require_POST
@budgetterer
def slet_scenarie(request: AktoerRequest, scenarie_id: UUID) -> HttpResponse:
    """Throw a draft away."""
    beregning_id = scenarier.slet(aktoer=request.aktoer, scenarie_id=scenarie_id)
    messages.success(request, "Scenariet er slettet.")
    return redirect("takster:hvad_nu_hvis", beregning_id)
