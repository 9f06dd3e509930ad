"""What the snapshot of the report "Kapacitet og belægning" holds (schema version 2).

All of it may be published: what rests on too few stays, or would give such a number away, was left out when it was made
(`faelles.diskretion`), and stands as None.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from rammeaftale.rapporter.aftalen import Aftale, Vilkaarssaet
from rammeaftale.rapporter.rammeaftalen.data import Belaegning, Periodenavn, Pladstal, UdaekkedeBehov

SKEMA_VERSION = 2


@dataclass(frozen=True, slots=True)
class Typeraekke:
    """The offers of a legal basis and a target group. An offer with several counts in each.

    `procent` is the occupied share of the open place-days in whole per cent, of the last whole year and of the one before.
    """

    hjemmel: str
    maalgruppe: str
    tilbud: int
    pladser: int
    aabne: int
    procent: int | None
    procent_foer: int | None

    @property
    def aendring(self) -> int | None:
        """Per cent points since the year before."""
        return None if self.procent is None or self.procent_foer is None else self.procent - self.procent_foer

    @property
    def belagte(self) -> int | None:
        """Occupied place-days to the nearest per cent of the open ones: as exact as may be told."""
        return None if self.procent is None else int(Decimal(self.aabne * self.procent) / 100)


@dataclass(frozen=True, slots=True)
class Handel:
    """Occupied place-days one party uses at another, and what they cost: days times the agreed price, kr. None is what may not be shown."""

    dage: int | None
    kr: Decimal | None


@dataclass(frozen=True, slots=True)
class Saelger:
    """An operator, or the private ones together: places on the data date, and what each buyer uses, in the order of the matrix's buyers."""

    navn: str
    pladser: int
    celler: tuple[Handel, ...]
    i_alt: Handel


@dataclass(frozen=True, slots=True)
class Brug:
    """What a seller's own citizens use, what it sells in the area and outside, and what has no registered buyer, in place-days.

    Of what the matrix shows only; None is what cannot be computed from it.
    """

    navn: str
    pladser: int
    egne: int | None
    i_omraadet: int | None
    uden_for: int | None
    uden_koeber: int | None
    i_alt: int | None


@dataclass(frozen=True, slots=True)
class Handelsmatrix:
    """Who uses whose places in the period.

    The last two buyers are those outside the area, and none: stays without a case, whose price is not known, so that kroner are
    of the others alone.
    """

    periode: Periodenavn
    koebere: tuple[str, ...]
    saelgere: tuple[Saelger, ...]
    koebt: tuple[Handel, ...]
    i_alt: Handel

    @property
    def vist(self) -> tuple[tuple[str, str, Handel], ...]:
        """Seller, buyer and what they traded, in order, where the days may be shown."""
        return tuple(
            (saelger.navn, koeber, handel)
            for saelger in self.saelgere
            for koeber, handel in zip(self.koebere, saelger.celler, strict=True)
            if handel.dage is not None
        )

    @property
    def brug(self) -> tuple[Brug, ...]:
        """A row for each seller."""
        return tuple(self._brug(saelger) for saelger in self.saelgere)

    def _brug(self, saelger: Saelger) -> Brug:
        dage = [celle.dage for celle in saelger.celler]
        *kommuners, uden_for, uden_koeber = dage
        egne = dict(zip(self.koebere, kommuners, strict=False)).get(saelger.navn, 0)
        i_alt, i_omraadet = saelger.i_alt.dage, None
        if i_alt is not None and egne is not None and uden_for is not None and uden_koeber is not None:
            i_omraadet = i_alt - egne - uden_for - uden_koeber
        return Brug(saelger.navn, saelger.pladser, egne, i_omraadet, uden_for, uden_koeber, i_alt)


@dataclass(frozen=True, slots=True)
class Niveauraekke:
    """The offers of a level of specialisation (None: without), and their occupancy in the last whole year and the one before, in whole per cent."""

    niveau: int | None
    tilbud: int
    pladser: int
    procent: int | None
    procent_foer: int | None


@dataclass(frozen=True, slots=True)
class Svartid:
    """How long a step took the cases of a half-year: the days within which half of them, and nine out of ten, got there.

    `sager` is None where too few citizens are behind it; there are no days where there are no cases.
    """

    halvaar: str
    gruppe: str
    trin: str
    sager: int | None
    halvdelen: int | None
    ni_af_ti: int | None


@dataclass(frozen=True, slots=True)
class Svartider:
    """Of all cases, half-year by half-year; by legal basis, of the last one; and what the page of answer times says of it."""

    samlet: tuple[Svartid, ...]
    hjemler: tuple[Svartid, ...]
    tekst: str


@dataclass(frozen=True, slots=True)
class Kommunetal:
    """A municipality of the KKR: what lies in it, how full that was in the last whole year, and its outline."""

    kode: str
    navn: str
    tilbud: int
    pladser: int
    belaegning: Belaegning
    laengdegrad: Decimal
    breddegrad: Decimal
    graense: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Kapacitetsbillede:
    """The whole snapshot. `over_tid` follows `kvartaler`; `kommuner` have their occupancy of the last whole year."""

    datatidspunkt: datetime
    datadag: date
    aftale: Aftale
    vilkaar: Vilkaarssaet
    aaret: Periodenavn
    aaret_foer: Periodenavn
    typer: tuple[Typeraekke, ...]
    kvartaler: tuple[Periodenavn, ...]
    over_tid: tuple[Belaegning, ...]
    kommuner: tuple[Kommunetal, ...]
    i_alt: Belaegning
    pladser_i_alt: Pladstal
    tilbud_i_alt: int
    matrix: Handelsmatrix
    niveauer: tuple[Niveauraekke, ...]
    behov: UdaekkedeBehov
    svartider: Svartider
