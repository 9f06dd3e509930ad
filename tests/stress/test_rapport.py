"""A report while what it needs breaks down: its worker, the disk, the queue. What it comes to is clear, and nothing is half-published."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.db import OperationalError

from bench.processer import STARTFRIST, Proces, start
from drift.laan import ROD
from drift.processer import WORKER
from drift.redis import Redis
from faelles import job
from faelles.job import TAVSHED_FOER_GENSTART
from faelles.models import Haendelse, Job, JobStatus
from faelles.scope import som_systemet
from faelles.tid import nu
from rammeaftale.rapporter.actions import bestil_rapport, goer_endelig, proev_igen
from rammeaftale.rapporter.models import Oejebliksbillede, Rapport, Rapportfil, Udgivelse
from tests import fabrik
from tests.database import database_url, genlaes
from tests.kill.situation import ejer, vent_til, ventende
from tests.rammeaftale.rapporter import situationer
from tests.stress.test_worker import fej_nu

pytestmark = [pytest.mark.stress, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("rigtig_koe")]
TAALMODIG = {"LAASEFRIST": "60", "REMAP_SIGTERM": "SIGQUIT"}  # waits for a lock the test holds
FEJ = "import django; django.setup(); from faelles.job import fej; fej()"
SKRIV = "for each statement execute function proeve_fuld_disk()"


@contextmanager
def arbejder(**miljoe: str) -> Iterator[Proces]:
    with start(WORKER, {"DATABASE_URL": database_url(), **TAALMODIG, **miljoe}) as proces:
        yield proces


@contextmanager
def ingen_plads(*hvor: str) -> Iterator[None]:
    """What a full disk gives: the error PostgreSQL reports then, at each of these changes."""
    with ejer() as forbindelse:
        forbindelse.execute("""
            create function proeve_fuld_disk() returns trigger language plpgsql as $$ begin
            raise exception 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$""")
        for nr, aendring in enumerate(hvor):
            forbindelse.execute(f"create trigger proeve_{nr} before {aendring}")
        try:
            yield
        finally:
            forbindelse.execute("drop function proeve_fuld_disk cascade")


def er_gemt(rapport: Rapport) -> bool:
    """All of it; half of it is an error."""
    genlaes(rapport)
    stykker = {
        bool(rapport.sha256),
        Rapportfil.objects.filter(rapport=rapport).exists(),
        Haendelse.objects.filter(type="rapport.faerdig", entitet_id=str(rapport.pk)).exists(),
        Job.objects.get(pk=rapport.job_id).status == JobStatus.FAERDIG,
    }
    if rapport.udkast_id is not None:
        stykker.add(Udgivelse.objects.filter(rapport=rapport).exists())
    assert len(stykker) == 1
    return stykker.pop()


def endelig() -> Rapport:
    """Ordered of a finished draft, not made."""
    udkast = situationer.bestil(situationer.omraade())
    job.koer(udkast.job_id)
    assert er_gemt(udkast)
    return goer_endelig(aktoer=fabrik.sekretariat(), rapport_id=udkast.pk)


def test_worker_killed_while_it_publishes_publishes_once() -> None:
    rapport = endelig()
    with ejer() as laas, ejer() as kig, arbejder() as offer:
        with laas.transaction():
            laas.execute("lock table rapporter_udgivelse in share mode")
            fej_nu(rapport)
            vent_til(lambda: ventende(kig, "rapporter_udgivelse") != [], STARTFRIST)
            offer.draeb()
        vent_til(lambda: ventende(kig, "rapporter_udgivelse") == [])
    assert not er_gemt(rapport)
    assert fej_nu(rapport) == [rapport.job_id]
    with arbejder():
        vent_til(lambda: Job.objects.get(pk=rapport.job_id).er_slut, STARTFRIST)
    assert er_gemt(rapport)
    assert rapport.job.forsoeg == 2
    assert Udgivelse.objects.get().nummer == 1


def test_report_there_is_no_room_for_says_so_and_is_made_when_there_is() -> None:
    rapport = endelig()
    with ingen_plads(f"insert on rapporter_rapportfil {SKRIV}"), pytest.raises(OperationalError, match="No space left"):
        job.koer(rapport.job_id)
    assert not er_gemt(rapport)
    assert (rapport.job.status, "Intet er gemt" in rapport.job.fejl) == (JobStatus.FEJLET, True)
    proev_igen(aktoer=fabrik.sekretariat(), rapport_id=rapport.pk)
    job.koer(rapport.job_id)
    assert er_gemt(rapport)
    assert Udgivelse.objects.get().nummer == 1
    assert Oejebliksbillede.objects.count() == 1


def test_report_whose_failure_there_is_no_room_for_either_is_taken_up_by_the_sweep() -> None:
    rapport = situationer.bestil(situationer.omraade())
    opgivet = "update on faelles_job for each row when (new.status = 'fejlet') execute function proeve_fuld_disk()"
    with (
        ingen_plads(f"insert on rapporter_kapitelfil {SKRIV}", opgivet),
        pytest.raises(OperationalError, match="No space left"),
    ):
        job.koer(rapport.job_id)
    assert not er_gemt(rapport)
    assert rapport.job.status == JobStatus.I_GANG
    assert fej_nu(rapport) == [rapport.job_id]
    job.koer(rapport.job_id)
    assert er_gemt(rapport)
    assert rapport.job.forsoeg == 2
    assert Oejebliksbillede.objects.count() == 1


class Koe:
    """A queue of the test's own; it keeps nothing when it is started again."""

    def __init__(self, mappe: Path) -> None:
        self._server = Redis(mappe / "redis", holdbar=False)
        self.miljoe = {"REDIS_URL": self._server.url(), "DJANGO_SETTINGS_MODULE": "config.settings"}
        self.start()

    def start(self) -> None:
        self._proces = self._server.start()
        vent_til(self._server.svarer)

    def draeb(self) -> None:
        self._proces.kill()
        self._proces.wait()


@pytest.fixture
def koe(tmp_path: Path) -> Iterator[Koe]:
    koe = Koe(tmp_path)
    yield koe
    koe.draeb()


def test_queue_that_is_killed_and_forgets_everything_delays_reports_only(koe: Koe) -> None:
    """The worker goes on with what it has, finds the queue again, and the sweep gives it what the queue forgot."""
    i_gang = situationer.bestil(situationer.omraade())
    glemt = bestil_rapport(aktoer=fabrik.sekretariat(), aftale_id=i_gang.version.aftale_id, type_="styringsdel")
    with ejer() as laas, ejer() as kig, arbejder(**koe.miljoe):
        with laas.transaction():
            laas.execute("lock table rapporter_kapitelfil in share mode")
            fej_der(i_gang, koe)
            vent_til(lambda: ventende(kig, "rapporter_kapitelfil") != [], STARTFRIST)
            fej_der(glemt, koe)
            koe.draeb()
            koe.start()
        for rapport in (i_gang, glemt):
            vent_til(partial(er_slut, rapport, koe), STARTFRIST)
            assert er_gemt(rapport)
            assert rapport.job.forsoeg == 1


def er_slut(rapport: Rapport, koe: Koe) -> bool:
    fej_der(rapport, koe)
    return Job.objects.get(pk=rapport.job_id).er_slut


def fej_der(rapport: Rapport, koe: Koe) -> None:
    """The sweep, where the other queue is, if the report still waits in it."""
    with som_systemet("it has waited for long"):
        venter = Job.objects.filter(pk=rapport.job_id, status=JobStatus.I_KOE)
        laenge = venter.update(hjerteslag=nu() - TAVSHED_FOER_GENSTART - timedelta(seconds=1))
    if laenge:
        miljoe = {**os.environ, "DATABASE_URL": database_url(), **koe.miljoe}
        subprocess.run([sys.executable, "-c", FEJ], cwd=ROD, env=miljoe, check=True)
