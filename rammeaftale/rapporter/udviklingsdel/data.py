"""What the snapshot of the report "Udviklingsdel" holds (schema version 1).

Everything in it may be published. Counts that rest on too few citizens were left out when it was made, and then stand as None.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from rammeaftale.rapporter.aftalen import Aftale, Vilkaarssaet
from rammeaftale.rapporter.aftaleteksten.data import Klausul
from rammeaftale.rapporter.rammeaftalen.data import Belaegning, Niveauflytning, Niveautal, Periodenavn, UdaekkedeBehov

SKEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Tendens:
    """A target group, or one offer type within it (`tilbudstype`; empty: all of it), in each period.

    `pladser` are the open places of the period's average day. `belaegning` is the share in per cent, rounded to a whole one: None where
    it may not be shown or nothing was open. An offer with several target groups or types counts in each.
    """

    maalgruppe: str
    tilbudstype: str
    pladser: tuple[Decimal, ...]
    belaegning: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Undervisning:
    """A kind of special education, with the offers and places open on the data date."""

    navn: str
    tilbud: int
    pladser: int


@dataclass(frozen=True, slots=True)
class StortTilbud:
    """An offer with many places on the data date."""

    navn: str
    kommune: str
    pladser: int


@dataclass(frozen=True, slots=True)
class Gruppe:
    """A working group that exists on the data date."""

    navn: str
    opgave: str
    sammensaetning: str


@dataclass(frozen=True, slots=True)
class Frist:
    """A step of the agreement's yearly wheel."""

    dag: date
    opgave: str
    hvem: str


@dataclass(frozen=True, slots=True)
class Tema:
    """A central call about a target group or an effort, and how far the answers have come."""

    titel: str
    maalgruppe: str
    modtaget: date
    frist: date
    stand: str
    svaret: int
    parter: int


@dataclass(frozen=True, slots=True)
class Milepaelsstatus:
    """What one party is to have reached, and where that stands."""

    navn: str
    frist: date
    ansvarlig: str
    stand: str


@dataclass(frozen=True, slots=True)
class Indsatsstatus:
    """Work on a focus area, with its milestones by date."""

    navn: str
    beskrivelse: str
    milepaele: tuple[Milepaelsstatus, ...]


@dataclass(frozen=True, slots=True)
class Fokusstatus:
    """A focus area, who set it and how far it has come, in words."""

    nummer: int
    navn: str
    beskrivelse: str
    sat_af: str
    ministertema: bool
    fremdrift: str
    indsatser: tuple[Indsatsstatus, ...]


@dataclass(frozen=True, slots=True)
class Udviklingsdelbillede:
    """The whole snapshot. `aabne_pladser` and `belaegning_i_alt` follow `perioder`, as every `Tendens` does."""

    datatidspunkt: datetime
    datadag: date
    aftale: Aftale
    vilkaar: Vilkaarssaet
    klausuler: tuple[Klausul, ...]
    kommuner: int
    perioder: tuple[Periodenavn, ...]
    aabne_pladser: tuple[Decimal, ...]
    belaegning_i_alt: tuple[Belaegning, ...]
    maalgrupper: tuple[Tendens, ...]
    tilbudstyper: tuple[Tendens, ...]
    niveauer: tuple[Niveautal, ...]
    flytninger: tuple[Niveauflytning, ...]
    behov: UdaekkedeBehov
    undervisning: tuple[Undervisning, ...]
    store_tilbud: tuple[StortTilbud, ...]
    grupper: tuple[Gruppe, ...]
    frister: tuple[Frist, ...]
    temaer: tuple[Tema, ...]
    fokus: tuple[Fokusstatus, ...]
