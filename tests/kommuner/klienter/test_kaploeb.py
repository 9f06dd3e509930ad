"""Administrators who change the same client at once: one free place gives one key, and the other is told. With a control."""

import os
import threading
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection, transaction

from faelles.scope import saet_database_aktoer
from kommuner.klienter.actions import luk_klient, ny_noegle
from kommuner.klienter.noegler import gem, ny_hemmelighed
from kommuner.models import ApiKlient, ApiNoegle
from tests.kaploeb import loeb, overlappede
from tests.kommuner.klienter.situationer import administrator, klient, noegler

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.kaploeb]
REGEL = "apinoegle_en_aktiv_pr_plads"


@pytest.fixture
def uden_regel() -> Iterator[None]:
    """The rule of one active key per place switched off by the owner, and put back."""
    database = connection.settings_dict["NAME"]
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], dbname=database, autocommit=True) as ejer:
        fundet = ejer.execute("select indexdef from pg_indexes where indexname = %s", [REGEL]).fetchone()
        assert fundet is not None
        ejer.execute(f"drop index {REGEL}")
        yield
        ejer.execute("truncate kommuner_apinoegle cascade")
        ejer.execute(fundet[0])


def aktive(hvem: ApiKlient) -> int:
    return sum(noegle.gyldig for noegle in noegler(hvem))


def i_blinde(hvem: ApiKlient, har_set_en_plads: threading.Barrier) -> None:
    """Make a key as somebody would who looked for a free place without taking the lock."""
    hemmelighed = ny_hemmelighed()
    with transaction.atomic():
        saet_database_aktoer(None)
        brugte = ApiNoegle.objects.for_systemet("test").gyldige().filter(klient=hvem).count()
        har_set_en_plads.wait(timeout=20)
        gem(hvem, brugte + 1, hemmelighed)


def test_two_administrators_at_once_exactly_one_gets_the_free_place() -> None:
    hvem = klient().noegle.klient
    folk = [administrator(), administrator()]

    def forsoeg(nummer: int) -> None:
        ny_noegle(aktoer=folk[nummer], klient_id=hvem.pk)

    resultater = loeb(forsoeg, 2)
    assert overlappede(resultater)
    assert sorted(resultat.fejl or "fik den" for resultat in resultater) == ["fik den", "noegler_i_brug"]
    assert aktive(hvem) == 2


def test_control_without_lock_and_rule_both_get_a_key_and_there_are_three(uden_regel: None) -> None:
    hvem, bom = klient().noegle.klient, threading.Barrier(2)
    assert [resultat.fejl for resultat in loeb(lambda _nummer: i_blinde(hvem, bom), 2)] == [None, None]
    assert aktive(hvem) == 3


def test_rule_alone_stops_the_second_of_two_who_both_saw_the_place_free() -> None:
    hvem, bom = klient().noegle.klient, threading.Barrier(2)
    afvist: list[str] = []

    def forsoeg(_nummer: int) -> None:
        try:
            i_blinde(hvem, bom)
        except Exception as fejl:  # noqa: BLE001 - whatever the database says is what is asked for
            afvist.append(str(fejl))

    loeb(forsoeg, 2)
    assert len(afvist) == 1
    assert REGEL in afvist[0]
    assert aktive(hvem) == 2


def test_new_key_while_the_client_is_being_closed_never_outlives_it() -> None:
    hvem = klient().noegle.klient
    folk = [administrator(), administrator()]

    def forsoeg(nummer: int) -> None:
        if nummer:
            luk_klient(aktoer=folk[1], klient_id=hvem.pk)
        else:
            ny_noegle(aktoer=folk[0], klient_id=hvem.pk)

    ny, lukning = loeb(forsoeg, 2)
    assert lukning.fejl is None
    assert ny.fejl in {None, "klient_lukket"}
    assert aktive(hvem) == 0
