"""Pages of costs shared by a key: an offer's list, a new one with its shares, one with its calculation, and what each municipality pays in a year."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faelles.aktoer import Rettighed
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.formularer import tilfoej_fejl
from faelles.graenser import Graense
from faelles.regneark.svar import tabel
from faelles.tid import idag
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from takster.beregning.tal import laesbar
from takster.budget.queries import eget_tilbud
from takster.budget.views import budgetterer
from takster.finansiering import actions, figurer, queries, tabeller
from takster.finansiering.andele import Andel, andele
from takster.finansiering.folketal import folketalsnoegler
from takster.finansiering.forms import FinansieringForm, KommuneForm
from takster.genberegning.queries import aaben, aendringer
from takster.models import Bladtilstand
from takster.models.budget import FOERSTE_AAR, SIDSTE_AAR
from takster.tilbudssider import driver, sti, tilbuddet
from takster.topersonssider import AfvisForm, afvist, gjort
from tilbud.models import Tilbud

PR_SIDE = 100


@require_GET
@side(Rettighed.TILBUD_LAES)
def finansieringer(request: AktoerRequest, tilbud_id: UUID) -> HttpResponse:
    """What an offer is paid by a key, what was said before, and for the operator what waits."""
    tilbud = tilbuddet(tilbud_id)
    egen = driver(request.aktoer, tilbud)
    kontekst = {
        "tilbud": tilbud,
        "finansieringer": queries.for_tilbud(request.aktoer, tilbud_id),
        "ophoerte": queries.ophoerte(request.aktoer, tilbud_id),
        "undervejs": queries.undervejs(request.aktoer, tilbud_id) if egen else (),
        "egen": egen,
        "aar": idag().year,
        "sti": sti(tilbud, {"navn": "Objektiv finansiering og abonnement"}),
    }
    return render(request, "takster/finansiering/liste.html", kontekst)


@require_GET
@side(Rettighed.TILBUD_LAES, graense=Graense.HENT)
def eksport_tilbuddets(request: AktoerRequest, tilbud_id: UUID, form: str) -> HttpResponseBase:
    """The list as a table, a row for each municipality of each."""
    tilbuddet(tilbud_id)
    alle = queries.betalinger(queries.for_tilbud(request.aktoer, tilbud_id))
    return tabel(form, "finansiering", tabeller.HOVED, tabeller.raekker(alle))


@require_http_methods(["GET", "POST"])
@budgetterer
def ny(request: AktoerRequest, tilbud_id: UUID) -> HttpResponse:
    """Write the amount and the key, see the shares, and send them in."""
    tilbud = eget_tilbud(request.aktoer, tilbud_id)
    kommuner = queries.kommunenavne()
    form = FinansieringForm(
        request.POST if request.method == "POST" else None,
        andre=queries.egne_andre(request.aktoer, tilbud),
        folketal=folketalsnoegler(),
        kommuner=kommuner,
        initial={"kommuner": queries.kommuner_i_kkr(tilbud, idag()), "aar": idag().year + 1},
    )
    vist: dict[str, object] = {}
    if form.is_valid():
        try:
            udkast = form.udkast(tilbud_id)
            if request.POST.get("skridt") == "vis":
                beregning = actions.beregn(aktoer=request.aktoer, udkast=udkast).som_json()
                vist = _vist(andele(beregning), kommuner)
            else:
                sendt = actions.foreslaa(aktoer=request.aktoer, udkast=udkast)
                messages.success(request, "Andelene er sendt ind. En anden hos jer skal nu offentliggøre dem.")
                return redirect("takster:finansiering", sendt.pk)
        except (Konflikt, UgyldigtInput) as fejl:
            tilfoej_fejl(form, fejl)
    kontekst = {**vist, "tilbud": tilbud, "form": form, "sti": sti(tilbud, _listen(tilbud), {"navn": "Ny"})}
    return render(request, "takster/finansiering/ny.html", kontekst, status=422 if form.errors else 200)


def _vist(delt: Sequence[Andel], kommuner: Mapping[str, str]) -> dict[str, object]:
    """The shares with the municipalities' names, in Danish order, and their figure."""
    pr_kode = {andel.kommunekode: andel for andel in delt}
    raekker = [(navn, pr_kode[kode]) for kode, navn in kommuner.items() if kode in pr_kode]
    return {
        "raekker": raekker,
        "samlet_vaegt": laesbar(sum((andel.vaegt for andel in delt), Decimal(0))),
        "samlet": sum((andel.beloeb for andel in delt), Decimal(0)),
        "figur": figurer.andele(raekker),
        "figur_tekst": figurer.tekst(raekker),
    }


@require_GET
@side(Rettighed.TILBUD_LAES)
def finansiering(request: AktoerRequest, finansiering_id: UUID) -> HttpResponse:
    """The shares, how they were found, and what can be done now."""
    en = queries.finansiering(request.aktoer, finansiering_id)
    egen, kommuner = driver(request.aktoer, en.tilbud), queries.kommunenavne()
    venter = egen and en.tilstand == Bladtilstand.INDSENDT
    selv = request.aktoer.identitet == en.indsendt_af
    genberegning = aaben(request.aktoer, en) if egen else None
    kontekst = {
        **_vist(en.andele, kommuner),
        "genberegning": genberegning,
        "aendringer": [(kommuner[kode], *kr) for kode, *kr in aendringer(genberegning)] if genberegning else (),
        "en": en,
        "tilbuddene": queries.tilbuddene(en),
        "kan_traekke": venter and selv,
        "kan_afgoere": venter and not selv,
        "sti": sti(en.tilbud, _listen(en.tilbud), {"navn": f"{en} {en.aar}"}),
    }
    return render(request, "takster/finansiering/finansiering.html", kontekst)


@require_GET
@side(Rettighed.TILBUD_LAES, graense=Graense.HENT)
def eksport(request: AktoerRequest, finansiering_id: UUID, form: str) -> HttpResponseBase:
    """The shares as a table."""
    alle = queries.betalinger([queries.finansiering(request.aktoer, finansiering_id)])
    return tabel(form, "andele", tabeller.HOVED, tabeller.raekker(alle))


@require_POST
@budgetterer
def genberegnet(request: AktoerRequest, finansiering_id: UUID) -> HttpResponse:
    """Send in what final terms make of them."""
    besked = "De genberegnede andele er sendt ind. En anden hos jer skal nu offentliggøre dem."
    return _gjort(request, finansiering_id, actions.foreslaa_genberegnet, besked)


@require_POST
@budgetterer
def traek(request: AktoerRequest, finansiering_id: UUID) -> HttpResponse:
    """Withdraw one's own."""
    return _gjort(request, finansiering_id, actions.traek, "Andelene er trukket tilbage.")


@require_http_methods(["GET", "POST"])
@budgetterer
def godkend(request: AktoerRequest, finansiering_id: UUID) -> HttpResponse:
    """A step of its own for what cannot be undone."""
    if request.method == "POST":
        return _gjort(request, finansiering_id, actions.godkend, "Andelene er offentliggjort.")
    return _skridt(request, finansiering_id, "Offentliggør", "takster/finansiering/godkend.html")


@require_http_methods(["GET", "POST"])
@budgetterer
def afvis(request: AktoerRequest, finansiering_id: UUID) -> HttpResponse:
    """Decline with a reason."""
    form = AfvisForm(request.POST if request.method == "POST" else None)
    afvis_ = partial(actions.afvis, aktoer=request.aktoer, finansiering_id=finansiering_id)
    if svar := afvist(
        request, form, lambda grund: afvis_(grund=grund), "Andelene er afvist.", "takster:finansiering", finansiering_id
    ):
        return svar
    return _skridt(request, finansiering_id, "Afvis", "takster/finansiering/afvis.html", form)


def _gjort(request: AktoerRequest, en: UUID, handling: Callable[..., object], besked: str) -> HttpResponse:
    return gjort(
        request, partial(handling, aktoer=request.aktoer, finansiering_id=en), besked, "takster:finansiering", en
    )


def _skridt(
    request: AktoerRequest, finansiering_id: UUID, navn: str, skabelon: str, form: forms.Form | None = None
) -> HttpResponse:
    en = queries.finansiering(request.aktoer, finansiering_id)
    if not driver(request.aktoer, en.tilbud):
        raise IkkeFundet("finansiering_ikke_fundet", "Finansieringen findes ikke.")
    her = {"navn": f"{en} {en.aar}", "url": reverse("takster:finansiering", args=[en.pk])}
    kontekst = {
        "en": en,
        "tilbuddene": queries.tilbuddene(en),
        "form": form,
        "sti": sti(en.tilbud, _listen(en.tilbud), her, {"navn": navn}),
    }
    return render(request, skabelon, kontekst, status=422 if form and form.errors else 200)


@require_GET
@side(Rettighed.TILBUD_LAES)
def aarets(request: AktoerRequest, aar: int) -> HttpResponse:
    """What each municipality pays by a key in the year, or one of them."""
    form, betalinger = _aarets(request, aar)
    kontekst = {
        "aar": aar,
        "form": form,
        "side": Paginator(betalinger, PR_SIDE).get_page(request.GET.get("side")),
        "samlet": sum((betaling.andel.beloeb for betaling in betalinger), Decimal(0)),
        "aarene": range(idag().year - 3, idag().year + 2),
        "sti": [
            {"navn": f"Takstliste {aar}", "url": reverse("takster:aarsliste", args=[aar])},
            {"navn": "Objektiv finansiering og abonnement"},
        ],
    }
    return render(request, "takster/finansiering/aaret.html", kontekst)


@require_GET
@side(Rettighed.TILBUD_LAES, graense=Graense.HENT)
def eksport_aarets(request: AktoerRequest, aar: int, form: str) -> HttpResponseBase:
    """The list as a table, with the page's filter."""
    _, betalinger = _aarets(request, aar)
    return tabel(form, f"finansiering-{aar}", tabeller.HOVED, tabeller.raekker(betalinger))


def _aarets(request: AktoerRequest, aar: int) -> tuple[KommuneForm, list[queries.Betaling]]:
    """What the filter leaves; one that cannot be read is told of at its field and leaves all. Raises IkkeFundet for an impossible year."""
    if not FOERSTE_AAR <= aar <= SIDSTE_AAR:
        raise IkkeFundet("aar_ikke_fundet", f"Vælg et år fra {FOERSTE_AAR} til {SIDSTE_AAR}.")
    form = KommuneForm(request.GET, kommuner=queries.kommunenavne())
    kommune = form.cleaned_data["kommune"] if form.is_valid() else ""
    return form, queries.betalinger(queries.i_aaret(request.aktoer, aar, kommune), kommune)


def _listen(tilbud: Tilbud) -> dict[str, str]:
    return {"navn": "Objektiv finansiering og abonnement", "url": reverse("takster:finansieringer", args=[tilbud.pk])}
