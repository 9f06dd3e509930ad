"""Pages of the terms: what a version sets and lacks, publishing it as preliminary, the published sets, and which govern an offer on a day."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from faelles.aktoer import Funktion, Rettighed
from faelles.fejl import DomaeneFejl, IkkeFundet
from faelles.formularer import Formular, tilfoej_fejl
from faelles.sprog import sortnoegle
from faelles.tid import idag
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from kommuner.models import Kkr
from rammeaftale.actions import traek_vilkaar, udsend_foreloebigt
from rammeaftale.forms import DagForm, VilkaarsvalgForm
from rammeaftale.livscyklus import UDSENDES, Aftaletilstand
from rammeaftale.models import Rammeaftale
from rammeaftale.tekst import saetvisning
from rammeaftale.tekst.queries import version_af
from rammeaftale.tekst.udsendelse import foreloebige
from rammeaftale.tekst.vilkaarsvisning import dagsvilkaar, grupper, saetnumre, side_om_side, udsendte
from rammeaftale.visning import egen_aftale, skriver, sti, synlig_aftale
from tilbud.models import Tilbud
from tilbud.niveauer.queries import eget_kkr


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES)
def vilkaar(request: AktoerRequest, slug: str) -> HttpResponse:
    """Every key, what the latest version sets it to and in which clause, what is missing, and the sets published from the agreement."""
    aftale = synlig_aftale(request.aktoer, slug)
    version = version_af(aftale, None)
    kontekst = {
        "aftale": aftale,
        "version": version,
        "grupper": grupper(version),
        "saet": udsendte(aftale).reverse(),
        "kan_traekkes": skriver(request.aktoer, aftale) and _kan_traekkes(aftale),
        "kan_udsendes": skriver(request.aktoer, aftale) and _kan_udsendes(aftale),
        "sti": [*sti(aftale), {"navn": "Vilkår"}],
    }
    return render(request, "rammeaftale/vilkaar/liste.html", kontekst)


@require_http_methods(["GET", "POST"])
@side(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
def udsend(request: AktoerRequest, slug: str) -> HttpResponse:
    """Publish the version's terms as preliminary."""
    aftale = egen_aftale(request.aktoer, slug)
    form = Formular(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            (saet,) = udsend_foreloebigt(aktoer=request.aktoer, aftale_id=aftale.id)
        except DomaeneFejl as fejl:
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, f"Vilkårene er udsendt som foreløbige: sæt {saet.nummer}.")
            return redirect("rammeaftale:vilkaar", slug)
    kontekst = {
        "overskrift": "Udsend vilkår som foreløbige",
        "manchet": "Takster for aftaleperioden kan beregnes efter dem og mærkes foreløbige. Når aftalen er vedtaget, genberegnes de: giver de endelige vilkår det samme, er taksten bekræftet; ellers får driftsherren en ny beregning at godkende. Bortfalder aftalen, genberegnes de efter de forrige vilkår.",
        "knap": "Udsend",
        "form": form,
        "tilbage": reverse("rammeaftale:vilkaar", args=[slug]),
        "sti": [*sti(aftale), {"navn": "Udsend vilkår"}],
    }
    return render(request, "rammeaftale/handling.html", kontekst, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@side(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
def traek(request: AktoerRequest, slug: str) -> HttpResponse:
    """Take the preliminary terms back."""
    aftale = egen_aftale(request.aktoer, slug)
    form = Formular(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            saet = traek_vilkaar(aktoer=request.aktoer, aftale_id=aftale.id)
        except DomaeneFejl as fejl:
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, f"De foreløbige vilkår er trukket tilbage: sæt {saetnumre(saet)}.")
            return redirect("rammeaftale:vilkaar", slug)
    kontekst = {
        "overskrift": "Træk foreløbige vilkår tilbage",
        "manchet": "De forrige vilkår fortsætter, og takster, der er beregnet foreløbigt, genberegnes efter dem: giver de det samme, er taksten endelig; ellers får driftsherren en ny beregning at godkende. Kommer aftalen siden, regnes de takster, der er blevet endelige, ikke om af sig selv. Skal teksten kun rettes, så lad vilkårene stå, til nye udsendes.",
        "knap": "Træk tilbage",
        "form": form,
        "tilbage": reverse("rammeaftale:vilkaar", args=[slug]),
        "sti": [*sti(aftale), {"navn": "Træk vilkår tilbage"}],
    }
    return render(request, "rammeaftale/handling.html", kontekst, status=422 if form.errors else 200)


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES)
def tilbud(request: AktoerRequest, tilbud_id: UUID) -> HttpResponse:
    """Which terms governed this offer on a day, and why those: the set, what decided, and the sets that did not."""
    hvilket = Tilbud.objects.select_related("beliggenhedskommune__organisation").filter(pk=tilbud_id).first()
    if hvilket is None:
        raise IkkeFundet("tilbud_ikke_fundet", "Tilbuddet findes ikke.")
    form = DagForm(request.GET or None, initial={"dag": idag()})
    dag = form.cleaned_data["dag"] if form.is_bound and form.is_valid() else idag()
    kommune = hvilket.beliggenhedskommune
    fundet = dagsvilkaar(kommune.kommunekode, dag)
    kontekst = {
        "tilbud": hvilket,
        "kommune": kommune,
        "form": form,
        "dag": dag,
        "fundet": fundet,
        "vilkaar": saetvisning.med_steder(request.aktoer, fundet.saet) if fundet.saet else (),
        "side_om_side": side_om_side(kommune.kommunekode, dag),
        "sti": [{"navn": hvilket.navn, "url": reverse("tilbud:detalje", args=[tilbud_id])}, {"navn": "Vilkår"}],
    }
    return render(request, "rammeaftale/vilkaar/tilbud.html", kontekst)


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES)
def saet(request: AktoerRequest) -> HttpResponse:
    """The terms browser: what governs a KKR on a day, any published set, and what differs between it and another."""
    eget = eget_kkr(request.aktoer, idag()) or Kkr.objects.first()
    start: dict[str, Any] = {"kkr": eget.slug if eget else "", "dag": idag()}
    form = VilkaarsvalgForm(
        request.GET or None,
        initial=start,
        kkrer=sorted(Kkr.objects.values_list("slug", "navn"), key=lambda par: sortnoegle(par[1])),
        saet=saetvisning.alle_saet(),
    )
    valg = form.cleaned_data if form.is_bound and form.is_valid() else start
    kkr = Kkr.objects.filter(slug=valg["kkr"]).first()
    if valg.get("saet"):
        viste = saetvisning.vis(request.aktoer, {valg["saet"]: ""})
    else:
        viste = saetvisning.gaeldende(request.aktoer, kkr, valg["dag"]) if kkr else []
    mod = next(iter(saetvisning.vis(request.aktoer, {valg["mod"]: ""})), None) if valg.get("mod") else None
    kontekst = {
        "form": form,
        "kkr": kkr,
        "dag": None if valg.get("saet") else valg["dag"],
        "viste": [(en, saetvisning.forskelle(mod, en) if mod else None) for en in viste],
        "mod": mod,
        "sti": [{"navn": "Rammeaftaler", "url": reverse("rammeaftale:liste")}, {"navn": "Vilkår"}],
    }
    return render(request, "rammeaftale/vilkaar/saet.html", kontekst, status=422 if form.errors else 200)


def _kan_udsendes(aftale: Rammeaftale) -> bool:
    return aftale.hovedaftale_id is None and aftale.tilstand in UDSENDES


def _kan_traekkes(aftale: Rammeaftale) -> bool:
    return aftale.tilstand != Aftaletilstand.VEDTAGET and foreloebige(aftale).exists()
