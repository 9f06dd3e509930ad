"""Pages of the comparison with Tilbudsportalen: the extracts, one's differences, and the owner's decisions."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.formularer import tilfoej_fejl
from faelles.graenser import Graense
from faelles.regneark.svar import tabel
from faelles.tid import idag
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from tilbud.models import Portalsammenligning
from tilbud.portal import actions, queries
from tilbud.portal.forms import FORNAVN, BeslutningerForm
from tilbud.registerimport.forms import FilForm
from tilbud.registerimport.queries import skema_paa

PR_SIDE = 25
sammenligner = side(Rettighed.TILBUD_SKRIV, Funktion.DRIFTSHERRE)
henter = side(Rettighed.TILBUD_SKRIV, Funktion.DRIFTSHERRE, graense=Graense.HENT)


def _sti(*led: dict[str, str]) -> list[dict[str, str]]:
    return [{"navn": "Tilbud", "url": reverse("tilbud:liste")}, *led]


def _portal() -> dict[str, str]:
    return {"navn": "Tilbudsportalen", "url": reverse("tilbud:portal")}


@require_GET
@sammenligner
def liste(request: AktoerRequest) -> HttpResponse:
    """The operator's comparisons, newest first."""
    sider = Paginator(queries.sammenligninger(request.aktoer), PR_SIDE).get_page(request.GET.get("side"))
    return render(request, "tilbud/portal/liste.html", {"side": sider, "sti": _sti({"navn": "Tilbudsportalen"})})


LISTEHOVED = ("Lavet", "Lavet som", "Rækker", "Andres rækker", "Mangler i udtrækket", "Afvigelser", "Ikke afgjort")


@require_GET
@henter
def eksport(request: AktoerRequest, form: str) -> HttpResponseBase:
    """The list as a table."""
    raekker = [
        (s.lavet, s.lavet_rolle, s.raekker, s.ukendte, len(s.mangler), s.antal, s.uafgjorte)  # type: ignore[attr-defined]  # annotated
        for s in queries.sammenligninger(request.aktoer)
    ]
    return tabel(form, "sammenligninger", LISTEHOVED, raekker)


@require_GET
@henter
def skabelon(request: AktoerRequest, form: str) -> HttpResponseBase:
    """The form of the extract, filled with what is registered here."""
    hoved, raekker = queries.skabelonraekker(request.aktoer)
    return tabel(form, "Tilbudsportalen", hoved, raekker)


@require_http_methods(["GET", "POST"])
@sammenligner
def ny(request: AktoerRequest) -> HttpResponse:
    """Take an extract; its differences are the next page."""
    form = FilForm(request.POST, request.FILES) if request.method == "POST" else FilForm()
    if form.is_valid():
        modtaget = form.cleaned_data["fil"]
        try:
            fundet = actions.sammenlign_udtraek(aktoer=request.aktoer, fil=modtaget.read(), filnavn=modtaget.name)
        except UgyldigtInput as fejl:
            tilfoej_fejl(form, fejl)
        else:
            return redirect("tilbud:portalsammenligning", fundet.pk)
    kontekst = {"form": form, "sti": _sti(_portal(), {"navn": "Nyt udtræk"})}
    return render(request, "tilbud/portal/ny.html", kontekst, status=422 if form.errors else 200)


def _hent(aktoer: Aktoer, sammenligning_id: UUID) -> Portalsammenligning:
    fundet = queries.sammenligninger(aktoer).filter(pk=sammenligning_id).first()
    if fundet is None:
        raise IkkeFundet("sammenligning_ikke_fundet", "Sammenligningen findes ikke.")
    return fundet


@require_http_methods(["GET", "POST"])
@sammenligner
def detalje(request: AktoerRequest, sammenligning_id: UUID) -> HttpResponse:
    """A comparison's differences, and what the owner decides about those on the page."""
    sammenligning = _hent(request.aktoer, sammenligning_id)
    sider = Paginator(queries.afvigelser(request.aktoer, sammenligning.pk), PR_SIDE).get_page(request.GET.get("side"))
    uafgjorte = [a for a in sider if a.er_uafgjort]  # type: ignore[attr-defined]  # annotated
    form = BeslutningerForm(request.POST if request.method == "POST" else None, afvigelser=uafgjorte)
    if form.is_valid():
        try:
            registerimport = actions.afgoer(
                aktoer=request.aktoer,
                sammenligning_id=sammenligning.pk,
                beslutninger=form.valgte,
                grund=form.cleaned_data["grund"],
            )
        except (UgyldigtInput, Konflikt) as fejl:
            tilfoej_fejl(form, fejl)
        else:
            videre = " Det, der skal overtages, venter på, at en anden hos jer godkender det." if registerimport else ""
            messages.success(request, f"Beslutningerne er gemt.{videre}")
            return redirect(request.get_full_path())
    visninger = queries.i_ord(list(sider), skema_paa(idag()))
    kontekst: dict[str, Any] = {
        "sammenligning": sammenligning,
        "side": sider,
        "raekker": [(v, form[f"{FORNAVN}{v.afvigelse.pk}"] if v.afvigelse in uafgjorte else None) for v in visninger],
        "form": form,
        "uafgjorte": bool(uafgjorte),
        "manglende": queries.manglende(sammenligning),
        "sti": _sti(_portal(), {"navn": "Afvigelser"}),
    }
    return render(request, "tilbud/portal/detalje.html", kontekst, status=422 if form.errors else 200)


@require_GET
@henter
def eksport_afvigelser(request: AktoerRequest, sammenligning_id: UUID, form: str) -> HttpResponseBase:
    """Every difference of a comparison as a table."""
    _hent(request.aktoer, sammenligning_id)
    visninger = queries.i_ord(list(queries.afvigelser(request.aktoer, sammenligning_id)), skema_paa(idag()))
    return tabel(form, "afvigelser", queries.HOVED, queries.raekker_ud(visninger))
