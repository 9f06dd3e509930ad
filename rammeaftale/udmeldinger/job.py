"""The job that makes the joint report on a call."""

from typing import Any

from faelles import notatjob
from faelles.job import Fremdrift, jobtype
from faelles.tid import idag
from rammeaftale.models import Udmelding, Udmeldingsrapport, Udmeldingsrapportfil
from rammeaftale.udmeldinger.queries import Svaroversigt, Udmeldingsvisning, svaroversigt, vis

JOBTYPE = "udmeldingsrapport"


@jobtype(JOBTYPE, koe="rapport")
def lav_rapport(fremdrift: Fremdrift, parametre: dict[str, Any]) -> None:
    """Make the PDF of what is answered now and store it. Raises Konflikt as `notatjob.lav`."""
    rapport = Udmeldingsrapport.objects.get(pk=parametre["rapport_id"])
    pdf = notatjob.lav(fremdrift, JOBTYPE, (rapport, *laes(rapport)))
    with fremdrift.afslutning():
        Udmeldingsrapportfil.objects.create(rapport=rapport, **notatjob.som_fil(pdf))


def laes(rapport: Udmeldingsrapport) -> tuple[Udmeldingsvisning, Svaroversigt]:
    """Everything the report says, of one instant; of the counts only what everybody may see."""
    with notatjob.et_oejeblik():
        udmeldinger = Udmelding.objects.select_related("aftale__kkr__sekretariat").filter(pk=rapport.udmelding_id)
        udmelding = udmeldinger.get()
        (visning,) = vis(udmelding.aftale, udmeldinger, idag())
        return visning, svaroversigt(None, udmelding, idag())
