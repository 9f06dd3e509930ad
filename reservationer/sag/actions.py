"""Use cases of a reservation. Permission, lock, rule, ledger and case row, event: in one transaction."""

import logging
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pgtrigger
from django.db import transaction
from django.db.models import Model

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.cpr import cpr_fejl
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.haendelser import publicer
from faelles.scope import saet_database_aktoer
from faelles.spor import historik, maa_rettes
from faelles.tid import Periode, idag, nu
from kommuner.queries import kkr_for_kommune, kommuner_pr_kkr
from reservationer.sag.beslutninger import Indhold, kraev, noter
from reservationer.sag.models import Beslutning, Reservation
from reservationer.sag.opbevaring import Opbevaring
from reservationer.sag.overgange import Emne, Grund, Tilstand, Udfald, find
from reservationer.sag.queries import uaendrede_afsluttede
from tilbud.belaegning.actions import fastgoer_hold, frigiv, tag_plads
from tilbud.belaegning.models import Optagelse, Optagelsesart
from tilbud.models import Maalgruppe, Plads
from vilkaar.noegler import Noegle
from vilkaar.queries import gaeldende

log = logging.getLogger(__name__)
OPBEVARING = "retention runs by the calendar, whoever owns the case"


def reserver(
    *,
    aktoer: Aktoer,
    plads_id: UUID,
    periode: Periode,
    hjemmel: str,
    sagsreference: str,
    maalgruppe: UUID | None = None,
    ugedage: Collection[int] = (),
) -> Reservation:
    """Hold a place for the actor's municipality until the term `reservation_varighed` of the offer's KKR has passed.

    `ugedage`: the weekdays wanted, 1 (Monday) to 7; none means all the place is open on.
    Raises UgyldigtInput (all faults at once), IkkeFundet, or Konflikt when the place is taken, closed, kept for the operator's
    own citizens, or its offer closed.
    """
    aktoer.kraev(Rettighed.RESERVATIONER_SKRIV, Funktion.MYNDIGHED)
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        plads = _plads(plads_id)
        tilbud = plads.afdeling.tilbud
        _valider(plads, periode, hjemmel, sagsreference, maalgruppe)
        if plads.forbeholdt_egne and tilbud.driftsherre_id != aktoer.organisation_id:
            raise Konflikt(
                "plads_forbeholdt_egne", "Pladsen er forbeholdt driftsherrens egne borgere. Vælg en anden plads."
            )
        if tilbud.lukket_fra is not None and (periode.til is None or tilbud.lukket_fra < periode.til):
            raise Konflikt(
                "tilbud_lukker", f"Tilbuddet lukker den {tilbud.lukket_fra:%d.%m.%Y}. Vælg en kortere periode."
            )
        vilkaar = gaeldende(kkr_for_kommune(tilbud.beliggenhedskommune_id, idag()).id, idag())
        optagelse = tag_plads(
            plads_id=plads.id,
            periode=periode,
            art=Optagelsesart.HOLD,
            udloeber=nu() + timedelta(days=vilkaar.heltal(Noegle.RESERVATION_VARIGHED)),
            ugedage=ugedage,
        )
        reservation = Reservation.objects.create(
            optagelse=optagelse,
            tilbud=tilbud,
            handlekommune_id=aktoer.organisation_id,
            driftsherre_id=tilbud.driftsherre_id,
            hjemmel_id=hjemmel,
            maalgruppe_id=maalgruppe,
            sagsreference=sagsreference.strip(),
            tilstand=Tilstand.AFVENTER,
            oprettet_af=aktoer.identitet,
        )
        publicer("reservation.oprettet", "reservation", reservation.id)
        return reservation


def _plads(plads_id: UUID) -> Plads:
    plads = Plads.objects.select_related("afdeling__tilbud").filter(pk=plads_id).first()
    if plads is None:
        raise IkkeFundet("plads_ikke_fundet", "Pladsen findes ikke.")
    return plads


def _valider(plads: Plads, periode: Periode, hjemmel: str, sagsreference: str, maalgruppe: UUID | None) -> None:
    felter: dict[str, list[str]] = {}
    if periode.fra < idag():
        felter["fra"] = ["Perioden kan tidligst begynde i dag."]
    if not plads.afdeling.tilbud.hjemler.filter(pk=hjemmel).exists():
        felter["hjemmel"] = [f"Tilbuddet leverer ikke efter hjemlen {hjemmel}."]
    if maalgruppe is not None and not Maalgruppe.objects.filter(pk=maalgruppe, valgbar=True).exists():
        felter["maalgruppe"] = ["Målgruppen findes ikke i listen."]
    if not sagsreference.strip():
        felter["sagsreference"] = ["Skriv jeres egen sagsreference, så I kan genkende sagen."]
    felter |= cpr_fejl(sagsreference=sagsreference)
    if felter:
        raise UgyldigtInput("ugyldig_reservation", "Reservationen kan ikke oprettes, før felterne er rettet.", felter)


def beslut(
    *, aktoer: Aktoer, reservation_id: UUID, udfald: Udfald, grund: Grund | None = None, bemaerkning: str = ""
) -> Reservation:
    """Confirm, decline or cancel a reservation, by the table of transitions.

    Raises IkkeFundet when the actor is no party, Konflikt when the state does not allow it or the hold has run out, and
    UgyldigtInput when a needed reason is missing.
    """
    aktoer.kraev(Rettighed.RESERVATIONER_SKRIV)
    with transaction.atomic():
        reservation = (
            Reservation.objects.synlige_for(aktoer)
            .select_for_update(no_key=True, of=("self",))
            .filter(pk=reservation_id)
            .first()
        )
        if reservation is None:
            raise IkkeFundet("reservation_ikke_fundet", "Reservationen findes ikke.")
        overgang = find(Emne.RESERVATION, Tilstand(reservation.tilstand), udfald, aktoer.funktion)
        indhold = Indhold(grund, bemaerkning)
        kraev(overgang, indhold)
        if overgang.til is Tilstand.BEKRAEFTET:
            fastgoer_hold(optagelse_id=reservation.optagelse_id)
        else:
            frigiv(optagelse_id=reservation.optagelse_id)
        reservation.tilstand = overgang.til
        reservation.save(update_fields=["tilstand"])
        noter(overgang, reservation, aktoer, indhold)
        return reservation


def udloeb_reservationer() -> int:
    """End every hold that has run out: its claim and its case together. Returns how many. Safe to run at any time, any number of times."""
    with transaction.atomic():
        sager = Reservation.objects.for_systemet("holds runs out by the clock, whoever owns them")
        udloebne = list(
            sager.filter(tilstand=Tilstand.AFVENTER, optagelse__udloeber__lte=nu())
            .select_related("optagelse")
            .select_for_update(no_key=True, skip_locked=True, of=("self",))
            .order_by("id")
        )
        for reservation in udloebne:
            reservation.tilstand = Tilstand.UDLOEBET
            reservation.save(update_fields=["tilstand"])
            publicer("reservation.udloebet", "reservation", reservation.id)
            publicer("plads.frigivet", "plads", reservation.optagelse.plads_id)
        Optagelse.objects.filter(pk__in=[r.optagelse_id for r in udloebne], aktiv=True).update(aktiv=False)
        return len(udloebne)


def anonymiser_ophold(portion: int = 500) -> int:
    """Anonymise every stay whose accounting and claim periods have passed (`opbevaring`). Returns how many. Safe to run again.

    The periods are the terms in force today in the KKR the offer lies in. Where one of them is missing, no stay is touched
    and a warning names KKR, term and how many wait. Every `portion` is a transaction of its own.
    """
    dag, antal = idag(), 0
    for kkr, kommuner in kommuner_pr_kkr(dag).items():
        try:
            til = _opbevaring(kkr, dag).skaeringsdag(dag)
        except Konflikt as fejl:
            _advar(kommuner, dag, fejl.besked)
            continue
        while fundet := _anonymiser_portion(kommuner, til, portion):
            antal += fundet
    return antal


def _opbevaring(kkr_id: UUID | None, dag: date) -> Opbevaring:
    if kkr_id is None:
        raise Konflikt("kommune_uden_kkr", "Kommunen hører ikke til noget KKR, så der er ingen vilkår for opbevaring.")
    vilkaar = gaeldende(kkr_id, dag)
    return Opbevaring(
        regnskab=vilkaar.heltal(Noegle.OPBEVARING_REGNSKAB_MAANEDER),
        krav=vilkaar.heltal(Noegle.OPBEVARING_KRAV_MAANEDER),
    )


def _advar(kommuner: Collection[str], dag: date, grund: str) -> None:
    with transaction.atomic():
        venter = uaendrede_afsluttede(dag).filter(tilbud__beliggenhedskommune__in=kommuner).count()
    if venter:
        log.warning("ophold_ikke_anonymiseret antal=%s grund=%s", venter, grund)


def _anonymiser_portion(kommuner: Collection[str], til: date, portion: int) -> int:
    with transaction.atomic():
        sager = uaendrede_afsluttede(til).filter(tilbud__beliggenhedskommune__in=kommuner)
        laast = sager.select_for_update(no_key=True, skip_locked=True, of=("self",)).order_by("id")
        ider = list(laast.values_list("pk", flat=True)[:portion])
        _slet_spor(ider)
        for reservation_id in ider:
            publicer("reservation.anonymiseret", "reservation", reservation_id)
        return len(ider)


def _slet_spor(ider: Collection[UUID]) -> None:
    """Empty what names a case, a need or somebody who worked with it: in the rows, in their history, and in its context."""
    sag = {"reference": None, "sagsreference": "", "maalgruppe": None, "oprettet_af": "", "anonymiseret": nu()}
    beslutning = {"bemaerkning": "", "identitet": ""}
    Reservation.objects.for_systemet(OPBEVARING).filter(pk__in=ider).update(**sag)
    with pgtrigger.ignore("sag.Beslutning:beslutning_kun_tilfoejes"):  # the one change a decision ever sees
        Beslutning.objects.for_systemet(OPBEVARING).filter(reservation__in=ider).update(**beslutning)
    optagelser = Reservation.objects.for_systemet(OPBEVARING).filter(pk__in=ider).values_list("optagelse", flat=True)
    historier: tuple[tuple[type[Model], str, Collection[UUID], Mapping[str, Any]], ...] = (
        (Reservation, "pgh_obj__in", ider, sag),
        (Beslutning, "reservation__in", ider, beslutning),
        (Optagelse, "pgh_obj__in", list(optagelser), {}),
    )
    for model, sti, hvilke, tomt in historier:
        spor = historik(model)
        with maa_rettes(spor):
            spor.objects.for_systemet(OPBEVARING).filter(**{sti: hvilke}).update(**tomt, pgh_context={})
