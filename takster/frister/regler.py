"""How far an offer's takst of a year is: told of its parts and of states alone, never of an amount. Pure rules."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from uuid import UUID


class Stade(IntEnum):
    """How far it is; a higher one is farther."""

    IKKE_BEGYNDT = 0
    BUDGET = 1
    BEREGNET = 2
    INDSENDT = 3
    GODKENDT = 4
    OFFENTLIGGJORT = 5


STADE_NAVN: Mapping[Stade, str] = {
    Stade.IKKE_BEGYNDT: "Ikke begyndt",
    Stade.BUDGET: "Budget lagt",
    Stade.BEREGNET: "Beregnet",
    Stade.INDSENDT: "Venter på godkendelse",
    Stade.GODKENDT: "Godkendt",
    Stade.OFFENTLIGGJORT: "Offentliggjort",
}

# What a budget's calculation on its way says; a budget without one has nothing but itself.
STADE_AF_TILSTAND: Mapping[str, Stade] = {
    "kladde": Stade.BEREGNET,
    "indsendt": Stade.INDSENDT,
    "godkendt": Stade.GODKENDT,
}


@dataclass(frozen=True, slots=True)
class Budgetstade:
    """How far a budget is; without `afdeling` or `hjemmel` it is of all of them."""

    afdeling: UUID | None
    hjemmel: str | None
    stade: Stade

    def er_om(self, afdeling: UUID, hjemmel: str) -> bool:
        """Whether the takst of the part comes of it."""
        return self.afdeling in {None, afdeling} and self.hjemmel in {None, hjemmel}


def tilbuddets_stade(
    dele: Iterable[tuple[UUID, str]], prissatte: Collection[tuple[UUID, str]], budgetter: Collection[Budgetstade]
) -> Stade | None:
    """An offer is as far as the part of it that is farthest behind; None when it has no part to put a price on.

    `dele` are department and legal basis, as `fastsaettelse.udgivelse` publishes them, and `prissatte` those with a published
    takst in the year. Of two budgets of the same part the one that is farther counts.
    """
    stader = [
        Stade.OFFENTLIGGJORT
        if del_ in prissatte
        else max((b.stade for b in budgetter if b.er_om(*del_)), default=Stade.IKKE_BEGYNDT)
        for del_ in dele
    ]
    return min(stader, default=None)


def naermeste_aar(dag: date, frister: Mapping[int, date]) -> int:
    """The year whose deadline is nearest; of two as near the one to come."""
    return min(frister, key=lambda aar: (abs((frister[aar] - dag).days), -aar))


def frist_i_ord(frist: date, dag: date) -> str:
    """How far off the deadline is."""
    dage = (frist - dag).days
    if dage == 0:
        return "i dag"
    antal = "1 dag" if abs(dage) == 1 else f"{abs(dage)} dage"
    return f"om {antal}" if dage > 0 else f"for {antal} siden"
