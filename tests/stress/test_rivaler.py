"""Rivals over the rest of what can be done with a place, each on a connection of its own: extend, move, cancel and import. Each with a control."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from faelles.aktoer import Aktoer
from faelles.fejl import som_konflikt
from faelles.tid import Periode
from reservationer.sag import actions
from reservationer.sag.actions import beslut, reserver
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.models import Reservation
from reservationer.sag.ophold.forloeb import afgoer_ophold
from reservationer.sag.overgange import Data, Grund, Udfald
from reservationer.sag.querysets import ReservationQuerySet
from tests import fabrik
from tests.kaploeb import loeb
from tests.kill.situation import ejer
from tests.tilbud.registerimport.situationer import bog, ventende_import
from tilbud.belaegning.models import Optagelse
from tilbud.models import Plads, Registerimport
from tilbud.registerimport import actions as registerimport
from tilbud.registerimport.skriv import skriv

pytestmark = [pytest.mark.stress, pytest.mark.django_db(transaction=True)]

FAA, MANGE = 2, 64  # rivals; the database has a hundred connections
VENTEDE_FORGAEVES = "behandles_af_anden"  # the lock did not come within three seconds: a refusal like any other
PERIODE = Periode(fabrik.om(3), fabrik.om(10))


@pytest.fixture
def uden_udelukkelse() -> Iterator[None]:
    """The exclusion constraint switched off by the owner, and put back."""
    with ejer() as forbindelse:
        raekke = forbindelse.execute(
            "select pg_get_constraintdef(oid) from pg_constraint where conname = 'optagelse_ingen_overlap'"
        ).fetchone()
        assert raekke is not None
        forbindelse.execute("alter table belaegning_optagelse drop constraint optagelse_ingen_overlap")
        yield
        forbindelse.execute("truncate belaegning_optagelse cascade")
        forbindelse.execute(f"alter table belaegning_optagelse add constraint optagelse_ingen_overlap {raekke[0]}")


def kaploeb(forsoeg: Callable[[int], object], antal: int) -> list[str]:
    """What came of each, in the order of their numbers; `vandt`, or the code of the refusal."""

    def et(nummer: int) -> None:
        try:
            forsoeg(nummer)
        except DatabaseError as fejl:
            raise som_konflikt(fejl) or fejl from fejl

    return [resultat.fejl or "vandt" for resultat in loeb(et, antal)]


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


@pytest.mark.parametrize("antal", [FAA, 16, MANGE])
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


@pytest.mark.parametrize("antal", [FAA, 16])
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


@pytest.mark.parametrize("antal", [FAA, 16, MANGE])
def test_place_that_is_cancelled_while_many_want_it_goes_to_one_at_most(antal: int) -> None:
    udfald = _annuller(antal)
    assert udfald.count("vandt") <= 1
    assert set(udfald) <= {"vandt", "pladsen_er_optaget", VENTEDE_FORGAEVES}


def test_control_without_the_constraint_a_cancelled_place_goes_to_all_who_want_it(uden_udelukkelse: None) -> None:
    assert _annuller(8) == ["vandt"] * 7


# --- Import -------------------------------------------------------------------------------------------------------------


def _import_der_lukker(plads: Plads) -> tuple[Registerimport, Aktoer]:
    """An import by which the place closes in the middle of the period, and somebody else who approves it."""
    raekke = {
        "Tilbud": str(plads.afdeling.tilbud_id), "Afdeling": str(plads.afdeling_id), "Id": str(plads.pk),
        "Betegnelse": plads.betegnelse, "Åben fra": fabrik.FOR_LAENGE_SIDEN.isoformat(),
        "Sidste dag": fabrik.om(5).isoformat(),
    }  # fmt: skip
    return ventende_import(bog(pladser=[raekke])), fabrik.tilbudsleder()


def _uden_for_de_aabne_dage(plads: Plads) -> bool:
    """Whether somebody has the place on a day it is not open."""
    aaben = Plads.objects.get(pk=plads.pk).periode
    return Optagelse.objects.filter(plads=plads, aktiv=True).exclude(periode__contained_by=aaben).exists()


@pytest.mark.parametrize("antal", [FAA, 16, MANGE])
def test_import_that_closes_a_place_and_those_who_want_it_at_once_never_both_succeed(antal: int) -> None:
    plads, koebere = fabrik.ledig_plads(), [fabrik.sagsbehandler(f"Kommune {nummer}") for nummer in range(antal)]
    venter, leder = _import_der_lukker(plads)

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
    venter, leder = _import_der_lukker(plads)

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
