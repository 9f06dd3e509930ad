"""The start page: the operator's departments whose places wait for a confirmation, and imports that wait for a second person."""

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.startside import Panel, panel
from faelles.tid import nu
from tilbud.bekraeftelser.queries import afdelingsstande
from tilbud.registerimport.queries import til_godkendelse


@panel(10)
def bekraeft_pladser(aktoer: Aktoer) -> Panel | None:
    """How many are due, and one button for all of them."""
    if aktoer.funktion is not Funktion.DRIFTSHERRE or not aktoer.maa(Rettighed.PLADSER_BEKRAEFT):
        return None
    alle = afdelingsstande(aktoer, nu())
    forfaldne = [fundet for fundet in alle if fundet.er_forfalden]
    return Panel("tilbud/bekraeftelser/_panel.html", {"forfaldne": forfaldne, "antal": len(alle)})


@panel(5)
def godkend_importer(aktoer: Aktoer) -> Panel | None:
    """Somebody else's changes of the register; nothing waits, nothing is shown."""
    if aktoer.funktion is not Funktion.DRIFTSHERRE or not aktoer.maa(Rettighed.TILBUD_SKRIV):
        return None
    venter = list(til_godkendelse(aktoer))
    return Panel("tilbud/_panel_import.html", {"venter": venter}) if venter else None
