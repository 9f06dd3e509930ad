"""Pages of accounts: the year's, a new one, the draft as a form beside what the ledger says, and what it gave once it is closed."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faelles.aktoer import Rettighed
from faelles.fejl import DomaeneFejl, IkkeFundet, Konflikt, UgyldigtInput
from faelles.formularer import tilfoej_fejl
from faelles.tid import idag
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from takster.beregning.efterregulering import Efterreguleringsresultat, Regnskabsresultat
from takster.budget.forms import DelForm
from takster.budget.queries import eget_tilbud
from takster.budget.skemaform import sendte_ejendomme, viste_ejendomme
from takster.budget.views import budgetterer, sti, valgt_aar
from takster.models import Regnskab
from takster.regnskab import actions, queries
from takster.regnskab.forms import RegnskabForm
from takster.regnskab.indhold import Regnskabsindhold
from takster.regnskab.opgoerelse import Afdelingsaar, Salg, opgoer
from vilkaar.kilde import EFTERREGULERINGENS, kilde, kilder
from vilkaar.models import Saetstatus
from vilkaar.noegler import Noegle


def _sti(*led: dict[str, str]) -> list[dict[str, str]]:
    return sti({"navn": "Regnskaber", "url": reverse("takster:regnskaber")}, *led)


@require_GET
@budgetterer
def liste(request: AktoerRequest) -> HttpResponse:
    """Every offer the actor runs and its accounts of the year; without a year, last year's."""
    aar = valgt_aar(request, ellers=idag().year - 1)
    kontekst = {
        "aar": aar,
        "raekker": queries.aarets(request.aktoer, aar),
        "aarene": range(idag().year - 4, idag().year + 1),
        "sti": sti({"navn": "Regnskaber"}),
    }
    return render(request, "takster/regnskab/liste.html", kontekst)


@require_http_methods(["GET", "POST"])
@budgetterer
def nyt(request: AktoerRequest, tilbud_id: UUID, aar: int) -> HttpResponse:
    """Begin a year's accounts of an offer, or of a part of it."""
    tilbud = eget_tilbud(request.aktoer, tilbud_id)
    form = DelForm(request.POST if request.method == "POST" else None, tilbud=tilbud)
    if form.is_valid():
        afdeling_id, hjemmel = form.delen()
        try:
            et = actions.opret(
                aktoer=request.aktoer, tilbud_id=tilbud_id, aar=aar, afdeling_id=afdeling_id, hjemmel=hjemmel
            )
        except (Konflikt, UgyldigtInput) as fejl:
            tilfoej_fejl(form, fejl)
        else:
            return redirect("takster:regnskab", et.pk)
    kontekst = {"form": form, "tilbud": tilbud, "aar": aar, "sti": _sti({"navn": "Nyt regnskab"})}
    return render(request, "takster/regnskab/nyt.html", kontekst, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@budgetterer
def regnskab(request: AktoerRequest, regnskab_id: UUID) -> HttpResponse:
    """A draft's form; what is closed is shown on a page of its own."""
    et = queries.regnskab(request.aktoer, regnskab_id)
    if et.afsluttet is not None:
        return redirect("takster:regnskabsopgoerelse", et.pk)
    indhold = queries.indhold(request.aktoer, et)
    if request.method != "POST":
        kolonner = viste_ejendomme(indhold.ejendomme, en_til="ejendom" in request.GET)
        return _vis(
            request, et, indhold, RegnskabForm(ejendomme=kolonner, initial=RegnskabForm.initial_af(indhold, kolonner))
        )
    form = RegnskabForm(request.POST, ejendomme=sendte_ejendomme(request.POST))
    if form.is_valid():
        try:
            actions.gem(aktoer=request.aktoer, regnskab_id=regnskab_id, indhold=form.indhold())
        except UgyldigtInput as fejl:
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, "Regnskabet er gemt.")
            url = reverse("takster:regnskab", args=[et.pk])
            return redirect(f"{url}?ejendom" if "tilfoej" in request.POST else url)
    return _vis(request, et, indhold, form)


def _vis(request: AktoerRequest, et: Regnskab, indhold: Regnskabsindhold, form: RegnskabForm) -> HttpResponse:
    """The form, what the platform knows of the year, and what it would give, or why it cannot be told yet."""
    kontekst: dict[str, Any] = {
        "regnskab": et,
        "form": form,
        "omkostninger": indhold.omkostninger,
        "aaret_er_slut": et.aar < idag().year,
        "dag": date(et.aar, 1, 1),
        "sti": _sti({"navn": f"{et.tilbud}, {et.aar}"}),
    }
    try:
        vilkaar = queries.vilkaar(et)
        aaret = queries.aaret(et, vilkaar)
        kontekst |= {
            "kilde": kilde(vilkaar, *EFTERREGULERINGENS),
            "deltidskilde": kilde(vilkaar, Noegle.DELTIDSFAKTORER),
            "afdelinger": aaret.afdelinger.values(),
            "salg": aaret.salg,
            "usolgt": aaret.usolgt_i_ord,
            "grundlag": aaret.grundlag,
        }
        kontekst["opgoerelse"] = gjort_op = opgoer(indhold, aaret, vilkaar, et.aar)
        kontekst |= _takstens(et, gjort_op.efterregulering.indgaar_aar, vilkaar.saet_id)
    except DomaeneFejl as fejl:
        kontekst["mangler"] = [b for beskeder in fejl.felter.values() for b in beskeder] or [fejl.besked]
    return render(request, "takster/regnskab/regnskab.html", kontekst, status=422 if form.errors else 200)


def _takstens(et: Regnskab, aar: int | None, egne: UUID) -> dict[str, Any]:
    """Whose terms the takst is made under that takes the accounts up, where they are others than the accounts' own."""
    return {"takstens_vilkaar": queries.takstens_vilkaar(et, aar, egne), "takstens_dag": aar and date(aar, 1, 1)}


@require_GET
@side(Rettighed.TILBUD_LAES)
def opgoerelse(request: AktoerRequest, opgoerelse_id: UUID) -> HttpResponse:
    """What closed accounts gave, step by step: for those who run the offer and the secretariat."""
    et = queries.regnskab(request.aktoer, opgoerelse_id)
    if et.opgoerelse is None or et.vilkaarssaet is None:
        raise IkkeFundet("regnskab_ikke_fundet", "Regnskabet er ikke afsluttet.")
    egen = request.aktoer.driver(et.driftsherre_id, et.tilbud_id) and request.aktoer.maa(Rettighed.TAKSTER_SKRIV)
    trin = (
        *Regnskabsresultat.af_json(et.opgoerelse["resultat"]).trin,
        *Efterreguleringsresultat.af_json(et.opgoerelse["efterregulering"]).trin[1:],
    )
    deltid = (et.vilkaarssaet.pk, Noegle.DELTIDSFAKTORER)
    kontekst = {
        "regnskab": et,
        "deltidskilde": kilder([deltid]).get(deltid),
        "afdelinger": [Afdelingsaar(**data) for data in et.opgoerelse["afdelinger"]],
        "salg": [Salg.af_json(data) for data in et.opgoerelse["salg"]],
        "trin": trin,
        "endelig": et.vilkaarssaet.status == Saetstatus.ENDELIG,
        "dag": date(et.aar, 1, 1),
        **_takstens(et, et.indgaar_aar, et.vilkaarssaet.pk),
        "egen": egen,
        "sti": _sti({"navn": f"{et.tilbud}, {et.aar}"}) if egen else [{"navn": f"Regnskab, {et.tilbud}, {et.aar}"}],
    }
    return render(request, "takster/regnskab/opgoerelse.html", kontekst)


@require_POST
@budgetterer
def afslut(request: AktoerRequest, regnskab_id: UUID) -> HttpResponse:
    """Freeze the year's result; what lacks is told on the draft's page."""
    try:
        actions.afslut(aktoer=request.aktoer, regnskab_id=regnskab_id)
    except (Konflikt, UgyldigtInput) as fejl:
        for besked in [b for beskeder in fejl.felter.values() for b in beskeder] or [fejl.besked]:
            messages.error(request, besked)
        return redirect("takster:regnskab", regnskab_id)
    messages.success(request, "Regnskabet er afsluttet.")
    return redirect("takster:regnskabsopgoerelse", regnskab_id)


@require_POST
@budgetterer
def genaabn(request: AktoerRequest, opgoerelse_id: UUID) -> HttpResponse:
    """Make it a draft again."""
    try:
        actions.genaabn(aktoer=request.aktoer, regnskab_id=opgoerelse_id)
    except Konflikt as fejl:
        messages.error(request, fejl.besked)
    else:
        messages.success(request, "Regnskabet er åbnet igen. Ret det, og afslut det på ny.")
    return redirect("takster:regnskab", opgoerelse_id)


@require_http_methods(["GET", "POST"])
@budgetterer
def slet(request: AktoerRequest, regnskab_id: UUID) -> HttpResponse:
    """Throw a draft away, after a step of its own."""
    et = queries.regnskab(request.aktoer, regnskab_id)
    if request.method == "POST":
        try:
            actions.slet(aktoer=request.aktoer, regnskab_id=regnskab_id)
        except Konflikt as fejl:
            messages.error(request, fejl.besked)
            return redirect("takster:regnskab", regnskab_id)
        messages.success(request, f"Regnskabet for {et.tilbud} i {et.aar} er slettet.")
        return redirect("takster:regnskaber")
    her = {"navn": f"{et.tilbud}, {et.aar}", "url": reverse("takster:regnskab", args=[et.pk])}
    return render(request, "takster/regnskab/slet.html", {"regnskab": et, "sti": _sti(her, {"navn": "Slet"})})
