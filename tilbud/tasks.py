"""Celery's side of the register."""

from celery import shared_task

from tilbud.bekraeftelser.paamindelse import send_paamindelser


@shared_task(name="tilbud.paamind_bekraeftelser")
def paamind_bekraeftelser() -> None:
    """Remind operators of confirmations that are due."""
    send_paamindelser()
