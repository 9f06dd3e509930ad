"""Pages of the year's takster, of a calculation (screen 8) and its way through the house, and of an offer's history."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faelles.aktoer import Rettighed
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.formularer import tilfoej_fejl
from faelles.tid import Periode, idag
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from takster.budget import queries as budgetter
from takster.budget.views import budgetterer, sti, valgt_aar
from takster.fastsaettelse import actions, figurer, queries
from takster.fastsaettelse.forms import AendringForm
from takster.fastsaettelse.uden_budget import uden_budget
from takster.frister.queries import egne_frister
from takster.frister.regler import frist_i_ord
from takster.genberegning import queries as genberegninger
from takster.genberegning.saetskift import hindringer
from takster.models import Beregningstilstand, Takstberegning, Takstenhed
from takster.tilstande import UNDERVEJS
from takster.topersonssider import AfvisForm, afvist, gjort
from tilbud.models import Tilbud


@require_GET
@budgetterer
def liste(request: AktoerRequest) -> HttpResponse:
    """Every offer the actor runs, its budgets of the year or what is published without one, how far their takster are, and what final terms change; without a year, next year's."""
    aar = valgt_aar(request, ellers=idag().year + 1)
    raekker = budgetter.aarets(request.aktoer, aar)
    beregninger = queries.for_budgetter(request.aktoer, [budget for raekke in raekker for budget in raekke.budgetter])
    aendrede = genberegninger.aabne(request.aktoer, aar)
    uden = uden_budget(request.aktoer, [raekke.tilbud.pk for raekke in raekker if not raekke.budgetter], aar)
    kontekst = {
        "aar": aar,
        "aaret": Periode.aar(aar).som_range,
        "genberegnes": len(genberegninger.ventende(request.aktoer, aar)),
        "genberegninger": [(et, _nyere(et.beregning, beregninger)) for et in aendrede if et.beregning],
        "priser": [et for et in aendrede if et.beregning is None],
        "raekker": [
            (raekke, [(budget, beregninger.get(budget.pk)) for budget in raekke.budgetter], uden.get(raekke.tilbud.pk))
            for raekke in raekker
        ],
        "aarene": range(idag().year - 3, idag().year + 3),
        "frister": [
            (kkr, frist, frist_i_ord(frist.dag, idag()) if frist.dag else "")
            for kkr, frist in egne_frister(request.aktoer, aar)
        ],
    }
    return render(request, "takster/liste.html", kontekst)


def _nyere(en: Takstberegning, nyeste: Mapping[UUID, Takstberegning]) -> Takstberegning | None:
    """The budget's newest calculation, when it was made after this one, from the same day, and is on its way."""
    fundet = nyeste.get(en.budget_id)
    if fundet is None or fundet.tilstand not in UNDERVEJS or fundet.nummer <= en.nummer:
        return None
    return fundet if fundet.periode.lower == en.periode.lower else None


@require_POST
@budgetterer
def beregn(request: AktoerRequest, budget_id: UUID) -> HttpResponse:
    """Compute; what the budget lacks is told on the budget's page."""
    try:
        ny = actions.beregn(aktoer=request.aktoer, budget_id=budget_id)
    except (Konflikt, UgyldigtInput) as fejl:
        for besked in [b for beskeder in fejl.felter.values() for b in beskeder] or [fejl.besked]:
            messages.error(request, besked)
        return redirect("takster:budget", budget_id)
    return redirect("takster:beregning", ny.pk)


@require_http_methods(["GET", "POST"])
@budgetterer
def aendr(request: AktoerRequest, budget_id: UUID) -> HttpResponse:
    """Compute a change of what is published: from which day, and why."""
    budget = budgetter.budget(request.aktoer, budget_id)
    form = AendringForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            ny = actions.beregn(aktoer=request.aktoer, budget_id=budget_id, **form.cleaned_data)
        except (Konflikt, UgyldigtInput) as fejl:
            tilfoej_fejl(form, fejl)
        else:
            return redirect("takster:beregning", ny.pk)
    her = {"navn": f"{budget.tilbud}, {budget.aar}", "url": reverse("takster:budget", args=[budget.pk])}
    kontekst = {"budget": budget, "form": form, "sti": sti(her, {"navn": "Ændr taksten"})}
    return render(request, "takster/aendr.html", kontekst, status=422 if form.errors else 200)


@require_GET
@side(Rettighed.TILBUD_LAES)
def beregning(request: AktoerRequest, beregning_id: UUID) -> HttpResponse:
    """Screen 8: cost lines, steps, last year against this, the ceiling, and what can be done now."""
    en = queries.beregning(request.aktoer, beregning_id)
    egen = queries.er_egen(request.aktoer, en) and request.aktoer.maa(Rettighed.TAKSTER_SKRIV)
    selv = request.aktoer.identitet in {en.beregnet_af, en.indsendt_af}
    sammenligning, tilstand = queries.mod_sidste_aar(en), en.tilstand
    hindret = hindringer(en) if egen and tilstand in UNDERVEJS else []
    videre = egen and not hindret
    kontekst: dict[str, Any] = {
        "beregning": en,
        "resultat": queries.resultat(en.beregning),
        "sammenligning": sammenligning,
        "vandfald": figurer.vandfald(sammenligning, en.aar, Takstenhed(en.enhed)) if sammenligning else None,
        "loft": queries.loft(en),
        "egen": egen,
        "genberegning": genberegninger.seneste(request.aktoer, en),
        "bekraeftet": queries.bekraeftet_af(en),
        "offentliggjort": queries.foerste_takst(en),
        "hindret": hindret,
        "kan_indsende": videre and tilstand == Beregningstilstand.KLADDE,
        "kan_traekke": egen and tilstand == Beregningstilstand.INDSENDT and en.indsendt_af == request.aktoer.identitet,
        "kan_godkende": videre and not selv and tilstand == Beregningstilstand.INDSENDT,
        "kan_afvise": egen and not selv and tilstand in {Beregningstilstand.INDSENDT, Beregningstilstand.GODKENDT},
        "kan_offentliggoere": videre and tilstand == Beregningstilstand.GODKENDT,
        "sti": _sti(en, egen=egen),
    }
    return render(request, "takster/beregning.html", kontekst)


def _sti(en: Takstberegning, *led: dict[str, str], egen: bool = True) -> list[dict[str, str]]:
    navn = f"{en.tilbud}, {en.aar}, beregning {en.nummer}"
    her = {"navn": navn, "url": reverse("takster:beregning", args=[en.pk])} if led else {"navn": navn}
    if egen:
        return sti(her, *led)
    return [
        {"navn": "Tilbud", "url": reverse("tilbud:liste")},
        {"navn": str(en.tilbud), "url": reverse("tilbud:detalje", args=[en.tilbud_id])},
        her,
        *led,
    ]


def _gjort(request: AktoerRequest, en: UUID, handling: Callable[..., object], besked: str) -> HttpResponse:
    return gjort(request, partial(handling, aktoer=request.aktoer, beregning_id=en), besked, "takster:beregning", en)


@require_POST
@budgetterer
def indsend(request: AktoerRequest, beregning_id: UUID) -> HttpResponse:
    """Ask a second person."""
    return _gjort(
        request, beregning_id, actions.indsend, "Beregningen er indsendt. En anden hos jer skal nu godkende den."
    )


@require_POST
@budgetterer
def traek(request: AktoerRequest, beregning_id: UUID) -> HttpResponse:
    """Withdraw one's own."""
    return _gjort(request, beregning_id, actions.traek, "Beregningen er trukket tilbage.")


@require_http_methods(["GET", "POST"])
@budgetterer
def godkend(request: AktoerRequest, beregning_id: UUID) -> HttpResponse:
    """A step of its own for the second person."""
    if request.method == "POST":
        return _gjort(
            request, beregning_id, actions.godkend, "Taksten er godkendt. Den gælder, når den er offentliggjort."
        )
    return _bekraeft(request, beregning_id, "Godkend", "takster/godkend.html")


@require_http_methods(["GET", "POST"])
@budgetterer
def offentliggoer(request: AktoerRequest, beregning_id: UUID) -> HttpResponse:
    """A step of its own for what cannot be undone."""
    if request.method == "POST":
        return _gjort(request, beregning_id, actions.offentliggoer, "Taksten er offentliggjort.")
    return _bekraeft(request, beregning_id, "Offentliggør", "takster/offentliggoer.html")


@require_http_methods(["GET", "POST"])
@budgetterer
def afvis(request: AktoerRequest, beregning_id: UUID) -> HttpResponse:
    """Decline with a reason."""
    form = AfvisForm(request.POST if request.method == "POST" else None)
    afvis_ = partial(actions.afvis, aktoer=request.aktoer, beregning_id=beregning_id)
    besked = "Beregningen er afvist. Budgettet kan rettes og beregnes igen."
    if svar := afvist(request, form, lambda grund: afvis_(grund=grund), besked, "takster:beregning", beregning_id):
        return svar
    return _bekraeft(request, beregning_id, "Afvis", "takster/afvis.html", form)


def _bekraeft(
    request: AktoerRequest, beregning_id: UUID, navn: str, skabelon: str, form: forms.Form | None = None
) -> HttpResponse:
    en = queries.beregning(request.aktoer, beregning_id)
    if not queries.er_egen(request.aktoer, en):
        raise IkkeFundet("takstberegning_ikke_fundet", "Beregningen findes ikke.")
    kontekst = {"beregning": en, "form": form, "sti": _sti(en, {"navn": navn})}
    return render(request, skabelon, kontekst, status=422 if form and form.errors else 200)


@require_GET
@side(Rettighed.TILBUD_LAES)
def historik(request: AktoerRequest, tilbud_id: UUID) -> HttpResponse:
    """An offer's takster over the years: what holds, days without one, and what was changed and why."""
    tilbud = Tilbud.objects.filter(pk=tilbud_id).first()
    if tilbud is None:
        raise IkkeFundet("tilbud_ikke_fundet", "Tilbuddet findes ikke.")
    aarets_slut = date(idag().year + 1, 1, 1)
    raekker = queries.historik(tilbud_id, min(aarets_slut, tilbud.lukket_fra or aarets_slut))
    kontekst = {
        "tilbud": tilbud,
        "raekker": raekker,
        "kan_melde": request.aktoer.maa(Rettighed.FEJLMELDINGER_SKRIV),
        "figur": figurer.udvikling({f"{r.afdeling}, {r.hjemmel}": r.gaeldende for r in raekker if r.gaeldende}),
        "sti": [
            {"navn": "Tilbud", "url": reverse("tilbud:liste")},
            {"navn": tilbud.navn, "url": reverse("tilbud:detalje", args=[tilbud.pk])},
            {"navn": "Takster over tid"},
        ],
    }
    return render(request, "takster/historik.html", kontekst)
