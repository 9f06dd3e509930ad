"""Celery's side of people, systems and logs."""

from celery import shared_task
from oauth2_provider.models import clear_expired

from kommuner import session
from kommuner.breve.actions import send_morgenbreve
from kommuner.spor import actions


@shared_task(name="kommuner.ryd_tokens")
def ryd_tokens() -> None:
    """Delete tokens that have run out; they stop by themselves, this only keeps the table small."""
    clear_expired()


@shared_task(name="kommuner.ryd_sessioner")
def ryd_sessioner() -> None:
    """Forget log-ins that have ended, with the addresses and browsers they were made from."""
    session.ryd()


@shared_task(name="kommuner.ryd_logge")
def ryd_logge() -> None:
    """Delete what the logs have kept long enough."""
    actions.ryd_logge()


@shared_task(name="kommuner.send_morgenbreve")
def send_breve_om_morgenen() -> None:
    """Mail those who have chosen it what waits for them."""
    send_morgenbreve()
