"""Pages of the text's parts: adding, changing and taking away one, and adding or repealing a clause in one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from faelles.aktoer import Funktion, Rettighed
from faelles.fejl import DomaeneFejl
from faelles.formularer import tilfoej_fejl
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from rammeaftale.forms import BekraeftForm
from rammeaftale.handling import data, udfoer
from rammeaftale.models import Delart, Dokumentdel
from rammeaftale.tekst import actions, dele
from rammeaftale.tekst.forms import DelForm, NyKlausulForm, OphaevForm, RetDelForm
from rammeaftale.tekst.formularside import formularside, tekststi
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
            dele.opret_del(aktoer=request.aktoer, aftale_id=aftale.id, art=Delart(felter["art"]), titel=felter["titel"])
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
    del_ = dele.delen(aftale, del_id)
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
    del_ = dele.delen(aftale, del_id)
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


@require_http_methods(["GET", "POST"])
@side(*_SKRIVER)
def ret_del(request: AktoerRequest, slug: str, del_id: UUID) -> HttpResponse:
    """Another kind, title or place of a part."""
    aftale = egen_aftale(request.aktoer, slug)
    del_ = dele.delen(aftale, del_id)
    andre = aftale.dele.exclude(pk=del_id).order_by("nummer")
    form = RetDelForm(data(request), andre=andre, initial=_delens(del_))

    def gem() -> str:
        felter = form.cleaned_data
        dele.ret_del(
            aktoer=request.aktoer, aftale_id=aftale.id, del_id=del_id, art=Delart(felter["art"]), titel=felter["titel"],
            efter=felter["efter"], kraev_set=lambda: form.kraev_set(_delens(dele.delen(aftale, del_id))),
        )  # fmt: skip
        return reverse("rammeaftale:tekst", args=[slug])

    manchet = "Det, der har været sendt til godkendelse, beholder slags og titel og sin plads blandt det øvrige, der er sendt."
    return udfoer(request, form, gem, "Delen er gemt.", (f"Ret {del_}", manchet, "Gem"), tekststi(aftale))


def _delens(del_: Dokumentdel) -> dict[str, object]:
    """A part as the form's first values."""
    foran = Dokumentdel.objects.filter(aftale=del_.aftale_id, nummer__lt=del_.nummer).order_by("-nummer").first()
    return {"art": del_.art, "titel": del_.titel, "efter": foran.pk if foran else ""}


@require_http_methods(["GET", "POST"])
@side(*_SKRIVER)
def fjern_del(request: AktoerRequest, slug: str, del_id: UUID) -> HttpResponse:
    """Take an empty part away, after asking."""
    aftale = egen_aftale(request.aktoer, slug)
    del_ = dele.delen(aftale, del_id)

    def fjern() -> str:
        dele.fjern_del(aktoer=request.aktoer, aftale_id=aftale.id, del_id=del_id)
        return reverse("rammeaftale:tekst", args=[slug])

    ord_ = (f"Fjern {del_}?", "Kun en del, der aldrig har haft klausuler, kan fjernes.", "Fjern")
    return udfoer(request, BekraeftForm(data(request)), fjern, f"{del_} er fjernet.", ord_, tekststi(aftale))
