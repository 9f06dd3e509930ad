"""Pages of what hangs on an offer: approvals, supervision reports, services, and permissions for merpladser.

One page lists them all over time, for everybody; the operator adds a row to each, and corrects or ends it.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from faelles.aktoer import Rettighed
from faelles.fejl import IkkeFundet
from faelles.graenser import Graense
from faelles.regneark.svar import tabel
from faelles.tid import idag
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from tilbud.aendringer.bloklister import BLOKHOVED, Blokraekke, blokraekker
from tilbud.aendringer.retteviews import Maal, egen_afdeling, eget_tilbud, nyt_id, ret_side, retter
from tilbud.models import Faktum, Tilbud
from tilbud.registerimport.blokark import GODKENDELSER, MERPLADSER, TILSYNSRAPPORTER, YDELSER
from tilbud.registerimport.blokposter import Blok, blokke, blokkens_sted, blokpost


@require_GET
@side(Rettighed.TILBUD_LAES)
def bloklister(request: AktoerRequest, tilbud_id: UUID) -> HttpResponse:
    """Everything of the four kinds an offer has had, has and will have."""
    tilbud = _tilbud(tilbud_id)
    kan_rette = request.aktoer.maa(Rettighed.TILBUD_SKRIV) and request.aktoer.driver(tilbud.driftsherre_id, tilbud.pk)
    kontekst = {
        "tilbud": tilbud,
        "grupper": _grupper(blokraekker(tilbud.pk, idag())),
        "afdelinger": tilbud.afdelinger.all() if kan_rette else (),
        "kan_rette": kan_rette,
        "kan_melde": request.aktoer.maa(Rettighed.FEJLMELDINGER_SKRIV),
        "sti": [
            {"navn": "Tilbud", "url": reverse("tilbud:liste")},
            {"navn": tilbud.navn, "url": reverse("tilbud:detalje", args=[tilbud.pk])},
            {"navn": "Godkendelse, tilsyn og ydelser"},
        ],
    }
    return render(request, "tilbud/aendringer/bloklister.html", kontekst)


def _grupper(raekker: Sequence[Blokraekke]) -> list[dict[str, Any]]:
    """The rows by kind, with the way to add one and to correct each."""
    nye = {GODKENDELSER: "ny_godkendelse", TILSYNSRAPPORTER: "ny_tilsynsrapport", YDELSER: "ny_ydelse"}
    ret = {
        GODKENDELSER: "tilbud:ret_godkendelse",
        TILSYNSRAPPORTER: "tilbud:ret_tilsynsrapport",
        YDELSER: "tilbud:ret_ydelse",
        MERPLADSER: "tilbud:ret_merpladstilladelse",
    }
    fakta = {
        GODKENDELSER: Faktum.GODKENDELSE,
        TILSYNSRAPPORTER: Faktum.TILSYN,
        YDELSER: Faktum.YDELSER,
        MERPLADSER: Faktum.MERPLADSER,
    }
    return [
        {
            "ark": ark,
            "faktum": fakta[ark].value,
            "ny": f"tilbud:{nye[ark]}" if ark in nye else "",
            "med_pladser": ark in {GODKENDELSER, MERPLADSER},
            "raekker": [(raekke, reverse(ret[ark], args=[raekke.id])) for raekke in raekker if raekke.ark == ark],
        }
        for ark in ret
    ]


@require_GET
@side(Rettighed.TILBUD_LAES, graense=Graense.HENT)
def eksport_bloklister(request: AktoerRequest, tilbud_id: UUID, form: str) -> HttpResponseBase:  # noqa: ARG001 - a view's signature
    """The same as a table."""
    raekker = blokraekker(_tilbud(tilbud_id).pk, idag())
    return tabel(form, "godkendelse-tilsyn-og-ydelser", BLOKHOVED, [raekke.celler for raekke in raekker])


def _tilbud(tilbud_id: UUID) -> Tilbud:
    tilbud = Tilbud.objects.filter(pk=tilbud_id).first()
    if tilbud is None:
        raise IkkeFundet("tilbud_ikke_fundet", "Tilbuddet findes ikke.")
    return tilbud


@require_http_methods(["GET", "POST"])
@retter
def ny_godkendelse(request: AktoerRequest, tilbud_id: UUID) -> HttpResponse:
    """One more approval by socialtilsyn; it waits for a second person."""
    return _ny(request, tilbud_id, GODKENDELSER, "Ny godkendelse af")


@require_http_methods(["GET", "POST"])
@retter
def ret_godkendelse(request: AktoerRequest, godkendelse_id: UUID) -> HttpResponse:
    """Correct or end an approval; it waits for a second person."""
    return _ret(request, godkendelse_id, GODKENDELSER, "Ret godkendelsen af")


@require_http_methods(["GET", "POST"])
@retter
def ny_tilsynsrapport(request: AktoerRequest, tilbud_id: UUID) -> HttpResponse:
    """One more supervision report; it waits for a second person."""
    return _ny(request, tilbud_id, TILSYNSRAPPORTER, "Ny tilsynsrapport om")


@require_http_methods(["GET", "POST"])
@retter
def ret_tilsynsrapport(request: AktoerRequest, tilsynsrapport_id: UUID) -> HttpResponse:
    """Correct a supervision report; it waits for a second person."""
    return _ret(request, tilsynsrapport_id, TILSYNSRAPPORTER, "Ret tilsynsrapporten om")


@require_http_methods(["GET", "POST"])
@retter
def ny_ydelse(request: AktoerRequest, tilbud_id: UUID) -> HttpResponse:
    """One more service."""
    return _ny(request, tilbud_id, YDELSER, "Ny ydelse i")


@require_http_methods(["GET", "POST"])
@retter
def ret_ydelse(request: AktoerRequest, ydelse_id: UUID) -> HttpResponse:
    """Correct or end a service."""
    return _ret(request, ydelse_id, YDELSER, "Ret ydelsen i")


@require_http_methods(["GET", "POST"])
@retter
def ny_merpladstilladelse(request: AktoerRequest, afdeling_id: UUID) -> HttpResponse:
    """One more permission for merpladser in a department; it waits for a second person."""
    afdeling = egen_afdeling(request.aktoer, afdeling_id)
    sted = {"tilbud": str(afdeling.tilbud_id), "afdeling": str(afdeling.pk), "id": nyt_id(request)}
    return ret_side(
        request, Maal(MERPLADSER, afdeling.tilbud, f"Ny tilladelse til merpladser i {afdeling}", sted, None)
    )


@require_http_methods(["GET", "POST"])
@retter
def ret_merpladstilladelse(request: AktoerRequest, tilladelse_id: UUID) -> HttpResponse:
    """Correct or end a permission; it waits for a second person."""
    return _ret(request, tilladelse_id, MERPLADSER, "Ret tilladelsen til merpladser i")


def _ny(request: AktoerRequest, tilbud_id: UUID, ark: str, titel: str) -> HttpResponse:
    tilbud = eget_tilbud(request.aktoer, tilbud_id)
    sted = {"tilbud": str(tilbud.pk), "id": nyt_id(request)}
    return ret_side(request, Maal(ark, tilbud, f"{titel} {tilbud}", sted, None))


def _ret(request: AktoerRequest, blok_id: UUID, ark: str, titel: str) -> HttpResponse:
    blok: Blok | None = blokke(ark, Tilbud.objects.drevet_af(request.aktoer)).filter(pk=blok_id).first()
    if blok is None:
        raise IkkeFundet("blok_ikke_fundet", "Oplysningen findes ikke blandt jeres egne.")
    tilbud, sted = blokkens_sted(blok)
    return ret_side(
        request, Maal(ark, tilbud, f"{titel} {tilbud}", {**sted, "id": str(blok.pk)}, blokpost(ark, blok).felter)
    )
