"""Pages of the text's parts: adding one, and adding or repealing a clause in one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from faelles.aktoer import Funktion, Rettighed
from faelles.fejl import DomaeneFejl, IkkeFundet
from faelles.formularer import tilfoej_fejl
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from rammeaftale.handling import data
from rammeaftale.models import Delart, Dokumentdel, Rammeaftale
from rammeaftale.tekst import actions
from rammeaftale.tekst.forms import DelForm, NyKlausulForm, OphaevForm
from rammeaftale.tekst.formularside import formularside
from rammeaftale.tekst.gaeldende import kan_aendres
from rammeaftale.visning import egen_aftale

_SKRIVER = (Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)


@require_http_methods(["GET", "POST"])
@side(*_SKRIVER)
def ny_del(request: AktoerRequest, slug: str) -> HttpResponse:
    """Add a part."""
    aftale = egen_aftale(request.aktoer, slug)
    form = DelForm(data(request))
    if form.is_valid():
        felter = form.cleaned_data
        try:
            actions.opret_del(
                aktoer=request.aktoer, aftale_id=aftale.id, art=Delart(felter["art"]), titel=felter["titel"]
            )
        except DomaeneFejl as fejl:
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, "Delen er oprettet.")
            return redirect("rammeaftale:tekst", slug)
    return formularside(
        request, aftale, form, "Ny del", "Aftalen har hoveddokument, styringsdel, udviklingsdel og bilag."
    )


@require_http_methods(["GET", "POST"])
@side(*_SKRIVER)
def ny_klausul(request: AktoerRequest, slug: str, del_id: UUID) -> HttpResponse:
    """Add a clause to a part."""
    aftale = egen_aftale(request.aktoer, slug)
    del_ = _delen(aftale, del_id)
    form = NyKlausulForm(data(request), aendrede=[(en.klausul.pk, en.tekst.navn) for en in kan_aendres(aftale)])
    if form.is_valid():
        try:
            ny = actions.opret_klausul(
                aktoer=request.aktoer,
                aftale_id=aftale.id,
                del_id=del_id,
                indhold=form.indhold(),
                aendrer=form.cleaned_data.get("aendrer"),
            )
        except DomaeneFejl as fejl:
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, f"{ny} er oprettet.")
            return redirect("rammeaftale:klausul", slug, ny.klausul_id)
    return formularside(request, aftale, form, f"Ny klausul i {del_.titel}", "")


@require_http_methods(["GET", "POST"])
@side(*_SKRIVER)
def ophaev(request: AktoerRequest, slug: str, del_id: UUID) -> HttpResponse:
    """Repeal a clause of the agreement, in a part of the allonge."""
    aftale = egen_aftale(request.aktoer, slug)
    del_ = _delen(aftale, del_id)
    form = OphaevForm(data(request), klausuler=kan_aendres(aftale))
    if form.is_valid():
        try:
            ny = actions.ophaev_klausul(
                aktoer=request.aktoer, aftale_id=aftale.id, del_id=del_id, ophaeves=form.cleaned_data["ophaeves"]
            )
        except DomaeneFejl as fejl:
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, f"{ny} ophæves, når allongen er vedtaget.")
            return redirect("rammeaftale:klausul", slug, ny.klausul_id)
    manchet = (
        "Et vilkår, klausulen fastsætter, skal stå i en anden klausul i allongen, før den kan sendes til godkendelse."
    )
    return formularside(request, aftale, form, f"Ophæv en klausul i {del_.titel}", manchet, {"knap": "Ophæv klausulen"})


def _delen(aftale: Rammeaftale, del_id: UUID) -> Dokumentdel:
    del_ = Dokumentdel.objects.filter(pk=del_id, aftale=aftale).first()
    if del_ is None:
        raise IkkeFundet("del_ikke_fundet", "Delen findes ikke i aftalen.")
    return del_
