"""The start page: the secretariat's way to what the municipalities lack."""

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.startside import Panel, panel


@panel(40)
def behov(aktoer: Aktoer) -> Panel | None:
    """Where the counts of unmet needs are."""
    if aktoer.funktion is not Funktion.SEKRETARIAT or not aktoer.maa(Rettighed.RAMMEAFTALER_LAES):
        return None
    return Panel("soegning/behov/_panel_tal.html", {})
