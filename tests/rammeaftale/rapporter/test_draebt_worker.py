"""A worker that is killed or freed while it makes a report: real processes, and nothing is lost."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection

from faelles import job
from faelles.fejl import Utilgaengelig
from faelles.models import Job, JobStatus
from rammeaftale.rapporter import filer
from rammeaftale.rapporter.actions import proev_igen
from rammeaftale.rapporter.kanonisk import kontrolsum
from rammeaftale.rapporter.models import Kapitel, Oejebliksbillede, Rapport, Rapportfil
from tests import fabrik
from tests.rammeaftale.rapporter import situationer
from tests.rammeaftale.rapporter.test_job import ROD, bliver_tavs, intet_er_gemt

pytestmark = pytest.mark.django_db(transaction=True)


STAAR_STILLE = """
import time
from rammeaftale.rapporter.fremstilling import Pdffremstiller, Pdfopdeling
{klasse}.{trin} = lambda *_: time.sleep(600)
"""


I_STAA = {  # a stage, and what its worker does in it
    "Tegner figurer": STAAR_STILLE.format(klasse="Pdffremstiller", trin="tegn"),
    "Sætter kapitler": STAAR_STILLE.format(klasse="Pdffremstiller", trin="saet"),
    "Fletter kapitler": STAAR_STILLE.format(klasse="Pdfopdeling", trin="flet"),
    "Kontrollerer PDF": STAAR_STILLE.format(klasse="Pdffremstiller", trin="kontroller"),
    "Gemmer PDF": """
import time
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from rammeaftale.rapporter import filer
filer.gem = lambda pdf: (storages["rapporter"].save("halv.pdf", ContentFile(pdf[: len(pdf) // 2])), time.sleep(600))
""",
}


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[Callable[[str], subprocess.Popen[bytes]]]:
    """Start a Celery worker over the test database; `foerst` is run in it before it takes any work."""
    startede: list[subprocess.Popen[bytes]] = []
    koe = f"rapport-{os.getpid()}"

    def start(foerst: str) -> subprocess.Popen[bytes]:
        manuskript = tmp_path / f"worker{len(startede)}.py"
        manuskript.write_text(f"""
import sys
sys.path.insert(0, {str(ROD)!r})
from django.conf import settings
settings.DATABASES["default"]["NAME"] = {connection.settings_dict["NAME"]!r}
from config.celery import app
app.loader.import_default_modules()
{foerst}
app.worker_main(["worker", "-Q", {koe!r}, "-c", "1", "-P", "solo", "--loglevel", "WARNING", "--without-mingle", "--without-gossip"])
""")
        proces = subprocess.Popen(
            [sys.executable, str(manuskript)], cwd=ROD, env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
        )
        startede.append(proces)
        return proces

    yield start
    for proces in startede:
        if proces.poll() is None:
            proces.send_signal(signal.SIGKILL)
        proces.wait()


@pytest.fixture
def egen_koe(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reports go to this test's own queue."""
    monkeypatch.setitem(
        job._jobtyper, "rapport", job.Jobtype("rapport", f"rapport-{os.getpid()}", job._jobtyper["rapport"].funktion)
    )


def vent_paa(betingelse: Callable[[], bool], sekunder: float = 40) -> None:
    slut = time.monotonic() + sekunder
    while not betingelse():
        assert time.monotonic() < slut, "ventede forgæves"
        time.sleep(0.1)


def trin(rapport: Rapport) -> str:
    return Job.objects.get(pk=rapport.job_id).trin


@pytest.mark.usefixtures("rigtig_koe", "egen_koe")
@pytest.mark.parametrize("hvor", ["Sætter kapitler"])
def test_killed_worker_loses_nothing(worker: Callable[[str], subprocess.Popen[bytes]], hvor: str) -> None:
    draeb_og_genoptag(worker, hvor)


@pytest.mark.stress
@pytest.mark.usefixtures("rigtig_koe", "egen_koe")
@pytest.mark.parametrize("hvor", ["Tegner figurer", "Fletter kapitler", "Kontrollerer PDF", "Gemmer PDF"])
def test_worker_killed_at_any_other_stage_loses_nothing(
    worker: Callable[[str], subprocess.Popen[bytes]], hvor: str
) -> None:
    draeb_og_genoptag(worker, hvor)


def draeb_og_genoptag(worker: Callable[[str], subprocess.Popen[bytes]], hvor: str) -> None:
    """Kill the worker at the stage; another one finishes the same report from the same snapshot, and there is one of everything."""
    rapport = situationer.bestil(situationer.omraade())
    offer = worker(I_STAA[hvor])
    vent_paa(lambda: trin(rapport) == hvor, 90)
    offer.send_signal(signal.SIGKILL)
    offer.wait()
    rapport.refresh_from_db()
    frosset = rapport.oejebliksbillede_id
    assert frosset is not None
    assert intet_er_gemt(rapport)
    bliver_tavs()
    Kapitel.objects.update(taget=None)  # the minute after which a chapter is taken again has passed as well
    assert job.fej() == [rapport.job_id]
    worker("")
    vent_paa(lambda: Job.objects.get(pk=rapport.job_id).er_slut, 90)
    rapport.refresh_from_db()
    assert (rapport.job.status, rapport.job.forsoeg) == (JobStatus.FAERDIG, 2)
    assert rapport.oejebliksbillede_id == frosset
    assert Rapportfil.objects.count() == Oejebliksbillede.objects.count() == 1
    assert kontrolsum(filer.laes(rapport.fil)) == rapport.sha256


FULD_DISK = """
import resource
from rammeaftale.rapporter import filer
gem = filer.gem
def gem_uden_plads(pdf):
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(pdf) // 2, resource.RLIM_INFINITY))
    try:
        return gem(pdf)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
filer.gem = gem_uden_plads
"""


@pytest.mark.stress
@pytest.mark.usefixtures("rigtig_koe", "egen_koe")
def test_report_there_is_no_room_for_fails_with_nothing_stored_and_is_stored_when_there_is(
    worker: Callable[[str], subprocess.Popen[bytes]],
) -> None:
    """The kernel stops the file half-way, as a full disk does."""
    af = fabrik.sekretariat()
    rapport = situationer.bestil(situationer.omraade(), af)
    uden_plads = worker(FULD_DISK)
    vent_paa(lambda: Job.objects.get(pk=rapport.job_id).er_slut, 90)
    assert intet_er_gemt(rapport)
    assert (rapport.job.status, rapport.job.fejl) == (JobStatus.FEJLET, Utilgaengelig().besked)
    uden_plads.send_signal(signal.SIGKILL)
    uden_plads.wait()  # it must not take the new order with it
    proev_igen(aktoer=af, rapport_id=rapport.pk)
    worker("")
    vent_paa(lambda: Job.objects.get(pk=rapport.job_id).er_slut, 90)
    rapport.refresh_from_db()
    assert kontrolsum(filer.laes(rapport.fil)) == rapport.sha256


@pytest.mark.usefixtures("rigtig_koe", "egen_koe")
def test_cancelling_frees_the_worker_within_two_seconds(worker: Callable[[str], subprocess.Popen[bytes]]) -> None:
    af = fabrik.sekretariat()
    rapport = situationer.bestil(situationer.omraade(), af)
    worker(I_STAA["Tegner figurer"])
    vent_paa(lambda: trin(rapport) == "Tegner figurer", 90)
    job.annuller(job_id=rapport.job_id, aktoer=af)
    naeste = situationer.bestil(rapport.version.aftale, af)
    vent_paa(lambda: Job.objects.get(pk=naeste.job_id).status != JobStatus.I_KOE, 2)
    assert intet_er_gemt(rapport)
