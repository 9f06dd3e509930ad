"""The start page: calculations that wait for a second person, takster that final terms change, and how far those of the nearest deadline are."""

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.brevslags import altid
from faelles.startside import Panel, panel
from faelles.tid import idag
from takster.fastsaettelse.queries import til_godkendelse
from takster.frister.queries import aktuel, eget_kkr, i_omraadet, stader
from takster.frister.regler import Stade, frist_i_ord
from takster.genberegning.queries import aabne
from takster.models import Finansiering, Prisblad

altid("Takster mangler før fristen", Rettighed.TAKSTER_SKRIV, Funktion.DRIFTSHERRE)


@panel(6)
def godkend_takster(aktoer: Aktoer) -> Panel | None:
    """Somebody else's calculations and prices; nothing waits, nothing is shown."""
    if aktoer.funktion is not Funktion.DRIFTSHERRE or not aktoer.maa(Rettighed.TAKSTER_SKRIV):
        return None
    fundne = {
        "venter": list(til_godkendelse(aktoer)),
        "priser": list(Prisblad.objects.til_godkendelse(aktoer).select_related("tilbud")),
        "finansieringer": list(Finansiering.objects.til_godkendelse(aktoer)),
    }
    return Panel("takster/_panel_godkend.html", fundne) if any(fundne.values()) else None


@panel(7)
def takster_efter_endelige_vilkaar(aktoer: Aktoer) -> Panel | None:
    """Takster made with preliminary terms that the final ones change; none, nothing is shown."""
    if aktoer.funktion is not Funktion.DRIFTSHERRE or not aktoer.maa(Rettighed.TAKSTER_SKRIV):
        return None
    fundne = aabne(aktoer)
    return Panel("takster/_panel_endelige.html", {"genberegninger": fundne}) if fundne else None


@panel(32)
def takstfrist(aktoer: Aktoer) -> Panel | None:
    """What is published and what lacks, for the secretariat; nothing when no takst is due."""
    if aktoer.funktion is not Funktion.SEKRETARIAT or not aktoer.maa(Rettighed.AFTALER_SKRIV):
        return None
    kkr, dag = eget_kkr(aktoer), idag()
    aar, frist = aktuel(kkr.pk, dag)
    alle = [et for et in stader(aktoer, i_omraadet(kkr, aar), aar) if et.stade is not None]
    if not alle:
        return None
    mangler = [et for et in alle if et.stade is not Stade.OFFENTLIGGJORT]
    data = {
        "aar": aar,
        "frist": frist,
        "om": frist_i_ord(frist.dag, dag) if frist.dag else "",
        "i_alt": len(alle),
        "offentliggjorte": len(alle) - len(mangler),
        "bagud": len({et.driftsherre_id for et in mangler}),
    }
    return Panel("takster/frister/_panel.html", data)
