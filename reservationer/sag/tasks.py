"""Celery's side of cases."""

from celery import shared_task

from reservationer.sag.actions import anonymiser_ophold, udloeb_reservationer
from reservationer.sag.forespoergsler.actions import eskaler_ubesvarede


@shared_task(name="sag.udloeb_reservationer")
def udloeb() -> None:
    """End the holds that have run out."""
    udloeb_reservationer()


@shared_task(name="sag.anonymiser_ophold")
def anonymiser() -> None:
    """Anonymise the stays whose time has come."""
    anonymiser_ophold()


@shared_task(name="sag.eskaler_ubesvarede")
def eskaler() -> None:
    """Escalate the enquiries nobody has answered in time."""
    eskaler_ubesvarede()
