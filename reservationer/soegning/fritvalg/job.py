"""The job that makes the note of a check."""

from typing import Any
from uuid import UUID

from faelles import notatjob
from faelles.job import Fremdrift, jobtype
from faelles.scope import som_systemet
from reservationer.soegning.fritvalg.queries import klausul
from reservationer.soegning.models import Fritvalgsnotat, Fritvalgsproeve

JOBTYPE = "fritvalgsnotat"
NOTAT = "the note of a check is made by the platform, whoever ordered it"


@jobtype(JOBTYPE, koe="rapport")
def lav_notat(fremdrift: Fremdrift, parametre: dict[str, Any]) -> None:
    """Make the PDF of a check and store it. Raises Konflikt as `notatjob.lav`."""
    with som_systemet(NOTAT):
        proeve = Fritvalgsproeve.objects.for_systemet(NOTAT).get(pk=UUID(parametre["proeve_id"]))
    pdf = notatjob.lav(fremdrift, JOBTYPE, (proeve, klausul(proeve)))
    with fremdrift.afslutning(), som_systemet(NOTAT):
        Fritvalgsnotat.objects.create(proeve=proeve, **notatjob.som_fil(pdf))
