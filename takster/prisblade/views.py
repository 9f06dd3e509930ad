"""Pages of prices beside the takst: an offer's list, new ones, and one with its calculation and what can be done now."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faelles.aktoer import Rettighed
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.formularer import tilfoej_fejl
from faelles.graenser import Graense
from faelles.regneark.svar import tabel
from faelles.tid import Periode, idag
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from takster.budget.queries import eget_tilbud
from takster.budget.views import budgetterer
from takster.genberegning.queries import aaben, aendringer
from takster.models import Bladtilstand, Prisblad
from takster.prisblade import actions, queries
from takster.prisblade.forms import NiveauerForm, PakkeForm, TillaegForm
from takster.tilbudssider import driver, sti, tilbuddet
from takster.topersonssider import AfvisForm, afvist, gjort
from tilbud.models import Tilbud
from vilkaar.kilde import klausuler_i_ord


@require_GET
@side(Rettighed.TILBUD_LAES)
def prisliste(request: AktoerRequest, tilbud_id: UUID) -> HttpResponse:
    """What an offer is paid beside its takst, what was said before, and for the operator what waits."""
    tilbud = tilbuddet(tilbud_id)
    egen = driver(request.aktoer, tilbud)
    kontekst = {
        "tilbud": tilbud,
        "blade": queries.for_tilbud(request.aktoer, tilbud_id),
        "ophoerte": queries.ophoerte(request.aktoer, tilbud_id),
        "undervejs": queries.undervejs(request.aktoer, tilbud_id) if egen else (),
        "egen": egen,
        "sti": sti(tilbud, {"navn": "Niveauer, tillæg og pakker"}),
    }
    return render(request, "takster/prisblade/liste.html", kontekst)


HOVED = (
    "Afdeling", "Hjemmel", "Art", "Pris for", "Beløb", "Enhed", "Gælder fra", "Sidste dag", "Vilkår", "Vilkårssættets status", "Klausuler",
)  # fmt: skip


@require_GET
@side(Rettighed.TILBUD_LAES, graense=Graense.HENT)
def eksport(request: AktoerRequest, tilbud_id: UUID, form: str) -> HttpResponseBase:
    """The list as a table, a row for each price."""
    tilbuddet(tilbud_id)
    raekker = (raekke for blad in queries.for_tilbud(request.aktoer, tilbud_id) for raekke in _raekker(blad))
    return tabel(form, "prisliste", HOVED, raekker)


def _raekker(blad: Prisblad) -> Iterator[Sequence[Any]]:
    periode, saet = Periode.af_range(blad.periode), blad.vilkaarssaet
    for linje in blad.linjer:
        yield (
            blad.afdeling.navn,
            blad.hjemmel_i_ord,
            blad.get_art_display(),
            linje.navn,
            linje.beloeb,
            blad.get_enhed_display(),
            periode.fra,
            periode.sidste_dag,
            f"{saet.aftale}, sæt {saet.nummer}",
            blad.vilkaarsstatus,
            klausuler_i_ord(vars(blad)["klausuler"]),
        )


@require_http_methods(["GET", "POST"])
@budgetterer
def nye_niveauer(request: AktoerRequest, tilbud_id: UUID) -> HttpResponse:
    """Split a takst into levels."""

    def send(form: NiveauerForm) -> Prisblad:
        return actions.foreslaa_niveauer(aktoer=request.aktoer, hvor=form.hvor(tilbud_id), niveauer=form.niveauer())

    return _nyt(request, tilbud_id, NiveauerForm, send, "takster/prisblade/nye_niveauer.html", "Nye niveauer")


@require_http_methods(["GET", "POST"])
@budgetterer
def nyt_tillaeg(request: AktoerRequest, tilbud_id: UUID) -> HttpResponse:
    """Price a supplement."""

    def send(form: TillaegForm) -> Prisblad:
        return actions.foreslaa_tillaeg(aktoer=request.aktoer, hvor=form.hvor(tilbud_id), budget=form.budget())

    return _nyt(request, tilbud_id, TillaegForm, send, "takster/prisblade/nyt_tillaeg.html", "Nyt tillæg")


@require_http_methods(["GET", "POST"])
@budgetterer
def ny_pakke(request: AktoerRequest, tilbud_id: UUID) -> HttpResponse:
    """Sell several takster as one."""

    def send(form: PakkeForm) -> Prisblad:
        data = form.cleaned_data
        return actions.foreslaa_pakke(
            aktoer=request.aktoer, hvor=form.hvor(tilbud_id), navn=data["navn"].strip(), andre=data["andre"]
        )

    return _nyt(request, tilbud_id, PakkeForm, send, "takster/prisblade/ny_pakke.html", "Ny pakke")


def _nyt(
    request: AktoerRequest, tilbud_id: UUID, formtype: Any, send: Callable[[Any], Prisblad], skabelon: str, navn: str
) -> HttpResponse:
    tilbud = eget_tilbud(request.aktoer, tilbud_id)
    takster = queries.mulige_takster(tilbud_id, idag())
    form = formtype(request.POST if request.method == "POST" else None, takster=takster)
    if form.is_valid():
        try:
            nyt = send(form)
        except (Konflikt, UgyldigtInput) as fejl:
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, "Priserne er sendt ind. En anden hos jer skal nu offentliggøre dem.")
            return redirect("takster:prisblad", nyt.pk)
    kontekst = {"tilbud": tilbud, "form": form, "sti": sti(tilbud, _listen(tilbud), {"navn": navn})}
    return render(request, skabelon, kontekst, status=422 if form.errors else 200)


@require_GET
@side(Rettighed.TILBUD_LAES)
def prisblad(request: AktoerRequest, prisblad_id: UUID) -> HttpResponse:
    """The prices, their calculation, and what can be done now."""
    blad = queries.prisblad(request.aktoer, prisblad_id)
    egen = driver(request.aktoer, blad.tilbud)
    venter = egen and blad.tilstand == Bladtilstand.INDSENDT
    genberegning = aaben(request.aktoer, blad) if egen else None
    selv = request.aktoer.identitet == blad.indsendt_af
    kontekst = {
        "blad": blad,
        "genberegning": genberegning,
        "aendringer": aendringer(genberegning) if genberegning else (),
        "kan_traekke": venter and selv,
        "kan_afgoere": venter and not selv,
        "sti": sti(blad.tilbud, _listen(blad.tilbud), {"navn": str(blad)}),
    }
    return render(request, "takster/prisblade/prisblad.html", kontekst)


@require_POST
@budgetterer
def genberegnet(request: AktoerRequest, prisblad_id: UUID) -> HttpResponse:
    """Send in what final terms make of them."""
    besked = "De genberegnede priser er sendt ind. En anden hos jer skal nu offentliggøre dem."
    return _gjort(request, prisblad_id, actions.foreslaa_genberegnet, besked)


@require_POST
@budgetterer
def traek(request: AktoerRequest, prisblad_id: UUID) -> HttpResponse:
    """Withdraw one's own."""
    return _gjort(request, prisblad_id, actions.traek, "Priserne er trukket tilbage.")


@require_http_methods(["GET", "POST"])
@budgetterer
def godkend(request: AktoerRequest, prisblad_id: UUID) -> HttpResponse:
    """A step of its own for what cannot be undone."""
    if request.method == "POST":
        return _gjort(request, prisblad_id, actions.godkend, "Priserne er offentliggjort.")
    return _skridt(request, prisblad_id, "Offentliggør", "takster/prisblade/godkend.html")


@require_http_methods(["GET", "POST"])
@budgetterer
def afvis(request: AktoerRequest, prisblad_id: UUID) -> HttpResponse:
    """Decline with a reason."""
    form = AfvisForm(request.POST if request.method == "POST" else None)
    afvis_ = partial(actions.afvis, aktoer=request.aktoer, prisblad_id=prisblad_id)
    if svar := afvist(
        request, form, lambda grund: afvis_(grund=grund), "Priserne er afvist.", "takster:prisblad", prisblad_id
    ):
        return svar
    return _skridt(request, prisblad_id, "Afvis", "takster/prisblade/afvis.html", form)


def _gjort(request: AktoerRequest, en: UUID, handling: Callable[..., object], besked: str) -> HttpResponse:
    return gjort(request, partial(handling, aktoer=request.aktoer, prisblad_id=en), besked, "takster:prisblad", en)


def _skridt(
    request: AktoerRequest, prisblad_id: UUID, navn: str, skabelon: str, form: forms.Form | None = None
) -> HttpResponse:
    blad = queries.prisblad(request.aktoer, prisblad_id)
    if not driver(request.aktoer, blad.tilbud):
        raise IkkeFundet("prisblad_ikke_fundet", "Prisbladet findes ikke.")
    her = {"navn": str(blad), "url": reverse("takster:prisblad", args=[blad.pk])}
    kontekst = {"blad": blad, "form": form, "sti": sti(blad.tilbud, _listen(blad.tilbud), her, {"navn": navn})}
    return render(request, skabelon, kontekst, status=422 if form and form.errors else 200)


def _listen(tilbud: Tilbud) -> dict[str, str]:
    return {"navn": "Niveauer, tillæg og pakker", "url": reverse("takster:prisliste", args=[tilbud.pk])}
