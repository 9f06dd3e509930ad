"""Who owns a fact that is shown of an offer, and so answers a report about it. Pure."""

from faelles.aktoer import Funktion
from tilbud.models import Faktum

# What the KKR's secretariat decides (`Rettighed.NIVEAUER_SKRIV`); the rest an operator says of its own offer.
_SEKRETARIATETS = frozenset({Faktum.SPECIALISERING, Faktum.KLYNGER})


def modtager(faktum: Faktum, *, har_sekretariat: bool) -> Funktion:
    """The function that receives a report about the fact, in the KKR the offer lies in.

    Where the KKR has no secretariat it is the operator for every fact: she cannot change a level, but she can say who does,
    and no report is left without anybody to answer it.
    """
    return Funktion.SEKRETARIAT if har_sekretariat and faktum in _SEKRETARIATETS else Funktion.DRIFTSHERRE
