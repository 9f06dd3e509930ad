"""The job that makes the note on a hearing."""

from typing import Any

from faelles import notatjob
from faelles.job import Fremdrift, jobtype
from rammeaftale.hoering.queries import Hoeringsvisning, vis
from rammeaftale.models import Hoeringsnotat, Hoeringsnotatfil

JOBTYPE = "hoeringsnotat"


@jobtype(JOBTYPE, koe="rapport")
def lav_notat(fremdrift: Fremdrift, parametre: dict[str, Any]) -> None:
    """Make the PDF of what is known now and store it. Raises Konflikt as `notatjob.lav`."""
    notat = Hoeringsnotat.objects.get(pk=parametre["notat_id"])
    pdf = notatjob.lav(fremdrift, JOBTYPE, (notat, _laes(notat)))
    with fremdrift.afslutning():
        Hoeringsnotatfil.objects.create(notat=notat, **notatjob.som_fil(pdf))


def _laes(notat: Hoeringsnotat) -> Hoeringsvisning:
    """Everything the note says, of one instant."""
    with notatjob.et_oejeblik():
        fundet = Hoeringsnotat.objects.select_related("hoering__version__aftale__kkr__sekretariat").get(pk=notat.pk)
        return vis(fundet.hoering)
