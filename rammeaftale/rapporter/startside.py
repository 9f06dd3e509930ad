"""The secretariat's panels: how its area does against the agreement, the latest reports, and a button for a new one."""

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.startside import Panel, panel
from faelles.tid import idag
from kommuner.models import Kkr
from rammeaftale.rapporter.bestilling import bestilling
from rammeaftale.rapporter.models import Rapport
from rammeaftale.rapporter.omraadetal import omraadetal

SENESTE = 5


@panel(40)
def rapporter(aktoer: Aktoer) -> Panel | None:
    """For those who may order reports."""
    if not aktoer.maa(Rettighed.RAPPORTER_BESTIL) or aktoer.funktion is not Funktion.SEKRETARIAT:
        return None
    seneste = Rapport.objects.synlige_for(aktoer).select_related("job", "version__aftale", "kommune")[:SENESTE]
    return Panel(
        "rapporter/panel.html",
        {"rapporter": list(seneste), **bestilling(aktoer)},
    )


@panel(31)
def omraadets_tal(aktoer: Aktoer) -> Panel | None:
    """The area against the agreement, for the secretariat that leads it."""
    if aktoer.funktion is not Funktion.SEKRETARIAT or not aktoer.maa(Rettighed.RAMMEAFTALER_LAES):
        return None
    kkr = Kkr.objects.filter(sekretariat=aktoer.organisation_id).first()
    if kkr is None:
        return None
    tal = omraadetal(kkr, idag())
    return Panel("rapporter/panel_omraadetal.html", {"tal": tal, "rapporter": aktoer.maa(Rettighed.RAPPORTER_LAES)})
