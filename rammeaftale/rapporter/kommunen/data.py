"""What the snapshot of the report "Kommunens køb og salg" holds (schema version 1).

Ordered by the secretariat, what rests on too few stays was left out when it was made, and stands as None or not at all. Ordered
by the municipality itself nothing is hidden: it is party to every stay that is counted.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from rammeaftale.rapporter.aftalen import Aftale, Vilkaarssaet
from rammeaftale.rapporter.kapacitet.data import Handel
from rammeaftale.rapporter.rammeaftalen.data import Periodenavn

SKEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Raekke:
    """A hjemmel, a set of target groups or a party, and what is traded there; without kroner where no price is known."""

    navn: str
    handel: Handel
    uden_pris: bool = False


@dataclass(frozen=True, slots=True)
class Handelsside:
    """What the municipality buys, or sells: all of it, divided in three ways."""

    hjemler: tuple[Raekke, ...]
    maalgrupper: tuple[Raekke, ...]
    parter: tuple[Raekke, ...]
    i_alt: Handel


@dataclass(frozen=True, slots=True)
class Tilbud:
    """An open offer the municipality operates, and its places on the data date."""

    navn: str
    hjemler: tuple[str, ...]
    pladser: int


@dataclass(frozen=True, slots=True)
class Kommunebillede:
    """The whole snapshot. `vilkaar` says how small a figure may be shown; None where nothing is hidden."""

    datatidspunkt: datetime
    datadag: date
    aftale: Aftale
    vilkaar: Vilkaarssaet | None
    kommune: str
    egen: bool
    periode: Periodenavn
    tilbud: tuple[Tilbud, ...]
    koeb: Handelsside
    salg: Handelsside

    def pladser(self, dage: int | None) -> Decimal | None:
        """How many places the place-days are on average: divided by the days of the period, to one decimal."""
        if dage is None:
            return None
        periode = (self.periode.til - self.periode.fra).days
        return (Decimal(dage) / periode).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
