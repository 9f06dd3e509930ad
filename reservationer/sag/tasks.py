"""Celery's side of cases: a worker that imports this can make the agreements. The jobs themselves are run by faelles.tasks."""

from celery import shared_task

from faelles import notatjob
from faelles.dokument.tjek import tjek_pdf
from reservationer.sag.actions import udloeb_reservationer
from reservationer.sag.aftaler import dokument
from reservationer.sag.aftaler.breve import send_aftalebreve
from reservationer.sag.aftaler.job import JOBTYPE
from reservationer.sag.aftaler.takstfoelger import foelg_takster
from reservationer.sag.anonymisering import anonymiser_ophold
from reservationer.sag.forespoergsler.actions import eskaler_ubesvarede
from reservationer.sag.forespoergsler.eskalering import send_eskaleringer
from reservationer.sag.forespoergsler.pladstilbud import udloeb_pladstilbud
from reservationer.sag.ophold.akut import stil_ure
from reservationer.sag.takstbeskeder.breve import send_takstbeskeder

notatjob.brug(JOBTYPE, dokument.saet, tjek_pdf)


@shared_task(name="sag.udloeb_reservationer")
def udloeb() -> None:
    """End the holds that have run out, and the offers of a place."""
    udloeb_reservationer()
    udloeb_pladstilbud()


@shared_task(name="sag.anonymiser_ophold")
def anonymiser() -> None:
    """Anonymise the stays whose time has come."""
    anonymiser_ophold()


@shared_task(name="sag.stil_akutte_ure")
def stil_akutte_ure() -> None:
    """Begin and stop the clocks of stays whose approval lapsed, or came, today."""
    stil_ure()


@shared_task(name="sag.eskaler_ubesvarede")
def eskaler() -> None:
    """Escalate the enquiries nobody has answered in time, and mail the operators."""
    eskaler_ubesvarede()
    send_eskaleringer()


@shared_task(name="sag.send_aftalebreve")
def send_breve_om_aftaler() -> None:
    """Mail the parties what has been decided about their agreements."""
    send_aftalebreve()


@shared_task(name="sag.send_takstbeskeder")
def send_beskeder_om_takster() -> None:
    """Mail a changed takst to the municipalities that pay it and have not been told."""
    send_takstbeskeder()


@shared_task(name="sag.foelg_takster")
def lad_priser_foelge_takster() -> None:
    """Let the prices that follow a takst published anew follow it."""
    foelg_takster()
