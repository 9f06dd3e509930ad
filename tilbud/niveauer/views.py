"""Pages of the levels: a KKR's, an offer's, and the secretariat's registering."""

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
from kommuner.models import Kkr
from kommuner.queries import kkr_for_kommune
from tilbud.models import Niveau, Tilbud
from tilbud.niveauer import figurer, queries
from tilbud.niveauer.actions import registrer_niveau
from tilbud.niveauer.forms import NiveauForm, OmraadeForm
from tilbud.niveauer.udvikling import SKIFT, flytninger

PR_SIDE = 25
SENESTE = 10  # movements shown; the file has all of them


def _sti(*led: dict[str, str]) -> list[dict[str, str]]:
    return [{"navn": "Tilbud", "url": reverse("tilbud:liste")}, *led]


def valgt_kkr(aktoer: Aktoer, slug: str) -> Kkr:
    """The KKR asked for, else the actor's own, else the first. Raises IkkeFundet for one nobody has."""
    fundet = Kkr.objects.filter(slug=slug).first() if slug else queries.eget_kkr(aktoer, idag()) or Kkr.objects.first()
    if fundet is None:
        raise IkkeFundet("kkr_ikke_fundet", "Området findes ikke.")
    return fundet


@require_GET
@side(Rettighed.TILBUD_LAES, graense=Graense.SOEG)
def niveauer(request: AktoerRequest) -> HttpResponse:
    """The levels, what they oblige to, and how a KKR's offers stand and have moved."""
    kkr = valgt_kkr(request.aktoer, request.GET.get("kkr", ""))
    form = OmraadeForm({"kkr": kkr.slug, "niveau": request.GET.get("niveau", "")})
    omraade = queries.omraade(kkr, idag())
    alle = flytninger(omraade.historik, omraade.dag)
    kontekst = {
        "kkr": kkr,
        "navn": omraade.tomt.tekst if omraade.tomt else kkr.navn,
        "uden_kommuner": omraade.tomt is not None and not omraade.tomt.afloest,
        "form": form,
        "niveauer": [(navn, Niveau.PLIGTER[tal]) for tal, navn in Niveau.NAVNE],
        "specialisering": figurer.specialisering(omraade.indplaceringer),
        "bevaegelser": figurer.bevaegelser(omraade),
        "skift": SKIFT,
        "flytninger": [(f, omraade.navne[f.tilbud]) for f in alle[:SENESTE]],
        "antal_flytninger": len(alle),
        "side": Paginator([t for t in omraade.indplaceringer if form.viser(t.niveau)], PR_SIDE).get_page(
            request.GET.get("side")
        ),
        "sti": _sti({"navn": "Niveauer"}),
    }
    return render(request, "tilbud/niveauer/omraade.html", kontekst)


@require_GET
@side(Rettighed.TILBUD_LAES, graense=Graense.HENT)
def eksport_niveauer(request: AktoerRequest, form: str) -> HttpResponseBase:
    """Every level of the KKR's offers as a table."""
    kkr = valgt_kkr(request.aktoer, request.GET.get("kkr", ""))
    return tabel(form, "niveauer", queries.HOVED, queries.raekker_ud(queries.kommuner_i(kkr, idag())))


def _tilbud(tilbud_id: UUID) -> Tilbud:
    fundet = Tilbud.objects.select_related("driftsherre").filter(pk=tilbud_id).first()
    if fundet is None:
        raise IkkeFundet("tilbud_ikke_fundet", "Tilbuddet findes ikke.")
    return fundet


def _tilbudssti(tilbud: Tilbud, *led: dict[str, str]) -> list[dict[str, str]]:
    return _sti({"navn": tilbud.navn, "url": reverse("tilbud:detalje", args=[tilbud.pk])}, *led)


@require_GET
@side(Rettighed.TILBUD_LAES)
def et_tilbud(request: AktoerRequest, tilbud_id: UUID) -> HttpResponse:
    """An offer's levels over time, and where its target groups stand in the KKR."""
    tilbud = _tilbud(tilbud_id)
    dag = idag()
    omraade = queries.omraade(kkr_for_kommune(tilbud.beliggenhedskommune_id, dag), dag)
    perioder = omraade.historik.get(tilbud.pk, [])
    kontekst = {
        "tilbud": tilbud,
        "perioder": [
            (p, Niveau.NAVNE[p.niveau - 1][1], Niveau.PLIGTER[p.niveau], p.periode.indeholder(dag))
            for p in reversed(perioder)
        ],
        "historik": figurer.historik(perioder, dag),
        "specialisering": figurer.specialisering(omraade.indplaceringer, tilbud.pk),
        "kan_melde": request.aktoer.maa(Rettighed.FEJLMELDINGER_SKRIV),
        "kan_registrere": queries.sekretariat_for(request.aktoer, tilbud, dag),
        "sti": _tilbudssti(tilbud, {"navn": "Niveau"}),
    }
    return render(request, "tilbud/niveauer/tilbud.html", kontekst)


@require_http_methods(["GET", "POST"])
@side(Rettighed.NIVEAUER_SKRIV, Funktion.SEKRETARIAT)
def nyt_niveau(request: AktoerRequest, tilbud_id: UUID) -> HttpResponse:
    """Register a level."""
    tilbud = _tilbud(tilbud_id)
    if not queries.sekretariat_for(request.aktoer, tilbud, idag()):
        raise IkkeFundet("tilbud_ikke_fundet", "Tilbuddet findes ikke blandt dem, sekretariatet indplacerer.")
    form = NiveauForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            gemt = registrer_niveau(aktoer=request.aktoer, tilbud_id=tilbud.pk, **form.cleaned_data)
        except (UgyldigtInput, Konflikt) as fejl:
            tilfoej_fejl(form, fejl)
        else:
            messages.success(
                request, f"{gemt.get_niveau_display()} er registreret fra {form.cleaned_data['fra']:%d.%m.%Y}."
            )
            return redirect("tilbud:niveau", tilbud.pk)
    kontekst = {
        "tilbud": tilbud,
        "form": form,
        "sti": _tilbudssti(
            tilbud,
            {"navn": "Niveau", "url": reverse("tilbud:niveau", args=[tilbud.pk])},
            {"navn": "Registrér niveau"},
        ),
    }
    return render(request, "tilbud/niveauer/nyt.html", kontekst, status=422 if form.errors else 200)
