"""Total price against list price (rules-takst F8): pure rules on sums of a year, and what of them may be shown.

Only days with both an agreed price and a published takst in the same unit are in the sums, so that the two are prices of the same
days, and their difference is never that other places are used. A figure that is shown rests on so many stays as the term
`diskretion_graense` asks for, and no hidden one follows from the others of its year (`faelles.diskretion`).
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from faelles.diskretion import skjul_summer
from takster.beregning.tal import HUNDREDE, NUL, regnekontekst
from takster.vaekst.regler import Prisniveau

N = TypeVar("N", bound=Hashable)


class Ejer(StrEnum):
    """Who runs offers."""

    KOMMUNE = "kommune"
    REGION = "region"
    PRIVAT = "privat"


class Grund(StrEnum):
    """Why days are not in the sums, the first that holds."""

    UDEN_PRIS = "uden_pris"
    UDEN_TAKST = "uden_takst"
    ANDEN_ENHED = "anden_enhed"


@dataclass(frozen=True, slots=True)
class Prissum:
    """Days, and kr. for them in the year's own prices: by the published takst of each, and by the agreed one and supplements.

    `ophold` is how many stays it rests on; it is what the limit is held against, and is not shown.
    """

    dage: int
    vejledende: Decimal
    takst: Decimal
    tillaeg: Decimal
    ophold: int

    def __add__(self, anden: "Prissum") -> "Prissum":
        """Those of other days too."""
        return Prissum(
            self.dage + anden.dage,
            self.vejledende + anden.vejledende,
            self.takst + anden.takst,
            self.tillaeg + anden.tillaeg,
            self.ophold + anden.ophold,
        )

    @property
    def samlet(self) -> Decimal:
        """Kr. as agreed, with supplements."""
        return self.takst + self.tillaeg

    @property
    def forskel(self) -> Decimal:
        """Kr. more than by the published takster; less is negative."""
        return self.samlet - self.vejledende

    @property
    @regnekontekst()
    def forskel_procent(self) -> Decimal:
        """The difference in percent of the published takster."""
        return self.forskel * HUNDREDE / self.vejledende

    @regnekontekst()
    def pr_dag(self, beloeb: Decimal) -> Decimal:
        """Kr. per day."""
        return beloeb / self.dage


@dataclass(frozen=True, slots=True)
class Celle:
    """The sums of an operator's stays under a legal basis in a year."""

    aar: int
    ejer: Ejer
    driftsherre: UUID
    hjemmel: str
    tal: Prissum


@dataclass(frozen=True, slots=True)
class Aarspris:
    """A year of a series. Kr. per day in fixed prices, and the two as index of the base year, where there is one and it is shown."""

    aar: int
    tal: Prissum
    vejledende: Decimal | None = None
    samlet: Decimal | None = None
    vejledende_indeks: Decimal | None = None
    samlet_indeks: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Serier:
    """The years that may be shown: of everything, of each kind of owner, of operators and of legal bases. Who has none is not there."""

    alle: Sequence[Aarspris]
    ejere: Mapping[Ejer, Sequence[Aarspris]]
    driftsherrer: Mapping[UUID, Sequence[Aarspris]]
    hjemler: Mapping[str, Sequence[Aarspris]]


def serier(celler: Iterable[Celle], graense: int, niveau: Prisniveau | None) -> Serier:
    """Sum the cells each way, without the figures that rest on fewer stays than `graense` or would give such ones away."""
    pr_aar: dict[int, list[Celle]] = defaultdict(list)
    for celle in celler:
        pr_aar[celle.aar].append(celle)
    alle: dict[str, dict[int, Prissum]] = defaultdict(dict)
    ejere: dict[Ejer, dict[int, Prissum]] = defaultdict(dict)
    driftsherrer: dict[UUID, dict[int, Prissum]] = defaultdict(dict)
    hjemler: dict[str, dict[int, Prissum]] = defaultdict(dict)
    for aar, aarets in sorted(pr_aar.items()):
        skjult = skjul_summer({(c.ejer, c.driftsherre, c.hjemmel): c.tal.ophold for c in aarets}, graense)
        _saet(ejere, aar, ((c.ejer, c.tal) for c in aarets if c.ejer not in skjult.grupper))
        _saet(driftsherrer, aar, ((c.driftsherre, c.tal) for c in aarets if c.driftsherre not in skjult.raekker))
        _saet(hjemler, aar, ((c.hjemmel, c.tal) for c in aarets if c.hjemmel not in skjult.soejler))
        _saet(alle, aar, (("", c.tal) for c in aarets if not skjult.i_alt))
    return Serier(
        alle=serie(alle[""], niveau),
        ejere={ejer: serie(ejere[ejer], niveau) for ejer in Ejer if ejer in ejere},
        driftsherrer={noegle: serie(aarene, niveau) for noegle, aarene in driftsherrer.items()},
        hjemler={noegle: serie(aarene, niveau) for noegle, aarene in hjemler.items()},
    )


def _saet(serierne: dict[N, dict[int, Prissum]], aar: int, dele: Iterable[tuple[N, Prissum]]) -> None:
    """Add up the year of each series."""
    for noegle, tal in dele:
        aarene = serierne[noegle]
        aarene[aar] = aarene[aar] + tal if aar in aarene else tal


@regnekontekst()
def serie(aarene: Mapping[int, Prissum], niveau: Prisniveau | None) -> tuple[Aarspris, ...]:
    """The years in order, each with its prices per day in the prices of one year, and index where the base year is among them."""
    if niveau is None:
        return tuple(Aarspris(aar, tal) for aar, tal in sorted(aarene.items()))
    faste = {
        aar: (niveau.faste(tal.pr_dag(tal.vejledende), aar), niveau.faste(tal.pr_dag(tal.samlet), aar))
        for aar, tal in sorted(aarene.items())
    }
    basis = faste.get(niveau.basisaar)
    return tuple(
        Aarspris(
            aar,
            aarene[aar],
            vejledende,
            samlet,
            vejledende * HUNDREDE / basis[0] if basis else None,
            samlet * HUNDREDE / basis[1] if basis else None,
        )
        for aar, (vejledende, samlet) in faste.items()
    )


def andel(del_: Decimal, hele: Decimal) -> Decimal:
    """In percent; nothing of nothing."""
    return del_ * HUNDREDE / hele if hele else NUL
