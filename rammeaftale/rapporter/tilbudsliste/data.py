"""What the snapshot of the report "Tilbud og takster" holds (schema version 1).

All of it is public, and no address is in it: an offer is where its municipality is, protected or not.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from rammeaftale.rapporter.aftalen import Aftale

SKEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Takst:
    """A takst that holds on days of the year: kr. per `enhed`, at a budgeted occupancy in per cent. `til` is None where it has no last day."""

    afdeling: str
    hjemmel: str
    beloeb: Decimal
    enhed: str
    fra: date
    sidste_dag: date | None
    belaegning: Decimal
    foreloebig: bool
    saet: str


@dataclass(frozen=True, slots=True)
class Tilbud:
    """An offer that is open on the data date; `pladser` those open that day."""

    navn: str
    kommune: str
    hjemler: tuple[str, ...]
    maalgrupper: tuple[str, ...]
    pladser: int
    kontakt: str
    takster: tuple[Takst, ...]


@dataclass(frozen=True, slots=True)
class Driftsherre:
    """An operator and its offers."""

    navn: str
    tilbud: tuple[Tilbud, ...]


@dataclass(frozen=True, slots=True)
class Vilkaarssaet:
    """A set of terms that takster of the list were computed by, how firm it is, and the clauses they follow from."""

    navn: str
    status: str
    klausuler: str


@dataclass(frozen=True, slots=True)
class Tilbudslistebillede:
    """The whole snapshot: operators and offers in Danish order."""

    datatidspunkt: datetime
    datadag: date
    aftale: Aftale
    aar: int
    driftsherrer: tuple[Driftsherre, ...]
    vilkaarssaet: tuple[Vilkaarssaet, ...]

    @property
    def tilbud(self) -> tuple[Tilbud, ...]:
        """Every offer."""
        return tuple(tilbud for driftsherre in self.driftsherrer for tilbud in driftsherre.tilbud)
