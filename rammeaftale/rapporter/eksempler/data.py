"""What a snapshot holds of a worked example."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Forudsaetning:
    """A made-up figure the example begins from; `vaerdi` in `enhed`."""

    navn: str
    vaerdi: Decimal
    enhed: str


@dataclass(frozen=True, slots=True)
class Eksempeltrin:
    """A step of the takst engine: the formula it belongs to, what it gives, how, and the figure with its unit."""

    formel: str
    tekst: str
    udregning: str
    vaerdi: Decimal
    enhed: str


@dataclass(frozen=True, slots=True)
class Regnestykke:
    """The steps of one calculation, in order; the last is the result."""

    navn: str
    trin: tuple[Eksempeltrin, ...]

    @property
    def resultat(self) -> Eksempeltrin:
        """What comes out."""
        return self.trin[-1]


@dataclass(frozen=True, slots=True)
class Eksempel:
    """A model worked through with the set's own terms. `kilde`: their clauses and set; `hvorfor_ikke`: why it cannot be computed, if so."""

    noegle: str
    titel: str
    forudsaetninger: tuple[Forudsaetning, ...]
    regnestykker: tuple[Regnestykke, ...]
    kilde: str
    hvorfor_ikke: str
