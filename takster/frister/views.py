"""Pages of the year's deadline: the secretariat's board, and its reminders."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from faelles.aktoer import Funktion, Rettighed
from faelles.dokument.tal import tal
from faelles.fejl import IkkeFundet, Konflikt
from faelles.formularer import tilfoej_fejl
from faelles.graenser import Graense
from faelles.regneark.svar import tabel
from faelles.tid import idag
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from takster.frister import actions, figurer, queries, tabeller
from takster.frister.forms import PaamindForm
from takster.frister.queries import Driftsherrestade, Fristtavle
from takster.frister.regler import STADE_NAVN, Stade, frist_i_ord
from takster.genberegning.queries import omraadets
from takster.models.budget import FOERSTE_AAR, SIDSTE_AAR

NAVN = "Frist for takster"


@require_GET
@side(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
def aktuel(request: AktoerRequest) -> HttpResponse:
    """On to the year whose deadline is nearest."""
    kkr = queries.eget_kkr(request.aktoer)
    return redirect("takster:frist", queries.aktuel(kkr.pk, idag())[0])


@require_GET
@side(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
def frist(request: AktoerRequest, aar: int) -> HttpResponse:
    """Operators by how far their offers' takster of the year are."""
    tavle, dag = _tavle(request, aar), idag()
    tekst, sortering = _i_ord(tavle), request.GET.get("sorter", "navn")
    kolonner = [stade for stade in Stade if tavle.antal(stade)]
    kontekst = {
        "tavle": tavle,
        "om": frist_i_ord(tavle.frist.dag, dag) if tavle.frist.dag else "",
        "overskredet": tavle.frist.dag is not None and tavle.frist.dag < dag,
        "tekst": tekst,
        "spec": figurer.stader(tavle, tekst),
        "genberegnet": omraadets(request.aktoer, aar),
        "stader": [(STADE_NAVN[stade], tavle.antal(stade)) for stade in Stade],
        "kolonner": [STADE_NAVN[stade] for stade in kolonner],
        "raekker": [_raekke(d, kolonner, dag) for d in _sorteret(tavle.driftsherrer, sortering)],
        "sortering": sortering,
        "kan_paaminde": any(d.kan_paamindes(dag) for d in tavle.driftsherrer),
        "aarene": range(dag.year - 1, dag.year + 3),
        "sti": [{"navn": NAVN}],
    }
    return render(request, "takster/frister/tavle.html", kontekst)


def _tavle(request: AktoerRequest, aar: int) -> Fristtavle:
    """The board of a year a budget can be of. Raises IkkeFundet."""
    if not FOERSTE_AAR <= aar <= SIDSTE_AAR:
        raise IkkeFundet("aar_ikke_fundet", f"Vælg et år fra {FOERSTE_AAR} til {SIDSTE_AAR}.")
    return queries.tavle(request.aktoer, queries.eget_kkr(request.aktoer), aar)


def _i_ord(tavle: Fristtavle) -> str:
    faerdige = tavle.antal(Stade.OFFENTLIGGJORT)
    if not tavle.i_alt:
        return "Ingen tilbud skal have en takst."
    if faerdige == tavle.i_alt:
        return f"Alle {tal(tavle.i_alt)} tilbud har en offentliggjort takst."
    uden = tavle.antal(Stade.IKKE_BEGYNDT)
    return f"{tal(faerdige)} af {tal(tavle.i_alt)} tilbud har en offentliggjort takst, og {tal(uden)} er ikke begyndt."


def _sorteret(driftsherrer: Sequence[Driftsherrestade], sortering: str) -> list[Driftsherrestade]:
    """By what they lack, else by name, where they stand already; equal ones by name. `-` in front turns it round."""
    faldende = sortering.startswith("-")
    if sortering.removeprefix("-") == "mangler":
        return sorted(driftsherrer, key=lambda d: len(d.mangler), reverse=faldende)
    return list(reversed(driftsherrer) if faldende else driftsherrer)


def _raekke(d: Driftsherrestade, kolonner: Sequence[Stade], dag: date) -> dict[str, Any]:
    """An operator's row: how many of its offers are at each of these stages, and those that lack something."""
    return {
        "driftsherre": d,
        "antal": [d.antal(stade) for stade in kolonner],
        "mangler": [(et.tilbud_id, et.navn, STADE_NAVN[et.stade]) for et in d.mangler if et.stade is not None],
        "kan_paamindes": d.kan_paamindes(dag),
    }


@require_http_methods(["GET", "POST"])
@side(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
def paamind(request: AktoerRequest, aar: int) -> HttpResponse:
    """Choose who is reminded, all of them unless one was asked for, and order it."""
    tavle = _tavle(request, aar)
    kan = [d for d in tavle.driftsherrer if d.kan_paamindes(idag())]
    if not kan:
        messages.info(request, "Der er ingen at påminde: ingen mangler noget, eller de er påmindet i dag.")
        return redirect("takster:frist", aar)
    data = request.POST if request.method == "POST" else None
    form = PaamindForm(data, kan=kan, valgt=request.GET.get("valgt", ""))
    if form.is_valid():
        try:
            sendte = actions.paamind(aktoer=request.aktoer, aar=aar, **form.cleaned_data)
        except Konflikt as fejl:
            tilfoej_fejl(form, fejl)
        else:
            hvem = "1 driftsherre" if len(sendte) == 1 else f"{len(sendte)} driftsherrer"
            messages.success(request, f"{hvem} får en påmindelse om taksterne for {aar} inden for få minutter.")
            return redirect("takster:frist", aar)
    tilbage = reverse("takster:frist", args=[aar])
    kontekst = {
        "form": form,
        "aar": aar,
        "tilbage": tilbage,
        "sti": [{"navn": f"{NAVN} {aar}", "url": tilbage}, {"navn": "Påmind"}],
    }
    return render(request, "takster/frister/paamind.html", kontekst, status=422 if form.errors else 200)


@require_GET
@side(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT, graense=Graense.HENT)
def eksport(request: AktoerRequest, aar: int, form: str) -> HttpResponseBase:
    """Every offer and how far its takst is, as a table."""
    return tabel(form, f"takstfrist-{aar}", tabeller.HOVED, tabeller.raekker(_tavle(request, aar)))
