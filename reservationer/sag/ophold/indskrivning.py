"""How a stay begins: after a reservation, by the citizen herself (§§ 109–110), or in an emergency. One transaction each."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.cpr import cpr_fejl
from faelles.fejl import IkkeFundet, UgyldigtInput
from faelles.haendelser import publicer
from faelles.ids import ny_reference
from faelles.scope import saet_database_aktoer
from faelles.tid import Periode, idag
from kommuner.models import Kommune
from reservationer.sag.beslutninger import Indhold, kraev, noter
from reservationer.sag.foran import Modtager, Spring, forbigaa
from reservationer.sag.models import (
    Indgang,
    Ophold,
    Opholdsansvar,
    Opholdshjemmel,
    Opholdsplads,
    Opholdspris,
    Reservation,
)
from reservationer.sag.ophold.akut import UR, stil_uret
from reservationer.sag.ophold.ansvar import reservationens_ansvar
from reservationer.sag.ophold.genbelaegning import stop_betaling_for_forrige
from reservationer.sag.ophold.overflytning import hul_foer
from reservationer.sag.ophold.pris import i_enheden, laes_pris, offentliggjort_pris
from reservationer.sag.overgange import Data, Emne, Tilstand, Udfald, find
from reservationer.sag.priser import Prisaftale
from tilbud.belaegning.actions import begynd_ophold, tag_plads
from tilbud.belaegning.models import Optagelse, Optagelsesart
from tilbud.models import Plads, Tilbud
from vilkaar.noegler import Noegle
from vilkaar.queries import GaeldendeVilkaar, gaeldende_i_kommune

SELVHENVENDELSE = frozenset({"SEL-109", "SEL-110"})  # where the law lets citizens come by themselves


def indskriv(*, aktoer: Aktoer, reservation_id: UUID, indhold: Indhold) -> Ophold:
    """Begin the stay of a confirmed reservation: on the agreed first day or later, never before it.

    From the first payable day on the place is occupied; it was reserved until then (rules-reservation § 3 nr. 7).
    The price is the one of the offer of a place, else what is said here, else the published takst; without any it is
    refused. Raises IkkeFundet, Konflikt when the state does not allow it, and UgyldigtInput with all faults.
    """
    aktoer.kraev(Rettighed.RESERVATIONER_SKRIV, Funktion.DRIFTSHERRE)
    with transaction.atomic():
        mine = Reservation.objects.synlige_for(aktoer).select_related("tilbud", "optagelse__plads", "pladstilbud")
        reservation = mine.select_for_update(no_key=True, of=("self",)).filter(pk=reservation_id).first()
        if reservation is None:
            raise IkkeFundet("reservation_ikke_fundet", "Reservationen findes ikke.")
        overgang = find(Emne.RESERVATION, Tilstand(reservation.tilstand), Udfald.INDSKRIV, aktoer.funktion)
        aftalt, dag = Periode.af_range(reservation.optagelse.periode), indhold.data.get(Data.DATO)
        pris, felter = _reservationens_pris(reservation, indhold)
        if isinstance(dag, date) and not aftalt.indeholder(dag):
            felter["dato"] = [f"Pladsen er reserveret fra {aftalt.fra:%d.%m.%Y}. Vælg en dag i perioden."]
        elif isinstance(dag, date):
            felter |= hul_foer(reservation, dag)
        kraev(overgang, indhold, felter)
        assert isinstance(dag, date) and pris is not None  # noqa: S101, PT018 - `kraev` has refused anything else
        vilkaar = _vilkaar(reservation.tilbud, dag)
        fra = aftalt.fra if vilkaar.ord(Noegle.FOERSTE_BETALINGSDAG) == "aftalt" else dag
        optagelse = begynd_ophold(optagelse_id=reservation.optagelse_id, fra=fra)
        ophold = Ophold(
            reservation=reservation,
            fortsaetter_id=reservation.fortsaetter_id,
            indgang=Indgang.OVERFLYTNING if reservation.fortsaetter_id else Indgang.RESERVATION,
            reference=reservation.reference or ny_reference(),
            sagsreference=reservation.sagsreference,
            maalgruppe_id=reservation.maalgruppe_id,
            foerste_dag=dag,
            betales_fra=fra,
        )
        ansvar = reservationens_ansvar(reservation, dag)
        _opret(aktoer, ophold, reservation.tilbud, reservation.hjemmel_id, ansvar, pris, [optagelse], vilkaar)
        reservation.tilstand = overgang.til
        reservation.save(update_fields=["tilstand"])
        noter(overgang, reservation, aktoer, indhold)
        return ophold


def _reservationens_pris(reservation: Reservation, indhold: Indhold) -> tuple[Prisaftale | None, dict[str, list[str]]]:
    if reservation.pladstilbud is not None:
        return reservation.pladstilbud.prisaftale, {}
    pris, felter = laes_pris(indhold)
    fra, plads = Periode.af_range(reservation.optagelse.periode).fra, reservation.optagelse.plads
    if pris is not None:
        return i_enheden(pris, plads.afdeling_id, plads.pk, reservation.hjemmel_id, fra), felter
    pris = offentliggjort_pris(plads.afdeling_id, reservation.hjemmel_id, fra)
    if pris is None and not felter:
        felter = {"takst": ["Prisen er ikke kendt. Skriv den aftalte takst."]}
    return pris, felter


def indskriv_uden_reservation(
    *,
    aktoer: Aktoer,
    tilbud_id: UUID,
    indgang: Indgang,
    handlekommune: str,
    hjemmel: str,
    sagsreference: str,
    fra: date,
    plads_id: UUID | None = None,
    pris: Prisaftale | None = None,
    forbi: Mapping[UUID, Spring] | None = None,
) -> Ophold:
    """Begin a stay nobody has reserved: the citizen came by herself (§§ 109–110), or it is an emergency.

    `plads_id` may be left out where the offer has no places. Without `pris` the stay costs the published takst of the place.
    `forbi`: why each who waits for a place in the department, and would come before, does not get it.
    Raises UgyldigtInput (all faults at once), IkkeFundet, and Konflikt when the place is taken.
    """
    aktoer.kraev(Rettighed.RESERVATIONER_SKRIV, Funktion.DRIFTSHERRE)
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        tilbud = Tilbud.objects.drevet_af(aktoer).filter(pk=tilbud_id).first()
        if tilbud is None:
            raise IkkeFundet("tilbud_ikke_fundet", "Tilbuddet er ikke blandt jeres.")
        kommune = Kommune.objects.filter(pk=handlekommune).values_list("organisation_id", flat=True).first()
        pris = _pris_paa(tilbud, plads_id, hjemmel, fra) if pris is None else _per(pris, tilbud, plads_id, hjemmel, fra)
        _valider(tilbud, indgang, hjemmel, sagsreference, fra, plads_id, kommune, pris)
        assert kommune is not None and pris is not None  # noqa: S101, PT018 - refused above
        egne = kommune == tilbud.driftsherre_id
        # Who lives there, the operator knows.
        hvad: dict[str, Any] = {"periode": Periode(fra), "art": Optagelsesart.OPHOLD, "egne": egne, "beboer": True}
        pladser = [tag_plads(plads_id=plads_id, **hvad)] if plads_id else []
        ophold = Ophold(
            indgang=indgang,
            reference=ny_reference(),
            sagsreference=sagsreference.strip(),
            foerste_dag=fra,
            betales_fra=fra,
        )
        modtager = modtager_af(plads_id, handlekommune, ophold.sagsreference)
        vilkaar = _vilkaar(tilbud, fra)
        _opret(aktoer, ophold, tilbud, hjemmel, (kommune, kommune), pris, pladser, vilkaar, modtager, forbi)
        return ophold


def modtager_af(plads_id: UUID | None, handlekommune: str, sagsreference: str) -> Modtager | None:
    """Whose case gets the place; None where there is none, for then it is nobody's before."""
    plads = Plads.objects.select_related("afdeling").filter(pk=plads_id).first() if plads_id else None
    if plads is None:
        return None
    kommune = Kommune.objects.filter(pk=handlekommune).values_list("organisation_id", flat=True).first()
    return Modtager(plads.afdeling.tilbud_id, plads.afdeling_id, kommune, sagsreference.strip())


def _per(pris: Prisaftale, tilbud: Tilbud, plads_id: UUID | None, hjemmel: str, dag: date) -> Prisaftale:
    """What is said to be paid, per what is paid for at the place, or in an offer without places for what is published there."""
    if plads_id is None:
        offentliggjort = _pris_paa(tilbud, None, hjemmel, dag)
        return replace(pris, enhed=offentliggjort.enhed) if offentliggjort else pris
    afdeling_id = tilbud.afdelinger.filter(pladser=plads_id).values_list("pk", flat=True).first()
    return i_enheden(pris, afdeling_id, plads_id, hjemmel, dag)


def _pris_paa(tilbud: Tilbud, plads_id: UUID | None, hjemmel: str, dag: date) -> Prisaftale | None:
    """The published price of the place's own department; without a place, the one all departments have that are priced."""
    afdelinger = tilbud.afdelinger.filter(pladser=plads_id) if plads_id else tilbud.afdelinger
    priser = [pris for pk in afdelinger.values_list("pk", flat=True) if (pris := offentliggjort_pris(pk, hjemmel, dag))]
    return priser[0] if priser and all(pris == priser[0] for pris in priser) else None


def _valider(
    tilbud: Tilbud,
    indgang: Indgang,
    hjemmel: str,
    sagsreference: str,
    fra: date,
    plads_id: UUID | None,
    kommune: UUID | None,
    pris: Prisaftale | None,
) -> None:
    felter = _indgangsfejl(tilbud, indgang, hjemmel)
    if kommune is None:
        felter["handlekommune"] = ["Kommunen findes ikke."]
    if fra > idag():
        felter["fra"] = ["Opholdet skal være begyndt. Reservér pladsen, hvis det begynder senere."]
    if not sagsreference.strip():
        felter["sagsreference"] = ["Skriv jeres egen reference til sagen."]
    if plads_id is None and not tilbud.uden_pladser:
        felter["plads"] = ["Vælg pladsen."]
    if plads_id is not None and not tilbud.afdelinger.filter(pladser=plads_id).exists():
        felter["plads"] = ["Pladsen er ikke i tilbuddet."]
    if pris is None:
        felter["takst"] = ["Prisen er ikke kendt. Skriv den aftalte takst."]
    felter |= cpr_fejl(sagsreference=sagsreference)
    if felter:
        raise UgyldigtInput("ugyldig_indskrivning", "Indskrivningen kan ikke gemmes, før felterne er rettet.", felter)


def _indgangsfejl(tilbud: Tilbud, indgang: Indgang, hjemmel: str) -> dict[str, list[str]]:
    """Whether a stay may begin this way, under this hjemmel, at this offer."""
    felter: dict[str, list[str]] = {}
    if not tilbud.hjemler.filter(pk=hjemmel).exists():
        felter["hjemmel"] = [f"Tilbuddet leverer ikke efter hjemlen {hjemmel}."]
    elif indgang is Indgang.SELVHENVENDELSE and (hjemmel not in SELVHENVENDELSE or not tilbud.selvhenvendelse):
        felter["hjemmel"] = [
            "Kun efter §§ 109–110 i tilbud, borgeren selv kan henvende sig til, begynder et ophold sådan."
        ]
    if indgang not in {Indgang.SELVHENVENDELSE, Indgang.AKUT}:
        felter["indgang"] = ["Vælg selvhenvendelse eller akut; ellers skal pladsen reserveres."]
    return felter


def _opret(
    aktoer: Aktoer,
    ophold: Ophold,
    tilbud: Tilbud,
    hjemmel: str,
    ansvar: tuple[UUID, UUID],
    pris: Prisaftale,
    pladser: Sequence[Optagelse],
    vilkaar: GaeldendeVilkaar,
    modtager: Modtager | None = None,
    forbi: Mapping[UUID, Spring] | None = None,
) -> None:
    """The stay with its first dated facts, and the clock when an approval is missing; `vilkaar` are those of its first day.

    `modtager`: who gets the place, when those who wait for it are passed over by the stay itself, and not by what it follows.
    """
    handlekommune, betalingskommune = ansvar
    periode = Periode(min(ophold.betales_fra, ophold.foerste_dag)).som_range
    ophold.tilbud, ophold.driftsherre_id = tilbud, tilbud.driftsherre_id
    ophold.parter = sorted({handlekommune, betalingskommune})
    ophold.tilstand, ophold.oprettet_af = Tilstand.LOEBENDE, aktoer.identitet
    ophold.vilkaarssaet_id = vilkaar.saet_id
    ophold.save(force_insert=True)
    Opholdsplads.objects.bulk_create(Opholdsplads(ophold=ophold, optagelse=optagelse) for optagelse in pladser)
    Opholdspris.objects.create(ophold=ophold, periode=periode, accepteret=ophold.oprettet, **Opholdspris.kolonner(pris))
    Opholdshjemmel.objects.create(ophold=ophold, hjemmel_id=hjemmel, periode=periode)
    Opholdsansvar.objects.create(
        ophold=ophold, handlekommune_id=handlekommune, betalingskommune_id=betalingskommune, periode=periode
    )
    if stil_uret(ophold):
        ophold.save(update_fields=UR)
    stop_betaling_for_forrige(ophold, pladser, vilkaar)
    forbigaa(aktoer, modtager, ophold, forbi or {})
    publicer("ophold.indskrevet", "ophold", ophold.pk)


def _vilkaar(tilbud: Tilbud, dag: date) -> GaeldendeVilkaar:
    return gaeldende_i_kommune(tilbud.beliggenhedskommune_id, dag)
