"""Pages of the clusters: a KKR's, one with its members and the offers it shares, and the secretariat's changes."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import IkkeFundet, UgyldigtInput
from faelles.formularer import tilfoej_fejl
from faelles.graenser import Graense
from faelles.regneark.svar import tabel
from faelles.tid import idag
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from tilbud.fejlmeldinger.queries import aabne_fejl_i_klynge
from tilbud.klynger import actions, queries
from tilbud.klynger.forms import AfslutForm, AfslutKlyngeForm, KlyngeForm, MedlemForm
from tilbud.models import Klynge, KlyngeMedlemskab
from tilbud.niveauer.forms import OmraadeForm
from tilbud.niveauer.views import valgt_kkr

PR_SIDE = 25
skriver = side(Rettighed.NIVEAUER_SKRIV, Funktion.SEKRETARIAT)


def _sti(*led: dict[str, str]) -> list[dict[str, str]]:
    return [
        {"navn": "Tilbud", "url": reverse("tilbud:liste")},
        {"navn": "Klynger", "url": reverse("tilbud:klynger")},
        *led,
    ]


def _led(klynge: Klynge) -> dict[str, str]:
    return {"navn": klynge.navn, "url": reverse("tilbud:klynge", args=[klynge.pk])}


@require_GET
@side(Rettighed.TILBUD_LAES)
def klynger(request: AktoerRequest) -> HttpResponse:
    """A KKR's clusters with their members of today."""
    kkr = valgt_kkr(request.aktoer, request.GET.get("kkr", ""))
    kontekst = {
        "kkr": kkr,
        "form": OmraadeForm({"kkr": kkr.slug}),
        "klynger": queries.klynger_i(kkr, idag()),
        "kan_skrive": queries.maa_skrive(request.aktoer, kkr),
        "sti": [{"navn": "Tilbud", "url": reverse("tilbud:liste")}, {"navn": "Klynger"}],
    }
    return render(request, "tilbud/klynger/liste.html", kontekst)


@require_GET
@side(Rettighed.TILBUD_LAES, graense=Graense.HENT)
def eksport_klynger(request: AktoerRequest, form: str) -> HttpResponseBase:
    """The KKR's clusters with every membership as a table."""
    return tabel(
        form,
        "klynger",
        queries.HOVED,
        queries.raekker_ud(valgt_kkr(request.aktoer, request.GET.get("kkr", "")), idag()),
    )


@require_GET
@side(Rettighed.TILBUD_LAES)
def klynge(request: AktoerRequest, klynge_id: UUID) -> HttpResponse:
    """One cluster."""
    fundet = Klynge.objects.select_related("kkr").prefetch_related("maalgrupper").filter(pk=klynge_id).first()
    if fundet is None:
        raise IkkeFundet("klynge_ikke_fundet", "Klyngen findes ikke.")
    dag = idag()
    kkr = queries.ansvarligt_kkr(fundet, dag)
    tilbud = Paginator(queries.delte_tilbud(fundet, dag), PR_SIDE).get_page(request.GET.get("side"))
    kontekst = {
        "klynge": fundet,
        "kkr": kkr,
        "medlemskaber": [(m, dag in m.periode) for m in queries.medlemskaber(fundet)],
        "side": tilbud,
        "kan_skrive": queries.maa_skrive(request.aktoer, kkr),
        "fejl": aabne_fejl_i_klynge(fundet.pk),
        "idag": dag,
        "kan_melde": request.aktoer.maa(Rettighed.FEJLMELDINGER_SKRIV),
        "sti": _sti({"navn": fundet.navn}),
    }
    return render(request, "tilbud/klynger/detalje.html", kontekst)


@require_GET
@side(Rettighed.TILBUD_LAES, graense=Graense.HENT)
def eksport_klyngetilbud(request: AktoerRequest, klynge_id: UUID, form: str) -> HttpResponseBase:  # noqa: ARG001 - a view's signature
    """The offers a cluster shares as a table."""
    fundet = Klynge.objects.filter(pk=klynge_id).first()
    if fundet is None:
        raise IkkeFundet("klynge_ikke_fundet", "Klyngen findes ikke.")
    return tabel(form, "klyngens-tilbud", queries.TILBUDSHOVED, queries.tilbud_ud(fundet, idag()))


def _egen(aktoer: Aktoer, klynge_id: UUID) -> Klynge:
    fundet = queries.i_sekretariatets_kkr(aktoer, idag()).select_related("kkr").filter(pk=klynge_id).first()
    if fundet is None:
        raise IkkeFundet("klynge_ikke_fundet", "Klyngen findes ikke i sekretariatets KKR.")
    return fundet


def _formular(request: AktoerRequest, form: forms.Form, kontekst: dict[str, Any]) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "tilbud/klynger/formular.html", {"form": form, **kontekst}, status=status)


@require_http_methods(["GET", "POST"])
@skriver
def ny_klynge(request: AktoerRequest) -> HttpResponse:
    """Form a cluster."""
    form = KlyngeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            gemt = actions.opret_klynge(aktoer=request.aktoer, **form.cleaned_data)
        except UgyldigtInput as fejl:
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, f"Klyngen {gemt.navn} er oprettet. Tilføj dens kommuner.")
            return redirect("tilbud:klynge", gemt.pk)
    kontekst = {
        "overskrift": "Ny klynge",
        "knap": "Opret",
        "fortryd": reverse("tilbud:klynger"),
        "sti": _sti({"navn": "Ny klynge"}),
    }
    return _formular(request, form, kontekst)


@require_http_methods(["GET", "POST"])
@skriver
def ret_klynge(request: AktoerRequest, klynge_id: UUID) -> HttpResponse:
    """Change a cluster's name, purpose and target groups."""
    fundet = _egen(request.aktoer, klynge_id)
    nu = {
        "navn": fundet.navn,
        "formaal": fundet.formaal,
        "maalgrupper": [str(pk) for pk in fundet.maalgrupper.values_list("pk", flat=True)],
    }
    form = KlyngeForm(request.POST if request.method == "POST" else None, initial=nu)
    kontekst = {
        "overskrift": f"Ret {fundet.navn}",
        "knap": "Gem",
        "fortryd": reverse("tilbud:klynge", args=[fundet.pk]),
        "sti": _sti(_led(fundet), {"navn": "Ret"}),
    }
    if form.is_valid():
        try:
            actions.ret_klynge(aktoer=request.aktoer, klynge_id=fundet.pk, **form.cleaned_data)
        except UgyldigtInput as fejl:
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, "Klyngen er rettet.")
            return redirect("tilbud:klynge", fundet.pk)
    return _formular(request, form, kontekst)


@require_http_methods(["GET", "POST"])
@skriver
def nyt_klyngemedlem(request: AktoerRequest, klynge_id: UUID) -> HttpResponse:
    """Let a municipality in."""
    fundet = _egen(request.aktoer, klynge_id)
    form = MedlemForm(request.POST if request.method == "POST" else None, kkr=queries.ansvarligt_kkr(fundet, idag()))
    if form.is_valid():
        try:
            actions.optag_medlem(aktoer=request.aktoer, klynge_id=fundet.pk, **form.cleaned_data)
        except UgyldigtInput as fejl:
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, "Kommunen er medlem af klyngen.")
            return redirect("tilbud:klynge", fundet.pk)
    kontekst = {
        "overskrift": f"Nyt medlem af {fundet.navn}",
        "knap": "Tilføj",
        "fortryd": reverse("tilbud:klynge", args=[fundet.pk]),
        "sti": _sti(_led(fundet), {"navn": "Nyt medlem"}),
    }
    return _formular(request, form, kontekst)


@require_http_methods(["GET", "POST"])
@skriver
def afslut_klyngemedlem(request: AktoerRequest, medlemskab_id: UUID) -> HttpResponse:
    """End a municipality's membership after a day."""
    medlemskab = KlyngeMedlemskab.objects.select_related("kommune").filter(pk=medlemskab_id).first()
    if medlemskab is None:
        raise IkkeFundet("medlemskab_ikke_fundet", "Medlemskabet findes ikke.")
    fundet = _egen(request.aktoer, medlemskab.klynge_id)
    form = AfslutForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.afslut_medlem(aktoer=request.aktoer, medlemskab_id=medlemskab.pk, **form.cleaned_data)
        except UgyldigtInput as fejl:
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, f"Medlemskabet for {medlemskab.kommune} er afsluttet.")
            return redirect("tilbud:klynge", fundet.pk)
    kontekst = {
        "overskrift": f"Afslut medlemskabet for {medlemskab.kommune}",
        "knap": "Afslut",
        "fortryd": reverse("tilbud:klynge", args=[fundet.pk]),
        "sti": _sti(_led(fundet), {"navn": "Afslut medlemskab"}),
    }
    return _formular(request, form, kontekst)


@require_http_methods(["GET", "POST"])
@skriver
def afslut_klynge(request: AktoerRequest, klynge_id: UUID) -> HttpResponse:
    """End a cluster after a day."""
    fundet = _egen(request.aktoer, klynge_id)
    form = AfslutKlyngeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.afslut_klynge(aktoer=request.aktoer, klynge_id=fundet.pk, **form.cleaned_data)
        except UgyldigtInput as fejl:
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, f"Klyngen {fundet.navn} er afsluttet.")
            return redirect("tilbud:klynge", fundet.pk)
    kontekst = {
        "overskrift": f"Afslut {fundet.navn}",
        "knap": "Afslut klyngen",
        "fortryd": reverse("tilbud:klynge", args=[fundet.pk]),
        "sti": _sti(_led(fundet), {"navn": "Afslut"}),
    }
    return _formular(request, form, kontekst)
