"""Rivals over the rest of what can be done with a place, each on a connection of its own: extend, move, cancel and import. Each with a control."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from faelles.tid import Periode
from reservationer.sag import actions
from reservationer.sag.actions import beslut, reserver
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.models import Reservation
from reservationer.sag.ophold.forloeb import afgoer_ophold
from reservationer.sag.overgange import Data, Grund, Udfald
from reservationer.sag.querysets import ReservationQuerySet
from tests import fabrik
from tests.stress.rivaler import FAA, FLERE, MANGE, VENTEDE_FORGAEVES, kaploeb
from tests.tilbud.registerimport.situationer import import_der_lukker
from tilbud.belaegning.models import Optagelse
from tilbud.models import Plads
from tilbud.registerimport import actions as registerimport
from tilbud.registerimport.skriv import skriv

pytestmark = [pytest.mark.stress, pytest.mark.django_db(transaction=True)]

PERIODE = Periode(fabrik.om(3), fabrik.om(10))


# --- Extend -------------------------------------------------------------------------------------------------------------


def _forlaeng(antal: int) -> tuple[list[str], Reservation, timedelta]:
    koeber = fabrik.sagsbehandler()
    sag = reserver(
        aktoer=koeber, plads_id=fabrik.ledig_plads().pk, periode=PERIODE, hjemmel="SEL-107", sagsreference="s"
    )
    udfald = kaploeb(lambda _: beslut(aktoer=koeber, reservation_id=sag.pk, udfald=Udfald.FORLAENG), antal)
    with transaction.atomic():
        efter = Reservation.objects.for_systemet("test").select_related("optagelse").get(pk=sag.pk)
    assert sag.optagelse.udloeber
    assert efter.optagelse.udloeber
    return udfald, efter, efter.optagelse.udloeber - sag.optagelse.udloeber


@pytest.mark.parametrize("antal", [FAA, FLERE, MANGE])
def test_of_many_who_extend_a_hold_at_once_it_is_extended_once(antal: int) -> None:
    udfald, sag, laengere = _forlaeng(antal)
    assert udfald.count("vandt") == 1
    assert set(udfald) <= {"vandt", "reservation_forlaenget", VENTEDE_FORGAEVES}
    assert (sag.tilstand, sag.forlaengelser, laengere) == ("afventer", 1, timedelta(days=14))


def test_control_without_the_lock_everybody_is_told_that_it_was_extended(monkeypatch: pytest.MonkeyPatch) -> None:
    har_set, egentlig = threading.Barrier(8), actions._vilkaar

    def venter(tilbud: Any) -> Any:
        if threading.current_thread() is not threading.main_thread():
            har_set.wait(timeout=20)
        return egentlig(tilbud)

    monkeypatch.setattr(ReservationQuerySet, "select_for_update", lambda self, **_: self)
    monkeypatch.setattr(actions, "_vilkaar", venter)
    udfald, sag, _ = _forlaeng(8)
    assert udfald == ["vandt"] * 8
    assert sag.forlaengelser == 1


# --- Move ---------------------------------------------------------------------------------------------------------------


def _flyt(antal: int) -> tuple[list[str], Plads]:
    foerste = fabrik.plads_med_takst()
    pladser = [foerste, *(fabrik.ledig_plads(foerste.afdeling) for _ in range(antal - 1))]
    ophold = [fabrik.ophold(plads, periode=Periode(fabrik.om(0))) for plads in pladser]
    maal, leder = fabrik.ledig_plads(foerste.afdeling), fabrik.tilbudsleder()
    indhold = Indhold(data={Data.PLADS: maal.pk, Data.DATO: PERIODE.fra})

    def forsoeg(nummer: int) -> None:
        afgoer_ophold(aktoer=leder, ophold_id=ophold[nummer].pk, udfald=Udfald.FLYT, indhold=indhold)

    udfald = kaploeb(forsoeg, antal)
    for nummer, plads in enumerate(pladser):  # a day without a place is nobody's, and who lost has what it had
        slut = Optagelse.objects.get(plads=plads).periode.upper
        assert slut == (PERIODE.fra if udfald[nummer] == "vandt" else None)
    return udfald, maal


@pytest.mark.parametrize("antal", [FAA, FLERE])
def test_of_many_who_are_moved_to_the_same_place_at_once_exactly_one_is(antal: int) -> None:
    udfald, maal = _flyt(antal)
    assert udfald.count("vandt") == 1
    assert set(udfald) <= {"vandt", "pladsen_er_optaget", VENTEDE_FORGAEVES}
    assert Optagelse.objects.filter(plads=maal, aktiv=True).count() == 1


def test_control_without_the_constraint_everybody_is_moved_to_the_same_place(uden_udelukkelse: None) -> None:
    udfald, maal = _flyt(4)
    assert udfald == ["vandt"] * 4
    assert Optagelse.objects.filter(plads=maal, aktiv=True).count() == 4


# --- Cancel -------------------------------------------------------------------------------------------------------------


def _annuller(antal: int) -> list[str]:
    """The first cancels what it has of the place, and the others want it at once."""
    plads, koebere = fabrik.ledig_plads(), [fabrik.sagsbehandler(f"Kommune {nummer}") for nummer in range(antal)]
    tag: dict[str, Any] = {"plads_id": plads.pk, "periode": PERIODE, "hjemmel": "SEL-107", "sagsreference": "sag"}
    sag = reserver(aktoer=koebere[0], **tag)

    def forsoeg(nummer: int) -> None:
        if nummer:
            reserver(aktoer=koebere[nummer], **tag)
        else:
            beslut(aktoer=koebere[0], reservation_id=sag.pk, udfald=Udfald.ANNULLER, grund=Grund.BEHOV_BORTFALDET)

    udfald = kaploeb(forsoeg, antal)
    assert udfald[0] == "vandt"
    assert Optagelse.objects.filter(plads=plads, aktiv=True).count() == udfald[1:].count("vandt")
    return udfald[1:]


@pytest.mark.parametrize("antal", [FAA, FLERE, MANGE])
def test_place_that_is_cancelled_while_many_want_it_goes_to_one_at_most(antal: int) -> None:
    udfald = _annuller(antal)
    assert udfald.count("vandt") <= 1
    assert set(udfald) <= {"vandt", "pladsen_er_optaget", VENTEDE_FORGAEVES}


def test_control_without_the_constraint_a_cancelled_place_goes_to_all_who_want_it(uden_udelukkelse: None) -> None:
    assert _annuller(8) == ["vandt"] * 7


# --- Import -------------------------------------------------------------------------------------------------------------


def _uden_for_de_aabne_dage(plads: Plads) -> bool:
    """Whether somebody has the place on a day it is not open."""
    aaben = Plads.objects.get(pk=plads.pk).periode
    return Optagelse.objects.filter(plads=plads, aktiv=True).exclude(periode__contained_by=aaben).exists()


@pytest.mark.parametrize("antal", [FAA, FLERE, MANGE])
def test_import_that_closes_a_place_and_those_who_want_it_at_once_never_both_succeed(antal: int) -> None:
    plads, koebere = fabrik.ledig_plads(), [fabrik.sagsbehandler(f"Kommune {nummer}") for nummer in range(antal)]
    venter, leder = import_der_lukker(plads, fabrik.om(5))

    def forsoeg(nummer: int) -> None:
        if nummer:
            reserver(aktoer=koebere[nummer], plads_id=plads.pk, periode=PERIODE, hjemmel="SEL-107", sagsreference="sag")
        else:
            registerimport.godkend(aktoer=leder, import_id=venter.pk)

    udfald = kaploeb(forsoeg, antal)
    assert udfald.count("vandt") == 1
    assert udfald[0] in {"vandt", "register_aendret"}
    assert set(udfald[1:]) <= {"vandt", "plads_ikke_aaben", "pladsen_er_optaget", VENTEDE_FORGAEVES}
    assert not _uden_for_de_aabne_dage(plads)


def test_control_without_the_lock_a_place_is_taken_on_days_an_import_closes(monkeypatch: pytest.MonkeyPatch) -> None:
    plads, koeber = fabrik.ledig_plads(), fabrik.sagsbehandler()
    venter, leder = import_der_lukker(plads, fabrik.om(5))

    def en_anden() -> None:
        try:
            reserver(aktoer=koeber, plads_id=plads.pk, periode=PERIODE, hjemmel="SEL-107", sagsreference="sag")
        finally:
            connection.close()

    def imens(*args: Any) -> None:
        with ThreadPoolExecutor(1) as traad:
            traad.submit(en_anden).result()
        skriv(*args)

    monkeypatch.setattr(registerimport, "laas_register", lambda _aendringer: None)
    monkeypatch.setattr(registerimport, "skriv", imens)
    registerimport.godkend(aktoer=leder, import_id=venter.pk)
    assert _uden_for_de_aabne_dage(plads)
