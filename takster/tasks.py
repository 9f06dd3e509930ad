"""Celery's side of the takster."""

from celery import shared_task

from faelles import notatjob
from faelles.dokument.tjek import tjek_pdf
from takster.dokumenter import dokumentation, job, takstliste
from takster.frister.paamindelse import send_paamindelser
from takster.genberegning.actions import genberegn_ventende

notatjob.brug(job.DOKUMENTATION, dokumentation.saet, tjek_pdf)
notatjob.brug(job.TAKSTLISTE, takstliste.saet, tjek_pdf)


@shared_task(name="takster.send_paamindelser")
def send_takstpaamindelser() -> None:
    """Mail the reminders of a year's takster that wait."""
    send_paamindelser()


@shared_task(name="takster.genberegn")
def genberegn_takster() -> None:
    """Compute again what was made with preliminary terms, where final ones govern now."""
    genberegn_ventende()
