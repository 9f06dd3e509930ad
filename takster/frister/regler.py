"""How far an offer's takst of a year is: told of its parts and of states alone, never of an amount. Pure rules."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from faelles.tid import Periode


class Stade(IntEnum):
    """How far it is; a higher one is farther."""

    IKKE_BEGYNDT = 0
    BUDGET = 1
    BEREGNET = 2
    INDSENDT = 3
    GODKENDT = 4
    DEL_AF_AARET = 5
    OFFENTLIGGJORT = 6


STADE_NAVN: Mapping[Stade, str] = {
    Stade.IKKE_BEGYNDT: "Ikke begyndt",
    Stade.BUDGET: "Budget lagt",
    Stade.BEREGNET: "Beregnet",
    Stade.INDSENDT: "Venter på godkendelse",
    Stade.GODKENDT: "Godkendt",
    Stade.DEL_AF_AARET: "Kun en del af året",
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


class Del(NamedTuple):
    """What a takst is of: a department under a legal basis."""

    afdeling: UUID
    hjemmel: str


@dataclass(frozen=True, slots=True)
class Aaben:
    """The days of the year a department needs a takst. `fra_takst`: nobody knows when it began, so they begin with its first one."""

    periode: Periode
    fra_takst: bool = False


def aabne_dage(aaret: Periode, lukket_fra: date | None, pladser: tuple[date, date] | None) -> Aaben | None:
    """From a department's first open place to its last, before the offer closes; None when that is no day of the year.

    `pladser` is [first, last) of them; a department without places is open all the year.
    """
    periode: Periode | None = aaret if pladser is None else Periode(*pladser).faelles(aaret)
    if periode is not None and lukket_fra is not None:
        periode = periode.faelles(Periode(date.min, lukket_fra))
    return None if periode is None else Aaben(periode, fra_takst=pladser is None)


def tilbuddets_stade(
    dele: Mapping[Del, Aaben], prissatte: Mapping[Del, Sequence[Periode]], budgetter: Collection[Budgetstade]
) -> Stade | None:
    """An offer is as far as the part of it that is farthest behind; None when it has no part to put a price on.

    `dele` are those `fastsaettelse.udgivelse` publishes that are open in the year, and `prissatte` the days their published takster
    hold, which never overlap. Of two budgets of the same part the one that is farther counts.
    """
    stader = [
        _prissat(aaben, prissatte.get(del_, ()))
        or max((b.stade for b in budgetter if b.er_om(*del_)), default=Stade.IKKE_BEGYNDT)
        for del_, aaben in dele.items()
    ]
    return min(stader, default=None)


def _prissat(aaben: Aaben, takster: Sequence[Periode]) -> Stade | None:
    """Whether every day of the part has a published takst, or some; None when none has."""
    dage = [faelles for et in takster if (faelles := et.faelles(aaben.periode))]
    if not dage:
        return None
    foerste = min(et.fra for et in dage) if aaben.fra_takst else aaben.periode.fra
    hele = Periode(foerste, aaben.periode.til).dage
    return Stade.OFFENTLIGGJORT if sum(et.dage for et in dage) == hele else Stade.DEL_AF_AARET


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
