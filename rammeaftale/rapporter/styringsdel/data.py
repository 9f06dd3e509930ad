"""What the snapshot of the report "Styringsdel" holds (schema version 1). Everything in it may be published."""

from dataclasses import dataclass
from datetime import date, datetime

from rammeaftale.rapporter.aftalen import Aftale
from rammeaftale.rapporter.aftaleteksten.data import Allonge, Klausul, Saet, Vilkaarslinje
from rammeaftale.rapporter.eksempler.data import Eksempel

SKEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Henvisning:
    """A clause that sets terms of a section and is printed in another, by its number."""

    klausul: str
    afsnit: str


@dataclass(frozen=True, slots=True)
class Afsnit:
    """A section: the clauses that belong in it, its terms, and the worked example it ends with. `titel` empty: the chapter's own."""

    nummer: str
    titel: str
    klausuler: tuple[Klausul, ...]
    andetsteds: tuple[Henvisning, ...]
    vilkaar: tuple[Vilkaarslinje, ...]
    eksempel: Eksempel | None

    @property
    def mangler(self) -> tuple[Vilkaarslinje, ...]:
        """The terms no clause sets."""
        return tuple(linje for linje in self.vilkaar if not linje.er_sat)


@dataclass(frozen=True, slots=True)
class Kapitel:
    """A chapter with its sections."""

    titel: str
    afsnit: tuple[Afsnit, ...]


@dataclass(frozen=True, slots=True)
class Styringsdelbillede:
    """The whole snapshot. `tekstdag` is the day the text and the terms are read on: the data date, or the nearest of the period."""

    datatidspunkt: datetime
    datadag: date
    aftale: Aftale
    tekstdag: date
    saet: Saet | None
    allonger: tuple[Allonge, ...]
    kapitler: tuple[Kapitel, ...]

    @property
    def afsnit(self) -> tuple[Afsnit, ...]:
        """All sections in order."""
        return tuple(afsnit for kapitel in self.kapitler for afsnit in kapitel.afsnit)

    @property
    def vilkaar(self) -> tuple[Vilkaarslinje, ...]:
        """All terms in the order of the sections."""
        return tuple(linje for afsnit in self.afsnit for linje in afsnit.vilkaar)
