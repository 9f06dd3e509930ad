"""Celery's side of the search: a worker that imports this can make notes on free choice. The job itself is run by faelles.tasks."""

from celery import shared_task

from faelles.dokument.tjek import tjek_pdf
from reservationer.soegning.fritvalg import job, notat
from reservationer.soegning.gemte.actions import proev_alle

job.brug(notat.saet, tjek_pdf)


@shared_task(name="soegning.proev_gemte")
def proev_gemte() -> None:
    """Try the saved searches again."""
    proev_alle()
