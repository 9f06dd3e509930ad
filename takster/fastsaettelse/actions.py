"""Use cases of a calculation: computed of a budget, submitted, approved or declined by another person, published.

Everything is decided under the calculation's lock, and publication under the offer's too: of two who approve or publish at
once the second is told what the first has done.
"""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from faelles.aktoer import Aktoer
from faelles.cpr import uden_cpr
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.haendelser import publicer
from faelles.scope import saet_database_aktoer
from faelles.tid import Periode, nu
from takster.beregning.takst import Takstresultat, beregn_takst
from takster.budget import queries as budgetter
from takster.budget.actions import kraev
from takster.budget.inddata import takstinddata
from takster.fastsaettelse.kladde import ny_kladde
from takster.fastsaettelse.regnskab import kraev_regnskabet
from takster.fastsaettelse.udgivelse import udgiv
from takster.genberegning.actions import kraev_gaeldende_vilkaar
from takster.models import Beregningstilstand, Budget, Genberegning, Scenarie, Takstberegning, Takstenhed
from takster.prisblade.udgivelse import afslut_afledte
from takster.regnskab.til_takst import efterregulering, til_takst
from tilbud.models import Tilbud

BESKED = "Taksten kan ikke beregnes, før felterne er rettet."


def beregn(*, aktoer: Aktoer, budget_id: UUID, fra: date | None = None, begrundelse: str = "") -> Takstberegning:
    """Compute the budget's takst in place of the draft before; from `fra` when it is to change what is published, else the whole year.

    Raises IkkeFundet; UgyldigtInput with what the budget lacks or the engine refuses; Konflikt `vilkaar_mangler`,
    `tilbud_lukket`, or `beregning_undervejs` when another waits for approval or publication.
    """
    kraev(aktoer)
    begrundelse = _fritekst(begrundelse, "begrundelse")
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        budget = _laast_budget(aktoer, budget_id)
        periode = _periode(budget.tilbud, budget.aar, fra)
        _ryd_kladde(aktoer, budget)
        indhold = budgetter.indhold(aktoer, budget)
        vilkaar = budgetter.vilkaar_for(budget.tilbud, periode.fra)
        resultat: Takstresultat = beregn_takst(
            takstinddata(
                indhold,
                aar=budget.aar,
                enhed=Takstenhed(budget.enhed),
                vilkaar=vilkaar,
                efterregulering=efterregulering(
                    til_takst(aktoer, budget),
                    lambda aar: budgetter.aarets_vilkaar(budget.tilbud, aar, ellers=vilkaar),
                ),
            )
        )
        return ny_kladde(
            Takstberegning.objects.egne(aktoer),
            budget=budget,
            periode=periode,
            resultat=resultat,
            vilkaar=vilkaar,
            egenbetaling=[post.som_json() for post in indhold.egenbetaling()],
            begrundelse=begrundelse,
            af=(aktoer.identitet, aktoer.rolle_navn),
        )


def _laast_budget(aktoer: Aktoer, budget_id: UUID) -> Budget:
    budget = (
        Budget.objects.synlige_for(aktoer)
        .select_for_update(no_key=True, of=("self",))
        .select_related("tilbud")
        .filter(pk=budget_id)
        .first()
    )
    if budget is None:
        raise IkkeFundet("budget_ikke_fundet", "Budgettet findes ikke.")
    # The offer too: two budgets of one offer count its calculations together.
    Tilbud.objects.select_for_update(no_key=True).get(pk=budget.tilbud_id)
    return budget


def _periode(tilbud: Tilbud, aar: int, fra: date | None) -> Periode:
    """The year, from `fra` if given, to its end or to the day the offer closes."""
    aaret = Periode.aar(aar)
    foerste = fra or aaret.fra
    if not aaret.indeholder(foerste):
        besked = f"Dagen skal ligge i {aar}. Ret datoen."
        raise UgyldigtInput("ugyldig_takstberegning", BESKED, {"fra": [besked]})
    if tilbud.lukket_fra is not None and tilbud.lukket_fra <= foerste:
        raise Konflikt(
            "tilbud_lukket",
            f"Tilbuddet er lukket fra {tilbud.lukket_fra:%d.%m.%Y}, så ingen takst kan begynde {foerste:%d.%m.%Y}.",
        )
    til = aaret.til if tilbud.lukket_fra is None or aaret.til is None else min(aaret.til, tilbud.lukket_fra)
    return Periode(foerste, til)


def _ryd_kladde(aktoer: Aktoer, budget: Budget) -> None:
    """Only one calculation of a budget is on its way; a draft gives way to the new one, with its scenarios and what final terms made of it."""
    undervejs = (
        Takstberegning.objects.egne(aktoer)
        .filter(budget=budget, tilstand__in=("kladde", "indsendt", "godkendt"))
        .first()
    )
    if undervejs is None:
        return
    if undervejs.tilstand != Beregningstilstand.KLADDE:
        stand = undervejs.get_tilstand_display().lower()
        raise Konflikt(
            "beregning_undervejs",
            f"Beregning {undervejs.nummer} af budgettet er undervejs ({stand}). Træk den tilbage, eller afvis den først.",
        )
    Scenarie.objects.synlige_for(aktoer).filter(beregning=undervejs).delete()
    Genberegning.objects.synlige_for(aktoer).filter(beregning=undervejs).delete()
    Takstberegning.objects.egne(aktoer).filter(pk=undervejs.pk).delete()


def indsend(*, aktoer: Aktoer, beregning_id: UUID) -> Takstberegning:
    """Ask a second person. Raises IkkeFundet, Konflikt `beregning_afgjort` in another state, and as `kraev_regnskabet` and `kraev_gaeldende_vilkaar`."""
    kraev(aktoer)
    with transaction.atomic():
        beregning = _laas(aktoer, beregning_id, Beregningstilstand.KLADDE)
        kraev_regnskabet(aktoer, beregning)
        kraev_gaeldende_vilkaar(aktoer, beregning)
        return _skridt(beregning, aktoer, Beregningstilstand.INDSENDT, "indsendt", "takstberegning.indsendt")


def traek(*, aktoer: Aktoer, beregning_id: UUID) -> Takstberegning:
    """Withdraw one's own that waits. Raises IkkeFundet, Konflikt `beregning_afgjort` or `kun_indsenderen`."""
    kraev(aktoer)
    with transaction.atomic():
        beregning = _laas(aktoer, beregning_id, Beregningstilstand.INDSENDT)
        if beregning.indsendt_af != aktoer.identitet:
            raise Konflikt("kun_indsenderen", "Kun den, der har indsendt beregningen, kan trække den tilbage.")
        return _skridt(beregning, aktoer, Beregningstilstand.TRUKKET, "", "takstberegning.trukket")


def godkend(*, aktoer: Aktoer, beregning_id: UUID) -> Takstberegning:
    """Approve somebody else's. Raises IkkeFundet, Konflikt `to_personer`, `beregning_afgjort` when somebody was first, and as `kraev_regnskabet` and `kraev_gaeldende_vilkaar`."""
    kraev(aktoer)
    with transaction.atomic():
        beregning = _laas(aktoer, beregning_id, Beregningstilstand.INDSENDT)
        _kraev_anden_person(aktoer, beregning)
        kraev_regnskabet(aktoer, beregning)
        kraev_gaeldende_vilkaar(aktoer, beregning)
        return _skridt(beregning, aktoer, Beregningstilstand.GODKENDT, "afgjort", "takstberegning.godkendt")


def afvis(*, aktoer: Aktoer, beregning_id: UUID, grund: str) -> Takstberegning:
    """Decline somebody else's, also after it was approved but not published. Raises as `godkend`, and UgyldigtInput without a reason."""
    kraev(aktoer)
    grund = _fritekst(grund, "grund", mangler="Skriv, hvorfor beregningen afvises.")
    with transaction.atomic():
        beregning = _laas(aktoer, beregning_id, Beregningstilstand.INDSENDT, Beregningstilstand.GODKENDT)
        _kraev_anden_person(aktoer, beregning)
        beregning.afvist_grund = grund
        return _skridt(beregning, aktoer, Beregningstilstand.AFVIST, "afgjort", "takstberegning.afvist")


def offentliggoer(*, aktoer: Aktoer, beregning_id: UUID) -> Takstberegning:
    """Make an approved calculation the offer's takst. From then on it never changes, and payers are told by an event.

    One made with preliminary terms is published as preliminary; once final ones govern its first day, only when they give the same.
    Never one made with other terms than those that govern when it is published.

    Raises IkkeFundet, Konflikt `beregning_afgjort`, `tilbud_lukket`, as `kraev_regnskabet` and `kraev_gaeldende_vilkaar`, and what `udgivelse.udgiv` raises about takster that stand there.
    """
    kraev(aktoer)
    with transaction.atomic():
        beregning = _laas(aktoer, beregning_id, Beregningstilstand.GODKENDT)
        tilbud = Tilbud.objects.select_for_update(no_key=True).get(pk=beregning.tilbud_id)
        slut = beregning.periode.upper
        if tilbud.lukket_fra is not None and tilbud.lukket_fra < slut:
            raise Konflikt(
                "tilbud_lukket",
                f"Tilbuddet lukker {tilbud.lukket_fra:%d.%m.%Y}, før taksten ophører. Afvis beregningen, og beregn igen.",
            )
        kraev_regnskabet(aktoer, beregning)
        bekraeftelse = kraev_gaeldende_vilkaar(aktoer, beregning)
        beregning = _skridt(
            beregning, aktoer, Beregningstilstand.OFFENTLIGGJORT, "offentliggjort", "takstberegning.offentliggjort"
        )
        vilkaar = budgetter.vilkaar_for(tilbud, beregning.periode.lower)
        nye = udgiv(beregning, vilkaar, bekraeftet_af=bekraeftelse.vilkaarssaet_id if bekraeftelse else None)
        afslut_afledte(aktoer, nye)
        return beregning


def _laas(aktoer: Aktoer, beregning_id: UUID, *tilstande: Beregningstilstand) -> Takstberegning:
    """The actor's own calculation in one of the states, locked."""
    beregning = (
        Takstberegning.objects.egne(aktoer)
        .select_for_update(no_key=True, of=("self",))
        .select_related("tilbud", "budget")
        .filter(pk=beregning_id)
        .first()
    )
    if beregning is None:
        raise IkkeFundet("takstberegning_ikke_fundet", "Beregningen findes ikke.")
    if beregning.tilstand not in tilstande:
        stand = beregning.get_tilstand_display().lower()
        raise Konflikt("beregning_afgjort", f"Beregningen er allerede i en anden tilstand: {stand}.")
    return beregning


def _kraev_anden_person(aktoer: Aktoer, beregning: Takstberegning) -> None:
    if aktoer.identitet in {beregning.indsendt_af, beregning.beregnet_af}:
        raise Konflikt(
            "to_personer",
            "Du har selv beregnet eller indsendt taksten. En anden hos jer skal godkende eller afvise den.",
        )


def _skridt(
    beregning: Takstberegning, aktoer: Aktoer, tilstand: Beregningstilstand, navn: str, haendelse: str
) -> Takstberegning:
    """Take the calculation to a state; `navn` is the step whose time and person are kept."""
    beregning.tilstand = tilstand
    felter = ["tilstand", "afvist_grund"]
    if navn:
        setattr(beregning, navn, nu())
        setattr(beregning, f"{navn}_af", aktoer.identitet)
        setattr(beregning, f"{navn}_rolle", aktoer.rolle_navn)
        felter += [navn, f"{navn}_af", f"{navn}_rolle"]
    beregning.save(update_fields=felter)
    publicer(haendelse, "takstberegning", beregning.id)
    return beregning


def _fritekst(tekst: str, felt: str, *, mangler: str = "") -> str:
    """A reason as it is stored. Raises UgyldigtInput at its field."""
    tekst = tekst.strip()
    beskeder = [mangler] if mangler and not tekst else []
    try:
        uden_cpr(tekst)
    except ValidationError as fejl:
        beskeder = list(fejl.messages)
    if beskeder:
        raise UgyldigtInput("ugyldig_takstberegning", BESKED, {felt: beskeder})
    return tekst
