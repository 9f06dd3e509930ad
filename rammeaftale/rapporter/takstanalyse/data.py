"""What the snapshot of the report "Takstanalyse" holds (schema version 2).

The takster are published, and no citizen is behind them; `Priser` are of stays, and small counts were left out of them. The measurements are the growth monitor's own
(`takster.vaekst`), and so are the sentences in `Ord`: page and report say the same of the same day.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from rammeaftale.rapporter.aftalen import Aftale, Vilkaarssaet
from rammeaftale.rapporter.rammeaftalen.data import Takster

SKEMA_VERSION = 2


@dataclass(frozen=True, slots=True)
class Aarspunkt:
    """A year of a series: kr. per place per day in fixed prices and in its own, the index of it and of the ceiling, and what it is of."""

    aar: int
    udgift: Decimal
    udgift_i_aarets_priser: Decimal
    indeks: Decimal | None
    loftets_indeks: Decimal
    tilbud: int
    pladser: Decimal
    pladsdage: Decimal
    omkostninger: Decimal
    overheadprocent: Decimal | None


@dataclass(frozen=True, slots=True)
class Dom:
    """The last year against the ceiling, kr. per place per day; `afstand_oere` is the room left, negative when over."""

    overholdt: bool
    afstand_oere: int
    udgift: Decimal
    loft: Decimal


@dataclass(frozen=True, slots=True)
class Serie:
    """The area, an operator or a legal basis; without `dom` when the base year or the last year is not measured."""

    navn: str
    aarene: tuple[Aarspunkt, ...]
    dom: Dom | None

    def punkt(self, aar: int) -> Aarspunkt | None:
        """The year's, when it has one."""
        return next((punkt for punkt in self.aarene if punkt.aar == aar), None)


@dataclass(frozen=True, slots=True)
class Virkning:
    """What a group of offers moves the cost, kr. per place per day; up is positive."""

    gruppe: str
    tilbud: int
    kr: Decimal


@dataclass(frozen=True, slots=True)
class Sammensaetning:
    """From the base year's cost to the year's in effects that sum to the difference, in the year's prices."""

    foer: Decimal
    nu: Decimal
    virkninger: tuple[Virkning, ...]


@dataclass(frozen=True, slots=True)
class Udeladelsestal:
    """How many takster or whole offers are left out for a reason, in the base year (None: not counted) and in the year."""

    grund: str
    foer: int | None
    nu: int


@dataclass(frozen=True, slots=True)
class Udeladelse:
    """A takst of the year, or without department and legal basis a whole offer, that is not measured. `enhed` is empty for a whole offer."""

    enhed: str
    grund: str
    driftsherre: str
    tilbud: str
    afdeling: str
    hjemmel: str


@dataclass(frozen=True, slots=True)
class Pl:
    """The agreed rise in prices and wages from the year before, in percent."""

    aar: int
    procent: Decimal


@dataclass(frozen=True, slots=True)
class Ord:
    """What the growth monitor says: the verdict, the verdict by the other reading of the deduction, the curve, and what moved the cost."""

    dom: str
    anden_laesning: str
    udvikling: str
    sammensaetning: str


@dataclass(frozen=True, slots=True)
class Prisaar:
    """What the days of stays cost in a year, kr. per day in its own prices: by the published takst, as agreed, and supplements of that.

    The indices are of fixed prices; None without a base year that may be shown.
    """

    navn: str
    aar: int
    dage: int
    takst: Decimal
    samlet: Decimal
    tillaeg: Decimal
    forskel_procent: Decimal
    takstens_indeks: Decimal | None
    prisens_indeks: Decimal | None


@dataclass(frozen=True, slots=True)
class Priser:
    """Agreed prices against published takster, as far as they may be shown, with what their page says: of all, year by year; of owners and operators, of the year. `graensekilde`: where the limit for small counts is agreed."""

    dom: str
    udvikling: str
    graensekilde: str
    alle: tuple[Prisaar, ...]
    ejere: tuple[Prisaar, ...]
    driftsherrer: tuple[Prisaar, ...]


@dataclass(frozen=True, slots=True)
class Takstart:
    """The takster of one unit. Without `alle` they could not be measured, and `ord.dom` says why. `pr_dag`: `pr. plads pr. døgn`."""

    enhed: str
    pr_dag: str
    basisaar: int | None
    pl: tuple[Pl, ...]
    ord: Ord
    alle: Serie | None
    driftsherrer: tuple[Serie, ...]
    hjemler: tuple[Serie, ...]
    sammensaetning: Sammensaetning | None
    udeladte: tuple[Udeladelsestal, ...]
    priser: Priser


@dataclass(frozen=True, slots=True)
class Takstanalysebillede:
    """The whole snapshot. `vilkaar` are the terms of ceiling and overhead on the year's first day; None where there were none."""

    datatidspunkt: datetime
    datadag: date
    aftale: Aftale
    aar: int
    vilkaar: Vilkaarssaet | None
    norm: Decimal | None
    arter: tuple[Takstart, ...]
    private_tilbud: int
    private: tuple[Takster, ...]
    udeladelser: tuple[Udeladelse, ...]
