"""Start page: agreements under approval for the secretariat, the agreements in a line each for everybody else."""

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.startside import Panel, panel
from faelles.tid import idag
from rammeaftale.models import Rammeaftale
from rammeaftale.tavle import vis_alle


@panel(30)
def aftaler(aktoer: Aktoer) -> Panel | None:
    """The actor's agreements; the secretariat sees what is missing, others where they stand."""
    if not aktoer.maa(Rettighed.RAMMEAFTALER_LAES):
        return None
    sekretariat = aktoer.funktion is Funktion.SEKRETARIAT
    visninger = vis_alle(list(Rammeaftale.objects.synlige_for(aktoer).select_related("kkr")), idag())
    if not visninger and not sekretariat:
        return None
    return Panel("rammeaftale/panel.html", {"visninger": visninger, "sekretariat": sekretariat})
