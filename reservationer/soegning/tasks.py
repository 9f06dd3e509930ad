"""Celery's side of the search."""

from celery import shared_task

from reservationer.soegning.gemte.actions import proev_alle


@shared_task(name="soegning.proev_gemte")
def proev_gemte() -> None:
    """Try the saved searches again."""
    proev_alle()
