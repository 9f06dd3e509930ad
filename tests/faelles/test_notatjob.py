"""A note that is being set is stopped in the middle, and is set from what was read before."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from faelles import job as jobmodul
from faelles import notatjob
from faelles.job import Fremdrift, annuller, bestil, jobtype, koer
from faelles.models import Job, JobStatus
from faelles.scope import som_systemet
from tests import fabrik

pytestmark = pytest.mark.django_db(transaction=True)
SLAGS = "et notat"


@pytest.fixture(autouse=True)
def egne_typer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' own kinds only."""
    monkeypatch.setattr(jobmodul, "_jobtyper", {})
    monkeypatch.setattr(notatjob, "_vaerktoej", {})


def lav(fremdrift: Fremdrift, _parametre: dict[str, Any]) -> None:
    """Make the note and store nothing."""
    notatjob.lav(fremdrift, SLAGS, None)
    with fremdrift.afslutning():
        pass


def test_cancelling_a_note_that_is_being_set_ends_it_within_seconds() -> None:
    af = fabrik.sekretariat()
    jobtype(SLAGS, koe="rapport")(lav)
    job = bestil(type_=SLAGS, parametre={}, aktoer=af)

    def fortryd() -> None:
        try:
            annuller(job_id=job.id, aktoer=af)
        finally:
            connection.close()

    def saet(_om: object) -> bytes:
        with ThreadPoolExecutor(1) as en_anden:
            en_anden.submit(fortryd).result()
        time.sleep(60)
        return b""

    notatjob.brug(SLAGS, saet, lambda _pdf: ())
    start = time.monotonic()
    koer(job.id)
    assert time.monotonic() - start < 30
    with som_systemet("the test looks"):
        assert Job.objects.get(pk=job.id).status == JobStatus.ANNULLERET


def test_note_that_is_set_from_the_database_is_refused() -> None:
    jobtype(SLAGS, koe="rapport")(lav)
    job = bestil(type_=SLAGS, parametre={}, aktoer=fabrik.sekretariat())
    notatjob.brug(SLAGS, lambda _om: str(Job.objects.count()).encode(), lambda _pdf: ())
    with pytest.raises(RuntimeError, match="langt trin"):
        koer(job.id)
    with som_systemet("the test looks"):
        assert Job.objects.get(pk=job.id).status == JobStatus.FEJLET
