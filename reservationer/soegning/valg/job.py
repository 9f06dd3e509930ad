"""The job that makes the note of a choice."""

import hashlib
from typing import Any
from uuid import UUID

from faelles.job import Fremdrift, jobtype
from faelles.scope import som_systemet
from reservationer.soegning import notatjob
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
        Valgnotat.objects.create(valget=valget, pdf=pdf, sha256=hashlib.sha256(pdf).hexdigest())
