"""The job that makes the joint report on a call."""

from typing import Any

from django.utils.timezone import localtime

from faelles import notatjob
from faelles.job import Fremdrift, jobtype
from rammeaftale.models import Udmelding, Udmeldingsrapport, Udmeldingsrapportfil
from rammeaftale.udmeldinger.queries import Udmeldingsvisning, vis
from rammeaftale.udmeldinger.svarene import Svaroversigt, rapportens_svar

JOBTYPE = "udmeldingsrapport"


@jobtype(JOBTYPE, koe="rapport")
def lav_rapport(fremdrift: Fremdrift, parametre: dict[str, Any]) -> None:
    """Make the PDF and store it. Raises Konflikt as `notatjob.lav`."""
    rapport = Udmeldingsrapport.objects.get(pk=parametre["rapport_id"])
    pdf = notatjob.lav(fremdrift, JOBTYPE, (rapport, *laes(rapport)))
    with fremdrift.afslutning():
        Udmeldingsrapportfil.objects.create(rapport=rapport, **notatjob.som_fil(pdf))


def laes(rapport: Udmeldingsrapport) -> tuple[Udmeldingsvisning, Svaroversigt]:
    """Everything the report says, as it was when it was ordered, however late it is made; of the counts only what everybody may see."""
    with notatjob.et_oejeblik():
        return laes_da(rapport)


def laes_da(rapport: Udmeldingsrapport) -> tuple[Udmeldingsvisning, Svaroversigt]:
    """As `laes`, in the caller's transaction."""
    udmeldinger = Udmelding.objects.select_related("aftale__kkr__sekretariat").filter(pk=rapport.udmelding_id)
    rapport.udmelding = udmeldinger.get()
    (visning,) = vis(rapport.udmelding.aftale, udmeldinger, localtime(rapport.bestilt).date(), rapport.bestilt)
    return visning, rapportens_svar(rapport)
