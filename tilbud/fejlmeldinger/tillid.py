"""How far what is shown of a department can be relied on: its freshness, lowered by open reports of errors. Pure."""

from dataclasses import dataclass
from enum import IntEnum

from tilbud.friskhed import Friskhed


class Tillid(IntEnum):
    """The badge, best first."""

    HOEJ = 0
    NEDSAT = 1
    LAV = 2


@dataclass(frozen=True, slots=True)
class Fejltal:
    """The open reports about an offer, and how many of them are past their deadline. Everybody may know the numbers."""

    aabne: int = 0
    overskredne: int = 0


INGEN_FEJL = Fejltal()


def tillid(friskhed: Friskhed, fejl: Fejltal) -> Tillid:
    """Freshness decides where one begins; an open report is one step down, and one nobody has answered in time two."""
    skridt = friskhed.rang + (2 if fejl.overskredne else 1 if fejl.aabne else 0)
    return Tillid(min(skridt, Tillid.LAV))
