"""Celery's side of the reports: a worker that imports this can make them. The job itself is run by faelles.tasks."""

import logging
from uuid import UUID

from celery import shared_task
from kombu.exceptions import OperationalError

from faelles.job import koe
from faelles.tid import idag
from rammeaftale.rapporter import filer, kapitler
from rammeaftale.rapporter.fremstilling import Pdffremstiller
from rammeaftale.rapporter.job import JOBTYPE
from rammeaftale.rapporter.kapacitet import dokument as kapacitetsdokument
from rammeaftale.rapporter.kommunen import dokument as kommunedokument
from rammeaftale.rapporter.planer.actions import bestil_forfaldne
from rammeaftale.rapporter.rammeaftalen import dokument
from rammeaftale.rapporter.register import (
    KAPACITET,
    KOMMUNE,
    RAMMEAFTALE,
    STYRINGSDEL,
    TAKSTANALYSE,
    TILBUDSLISTE,
    UDVIKLINGSDEL,
    brug_fremstiller,
)
from rammeaftale.rapporter.styringsdel import dokument as styringsdel
from rammeaftale.rapporter.takstanalyse import dokument as takstanalysedokument
from rammeaftale.rapporter.tilbudsliste import dokument as tilbudslistedokument
from rammeaftale.rapporter.udviklingsdel import dokument as udviklingsdel

log = logging.getLogger(__name__)

brug_fremstiller(RAMMEAFTALE, Pdffremstiller(tegninger=dokument.tegn, dokument=dokument.dokument))
brug_fremstiller(
    TAKSTANALYSE, Pdffremstiller(tegninger=takstanalysedokument.tegn, dokument=takstanalysedokument.dokument)
)
brug_fremstiller(KAPACITET, Pdffremstiller(tegninger=kapacitetsdokument.tegn, dokument=kapacitetsdokument.dokument))
brug_fremstiller(
    TILBUDSLISTE, Pdffremstiller(tegninger=tilbudslistedokument.tegn, dokument=tilbudslistedokument.dokument)
)
brug_fremstiller(KOMMUNE, Pdffremstiller(tegninger=kommunedokument.tegn, dokument=kommunedokument.dokument))
brug_fremstiller(STYRINGSDEL, Pdffremstiller(tegninger=styringsdel.tegn, dokument=styringsdel.dokument))
brug_fremstiller(UDVIKLINGSDEL, Pdffremstiller(tegninger=udviklingsdel.tegn, dokument=udviklingsdel.dokument))


@shared_task(name="rapporter.saet_kapitel")
def saet_kapitel(rapport_id: str, forsoeg: int) -> None:
    """Help a report that is being made."""
    kapitler.hjaelp(UUID(rapport_id), forsoeg)


@shared_task(name="rapporter.ryd_kapitler")
def ryd_kapitler() -> None:
    """Forget chapters nobody needs."""
    kapitler.ryd()


@shared_task(name="rapporter.bestil_faste")
def bestil_faste() -> None:
    """Order the reports whose day it is."""
    bestil_forfaldne(idag())


@shared_task(name="rapporter.ryd_filer")
def ryd_filer() -> None:
    """Delete PDFs no report knows."""
    filer.ryd()


@kapitler.brug_hjaelp
def kald_hjaelp(rapport_id: UUID, forsoeg: int) -> None:
    """Ask whatever worker is free; without a queue the report's own worker sets the chapters alone."""
    try:
        saet_kapitel.apply_async((str(rapport_id), forsoeg), queue=koe(JOBTYPE))
    except OperationalError:
        log.warning("hjaelp_ikke_kaldt", extra={"rapport": str(rapport_id)})
