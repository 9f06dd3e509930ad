"""Pages of temporary closures: close, open again, and the list as a file. The list itself stands on the offer's page."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.dokument.tal import dage_i_ord
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.formularer import tilfoej_fejl
from faelles.graenser import Graense
from faelles.regneark.svar import tabel
from faelles.tid import Periode, idag
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from tilbud.belaegning.models import Lukningsgrund, Pladslukning
from tilbud.lukninger import actions
from tilbud.lukninger.forms import AabnForm, LukForm
from tilbud.lukninger.queries import LUKNINGSHOVED, graense_alene, raekker
from tilbud.models import Afdeling, Tilbud

skriver = side(Rettighed.TILBUD_SKRIV, Funktion.DRIFTSHERRE)


@require_http_methods(["GET", "POST"])
@skriver
def luk(request: AktoerRequest, afdeling_id: UUID) -> HttpResponse:
    """Close a place or the department; a link may carry the place and the days."""
    afdeling = _afdeling(request.aktoer, afdeling_id)
    valgt = {navn: request.GET.get(navn, "") for navn in ("plads", "fra", "til")}
    data = request.POST if request.method == "POST" else None
    form = LukForm(data, initial=valgt, pladser=afdeling.pladser.all())
    if form.is_valid():
        plads_id, grund = form.cleaned_data["plads"], Lukningsgrund(form.cleaned_data["grund"])
        felter = {navn: form.cleaned_data[navn] for navn in ("fra", "til", "bemaerkning")}
        try:
            svar = actions.luk(aktoer=request.aktoer, afdeling_id=afdeling.pk, plads_id=plads_id, grund=grund, **felter)
        except (UgyldigtInput, Konflikt) as fejl:
            tilfoej_fejl(form, fejl)
        else:
            _sig(request, svar, felter["til"])
            return redirect("tilbud:import", svar.venter.pk) if svar.venter else redirect(_tilbage(request, afdeling))
    dage, kilde, mangler = graense_alene(afdeling, idag())
    forklaring = f"{_hvornaar(dage)} {mangler}".strip()
    kontekst = {"form": form, "knap": "Luk", "forklaring": forklaring, "kilde": kilde, "dag": idag()}
    return _formular(request, afdeling, f"Luk midlertidigt i {afdeling}", kontekst)


def _sig(request: AktoerRequest, svar: actions.Lukket, til: date) -> None:
    """Both: what is closed now, and what is not yet."""
    straks = svar.straks
    if straks:
        messages.success(request, f"{_hvad(straks)} er lukket {dage_i_ord(straks.dage)} og vises ikke som ledig.")
    if svar.venter:
        resten = dage_i_ord(Periode(straks.dage.til, til)) if straks and straks.dage.til else ""
        hvad = f"Resten, {resten}, er sendt." if resten else "Lukningen er sendt."
        messages.info(request, f"{hvad} Den gælder, når en anden hos jer har godkendt den.")


def _hvornaar(dage: int | None) -> str:
    """When a closure takes effect, given how many days one person alone may decide."""
    if not dage:
        return "Lukningen gælder, når en anden hos jer har godkendt den."
    return (
        f"Lukningen gælder straks i højst {dage} dage, også talt dem, pladsen har været lukket på de sidste {2 * dage} dage og er lukket"
        " på fremover. Er den længere, gælder resten, når en anden hos jer har godkendt den."
    )


@require_http_methods(["GET", "POST"])
@skriver
def aabn(request: AktoerRequest, lukning_id: UUID) -> HttpResponse:
    """Open again before the closure ends by itself."""
    egne = Tilbud.objects.drevet_af(request.aktoer).order_by()
    fundne = Pladslukning.objects.fra(idag()).select_related("afdeling__tilbud", "plads")
    lukning = fundne.filter(pk=lukning_id, afdeling__tilbud__in=egne).first()
    if lukning is None:
        raise actions.ikke_fundet()
    form = AabnForm(request.POST if request.method == "POST" else None, initial={"fra": idag()})
    if form.is_valid():
        try:
            aendret = actions.aabn(aktoer=request.aktoer, lukning_id=lukning.pk, **form.cleaned_data)
        except (UgyldigtInput, Konflikt) as fejl:
            tilfoej_fejl(form, fejl)
        else:
            stand = "Lukningen er ophævet." if aendret.ophaevet else f"Der er nu lukket {dage_i_ord(aendret.dage)}."
            messages.success(request, stand)
            return redirect(_tilbage(request, lukning.afdeling))
    forklaring = f"{_hvad(lukning)} er lukket {dage_i_ord(lukning.dage)}: {lukning.get_grund_display().lower()}."
    kontekst = {"form": form, "knap": "Åbn igen", "forklaring": forklaring}
    return _formular(request, lukning.afdeling, f"Åbn igen i {lukning.afdeling}", kontekst)


@require_GET
@side(Rettighed.TILBUD_LAES, graense=Graense.HENT)
def eksport(request: AktoerRequest, tilbud_id: UUID, form: str) -> HttpResponseBase:  # noqa: ARG001 - a view's signature
    """An offer's closures as a table."""
    if not Tilbud.objects.filter(pk=tilbud_id).exists():
        raise IkkeFundet("tilbud_ikke_fundet", "Tilbuddet findes ikke.")
    return tabel(form, "lukninger", LUKNINGSHOVED, raekker(tilbud_id))


def _afdeling(aktoer: Aktoer, afdeling_id: UUID) -> Afdeling:
    egne = Tilbud.objects.drevet_af(aktoer).order_by()
    afdeling = Afdeling.objects.select_related("tilbud").filter(pk=afdeling_id, tilbud__in=egne).first()
    if afdeling is None:
        raise IkkeFundet("afdeling_ikke_fundet", "Afdelingen findes ikke blandt jeres egne.")
    return afdeling


def _hvad(lukning: Pladslukning) -> str:
    return str(lukning.plads) if lukning.plads else "Hele afdelingen"


def _tilbage(request: AktoerRequest, afdeling: Afdeling) -> str:
    """Where the person came from: the place calendar, when its link says so, else the offer's page."""
    if "fra_kalender" in request.GET:
        return f"{reverse('tilbud:belaegning')}?tilbud={afdeling.tilbud_id}"
    return reverse("tilbud:detalje", args=[afdeling.tilbud_id])


def _formular(request: AktoerRequest, afdeling: Afdeling, titel: str, kontekst: dict[str, Any]) -> HttpResponse:
    sti = [
        {"navn": "Tilbud", "url": reverse("tilbud:liste")},
        {"navn": afdeling.tilbud.navn, "url": reverse("tilbud:detalje", args=[afdeling.tilbud_id])},
        {"navn": titel},
    ]
    kontekst |= {"titel": titel, "tilbage": _tilbage(request, afdeling), "tilbud_id": afdeling.tilbud_id, "sti": sti}
    status = 422 if kontekst["form"].errors else 200
    return render(request, "tilbud/lukninger/formular.html", kontekst, status=status)
