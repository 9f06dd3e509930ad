"""The start page: who has waited longer than the term, for the municipality whose duty it is; and the operator's lists."""

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.startside import Panel, panel
from faelles.tid import dansk_dag, idag
from kommuner.adgang import log_laesning
from reservationer.venteliste import queries
from reservationer.venteliste.begreber import ANSVAR
from tilbud.models import Tilbud

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


@panel(17)
def hos_os(aktoer: Aktoer) -> Panel | None:
    """The operator's offers that somebody waits for, the longest first, and how many have waited past the term; none, nothing is shown."""
    if aktoer.funktion is not Funktion.DRIFTSHERRE or not aktoer.maa(Rettighed.RESERVATIONER_LAES):
        return None
    fundne = list(queries.ventet_paa(aktoer)[: FLEST + 1])
    if not fundne:
        return None
    om = {"flere": len(fundne) > FLEST, "ansvar": ANSVAR}
    return Panel("venteliste/_panel_tilbud.html", {"raekker": [_raekke(tilbud) for tilbud in fundne[:FLEST]], **om})


def _raekke(tilbud: Tilbud) -> tuple[Tilbud, int, str]:
    talt = vars(tilbud)
    for_laenge = f"{talt['for_laenge']} har ventet for længe" if talt["for_laenge"] else ""
    return tilbud, (idag() - dansk_dag(talt["laengst"])).days, for_laenge
