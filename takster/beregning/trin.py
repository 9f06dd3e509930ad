"""How a result explains itself: the steps that led to it, how it was rounded and the terms it was made under."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from faelles.penge import Enhed, afrund
from takster.beregning.tal import laesbar
from takster.beregning.vaerdiobjekt import Inddata, Vaerdiobjekt

_HELE = {Enhed.KRONE: "hele kroner", Enhed.OERE: "hele øre"}


@dataclass(frozen=True, slots=True)
class Trin(Vaerdiobjekt):
    """One step: the formula of rules-takst § 3 it belongs to, what it gives, how, and the figure with its unit."""

    formel: str
    tekst: str
    udregning: str
    vaerdi: Decimal
    enhed: str

    @property
    def vaerdi_i_ord(self) -> str:
        """The figure with every decimal it has, and money with its øre: a rounded one could not be computed on from."""
        return laesbar(self.vaerdi, 2 if self.enhed.startswith("kr.") else 0)


@dataclass(frozen=True, slots=True)
class Vilkaarsreference(Inddata):
    """The numbered set of terms the inputs were taken from. `endelig` False makes every result of it preliminary."""

    saet: str
    nummer: int
    aftale: str
    endelig: bool


class Afrundingsmetode(StrEnum):
    """How a half is rounded. Half up is what is agreed everywhere we have seen (rules-takst § 5)."""

    HALF_UP = "half_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Afrunding(Inddata):
    """The rounding a result gets once, at the end."""

    enhed: Enhed
    metode: Afrundingsmetode

    def af(self, beloeb: Decimal) -> Decimal:
        """The amount in whole units."""
        return afrund(beloeb, self.enhed)

    @property
    def tekst(self) -> str:
        """The rule in words."""
        return f"afrundet til {_HELE[self.enhed]}, halve op"
