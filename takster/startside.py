"""The start page: calculations that wait for a second person."""

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.startside import Panel, panel
from takster.fastsaettelse.queries import til_godkendelse


@panel(6)
def godkend_takster(aktoer: Aktoer) -> Panel | None:
    """Somebody else's calculations; nothing waits, nothing is shown."""
    if aktoer.funktion is not Funktion.DRIFTSHERRE or not aktoer.maa(Rettighed.TAKSTER_SKRIV):
        return None
    venter = list(til_godkendelse(aktoer))
    return Panel("takster/_panel_godkend.html", {"venter": venter}) if venter else None
