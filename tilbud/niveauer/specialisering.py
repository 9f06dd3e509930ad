"""Level, size of the target group and knowledge, seen together (the model's first figure). Pure.

The register does not measure knowledge. What stands for it is the number of methods and services an offer has registered:
a sign of knowledge, never a measure of it, and said so wherever it is shown.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from faelles.sprog import sortnoegle
from tilbud.niveauer.udvikling import NIVEAUER


@dataclass(frozen=True, slots=True)
class Indplacering:
    """An open offer on a day. `pladser` are those open then, `viden` the methods and services it has registered."""

    tilbud: UUID
    navn: str
    kommune: str
    driftsherre: str
    niveau: int | None
    siden: date | None
    grund: str
    pladser: int
    viden: int
    maalgrupper: Sequence[str]


@dataclass(frozen=True, slots=True)
class Gruppepunkt:
    """A target group on a level. `stoerrelse` is the group's open places on all levels, `viden` the mean of its offers here."""

    maalgruppe: str
    niveau: int
    stoerrelse: int
    tilbud: int
    viden: Decimal
    fremhaevet: bool = False


@dataclass(frozen=True, slots=True)
class Niveausnit:
    """A level's target groups on average."""

    niveau: int
    grupper: int
    stoerrelse: Decimal
    viden: Decimal


def gruppepunkter(indplaceringer: Sequence[Indplacering], fremhaevet: UUID | None = None) -> list[Gruppepunkt]:
    """A point for each target group on each level where it has offers, the largest group first.

    A place counts in every group its offer is for. The points an offer stands behind are `fremhaevet`.
    """
    stoerrelse: dict[str, int] = defaultdict(int)
    hos: dict[tuple[str, int], list[Indplacering]] = defaultdict(list)
    for tilbud in indplaceringer:
        for gruppe in tilbud.maalgrupper:
            stoerrelse[gruppe] += tilbud.pladser
            if tilbud.niveau is not None:
                hos[gruppe, tilbud.niveau].append(tilbud)
    punkter = [
        Gruppepunkt(
            gruppe,
            niveau,
            stoerrelse[gruppe],
            len(fundne),
            _snit([tilbud.viden for tilbud in fundne]),
            any(tilbud.tilbud == fremhaevet for tilbud in fundne),
        )
        for (gruppe, niveau), fundne in hos.items()
    ]
    return sorted(punkter, key=lambda punkt: (-punkt.stoerrelse, sortnoegle(punkt.maalgruppe), punkt.niveau))


def niveausnit(punkter: Sequence[Gruppepunkt]) -> list[Niveausnit]:
    """Each level that has target groups: their mean size and knowledge, every group counting once."""
    fundne = []
    for niveau in NIVEAUER:
        her = [punkt for punkt in punkter if punkt.niveau == niveau]
        if her:
            viden = sum((punkt.viden for punkt in her), Decimal(0)) / len(her)
            fundne.append(Niveausnit(niveau, len(her), _snit([punkt.stoerrelse for punkt in her]), viden))
    return fundne


def _snit(tal: Sequence[int]) -> Decimal:
    return Decimal(sum(tal)) / len(tal)
