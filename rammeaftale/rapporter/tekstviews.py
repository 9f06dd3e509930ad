"""Pages where the secretariat writes the chapters of a report, beside the figures as they are now."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET, require_http_methods

from faelles.aktoer import Funktion, Rettighed
from faelles.fejl import DomaeneFejl, IkkeFundet, Konflikt
from faelles.formularer import tilfoej_fejl
from faelles.tid import nu
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from rammeaftale.handling import data
from rammeaftale.models import Rammeaftale
from rammeaftale.queries import gaeldende_version
from rammeaftale.rapporter.emne import Emne
from rammeaftale.rapporter.forms import TekstForm
from rammeaftale.rapporter.register import RAPPORTTYPER, Rapporttype
from rammeaftale.rapporter.tekster import skrevne, skriv_tekst, tekstens_fejl, vis

_SKRIVER = side(Rettighed.RAPPORTER_BESTIL, Funktion.SEKRETARIAT)


@require_GET
@_SKRIVER
def tekster(request: AktoerRequest, slug: str, type_: str) -> HttpResponse:
    """The chapters of a type of report, and when each was written."""
    aftale, hvilken = _om(request, slug, type_)
    gemte = skrevne(aftale.pk, hvilken.noegle)
    kontekst = {
        "aftale": aftale,
        "type": hvilken,
        "kapitler": [(noegle, titel, gemte.get(noegle)) for noegle, titel in hvilken.kapitler.items()],
        "sti": [{"navn": "Rapporter", "url": reverse("rapporter:liste")}, {"navn": "Tekster"}],
    }
    return render(request, "rapporter/tekster.html", kontekst)


@require_http_methods(["GET", "POST"])
@_SKRIVER
def tekst(request: AktoerRequest, slug: str, type_: str, kapitel: str) -> HttpResponse:
    """Write a chapter: save it, or see it (`vis`) as it will stand with the figures of now. htmx asks for how it will stand only."""
    aftale, hvilken = _om(request, slug, type_)
    if kapitel not in hvilken.kapitler:
        raise IkkeFundet("kapitel_ikke_fundet", "Rapporttypen har intet kapitel med den kode.")
    form = TekstForm(data(request), initial=_gemt(aftale, hvilken, kapitel))
    if request.method == "POST" and "vis" not in request.POST and form.is_valid():
        try:
            skriv_tekst(
                aktoer=request.aktoer,
                aftale_id=aftale.pk,
                type_=hvilken.noegle,
                kapitel=kapitel,
                tekst=form.cleaned_data["tekst"],
                kraev_set=lambda: form.kraev_set(_gemt(aftale, hvilken, kapitel)),
            )
        except DomaeneFejl as fejl:
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, f"Teksten i »{hvilken.kapitler[kapitel]}« er gemt.")
            return redirect("rapporter:tekster", slug, hvilken.noegle)
    kontekst = {
        "aftale": aftale,
        "type": hvilken,
        "titel": hvilken.kapitler[kapitel],
        "form": form,
        **_visning(aftale, hvilken, str(form["tekst"].value() or "")),
        "sti": [
            {"navn": "Rapporter", "url": reverse("rapporter:liste")},
            {"navn": "Tekster", "url": reverse("rapporter:tekster", args=[slug, type_])},
            {"navn": hvilken.kapitler[kapitel]},
        ],
    }
    if "HX-Request" in request.headers:
        return render(request, "rapporter/_tekstvisning.html", kontekst)
    status = 422 if form.is_bound and form.errors and "vis" not in request.POST else 200
    return render(request, "rapporter/tekst.html", kontekst, status=status)


def _om(request: AktoerRequest, slug: str, type_: str) -> tuple[Rammeaftale, Rapporttype]:
    """The actor's own secretariat's agreement, and a type whose chapters can be written in."""
    aftale = Rammeaftale.objects.filter(slug=slug, kkr__sekretariat=request.aktoer.organisation_id).first()
    hvilken = RAPPORTTYPER.get(type_)
    if aftale is None or hvilken is None or not hvilken.kapitler:
        raise IkkeFundet("aftale_ikke_fundet", "Rammeaftalen findes ikke, eller rapporttypen har ingen tekster.")
    return aftale, hvilken


def _gemt(aftale: Rammeaftale, type_: Rapporttype, kapitel: str) -> dict[str, str]:
    gemt = skrevne(aftale.pk, type_.noegle).get(kapitel)
    return {"tekst": gemt.tekst if gemt else ""}


def _visning(aftale: Rammeaftale, type_: Rapporttype, tekst: str) -> Mapping[str, object]:
    """The text with the figures of now, each placeholder with its value, what is wrong, and why there are no figures."""
    vaerdier, hvorfor_ikke = _vaerdier(aftale, type_)
    fejl = tekstens_fejl(type_, tekst)
    vist: SafeString | str = "" if fejl else vis(tekst, vaerdier)
    felter = [(felt, vaerdier.get(felt.noegle, "–")) for felt in type_.flettefelter]
    return {"vist": vist, "tekstfejl": fejl, "felter": felter, "hvorfor_ikke": hvorfor_ikke, "laest": nu()}


def _vaerdier(aftale: Rammeaftale, type_: Rapporttype) -> tuple[dict[str, str], str]:
    version = gaeldende_version(aftale.pk)
    if version is None:
        return {}, "Aftalen har ingen version endnu."
    try:
        return type_.vaerdier(type_.saml(Emne(version), nu())), ""
    except Konflikt as fejl:
        return {}, fejl.besked
