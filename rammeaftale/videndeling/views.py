"""Pages of the duty to pass knowledge on: who owes whom, one offer's, and registering what was done."""

from uuid import UUID

from django.core.paginator import Paginator
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
from rammeaftale.forms import BekraeftForm
from rammeaftale.handling import data, udfoer
from rammeaftale.models import Rammeaftale, Videndeling
from rammeaftale.videndeling import actions, queries
from rammeaftale.videndeling.forms import NiveauvalgForm, VidenForm
from rammeaftale.videndeling.queries import Pligtvisning
from rammeaftale.videndeling.regler import ALLE
from rammeaftale.visning import sti, synlig_aftale
from tilbud.models import Niveau, Tilbud

PR_SIDE = 25


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES, graense=Graense.SOEG)
def liste(request: AktoerRequest, slug: str) -> HttpResponse:
    """The offers of a level, whom each owes knowledge, and what it has done about it."""
    aftale = synlig_aftale(request.aktoer, slug)
    form = NiveauvalgForm(request.GET)
    niveau = form.cleaned_data["niveau"] if form.is_valid() else ALLE
    alle = queries.pligter(aftale, niveau, idag())
    kontekst = {
        "aftale": aftale,
        "form": NiveauvalgForm({"niveau": niveau}),
        "niveau": niveau,
        "pligt": Niveau.PLIGTER[niveau],
        "dag": queries.pligtdag(aftale, idag()),
        "side": Paginator(alle, PR_SIDE).get_page(request.GET.get("side")),
        "uden": sum(not v.opgoerelse.gange for v in alle),
        "sti": [*sti(aftale), {"navn": "Vidensdeling"}],
    }
    return render(request, "rammeaftale/videndeling/liste.html", kontekst)


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES, graense=Graense.HENT)
def eksport(request: AktoerRequest, slug: str, form: str) -> HttpResponseBase:
    """Every duty of both levels as a table."""
    aftale, dag = synlig_aftale(request.aktoer, slug), idag()
    raekker = [
        raekke for niveau in queries.SKYLDENDE for raekke in queries.raekker_ud(queries.pligter(aftale, niveau, dag))
    ]
    return tabel(form, "vidensdeling", queries.HOVED, raekker)


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES)
def tilbud(request: AktoerRequest, slug: str, tilbud_id: UUID) -> HttpResponse:
    """An offer's duty, who has had something, and what it was."""
    aftale = synlig_aftale(request.aktoer, slug)
    visning = _pligt(aftale, tilbud_id)
    kontekst = {
        "aftale": aftale,
        "v": visning,
        "pligt": Niveau.PLIGTER[visning.niveau],
        "delinger": queries.delinger(aftale, idag()).filter(tilbud=tilbud_id),
        "kan_skrive": queries.maa_registrere(request.aktoer, aftale, visning.tilbud),
        "sti": [*_sti(aftale), {"navn": visning.tilbud.navn}],
    }
    return render(request, "rammeaftale/videndeling/tilbud.html", kontekst)


@require_http_methods(["GET", "POST"])
@side(Rettighed.RAMMEAFTALER_LAES)
def ny(request: AktoerRequest, slug: str, tilbud_id: UUID) -> HttpResponse:
    """Register what an offer passed on."""
    aftale = synlig_aftale(request.aktoer, slug)
    visning = _egen(request, aftale, tilbud_id)
    mulige = queries.parter_hidtil(aftale, idag()).exclude(pk=visning.tilbud.driftsherre_id)
    form = VidenForm(data(request), modtagere=mulige, skyldes=visning.opgoerelse.skyldes)

    def gem() -> str:
        actions.registrer(aktoer=request.aktoer, aftale_id=aftale.pk, tilbud_id=tilbud_id, indhold=form.indhold)
        return _adresse(aftale, tilbud_id)

    ord_ = (
        f"Viden fra {visning.tilbud}",
        "Vælg alle, der fik den; de skal være part den dag. Det tæller for dem, tilbuddet har pligt til.",
        "Registrér",
    )
    return udfoer(request, form, gem, "Vidensdelingen er registreret.", ord_, _tilbudssti(aftale, visning.tilbud))


@require_http_methods(["GET", "POST"])
@side(Rettighed.RAMMEAFTALER_LAES)
def fortryd(request: AktoerRequest, slug: str, videndeling_id: UUID) -> HttpResponse:
    """Take back what was registered by mistake, after asking."""
    aftale = synlig_aftale(request.aktoer, slug)
    deling = Videndeling.objects.filter(pk=videndeling_id).first()
    hos = queries.tilbud_i(aftale, queries.pligtdag(aftale, idag()))
    tilbud = hos.filter(pk=deling.tilbud_id).first() if deling else None
    if tilbud is None or not queries.maa_registrere(request.aktoer, aftale, tilbud):
        raise IkkeFundet("videndeling_ikke_fundet", "Vidensdelingen findes ikke.")
    skylder = queries.pligt(aftale, tilbud.pk, idag()) is not None  # its page is there only while it does

    def traek() -> str:
        actions.fortryd(aktoer=request.aktoer, aftale_id=aftale.pk, videndeling_id=videndeling_id)
        return _adresse(aftale, tilbud.pk) if skylder else _liste(aftale)

    ord_ = (
        f"Fortryd »{deling}«?",
        "Registreringen tages væk, og modtagerne tæller ikke længere med.",
        "Fortryd registreringen",
    )
    sti_til = _tilbudssti(aftale, tilbud) if skylder else _sti(aftale)
    return udfoer(request, BekraeftForm(data(request)), traek, "Registreringen er fortrudt.", ord_, sti_til)


def _pligt(aftale: Rammeaftale, tilbud_id: UUID) -> Pligtvisning:
    visning = queries.pligt(aftale, tilbud_id, idag())
    if visning is None:
        raise IkkeFundet("tilbud_ikke_fundet", "Tilbuddet har ingen pligt til at dele viden i aftalen.")
    return visning


def _egen(request: AktoerRequest, aftale: Rammeaftale, tilbud_id: UUID) -> Pligtvisning:
    visning = _pligt(aftale, tilbud_id)
    if not queries.maa_registrere(request.aktoer, aftale, visning.tilbud):
        raise IkkeFundet("tilbud_ikke_fundet", "Tilbuddet findes ikke blandt jeres egne.")
    return visning


def _adresse(aftale: Rammeaftale, tilbud_id: UUID) -> str:
    return reverse("rammeaftale:videntilbud", args=[aftale.slug, tilbud_id])


def _liste(aftale: Rammeaftale) -> str:
    return reverse("rammeaftale:viden", args=[aftale.slug])


def _sti(aftale: Rammeaftale) -> list[dict[str, str]]:
    return [*sti(aftale), {"navn": "Vidensdeling", "url": _liste(aftale)}]


def _tilbudssti(aftale: Rammeaftale, hvilket: Tilbud) -> list[dict[str, str]]:
    return [*_sti(aftale), {"navn": hvilket.navn, "url": _adresse(aftale, hvilket.pk)}]
