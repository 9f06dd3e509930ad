"""The secretariat's panel of reports: the latest ones, and a button for a new one."""

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.startside import Panel, panel
from rammeaftale.models import Rammeaftale
from rammeaftale.rapporter.models import Rapport
from rammeaftale.rapporter.register import RAMMEAFTALE

SENESTE = 5


@panel(40)
def rapporter(aktoer: Aktoer) -> Panel | None:
    """For those who may order reports."""
    if not aktoer.maa(Rettighed.RAPPORTER_BESTIL) or aktoer.funktion is not Funktion.SEKRETARIAT:
        return None
    seneste = Rapport.objects.synlige_for(aktoer).select_related("job", "version__aftale")[:SENESTE]
    return Panel(
        "rapporter/panel.html",
        {
            "rapporter": list(seneste),
            "aftaler": list(Rammeaftale.objects.filter(kkr__sekretariat=aktoer.organisation_id)),
            "rapporttype": RAMMEAFTALE,
        },
    )
