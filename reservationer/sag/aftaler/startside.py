"""The start page: which of agreement and stay is left to end when the other has."""

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.startside import Panel, panel
from faelles.tid import idag
from kommuner.adgang import log_laesning
from reservationer.sag.aftaler import queries
from reservationer.sag.aftaler.tilbage import tilbage

FLEST = 25  # the case's page has them all


@panel(19)
def mangler_slut(aktoer: Aktoer) -> Panel | None:
    """What is left to end, the oldest first; none, nothing is shown."""
    parter = {Funktion.MYNDIGHED, Funktion.DRIFTSHERRE}
    if aktoer.funktion not in parter or not aktoer.maa(Rettighed.RESERVATIONER_LAES):
        return None
    fundne = list(tilbage(aktoer, idag())[: FLEST + 1])
    if not fundne:
        return None
    viste = fundne[:FLEST]
    log_laesning(aktoer, "placeringsaftale", queries.laeste(viste))
    om = {"koeber": aktoer.funktion is Funktion.MYNDIGHED, "flere": len(fundne) > FLEST}
    return Panel("aftaler/_panel_tilbage.html", {"aftaler": viste, **om})
