"""The job that makes the note on a hearing."""

from datetime import date
from typing import Any

from faelles import notatjob
from faelles.job import Fremdrift, jobtype
from rammeaftale.hoering.queries import Hoeringsvisning, vis
from rammeaftale.models import Hoeringsnotat, Hoeringsnotatfil

JOBTYPE = "hoeringsnotat"


@jobtype(JOBTYPE, koe="rapport")
def lav_notat(fremdrift: Fremdrift, parametre: dict[str, Any]) -> None:
    """Make the PDF and store it. Raises Konflikt as `notatjob.lav`."""
    notat = Hoeringsnotat.objects.get(pk=parametre["notat_id"])
    pdf = notatjob.lav(fremdrift, JOBTYPE, (notat, laes(notat, date.fromisoformat(parametre["frist"]))))
    with fremdrift.afslutning():
        Hoeringsnotatfil.objects.create(notat=notat, **notatjob.som_fil(pdf))


def laes(notat: Hoeringsnotat, frist: date) -> Hoeringsvisning:
    """Everything the note says, as it was when it was ordered, however late it is made; the deadline, which may have been extended, was
    ordered with it.
    """
    with notatjob.et_oejeblik():
        return laes_da(notat, frist)


def laes_da(notat: Hoeringsnotat, frist: date) -> Hoeringsvisning:
    """As `laes`, in the caller's transaction."""
    fundet = Hoeringsnotat.objects.select_related("hoering__version__aftale__kkr__sekretariat").get(pk=notat.pk)
    fundet.hoering.frist = frist
    return vis(fundet.hoering, fundet.bestilt)
