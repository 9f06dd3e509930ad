"""Celery's side of the reports: a worker that imports this can make them. The job itself is run by faelles.tasks."""

from rammeaftale.rapporter.fremstilling import Pdffremstiller
from rammeaftale.rapporter.rammeaftalen import dokument
from rammeaftale.rapporter.register import RAMMEAFTALE, brug_fremstiller

brug_fremstiller(RAMMEAFTALE, Pdffremstiller(tegninger=dokument.tegn, dokument=dokument.dokument))
