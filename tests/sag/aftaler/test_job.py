"""The job that makes the document of a placement agreement, as the worker runs it."""

from importlib import import_module

import pytest
from django.db import transaction

from faelles.job import koer
from faelles.models import Job, JobStatus
from faelles.scope import som_systemet
from reservationer.sag.aftaler.job import JOBTYPE
from reservationer.sag.models import Aftaledokument
from tests.sag.aftaler.situationer import aftalt


@pytest.mark.django_db(transaction=True)
def test_job_stores_the_document_once() -> None:
    import_module("reservationer.sag.tasks")  # as the worker does: it says how documents are set
    with transaction.atomic():
        aftale = aftalt()
    with som_systemet("the test looks"):
        job = Job.objects.get(type=JOBTYPE)
    koer(job.id)
    koer(job.id)
    with som_systemet("the test looks"):
        assert Job.objects.get(pk=job.id).status == JobStatus.FAERDIG
        assert bytes(Aftaledokument.objects.for_systemet("the test looks").get(aftale=aftale).pdf).startswith(b"%PDF")
