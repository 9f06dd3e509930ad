"""The outbox: an event exists iff its change does, and no reader of the feed ever misses one."""

import threading

import pytest
from django.db import connection, transaction

from faelles.haendelser import nummerer, publicer
from faelles.models import Haendelse


@pytest.mark.django_db(transaction=True)
def test_publicer_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError):
        publicer("ting.aendret", "ting", "1")


@pytest.mark.django_db(transaction=True)
def test_publicer_disappears_with_a_change_that_was_rolled_back() -> None:
    def aendring_der_fortrydes() -> None:
        with transaction.atomic():
            publicer("ting.aendret", "ting", "1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        aendring_der_fortrydes()
    assert not Haendelse.objects.exists()


@pytest.mark.django_db
def test_nummerer_gives_each_event_one_rising_number() -> None:
    for nummer in range(5):
        publicer("ting.aendret", "ting", str(nummer))
    assert [h.nummer for h in nummerer(3)] == [1, 2, 3]
    assert [h.nummer for h in nummerer()] == [4, 5]
    assert nummerer() == []
    assert [h.entitet_id for h in Haendelse.objects.order_by("nummer")] == ["0", "1", "2", "3", "4"]


def _to_transaktioner(efter_foerste_commit: "threading.Event", maa_committe: "threading.Event") -> threading.Thread:
    """A slow transaction that writes its event first and commits last."""

    def langsom() -> None:
        try:
            with transaction.atomic():
                publicer("ting.aendret", "ting", "langsom")
                efter_foerste_commit.set()
                assert maa_committe.wait(20)
        finally:
            connection.close()

    traad = threading.Thread(target=langsom)
    traad.start()
    return traad


def _hurtig_overhaler_langsom() -> tuple[list[str], list[str]]:
    """What a reader sees while the slow one is still open, and in all."""
    skrevet, maa_committe = threading.Event(), threading.Event()
    traad = _to_transaktioner(skrevet, maa_committe)
    assert skrevet.wait(20)
    with transaction.atomic():
        publicer("ting.aendret", "ting", "hurtig")
    nummerer()
    laest = list(Haendelse.objects.filter(nummer__isnull=False).order_by("nummer"))
    sidst = max(h.nummer or 0 for h in laest)
    maa_committe.set()
    traad.join(20)
    nummerer()
    senere = list(Haendelse.objects.filter(nummer__gt=sidst).order_by("nummer"))
    return [h.entitet_id for h in laest], [h.entitet_id for h in laest + senere]


@pytest.mark.django_db(transaction=True)
@pytest.mark.kaploeb
def test_nummerer_reader_never_misses_an_event_that_commits_late() -> None:
    assert _hurtig_overhaler_langsom() == (["hurtig"], ["hurtig", "langsom"])


@pytest.mark.django_db(transaction=True)
@pytest.mark.kaploeb
def test_control_a_feed_ordered_by_when_events_were_written_misses_the_late_one() -> None:
    skrevet, maa_committe = threading.Event(), threading.Event()
    traad = _to_transaktioner(skrevet, maa_committe)
    assert skrevet.wait(20)
    with transaction.atomic():
        publicer("ting.aendret", "ting", "hurtig")
    laest = list(Haendelse.objects.order_by("id"))
    maa_committe.set()
    traad.join(20)
    senere = Haendelse.objects.filter(id__gt=laest[-1].id)
    assert [h.entitet_id for h in laest] == ["hurtig"]
    assert not senere.exists()
