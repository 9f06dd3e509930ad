"""The start page: the operator's departments whose places wait for a confirmation."""

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.startside import Panel, panel
from faelles.tid import idag, nu
from tilbud.queries import forfaldne_afdelinger


@panel(10)
def bekraeft_pladser(aktoer: Aktoer) -> Panel | None:
    """How many are due, and one button for all of them."""
    if aktoer.funktion is not Funktion.DRIFTSHERRE or not aktoer.maa(Rettighed.PLADSER_BEKRAEFT):
        return None
    return Panel("tilbud/_panel_bekraeft.html", {"forfaldne": forfaldne_afdelinger(aktoer, nu(), idag())})
