"""Use cases of costs shared by a key: computed and sent in by one person, published or declined by another.

Everything is decided under the row's lock, and publication under that of the offer whose terms it is computed by too.
"""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from faelles.aktoer import Aktoer
from faelles.cpr import cpr_fejl
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.haendelser import publicer
from faelles.scope import saet_database_aktoer
from faelles.tid import nu
from kommuner.models import Kommune
from takster import topersoner
from takster.beregning.finansiering import Objektivfordeling, objektiv_fordeling
from takster.budget.actions import kraev
from takster.budget.queries import eget_tilbud, vilkaar_for
from takster.finansiering.inddata import Udkast, finansiering
from takster.genberegning.actions import begrundelse, kraev_samme_priser, til_forslag
from takster.models import Finansiering
from takster.models.budget import FOERSTE_AAR, SIDSTE_AAR
from tilbud.models import Tilbud
from vilkaar.queries import GaeldendeVilkaar

EMNE = topersoner.Emne("finansiering", "Finansieringen")
KODE = "ugyldig_finansiering"
BESKED = "Andelene kan ikke beregnes, før felterne er rettet."
# The engine's fields as they are called here.
_FELTER = {"noegler": "noegle", "vaegt": "noegle"}


def beregn(*, aktoer: Aktoer, udkast: Udkast) -> Objektivfordeling:
    """The shares, with nothing stored. Raises as `foreslaa` but for what waits already."""
    kraev(aktoer)
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        _, _, fordeling = _beregn(aktoer, udkast)
        return fordeling


def foreslaa(*, aktoer: Aktoer, udkast: Udkast) -> Finansiering:
    """Compute the shares and ask a second person.

    Raises IkkeFundet, UgyldigtInput by field, Konflikt `vilkaar_mangler`, `tilbud_lukket`, or `finansiering_undervejs` when one waits.
    """
    kraev(aktoer)
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        tilbud, vilkaar, fordeling = _beregn(aktoer, udkast)
        return _indsend(
            aktoer,
            driftsherre_id=tilbud.driftsherre_id,
            tilbud=tilbud,
            omfatter=sorted({tilbud.pk, *udkast.andre}),
            art=udkast.art,
            navn=udkast.navn,
            aar=udkast.aar,
            beloeb=udkast.beloeb,
            noegle=udkast.noegle.navn,
            noegle_dag=udkast.noegle.dag,
            noegle_kilde=udkast.noegle.kilde,
            beregning=fordeling.som_json(),
            vilkaarssaet_id=vilkaar.saet_id,
            begrundelse=udkast.begrundelse.strip(),
        )


def foreslaa_genberegnet(*, aktoer: Aktoer, finansiering_id: UUID) -> Finansiering:
    """Ask a second person for what final terms make of published shares.

    Raises IkkeFundet; Konflikt `intet_genberegnet` when there is nothing to send in, or `finansiering_undervejs`.
    """
    kraev(aktoer)
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        gammel = Finansiering.objects.egne(aktoer).select_related("tilbud").filter(pk=finansiering_id).first()
        if gammel is None:
            raise IkkeFundet("finansiering_ikke_fundet", "Finansieringen findes ikke.")
        fundet = til_forslag(aktoer, gammel)
        return _indsend(
            aktoer,
            **{felt: getattr(gammel, felt) for felt in _BLIVER},
            beregning=fundet.resultat,
            vilkaarssaet_id=fundet.vilkaarssaet_id,
            begrundelse=begrundelse(fundet.vilkaarssaet.aftale, fundet.vilkaarssaet.nummer),
        )


_BLIVER = (
    "driftsherre_id", "tilbud_id", "omfatter", "art", "navn", "aar", "beloeb", "noegle", "noegle_dag", "noegle_kilde",
)  # fmt: skip


def _indsend(aktoer: Aktoer, **felter: Any) -> Finansiering:
    """Store it as sent in."""
    try:
        with transaction.atomic():
            ny = Finansiering.objects.create(indsendt_af=aktoer.identitet, indsendt_rolle=aktoer.rolle_navn, **felter)
    except IntegrityError as fejl:
        if "finansiering_en_undervejs" not in str(fejl):
            raise
        raise Konflikt(
            "finansiering_undervejs",
            "Der venter allerede et forslag med det navn for det år. Træk det tilbage, eller afvis det først.",
        ) from fejl
    publicer("finansiering.indsendt", "finansiering", ny.pk)
    return ny


def _beregn(aktoer: Aktoer, udkast: Udkast) -> tuple[Tilbud, GaeldendeVilkaar, Objektivfordeling]:
    """The offer, the terms of the year's first day, and the shares."""
    tilbud = eget_tilbud(aktoer, udkast.tilbud_id)
    noegle = udkast.noegle
    fejl = cpr_fejl(
        navn=udkast.navn, begrundelse=udkast.begrundelse, noegle_navn=noegle.navn, noegle_kilde=noegle.kilde
    )
    if not FOERSTE_AAR <= udkast.aar <= SIDSTE_AAR:
        fejl["aar"] = [f"Skriv et år fra {FOERSTE_AAR} til {SIDSTE_AAR}."]
    elif noegle.dag.year > udkast.aar:
        fejl["noegle"] = ["Nøglen er fra et senere år end det, der betales for. Vælg en tidligere."]
    if udkast.beloeb <= 0:
        fejl["beloeb"] = ["Beløbet skal være over nul."]
    if Tilbud.objects.drevet_af(aktoer).filter(pk__in={*udkast.andre}).count() < len({*udkast.andre}):
        fejl["andre"] = ["Vælg blandt jeres egne tilbud."]
    if Kommune.objects.filter(pk__in=noegle.vaegte).count() < len(noegle.vaegte):
        fejl["noegle"] = ["Nøglen nævner en kommune, der ikke findes."]
    if fejl:
        raise UgyldigtInput(KODE, BESKED, fejl)
    foerste_dag = date(udkast.aar, 1, 1)
    if tilbud.lukket_fra is not None and tilbud.lukket_fra <= foerste_dag:
        raise Konflikt("tilbud_lukket", f"Tilbuddet er lukket fra {tilbud.lukket_fra:%d.%m.%Y}.")
    vilkaar = vilkaar_for(tilbud, foerste_dag)
    try:
        return tilbud, vilkaar, objektiv_fordeling(finansiering(udkast, vilkaar))
    except UgyldigtInput as engang:
        felter = {_FELTER.get(felt, felt): beskeder for felt, beskeder in engang.felter.items()}
        raise UgyldigtInput(KODE, BESKED, felter) from engang


def traek(*, aktoer: Aktoer, finansiering_id: UUID) -> Finansiering:
    """Withdraw one's own that waits. Raises IkkeFundet, Konflikt `finansiering_afgjort` or `kun_indsenderen`."""
    kraev(aktoer)
    with transaction.atomic():
        return topersoner.traek(EMNE, aktoer, _laas(aktoer, finansiering_id))


def godkend(*, aktoer: Aktoer, finansiering_id: UUID) -> Finansiering:
    """Publish somebody else's, in place of the one that is published of the same name and year.

    Raises IkkeFundet, Konflikt `to_personer`, `finansiering_afgjort` when somebody was first, `finansiering_findes` when there is one and no
    reason is given, and what `genberegning.actions.kraev_samme_priser` raises of the terms of the year's first day.
    """
    kraev(aktoer)
    with transaction.atomic():
        ny = _laas(aktoer, finansiering_id)
        topersoner.kraev_anden_person(aktoer, ny)
        Tilbud.objects.select_for_update(no_key=True).get(pk=ny.tilbud_id)
        saet = kraev_samme_priser(aktoer, ny, "andelene")
        return topersoner.offentliggoer(EMNE, aktoer, ny, _erstat(aktoer, ny), bekraeftet_af=saet)


def _erstat(aktoer: Aktoer, ny: Finansiering) -> Finansiering | None:
    """End the one the new one takes the place of."""
    gammel = Finansiering.objects.offentlige(aktoer).filter(tilbud=ny.tilbud_id, navn=ny.navn, aar=ny.aar).first()
    if gammel is None:
        return None
    if not ny.begrundelse:
        raise Konflikt(
            "finansiering_findes",
            f"»{ny.navn}« for {ny.aar} er allerede offentliggjort. Skal den ændres, så send den ind igen med en begrundelse.",
        )
    gammel.ophoert = nu()
    gammel.save(update_fields=["ophoert"])
    publicer("finansiering.ophoert", "finansiering", gammel.pk)
    return gammel


def afvis(*, aktoer: Aktoer, finansiering_id: UUID, grund: str) -> Finansiering:
    """Decline somebody else's. Raises as `godkend`, and UgyldigtInput without a reason."""
    kraev(aktoer)
    grund = topersoner.kraev_grund(grund)
    with transaction.atomic():
        return topersoner.afvis(EMNE, aktoer, _laas(aktoer, finansiering_id), grund)


def _laas(aktoer: Aktoer, finansiering_id: UUID) -> Finansiering:
    return topersoner.laas(EMNE, Finansiering.objects.egne(aktoer), finansiering_id)
