"""How far what is shown of a department can be relied on: its freshness, lowered by open reports of errors. Pure."""

from dataclasses import dataclass
from enum import IntEnum

from faelles.dokument.tal import tal
from tilbud.friskhed import Friskhed


class Tillid(IntEnum):
    """The badge, best first."""

    HOEJ = 0
    NEDSAT = 1
    LAV = 2

    @property
    def navn(self) -> str:
        """What the badge says."""
        return ("Bekræftet", "Nedsat tillid", "Lav tillid")[self]


@dataclass(frozen=True, slots=True)
class Fejltal:
    """The open reports about an offer, and how many of them are past their deadline. Everybody may know the numbers."""

    aabne: int = 0
    overskredne: int = 0

    def __str__(self) -> str:
        """In words; nothing without any."""
        if not self.aabne:
            return ""
        aabne = f"{tal(self.aabne)} {'åben fejlmelding' if self.aabne == 1 else 'åbne fejlmeldinger'}"
        return f"{aabne}, {tal(self.overskredne)} over fristen" if self.overskredne else aabne


INGEN_FEJL = Fejltal()


def tillid(friskhed: Friskhed, fejl: Fejltal) -> Tillid:
    """Freshness decides where one begins; an open report is one step down, and one nobody has answered in time two."""
    skridt = friskhed.rang + (2 if fejl.overskredne else 1 if fejl.aabne else 0)
    return Tillid(min(skridt, Tillid.LAV))
