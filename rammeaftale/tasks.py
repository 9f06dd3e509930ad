"""Celery's side of the agreements."""

from celery import shared_task

from faelles import notatjob
from faelles.dokument.tjek import tjek_pdf
from rammeaftale import actions
from rammeaftale.aarshjul.paamindelse import send_paamindelser
from rammeaftale.hoering import job, notat
from rammeaftale.hoering.breve import bestil_paamindelser, send_links
from rammeaftale.udmeldinger import job as rapportjob
from rammeaftale.udmeldinger import rapport

notatjob.brug(job.JOBTYPE, notat.saet, tjek_pdf)
notatjob.brug(rapportjob.JOBTYPE, rapport.saet, tjek_pdf)


@shared_task(name="rammeaftale.paamind_aarshjul")
def paamind_aarshjul() -> None:
    """Remind those who owe a step of the wheel."""
    send_paamindelser()


@shared_task(name="rammeaftale.send_hoeringslinks")
def send_hoeringslinks() -> None:
    """Mail the links of hearings that wait to be mailed."""
    send_links()


@shared_task(name="rammeaftale.paamind_hoeringer")
def paamind_hoeringer() -> None:
    """Order a reminder for those who have not answered a hearing."""
    bestil_paamindelser()


@shared_task(name="rammeaftale.vedtag_enstemmige")
def vedtag_enstemmige() -> None:
    """Adopt the agreements all parties of the new day have approved."""
    actions.vedtag_enstemmige()
