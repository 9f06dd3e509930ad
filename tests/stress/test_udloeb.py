"""Holds that run out while somebody confirms them, extends them or wants the place: the clock and a person never both win.

The job of the clock is one rival among many, each on a connection of its own; and each race has a control without the guard.
"""

import random
import threading
import time
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from faelles.tid import Periode, nu
from reservationer.sag import actions, beslutninger
from reservationer.sag.actions import beslut, reserver, udloeb_reservationer
from reservationer.sag.models import Reservation
from reservationer.sag.overgange import Tilstand, Udfald
from reservationer.sag.querysets import ReservationQuerySet
from tests import fabrik
from tests.stress.rivaler import FAA, FLERE, MANGE, VENTEDE_FORGAEVES, kaploeb
from tilbud.belaegning.models import Optagelse
from tilbud.models import Plads

pytestmark = [pytest.mark.stress, pytest.mark.django_db(transaction=True)]

PERIODE = Periode(fabrik.om(3), fabrik.om(10))
OM_LIDT = timedelta(milliseconds=300)
FRIST = 30.0  # seconds before a test gives up
TABTE = {"overgang_ikke_mulig", "hold_udloebet", "reservation_forlaenget", VENTEDE_FORGAEVES}


def _hold(udloeber: datetime) -> Reservation:
    """A hold that runs out then."""
    sag = fabrik.reservation(fabrik.ledig_plads(), periode=PERIODE)
    Optagelse.objects.filter(pk=sag.optagelse_id).update(udloeber=udloeber)
    return sag


def _efter(sag: Reservation) -> tuple[str, bool, bool, int]:
    """The case's state, whether its claim stands and whether it still runs out, and how often it was extended."""
    with transaction.atomic():
        et = Reservation.objects.for_systemet("test").select_related("optagelse").get(pk=sag.pk)
        return et.tilstand, et.optagelse.aktiv, et.optagelse.udloeber is not None, et.forlaengelser


def _beslut(sag: Reservation, udfald: Udfald) -> None:
    hvem = fabrik.tilbudsleder() if udfald is Udfald.BEKRAEFT else fabrik.sagsbehandler()
    beslut(aktoer=hvem, reservation_id=sag.pk, udfald=udfald)


EFTER_VUNDET = {
    Udfald.BEKRAEFT: ("bekraeftet", True, False, 0),
    Udfald.FORLAENG: ("afventer", True, True, 1),
}
EFTER_TABT = ("udloebet", False, True, 0)


@pytest.mark.parametrize("udfald", EFTER_VUNDET)
@pytest.mark.parametrize("antal", [FAA, FLERE, MANGE])
def test_hold_that_runs_out_while_many_decide_about_it_is_decided_once_or_over(udfald: Udfald, antal: int) -> None:
    slut = nu() + OM_LIDT
    sag = _hold(slut)

    def forsoeg(nummer: int) -> None:
        if nummer:
            time.sleep(random.Random(nummer).uniform(0, 2 * OM_LIDT.total_seconds()))  # noqa: S311 - a game, not a secret
            _beslut(sag, udfald)
        else:
            while nu() <= slut + OM_LIDT:
                udloeb_reservationer()

    svar = kaploeb(forsoeg, antal)
    udloeb_reservationer()
    assert svar[0] == "vandt"
    assert svar[1:].count("vandt") <= 1
    assert set(svar[1:]) <= {"vandt"} | TABTE
    assert _efter(sag) == (EFTER_VUNDET[udfald] if "vandt" in svar[1:] else EFTER_TABT)


def _uret_moeder(udfald: Udfald, monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], Reservation]:
    """Somebody decides just before the hold runs out, and the clock looks just after it: before the decision is saved, if it is let in."""
    sag, egentlig_gem = fabrik.reservation(fabrik.ledig_plads(), periode=PERIODE), Reservation.save
    besluttes, uret_har_set, besluttet = threading.Event(), threading.Event(), threading.Event()

    def gem(self: Reservation, *args: Any, **andet: Any) -> None:
        if self.tilstand == Tilstand.UDLOEBET:
            uret_har_set.set()
            besluttet.wait(timeout=FRIST)
        egentlig_gem(self, *args, **andet)

    def noter(*args: Any) -> Any:
        besluttes.set()
        uret_har_set.wait(timeout=FRIST)
        return beslutninger.noter(*args)

    def forsoeg(nummer: int) -> None:
        if nummer:
            _beslut(sag, udfald)
            besluttet.set()
        else:
            besluttes.wait(timeout=FRIST)
            udloeb_reservationer()
            uret_har_set.set()

    slut = sag.optagelse.udloeber
    assert slut is not None
    monkeypatch.setattr(
        actions, "nu", lambda: slut
    )  # the clock's; whoever decides goes by the ledger's, a moment before
    monkeypatch.setattr(Reservation, "save", gem)
    monkeypatch.setattr(actions, "noter", noter)
    return kaploeb(forsoeg, 2), sag


@pytest.mark.parametrize("udfald", EFTER_VUNDET)
def test_clock_leaves_what_is_decided_just_before_the_hold_runs_out(
    udfald: Udfald, monkeypatch: pytest.MonkeyPatch
) -> None:
    svar, sag = _uret_moeder(udfald, monkeypatch)
    assert svar == ["vandt", "vandt"]
    assert _efter(sag) == EFTER_VUNDET[udfald]


@pytest.mark.parametrize("udfald", EFTER_VUNDET)
def test_control_without_the_lock_the_clock_ends_what_somebody_was_told_is_decided(
    udfald: Udfald, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ReservationQuerySet, "select_for_update", lambda self, **_: self)
    svar, sag = _uret_moeder(udfald, monkeypatch)
    assert svar == ["vandt", "vandt"]
    assert _efter(sag)[:2] == ("udloebet", False)


# --- The place after it -------------------------------------------------------------------------------------------------


def _efter_udloeb(antal: int) -> tuple[list[str], Plads]:
    """The first is the clock's job; the others want the place whose hold has just run out."""
    sag = _hold(nu() - timedelta(seconds=1))
    plads, koebere = sag.optagelse.plads, [fabrik.sagsbehandler(f"Kommune {nummer}") for nummer in range(antal)]

    def forsoeg(nummer: int) -> None:
        if nummer:
            reserver(aktoer=koebere[nummer], plads_id=plads.pk, periode=PERIODE, hjemmel="SEL-107", sagsreference="sag")
        else:
            udloeb_reservationer()

    svar = kaploeb(forsoeg, antal)
    assert svar[0] == "vandt"
    assert not _efter(sag)[1], "what has run out is over, whoever ended it"
    return svar[1:], plads


@pytest.mark.parametrize("antal", [FAA, FLERE, MANGE])
def test_place_whose_hold_has_run_out_goes_to_exactly_one_of_those_who_want_it(antal: int) -> None:
    svar, plads = _efter_udloeb(antal)
    assert svar.count("vandt") == 1
    assert set(svar) <= {"vandt", "pladsen_er_optaget", VENTEDE_FORGAEVES}
    assert Optagelse.objects.filter(plads=plads, aktiv=True).count() == 1


def test_control_without_the_constraint_a_place_whose_hold_has_run_out_goes_to_all(uden_udelukkelse: None) -> None:
    svar, plads = _efter_udloeb(8)
    assert svar == ["vandt"] * 7
    assert Optagelse.objects.filter(plads=plads, aktiv=True).count() == 7
