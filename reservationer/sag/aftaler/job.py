"""The job that makes the document of an agreement."""

from typing import Any
from uuid import UUID

from faelles import notatjob
from faelles.job import Fremdrift, jobtype
from faelles.scope import som_systemet
from reservationer.sag.models import Aftaledokument, Placeringsaftale

JOBTYPE = "placeringsaftale"
DOKUMENT = "the document of an agreement is made by the platform, whoever accepted it last"


@jobtype(JOBTYPE, koe="rapport")
def lav_dokument(fremdrift: Fremdrift, parametre: dict[str, Any]) -> None:
    """Make the PDF of an agreement and store it. Raises Konflikt as `notatjob.lav`."""
    with som_systemet(DOKUMENT):
        aftale = Placeringsaftale.objects.for_systemet(DOKUMENT).get(pk=UUID(parametre["aftale_id"]))
    pdf = notatjob.lav(fremdrift, JOBTYPE, aftale)
    with fremdrift.afslutning(), som_systemet(DOKUMENT):
        Aftaledokument.objects.create(aftale=aftale, **notatjob.som_fil(pdf))
