"""Celery's side of the search: a worker that imports this can make the notes. The jobs themselves are run by faelles.tasks."""

from celery import shared_task

from faelles import notatjob
from faelles.dokument.tjek import tjek_pdf
from reservationer.soegning.fritvalg import job as fritvalgsjob
from reservationer.soegning.fritvalg import notat as fritvalgsnotat
from reservationer.soegning.gemte.actions import proev_alle
from reservationer.soegning.valg import job as valgjob
from reservationer.soegning.valg import notat as valgnotat

notatjob.brug(fritvalgsjob.JOBTYPE, fritvalgsnotat.saet, tjek_pdf)
notatjob.brug(valgjob.JOBTYPE, valgnotat.saet, tjek_pdf)


@shared_task(name="soegning.proev_gemte")
def proev_gemte() -> None:
    """Try the saved searches again."""
    proev_alle()
