"""Logs are pruned by stated retention: past the guard, in pieces, with a trace, and never what something lasting needs."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from faelles.afsender import afsender
from faelles.scope import saet_database_aktoer
from faelles.spor import historik, maa_rettes, slags
from faelles.tid import nu
from kommuner.adgang import log_laesning
from kommuner.models import Laesning, Logrydning
from kommuner.spor import actions
from kommuner.spor.actions import ryd_logge
from kommuner.tasks import ryd_logge as opgave
from tests import fabrik
from tests.kommuner.spor.situationer import administrator, forloeb
from tilbud.models import Bekraeftelse, Plads

pytestmark = pytest.mark.django_db

FOR_GAMMEL = timedelta(days=3000)


def aeld(alder: timedelta = FOR_GAMMEL) -> None:
    """Make everything in the logs so old."""
    saet_database_aktoer(None)
    with maa_rettes(Laesning, "laesning_kun_tilfoejes"):
        Laesning.objects.for_systemet("test").update(tidspunkt=nu() - alder)
    for en in slags():
        with maa_rettes(en.spor):
            en.spor.objects.for_systemet("test").update(pgh_created_at=nu() - alder)


def antal(model: Any) -> int:
    """Rows of a kind's history."""
    return int(historik(model).objects.for_systemet("test").count())


def test_old_readings_are_deleted_and_younger_kept(settings: Any) -> None:
    forloeb()
    antal_laesninger = Laesning.objects.for_systemet("test").count()
    aeld(timedelta(days=settings.LAESELOG_DAGE - 1))
    assert ryd_logge() == 0
    aeld(timedelta(days=settings.LAESELOG_DAGE, minutes=1))
    assert ryd_logge() == antal_laesninger > 0
    assert Laesning.objects.for_systemet("test").count() == 0
    assert (Logrydning.objects.get().log, Logrydning.objects.get().antal) == ("laeselog", antal_laesninger)


def test_latest_row_of_a_thing_that_can_change_stays_as_its_before() -> None:
    plads = fabrik.ledig_plads()
    for merplads in (True, False):
        plads.merplads = merplads
        plads.save()
    aeld()
    ryd_logge()
    assert antal(Plads) == 1
    assert historik(Plads).objects.for_systemet("test").get().merplads is False


def test_history_of_a_thing_that_is_gone_and_of_one_that_never_changes_is_deleted_whole() -> None:
    plads = fabrik.ledig_plads()
    fabrik.bekraeftet(plads.afdeling)
    with connection.cursor() as cursor:  # Django would look for cases about it first, which nobody here may read
        cursor.execute("DELETE FROM tilbud_plads WHERE id = %s", [plads.pk])
    aeld()
    ryd_logge()
    assert (antal(Plads), antal(Bekraeftelse)) == (0, 0)
    assert Bekraeftelse.objects.count() == 1


def test_what_explains_something_lasting_is_never_deleted() -> None:
    bevarede = {en.noegle for en in slags() if en.bevares}
    assert bevarede == {
        "aftaletrin",
        "dokumentdel",
        "genstart",
        "hoering",
        "hoeringsbehandling",
        "hoeringsbemaerkning",
        "hoeringsfil",
        "hoeringsfilvurdering",
        "hoeringsmodtager",
        "hoeringsnotat",
        "hoeringssvar",
        "godkendelse",
        "kkrmedlemskab",
        "klausulkommentar",
        "klausuludgave",
        "klausulvilkaar",
        "moede",
        "offentliggoerelse",
        "organbeslutning",
        "organsag",
        "part",
        "rammeaftale",
        "finansiering",
        "prisblad",
        "regionmedlemskab",
        "rapporttekst",
        "tilbagetraekning",
        "udgivelse",
        "udmeldingsrapport",
        "takst",
        "takstberegning",
        "venteliste",
        "version",
        "vilkaar",
        "vilkaarssaet",
    }
    aftale = fabrik.aftale()
    fabrik.takst(fabrik.afdeling())
    foer = {en.noegle: en.spor.objects.for_systemet("test").count() for en in slags() if en.bevares}
    aeld()
    ryd_logge()
    efter = {en.noegle: en.spor.objects.for_systemet("test").count() for en in slags() if en.bevares}
    assert efter == foer
    assert foer["part"] == aftale.parter.count()


def test_pruning_in_pieces_and_twice_deletes_everything_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "STYKKE", 2)
    sag = forloeb()
    aktoer = fabrik.tilbudsleder("Gladsaxe")
    saet_database_aktoer(aktoer)
    for _ in range(5):
        with afsender(aktoer.identitet, kilde="test"):
            log_laesning(aktoer, "reservation", {sag.reservation.pk: ()})
    aeld()
    i_alt = ryd_logge()
    assert i_alt > 6
    assert sum(rydning.antal for rydning in Logrydning.objects.all()) == i_alt
    assert max(rydning.antal for rydning in Logrydning.objects.all()) == 2
    assert ryd_logge() == 0


def test_trace_cannot_be_removed_and_guard_stands_again_after_pruning() -> None:
    forloeb()
    aeld()
    ryd_logge()
    forloeb("RK-2")
    saet_database_aktoer(None)
    for sql in ("delete from kommuner_logrydning", "delete from kommuner_laesning", "delete from sag_reservationevent"):
        with (
            pytest.raises(ProgrammingError, match="Cannot update or delete"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)


def test_task_prunes_and_page_tells_how_far_back_the_log_goes(settings: Any) -> None:
    settings.LAESELOG_DAGE = 100
    forloeb()
    aeld(timedelta(days=101))
    opgave()
    side = administrator("Gladsaxe").get("/spor/laesninger/").content.decode()
    assert "Rækker gemmes i 100 dage. Senest slettet" in side


def test_only_the_system_prunes() -> None:
    forloeb()
    aeld()
    saet_database_aktoer(fabrik.administrator("Gladsaxe"))
    with maa_rettes(Laesning, "laesning_kun_tilfoejes"), connection.cursor() as cursor:
        cursor.execute("delete from kommuner_laesning")
        assert cursor.rowcount == 0
