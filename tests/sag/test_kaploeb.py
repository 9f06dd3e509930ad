"""Two requests for the last place: exactly one wins. With a control that shows the race when the guards are off."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta

import psycopg
import pytest
from django.db import connection, transaction

from faelles.fejl import Konflikt
from faelles.scope import som_systemet
from faelles.tid import Periode, nu
from reservationer.sag.actions import beslut, reserver, udloeb_reservationer
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.models import Ophold, Opholdsplads, Reservation
from reservationer.sag.ophold import genbelaegning
from reservationer.sag.ophold.forloeb import afgoer_ophold
from reservationer.sag.ophold.indskrivning import indskriv
from reservationer.sag.overgange import Data, Grund, Udfald
from tests import fabrik
from tests.database import database_url
from tests.kaploeb import RIVALER, loeb, overlappede
from tilbud.belaegning.models import Lukningsgrund, Optagelse, Optagelsesart
from tilbud.belaegning.querysets import er_ledig
from tilbud.lukninger.actions import luk
from tilbud.models import Plads

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.kaploeb]


@pytest.fixture
def uden_udelukkelse() -> Iterator[None]:
    """The exclusion constraint switched off by the owner, and put back."""
    database = connection.settings_dict["NAME"]
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], dbname=database, autocommit=True) as ejer:
        definition = ejer.execute(
            "select pg_get_constraintdef(oid) from pg_constraint where conname = 'optagelse_ingen_overlap'"
        ).fetchone()
        assert definition is not None
        ejer.execute("alter table belaegning_optagelse drop constraint optagelse_ingen_overlap")
        yield
        ejer.execute("truncate belaegning_optagelse cascade")
        ejer.execute(f"alter table belaegning_optagelse add constraint optagelse_ingen_overlap {definition[0]}")


PERIODE = Periode(fabrik.om(3), fabrik.om(10))


def test_reserver_last_place_exactly_one_of_eight_wins() -> None:
    plads, koebere = fabrik.ledig_plads(), [fabrik.sagsbehandler(f"Kommune {n}") for n in range(RIVALER)]

    def forsoeg(nummer: int) -> None:
        reserver(
            aktoer=koebere[nummer], plads_id=plads.id, periode=PERIODE, hjemmel="SEL-107", sagsreference=f"sag {nummer}"
        )

    resultater = loeb(forsoeg)
    assert overlappede(resultater)
    assert sorted(resultat.fejl or "vandt" for resultat in resultater) == ["pladsen_er_optaget"] * (RIVALER - 1) + [
        "vandt"
    ]
    assert Optagelse.objects.filter(plads=plads, aktiv=True).count() == 1


def test_place_somebody_else_is_at_is_refused_in_time_with_the_next_free_one_and_may_be_tried_again() -> None:
    plads, koeber = fabrik.ledig_plads(), fabrik.sagsbehandler()
    anden = fabrik.ledig_plads(plads.afdeling, betegnelse="Bolig 2")
    with (
        psycopg.connect(database_url("DATABASE_OWNER_URL")) as optaget_af,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        optaget_af.execute("select 1 from tilbud_plads where id = %s for no key update", [plads.pk])
        cursor.execute("SET LOCAL lock_timeout = '50ms'")
        with pytest.raises(Konflikt, match="I samme afdeling er Bolig 2 ledig") as fejl:
            reserver(aktoer=koeber, plads_id=plads.pk, periode=PERIODE, hjemmel="SEL-107", sagsreference="sag")
    assert (fejl.value.kode, fejl.value.vent) == ("behandles_af_anden", 1)
    assert fejl.value.felter == {"pladsId": [f"Næste ledige plads: {anden.pk}"]}


def test_control_without_lock_and_constraint_two_rivals_take_the_same_place(uden_udelukkelse: None) -> None:
    plads = fabrik.ledig_plads()
    har_set_pladsen_ledig = threading.Barrier(2)

    def forsoeg(_nummer: int) -> None:
        with transaction.atomic():
            assert Plads.objects.filter(er_ledig(Optagelse.objects.all(), PERIODE, nu()), pk=plads.pk).exists()
            har_set_pladsen_ledig.wait(timeout=20)
            Optagelse.objects.create(plads=plads, periode=PERIODE.som_range, art=Optagelsesart.OPHOLD)

    assert [resultat.fejl for resultat in loeb(forsoeg, 2)] == [None, None]
    assert Optagelse.objects.filter(plads=plads, aktiv=True).count() == 2


def test_constraint_alone_stops_the_second_of_two_that_both_saw_the_place_free() -> None:
    plads = fabrik.ledig_plads()
    har_set_pladsen_ledig = threading.Barrier(2)
    afvist: list[str] = []

    def forsoeg(_nummer: int) -> None:
        try:
            with transaction.atomic():
                assert Plads.objects.filter(er_ledig(Optagelse.objects.all(), PERIODE, nu()), pk=plads.pk).exists()
                har_set_pladsen_ledig.wait(timeout=20)
                Optagelse.objects.create(plads=plads, periode=PERIODE.som_range, art=Optagelsesart.OPHOLD)
        except Exception as fejl:  # noqa: BLE001 - whatever the database says is what is asked for
            afvist.append(getattr(fejl.__cause__, "sqlstate", ""))

    loeb(forsoeg, 2)
    assert len(afvist) == 1
    assert afvist[0] in {"23P01", "40P01"}
    assert Optagelse.objects.filter(plads=plads, aktiv=True).count() == 1


def test_closing_a_department_and_reserving_in_it_at_once_never_both_succeed() -> None:
    plads, koeber = fabrik.ledig_plads(), fabrik.sagsbehandler()
    leder = fabrik.tilbudsleder()
    fra, til = PERIODE.fra, PERIODE.til or PERIODE.fra

    def forsoeg(nummer: int) -> None:
        if nummer:
            reserver(aktoer=koeber, plads_id=plads.id, periode=PERIODE, hjemmel="SEL-107", sagsreference="sag")
        else:
            luk(aktoer=leder, afdeling_id=plads.afdeling_id, fra=fra, til=til, grund=Lukningsgrund.SKADE)

    resultater = loeb(forsoeg, 2)
    assert [resultat.fejl for resultat in resultater] in (
        [None, "plads_midlertidigt_lukket"],
        ["plads_i_brug", None],
    )
    assert Optagelse.objects.filter(plads=plads, aktiv=True).count() == 1


def test_udloeb_and_a_new_reservation_at_once_leave_one_claim_and_no_half_case() -> None:
    plads, koeber = fabrik.ledig_plads(), fabrik.sagsbehandler()
    gammel = reserver(aktoer=koeber, plads_id=plads.id, periode=PERIODE, hjemmel="SEL-107", sagsreference="gammel")
    Optagelse.objects.filter(pk=gammel.optagelse_id).update(udloeber=nu() - timedelta(seconds=1))

    def forsoeg(nummer: int) -> None:
        if nummer:
            udloeb_reservationer()
        else:
            reserver(aktoer=koeber, plads_id=plads.id, periode=PERIODE, hjemmel="SEL-107", sagsreference="ny")

    assert [resultat.fejl for resultat in loeb(forsoeg, 2)] == [None, None]
    assert Optagelse.objects.filter(plads=plads, aktiv=True).count() == 1


def test_any_place_of_a_department_is_given_to_as_many_rivals_as_there_are_places() -> None:
    afdeling, koebere = fabrik.afdeling(), [fabrik.sagsbehandler(f"Kommune {n}") for n in range(RIVALER)]
    pladser = 3
    for _ in range(pladser):
        fabrik.ledig_plads(afdeling)

    def forsoeg(nummer: int) -> None:
        reserver(
            aktoer=koebere[nummer], afdeling_id=afdeling.pk, periode=PERIODE, hjemmel="SEL-107", sagsreference="sag"
        )

    resultater = loeb(forsoeg)
    assert overlappede(resultater)
    udfald = sorted(resultat.fejl or "vandt" for resultat in resultater)
    assert udfald == ["ingen_ledig_plads"] * (RIVALER - pladser) + ["vandt"] * pladser
    assert Optagelse.objects.filter(aktiv=True).count() == pladser


def test_move_and_reservation_of_the_same_place_at_once_exactly_one_wins() -> None:
    plads = fabrik.plads_med_takst()
    maal = fabrik.ledig_plads(plads.afdeling)
    ophold, leder, koeber = fabrik.ophold(plads, periode=Periode(fabrik.om(0))), fabrik.tilbudsleder(), fabrik.sagsbehandler("Herlev")  # fmt: skip
    flytning = Indhold(data={Data.PLADS: maal.pk, Data.DATO: PERIODE.fra})

    def forsoeg(nummer: int) -> None:
        if nummer:
            afgoer_ophold(aktoer=leder, ophold_id=ophold.pk, udfald=Udfald.FLYT, indhold=flytning)
        else:
            reserver(aktoer=koeber, plads_id=maal.pk, periode=PERIODE, hjemmel="SEL-107", sagsreference="sag")

    fejl = [resultat.fejl for resultat in loeb(forsoeg, 2)]
    assert fejl.count(None) == 1
    assert Optagelse.objects.filter(plads=maal, aktiv=True).count() == 1
    with transaction.atomic():
        pladser = Opholdsplads.objects.for_systemet("test").filter(ophold=ophold, optagelse__aktiv=True)
        assert pladser.count() == (2 if fejl[1] is None else 1)


def _betales_til_efter_at_en_forlader_pladsen_og_en_anden_begynder() -> date | None:
    """The last payable day of one who left yesterday with notice, registered while the next begins on the place today."""
    plads = fabrik.plads_med_takst()
    leder = fabrik.tilbudsleder()
    forladt = fabrik.ophold(plads, periode=Periode(fabrik.om(0), fabrik.om(1)))
    naeste = fabrik.bekraeftet_reservation(plads, periode=Periode(fabrik.om(1)), af=fabrik.sagsbehandler("Herlev"))
    opsigelse = Indhold(Grund.KOMPETENCE, data={Data.DATO: fabrik.om(0)})
    afgoer_ophold(aktoer=leder, ophold_id=forladt.pk, udfald=Udfald.OPSIG, indhold=opsigelse)

    def forsoeg(nummer: int) -> None:
        if nummer:
            indskriv(aktoer=leder, reservation_id=naeste.pk, indhold=Indhold(data={Data.DATO: fabrik.om(1)}))
        else:
            udskrivning = Indhold(Grund.FRAFLYTTET, data={Data.DATO: fabrik.om(0)})
            afgoer_ophold(aktoer=leder, ophold_id=forladt.pk, udfald=Udfald.UDSKRIV, indhold=udskrivning)

    assert [resultat.fejl for resultat in loeb(forsoeg, 2)] == [None, None]
    with transaction.atomic():
        return Ophold.objects.for_systemet("test").values_list("betales_til", flat=True).get(pk=forladt.pk)


def test_leaving_a_place_and_beginning_there_at_once_is_paid_by_one_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    _moedes(monkeypatch)
    assert _betales_til_efter_at_en_forlader_pladsen_og_en_anden_begynder() == fabrik.om(0)


def test_control_without_the_lock_both_pay_for_a_place_that_is_left_and_taken_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(genbelaegning, "_laas", lambda _pladser: None)
    _moedes(monkeypatch)
    betales_til = _betales_til_efter_at_en_forlader_pladsen_og_en_anden_begynder()
    assert betales_til is not None
    assert betales_til > fabrik.om(1)


def _moedes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both are at work on who pays before either has finished: each waits for the other, or until it waits for a lock."""
    har_set = threading.Barrier(2)

    @contextmanager
    def venter(grund: str) -> Iterator[None]:
        with som_systemet(grund):
            yield
        if threading.current_thread() is not threading.main_thread():
            with suppress(threading.BrokenBarrierError):  # the other waits for the lock
                har_set.wait(timeout=1)

    monkeypatch.setattr(genbelaegning, "som_systemet", venter)


def test_extension_and_expiry_at_once_leave_a_hold_that_counts_or_none() -> None:
    plads, koeber = fabrik.ledig_plads(), fabrik.sagsbehandler()
    sag = reserver(aktoer=koeber, plads_id=plads.id, periode=PERIODE, hjemmel="SEL-107", sagsreference="sag")
    Optagelse.objects.filter(pk=sag.optagelse_id).update(udloeber=nu() + timedelta(milliseconds=50))

    def forsoeg(nummer: int) -> None:
        if nummer:
            udloeb_reservationer()
        else:
            beslut(aktoer=koeber, reservation_id=sag.pk, udfald=Udfald.FORLAENG)

    forlaenget = loeb(forsoeg, 2)[0].fejl is None
    udloeb_reservationer()
    with transaction.atomic():
        efter = Reservation.objects.for_systemet("test").select_related("optagelse").get(pk=sag.pk)
        assert (efter.tilstand, efter.optagelse.aktiv) == (("afventer", True) if forlaenget else ("udloebet", False))
