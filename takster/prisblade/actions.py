"""Use cases of prices beside the takst: computed and sent in by one person, published or declined by another.

Everything is decided under the prisblad's lock, and publication under the offer's too, as a takst's is.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from faelles.aktoer import Aktoer
from faelles.cpr import cpr_fejl
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.haendelser import publicer
from faelles.scope import saet_database_aktoer
from faelles.tid import Periode
from takster import topersoner
from takster.beregning.niveauer import Takstniveau
from takster.beregning.vaerdiobjekt import Inddata
from takster.budget.actions import kraev
from takster.budget.queries import eget_tilbud, vilkaar_for
from takster.genberegning.actions import begrundelse, kraev_samme_priser, til_forslag
from takster.models import Prisart, Prisblad, Takst, Takstenhed
from takster.prisblade import inddata
from takster.prisblade.inddata import REGNESTYKKER, Tillaegsbudget
from takster.prisblade.udgivelse import erstat
from tilbud.models import Tilbud
from vilkaar.queries import GaeldendeVilkaar

EMNE = topersoner.Emne("prisblad", "Prisbladet")
BESKED = "Priserne kan ikke beregnes, før felterne er rettet."


@dataclass(frozen=True, slots=True)
class Hvor:
    """Beside which published takst of which offer, from which day, and why when it changes what is published."""

    tilbud_id: UUID
    takst_id: UUID
    fra: date
    begrundelse: str = ""


def foreslaa_niveauer(*, aktoer: Aktoer, hvor: Hvor, niveauer: Sequence[Takstniveau]) -> Prisblad:
    """Split the takst into levels and ask a second person.

    Raises IkkeFundet, UgyldigtInput by field, Konflikt `vilkaar_mangler`, `tilbud_lukket`, or `prisblad_undervejs` when others wait.
    """
    kraev(aktoer)
    with transaction.atomic():
        takst, vilkaar = _ved(aktoer, hvor)
        return _foreslaa(aktoer, hvor, takst, vilkaar, Prisart.NIVEAUER, "", inddata.niveauer(takst, niveauer, vilkaar))


def foreslaa_tillaeg(*, aktoer: Aktoer, hvor: Hvor, budget: Tillaegsbudget) -> Prisblad:
    """Compute what a supplement costs per døgn or dag and ask a second person. Raises as `foreslaa_niveauer`."""
    kraev(aktoer)
    if fejl := cpr_fejl(navn=budget.navn):
        raise UgyldigtInput("ugyldigt_prisblad", BESKED, fejl)
    with transaction.atomic():
        takst, vilkaar = _ved(aktoer, hvor)
        data = inddata.tillaeg(budget, aar=hvor.fra.year, enhed=Takstenhed(takst.enhed), vilkaar=vilkaar)
        return _foreslaa(aktoer, hvor, takst, vilkaar, Prisart.TILLAEG, budget.navn, data)


def foreslaa_pakke(*, aktoer: Aktoer, hvor: Hvor, navn: str, andre: Collection[UUID]) -> Prisblad:
    """Sell what the takst and the `andre` takster of its department pay for as one, and ask a second person. Raises as `foreslaa_niveauer`."""
    kraev(aktoer)
    if fejl := cpr_fejl(navn=navn):
        raise UgyldigtInput("ugyldigt_prisblad", BESKED, fejl)
    with transaction.atomic():
        takst, vilkaar = _ved(aktoer, hvor)
        alle = [takst, *Takst.objects.gaeldende().filter(pk__in=andre).exclude(pk=takst.pk).order_by("hjemmel_id")]
        samme = {(et.afdeling_id, et.enhed) for et in alle} == {(takst.afdeling_id, takst.enhed)}
        dage = [Periode.af_range(et.periode) for et in alle]
        if len(alle) < len({*andre, takst.pk}) or len(alle) < 2 or not samme:  # noqa: PLR2004 - one takst is no package
            besked = "Vælg mindst én takst mere, af samme afdeling og med samme enhed."
            raise UgyldigtInput("ugyldigt_prisblad", BESKED, {"andre": [besked]})
        if not all(en.indeholder(hvor.fra) for en in dage):
            raise UgyldigtInput("ugyldigt_prisblad", BESKED, {"fra": ["Alle pakkens takster skal gælde den dag."]})
        slut = min((en.til for en in dage if en.til is not None), default=None)
        return _foreslaa(aktoer, hvor, takst, vilkaar, Prisart.PAKKE, navn, inddata.pakke(alle, vilkaar), slut=slut)


def _ved(aktoer: Aktoer, hvor: Hvor) -> tuple[Takst, GaeldendeVilkaar]:
    """The takst the prices stand beside, and the terms of their first day."""
    saet_database_aktoer(aktoer)
    tilbud = eget_tilbud(aktoer, hvor.tilbud_id)
    takst = (
        Takst.objects.gaeldende()
        .select_related("afdeling__tilbud")
        .filter(pk=hvor.takst_id, afdeling__tilbud=tilbud)
        .first()
    )
    fejl = cpr_fejl(begrundelse=hvor.begrundelse)
    if takst is None:
        fejl["takst"] = ["Taksten gælder ikke længere. Vælg en anden."]
    elif not Periode.af_range(takst.periode).indeholder(hvor.fra):
        fejl["fra"] = ["Dagen skal ligge i takstens periode. Ret datoen, eller vælg en anden takst."]
    if takst is None or fejl:
        raise UgyldigtInput("ugyldigt_prisblad", BESKED, fejl)
    _kraev_aabent(tilbud, hvor.fra)
    return takst, vilkaar_for(tilbud, hvor.fra)


def _kraev_aabent(tilbud: Tilbud, fra: date) -> None:
    if tilbud.lukket_fra is not None and tilbud.lukket_fra <= fra:
        raise Konflikt(
            "tilbud_lukket",
            f"Tilbuddet er lukket fra {tilbud.lukket_fra:%d.%m.%Y}, så ingen priser kan begynde {fra:%d.%m.%Y}.",
        )


def _foreslaa(
    aktoer: Aktoer,
    hvor: Hvor,
    takst: Takst,
    vilkaar: GaeldendeVilkaar,
    art: Prisart,
    navn: str,
    data: Inddata,
    *,
    slut: date | None = None,
) -> Prisblad:
    """They hold from the day to the last of the takst they stand beside."""
    return _indsend(
        aktoer,
        tilbud=takst.afdeling.tilbud,
        afdeling_id=takst.afdeling_id,
        hjemmel_id=None if art is Prisart.PAKKE else takst.hjemmel_id,
        art=art,
        navn=navn,
        enhed=takst.enhed,
        periode=Periode(hvor.fra, slut or Periode.af_range(takst.periode).til),
        beregning=REGNESTYKKER[art].beregn(data).som_json(),
        vilkaarssaet_id=vilkaar.saet_id,
        begrundelse=hvor.begrundelse.strip(),
    )


def foreslaa_genberegnet(*, aktoer: Aktoer, prisblad_id: UUID) -> Prisblad:
    """Ask a second person for what final terms make of published prices, on all days they hold.

    Raises IkkeFundet; Konflikt `intet_genberegnet` when there is nothing to send in, `tilbud_lukket`, or `prisblad_undervejs`.
    """
    kraev(aktoer)
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        gammelt = Prisblad.objects.egne(aktoer).select_related("tilbud").filter(pk=prisblad_id).first()
        if gammelt is None:
            raise IkkeFundet("prisblad_ikke_fundet", "Prisbladet findes ikke.")
        fundet = til_forslag(aktoer, gammelt)
        _kraev_aabent(gammelt.tilbud, gammelt.foerste_dag)
        return _indsend(
            aktoer,
            tilbud=gammelt.tilbud,
            afdeling_id=gammelt.afdeling_id,
            hjemmel_id=gammelt.hjemmel_id,
            art=gammelt.art,
            navn=gammelt.navn,
            enhed=gammelt.enhed,
            periode=Periode.af_range(gammelt.periode),
            beregning=fundet.resultat,
            vilkaarssaet_id=fundet.vilkaarssaet_id,
            begrundelse=begrundelse(fundet.vilkaarssaet.aftale, fundet.vilkaarssaet.nummer),
        )


def _indsend(aktoer: Aktoer, *, tilbud: Tilbud, periode: Periode, **felter: Any) -> Prisblad:
    """Store them as sent in, till the offer closes at the latest."""
    til = periode.til
    if tilbud.lukket_fra is not None and (til is None or tilbud.lukket_fra < til):
        til = tilbud.lukket_fra
    try:
        with transaction.atomic():
            nyt = Prisblad.objects.create(
                driftsherre_id=tilbud.driftsherre_id,
                tilbud=tilbud,
                periode=Periode(periode.fra, til).som_range,
                indsendt_af=aktoer.identitet,
                indsendt_rolle=aktoer.rolle_navn,
                **felter,
            )
    except IntegrityError as fejl:
        if "prisblad_et_undervejs" not in str(fejl):
            raise
        raise Konflikt(
            "prisblad_undervejs",
            "Der venter allerede et forslag om de samme priser. Træk det tilbage, eller afvis det først.",
        ) from fejl
    publicer("prisblad.indsendt", "prisblad", nyt.pk)
    return nyt


def traek(*, aktoer: Aktoer, prisblad_id: UUID) -> Prisblad:
    """Withdraw one's own that waits. Raises IkkeFundet, Konflikt `prisblad_afgjort` or `kun_indsenderen`."""
    kraev(aktoer)
    with transaction.atomic():
        return topersoner.traek(EMNE, aktoer, _laas(aktoer, prisblad_id))


def godkend(*, aktoer: Aktoer, prisblad_id: UUID) -> Prisblad:
    """Publish somebody else's, in place of what is said of the same prices on its days.

    Raises IkkeFundet, Konflikt `to_personer`, `prisblad_afgjort` when somebody was first, `takst_aendret` when another takst has come
    in place of the one its levels split, `tilbud_lukket`, what `genberegning.actions.kraev_samme_priser` raises of the terms of their first
    day, and what `udgivelse.erstat` raises.
    """
    kraev(aktoer)
    with transaction.atomic():
        blad = _laas(aktoer, prisblad_id)
        topersoner.kraev_anden_person(aktoer, blad)
        tilbud = Tilbud.objects.select_for_update(no_key=True).get(pk=blad.tilbud_id)
        if tilbud.lukket_fra is not None and (blad.periode.upper is None or tilbud.lukket_fra < blad.periode.upper):
            raise Konflikt(
                "tilbud_lukket",
                f"Tilbuddet lukker {tilbud.lukket_fra:%d.%m.%Y}, før priserne ophører. Afvis dem, og send nye ind.",
            )
        _kraev_samme_takst(blad)
        saet = kraev_samme_priser(aktoer, blad, "priserne")
        gammelt = erstat(aktoer, blad, vilkaar_for(tilbud, blad.foerste_dag))
        return topersoner.offentliggoer(EMNE, aktoer, blad, gammelt, bekraeftet_af=saet)


def afvis(*, aktoer: Aktoer, prisblad_id: UUID, grund: str) -> Prisblad:
    """Decline somebody else's. Raises as `godkend`, and UgyldigtInput without a reason."""
    kraev(aktoer)
    grund = topersoner.kraev_grund(grund)
    with transaction.atomic():
        return topersoner.afvis(EMNE, aktoer, _laas(aktoer, prisblad_id), grund)


def _laas(aktoer: Aktoer, prisblad_id: UUID) -> Prisblad:
    return topersoner.laas(EMNE, Prisblad.objects.egne(aktoer), prisblad_id)


def _kraev_samme_takst(blad: Prisblad) -> None:
    """What levels split and packages are put together of must be what is published on all their days."""
    dele = {blad.hjemmel_id: blad.grundtakst} if blad.art == Prisart.NIVEAUER else {}
    if blad.art == Prisart.PAKKE:
        dele = {et["paragraf"]: Decimal(et["takst"]) for et in blad.beregning["inddata"]["dele"]}
    samme = Takst.objects.gaeldende().filter(afdeling=blad.afdeling_id, enhed=blad.enhed)
    samme = samme.filter(periode__contains=blad.periode)
    if not all(samme.filter(hjemmel=hjemmel, beloeb=beloeb).exists() for hjemmel, beloeb in dele.items()):
        raise Konflikt("takst_aendret", "Taksten er ændret, siden priserne blev beregnet. Afvis dem, og send nye ind.")
