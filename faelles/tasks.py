"""Celery's side of the kernel: nudges only; the rows decide."""

from datetime import timedelta
from uuid import UUID

from celery import shared_task
from django.conf import settings

from faelles import haendelser, idempotens, job


@shared_task(name="faelles.koer_job")
def koer_job(job_id: str) -> None:
    """Run one job."""
    job.koer(UUID(job_id))


@shared_task(name="faelles.fej_job")
def fej_job() -> None:
    """Restart jobs whose worker died."""
    job.fej()


@shared_task(name="faelles.nummerer_haendelser")
def nummerer_haendelser() -> None:
    """Give new events their numbers."""
    haendelser.nummerer()


@shared_task(name="faelles.ryd_idempotensnoegler")
def ryd_idempotensnoegler() -> None:
    """Forget answers no client can ask for again."""
    idempotens.ryd(timedelta(days=settings.IDEMPOTENS_DAGE))


@job.brug_afsender
def send_job(job_id: UUID, koe: str) -> None:
    """Nudge a worker of the right queue."""
    koer_job.apply_async((str(job_id),), queue=koe)
