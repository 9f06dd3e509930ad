"""Who owes knowledge to whom, and who has had it (rules-rammeaftale § 6): pure rules.

An offer on level 1 owes it to all the other municipalities, one on level 2 to those it is shared with in a cluster, and one on
level 3 to nobody. The duty is the operator's, who owes itself nothing.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

ALLE, KLYNGEN = 1, 2


class Videnform(StrEnum):
    """How knowledge is passed on."""

    RAADGIVNING = "raadgivning"
    KURSUS = "kursus"
    NETVAERK = "netvaerk"
    BESOEG = "besoeg"
    MATERIALE = "materiale"


VIDENFORM_NAVN: Mapping[Videnform, str] = {
    Videnform.RAADGIVNING: "Rådgivning",
    Videnform.KURSUS: "Kursus eller temadag",
    Videnform.NETVAERK: "Netværk",
    Videnform.BESOEG: "Besøg eller praktik",
    Videnform.MATERIALE: "Materiale",
}


@dataclass(frozen=True, slots=True)
class Tilbudspligt:
    """What is needed to say whom an offer owes knowledge. `klynge`: the organisations of the municipalities it is shared with."""

    tilbud: UUID
    driftsherre: UUID
    niveau: int
    klynge: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Deling:
    """Knowledge an offer has passed on to some organisations on a day."""

    tilbud: UUID
    dato: date
    modtagere: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Opgoerelse:
    """An offer's duty and what was done about it: who has had something, who has not, and when it was last."""

    tilbud: UUID
    skyldes: frozenset[UUID]
    faaet: frozenset[UUID]
    gange: int
    sidst: date | None

    @property
    def mangler(self) -> frozenset[UUID]:
        """Those who have had nothing."""
        return self.skyldes - self.faaet


def skyldes(pligt: Tilbudspligt, kommuner: Collection[UUID]) -> frozenset[UUID]:
    """To whom the offer owes knowledge. `kommuner`: the organisations of the agreement's municipalities on the day."""
    modtagere = {ALLE: frozenset(kommuner), KLYNGEN: pligt.klynge & frozenset(kommuner)}
    return modtagere.get(pligt.niveau, frozenset()) - {pligt.driftsherre}


def opgoer(
    pligter: Iterable[Tilbudspligt], delinger: Iterable[Deling], kommuner: Collection[UUID]
) -> Sequence[Opgoerelse]:
    """Each offer that owes somebody something, in the order given; what was passed on to others counts as a time, not as a debt paid."""
    ved_tilbud: dict[UUID, list[Deling]] = {}
    for deling in delinger:
        ved_tilbud.setdefault(deling.tilbud, []).append(deling)
    fundne = []
    for pligt in pligter:
        til = skyldes(pligt, kommuner)
        gjort = ved_tilbud.get(pligt.tilbud, [])
        if til:
            faaet = til & frozenset[UUID]().union(*(d.modtagere for d in gjort))
            sidst = max((d.dato for d in gjort), default=None)
            fundne.append(Opgoerelse(pligt.tilbud, til, faaet, len(gjort), sidst))
    return fundne
