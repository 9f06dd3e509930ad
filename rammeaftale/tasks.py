"""Celery's side of the agreements."""

from celery import shared_task

from rammeaftale.aarshjul.paamindelse import send_paamindelser


@shared_task(name="rammeaftale.paamind_aarshjul")
def paamind_aarshjul() -> None:
    """Remind those who owe a step of the wheel."""
    send_paamindelser()
