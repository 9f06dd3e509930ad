"""The start page: what fits the case worker's saved searches, and the secretariat's way to what the municipalities lack."""

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.startside import Panel, panel
from reservationer.soegning.gemte.queries import nye_fund

ANTAL = 5


@panel(40)
def behov(aktoer: Aktoer) -> Panel | None:
    """Where the counts of unmet needs are."""
    if aktoer.funktion is not Funktion.SEKRETARIAT or not aktoer.maa(Rettighed.RAMMEAFTALER_LAES):
        return None
    return Panel("soegning/behov/_panel_tal.html", {})


@panel(15)
def fund(aktoer: Aktoer) -> Panel | None:
    """What has begun to fit a saved search; nothing when there is nothing new."""
    if aktoer.funktion is not Funktion.MYNDIGHED or not aktoer.maa(Rettighed.TILBUD_LAES):
        return None
    nye = list(nye_fund(aktoer)[: ANTAL + 1])
    kontekst = {"fund": nye[:ANTAL], "flere": len(nye) > ANTAL}
    return Panel("soegning/gemte/_panel_fund.html", kontekst) if nye else None
