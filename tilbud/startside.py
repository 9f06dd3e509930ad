"""The start page: places to confirm, imports that wait for a second person, and reports of errors."""

from datetime import timedelta

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.brevslags import altid
from faelles.startside import Panel, panel
from faelles.tid import idag, nu
from tilbud.bekraeftelser.queries import afdelingsstande
from tilbud.fejlmeldinger import queries as fejl
from tilbud.registerimport.queries import til_godkendelse

FEJL_HOEJST = 5
SVAR_I = timedelta(days=14)  # how long an answer stands on the start page

altid("Pladser skal bekræftes", Rettighed.PLADSER_BEKRAEFT, Funktion.DRIFTSHERRE)


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


@panel(30)
def fejlmeldinger(aktoer: Aktoer) -> Panel | None:
    """What the operator or the secretariat has to answer, and what one's own organisation has been answered lately; nothing, then no panel."""
    if not aktoer.maa(Rettighed.FEJLMELDINGER_LAES):
        return None
    venter, svar = fejl.til_startsiden(aktoer, idag() - SVAR_I, FEJL_HOEJST)
    data = {"til_svar": venter, "besvarede": svar, "idag": idag()}
    return Panel("tilbud/fejlmeldinger/_panel.html", data) if venter or svar else None


@panel(30)
def fejl_over_fristen(aktoer: Aktoer) -> Panel | None:
    """The secretariat's: what operators where it works have not answered in time. No panel when there is nothing."""
    if aktoer.funktion is not Funktion.SEKRETARIAT or not aktoer.maa(Rettighed.FEJLMELDINGER_LAES):
        return None
    fundne = fejl.overskredne(idag(), aktoer)
    if not (antal := fundne.count()):
        return None
    return Panel("tilbud/fejlmeldinger/_panel_overskredne.html", {"overskredne": fundne[:FEJL_HOEJST], "antal": antal})
