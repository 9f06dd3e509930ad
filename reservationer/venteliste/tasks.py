"""Celery's side of waiting lists."""

from celery import shared_task

from reservationer.venteliste import eskalering
from reservationer.venteliste.anonymisering import anonymiser_forespoergsler


@shared_task(name="venteliste.eskaler")
def eskaler() -> None:
    """Tell the municipalities of those who have waited too long."""
    eskalering.eskaler()


@shared_task(name="venteliste.anonymiser_forespoergsler")
def anonymiser() -> None:
    """Anonymise the enquiries whose time has come."""
    anonymiser_forespoergsler()
