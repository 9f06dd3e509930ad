"""The job that makes the note of a choice."""

from typing import Any
from uuid import UUID

from faelles import notatjob
from faelles.job import Fremdrift, jobtype
from faelles.scope import som_systemet
from reservationer.soegning.models import Tilbudsvalg, Valgnotat

JOBTYPE = "valgnotat"
NOTAT = "the note of a choice is made by the platform, whoever ordered it"


@jobtype(JOBTYPE, koe="rapport")
def lav_notat(fremdrift: Fremdrift, parametre: dict[str, Any]) -> None:
    """Make the PDF of a choice and store it. Raises Konflikt as `notatjob.lav`."""
    with som_systemet(NOTAT):
        valget = Tilbudsvalg.objects.for_systemet(NOTAT).get(pk=UUID(parametre["valg_id"]))
    pdf = notatjob.lav(fremdrift, JOBTYPE, valget)
    with fremdrift.afslutning(), som_systemet(NOTAT):
        Valgnotat.objects.create(valget=valget, **notatjob.som_fil(pdf))
