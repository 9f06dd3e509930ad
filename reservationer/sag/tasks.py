"""Celery's side of cases."""

from celery import shared_task

from reservationer.sag.actions import udloeb_reservationer


@shared_task(name="sag.udloeb_reservationer")
def udloeb() -> None:
    """End the holds that have run out."""
    udloeb_reservationer()
