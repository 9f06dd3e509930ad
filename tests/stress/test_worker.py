"""A worker killed in the middle of a report: the sweep gives it back, and it is finished exactly once."""

import time
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from bench.processer import worker
from faelles.job import TAVSHED_FOER_GENSTART, fej
from faelles.models import Job, JobStatus
from faelles.scope import som_systemet
from faelles.tid import nu
from rammeaftale.rapporter.models import Oejebliksbillede, Rapport, Rapportfil
from tests.database import database_url, genlaes
from tests.rammeaftale.rapporter import situationer

pytestmark = [pytest.mark.stress, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("rigtig_koe")]

FRIST = 60.0  # seconds
FEJNING = 5.0  # seconds between sweeps


def fej_nu(rapport: Rapport) -> list[UUID]:
    """The sweep, as if the job had been silent for long enough."""
    with som_systemet("the worker has died"):
        Job.objects.filter(pk=rapport.job_id).update(hjerteslag=nu() - TAVSHED_FOER_GENSTART - timedelta(seconds=1))
    return fej()


def vent_til(rapport: Rapport, sandt: Callable[[Job], bool]) -> None:
    """Wait while the sweep runs as beat runs it: a nudge that a dying worker took with it out of the queue is given again."""
    frist, naeste = time.monotonic() + FRIST, time.monotonic() + FEJNING
    while not sandt(job := Job.objects.get(pk=rapport.job_id)):
        assert time.monotonic() < frist, f"ventede forgæves: {job.status}, {job.naaet} af {job.i_alt}"
        if job.status == JobStatus.I_KOE and time.monotonic() > naeste:
            fej_nu(rapport)
            naeste = time.monotonic() + FEJNING
        time.sleep(0.01)


@pytest.mark.parametrize("naaet", [0, 1, 2])
def test_worker_killed_at_a_stage_finishes_the_report_once(naaet: int) -> None:
    rapport = situationer.bestil(situationer.omraade())
    with worker(database_url()) as offer:
        vent_til(rapport, lambda job: job.er_slut or (job.status == JobStatus.I_GANG and job.naaet >= naaet))
        offer.draeb()
    job = Job.objects.get(pk=rapport.job_id)
    assert not job.er_slut, "the worker was done before it could be killed"
    assert Rapportfil.objects.count() == 0
    assert fej_nu(rapport) == [rapport.job_id]
    with worker(database_url()):
        vent_til(rapport, lambda job: job.er_slut)
    genlaes(job)
    assert (job.status, job.forsoeg) == (JobStatus.FAERDIG, 2)
    assert Rapportfil.objects.count() == Oejebliksbillede.objects.count() == 1
