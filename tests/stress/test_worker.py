"""A worker killed in the middle of a report, again and again: the sweep gives it back, and it is finished exactly once."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from bench.processer import worker
from faelles.job import TAVSHED_FOER_GENSTART, fej
from faelles.models import Job, JobStatus
from faelles.tid import nu
from rammeaftale.rapporter.models import Oejebliksbillede, Rapportfil
from tests.database import database_url
from tests.rammeaftale.rapporter import situationer

pytestmark = [pytest.mark.stress, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("rigtig_koe")]

FRIST = 60.0  # seconds


def vent_til(sandt: Callable[[], bool]) -> None:
    frist = time.monotonic() + FRIST
    while not sandt():
        assert time.monotonic() < frist, "ventede forgæves"
        time.sleep(0.01)


def test_worker_killed_at_three_stages_finishes_the_report_once() -> None:
    rapport = situationer.bestil(situationer.omraade())
    job = Job.objects.filter(pk=rapport.job_id)
    for naaet in range(3):
        with worker(database_url()) as offer:
            vent_til(lambda trin=naaet: job.get().status == JobStatus.I_GANG and job.get().naaet >= trin)  # type: ignore[misc]  # bound now, not later
            offer.draeb()
        assert not job.get().er_slut, "the worker was done before it could be killed"
        assert Rapportfil.objects.count() == 0
        job.update(hjerteslag=nu() - TAVSHED_FOER_GENSTART - timedelta(seconds=1))
        assert fej() == [rapport.job_id]
    with worker(database_url()):
        vent_til(lambda: job.get().er_slut)
    assert (job.get().status, job.get().forsoeg) == (JobStatus.FAERDIG, 4)
    assert Rapportfil.objects.count() == Oejebliksbillede.objects.count() == 1
