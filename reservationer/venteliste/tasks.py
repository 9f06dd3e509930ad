"""Celery's side of waiting lists."""

from celery import shared_task

from reservationer.venteliste import eskalering


@shared_task(name="venteliste.eskaler")
def eskaler() -> None:
    """Tell the municipalities of those who have waited too long."""
    eskalering.eskaler()
