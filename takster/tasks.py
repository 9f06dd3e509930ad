"""Celery's side of the takster."""

from celery import shared_task

from takster.frister.paamindelse import send_paamindelser


@shared_task(name="takster.send_paamindelser")
def send_takstpaamindelser() -> None:
    """Mail the reminders of a year's takster that wait."""
    send_paamindelser()
