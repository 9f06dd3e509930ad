"""The start page: who has waited longer than the term, for the municipality whose duty it is."""

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.startside import Panel, panel
from kommuner.adgang import log_laesning
from reservationer.venteliste import queries
from reservationer.venteliste.begreber import ANSVAR

FLEST = 25  # the list has them all


@panel(17)
def for_laenge(aktoer: Aktoer) -> Panel | None:
    """Needs that have waited past the term, the longest first; none, nothing is shown."""
    if aktoer.funktion is not Funktion.MYNDIGHED or not aktoer.maa(Rettighed.RESERVATIONER_LAES):
        return None
    fundne = list(queries.for_laenge(aktoer)[: FLEST + 1])
    if not fundne:
        return None
    viste = fundne[:FLEST]
    log_laesning(aktoer, "ventelistepost", queries.laeste(viste))
    return Panel("venteliste/_panel.html", {"poster": viste, "flere": len(fundne) > FLEST, "ansvar": ANSVAR})
