"""What is looked for: a need without a citizen. Pure values; the words are coded, so that nobody is described."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import IntEnum
from uuid import UUID

from faelles.tid import Periode
from kommuner.models import Organisationsart
from tilbud.models import Adfaerd, FysiskTraek, Pladsart


class Vaegt(IntEnum):
    """How much a target group matters to the need. It ranks; it never excludes by itself."""

    NOGET = 1
    MEGET = 2
    AFGOERENDE = 3


@dataclass(frozen=True, slots=True)
class Punkt:
    """A place on the map in degrees (WGS84), what it is called, and the postcode it was found by, if one was."""

    laengde: float
    bredde: float
    navn: str = ""
    postnr: str = ""


@dataclass(frozen=True, slots=True)
class Behovsprofil:
    """A need. Everything but the period is optional.

    `ugedage`: 1 (Monday) to 7; empty means all the days a place is open. `arter`: the place must be of one of these kinds. `maalgrupper` with their weight: an offer must be
    for one of them at least. `kkr` limits what is found to what lies in it; `kommuner` are codes of where the offer lies. `hoejst_km` is
    counted from `naer`. `hoejeste_takst` is kr. per døgn. `hjemmel` is a code of today (`kendte`). `kkr_kommuner` are the KKR's
    municipalities on the first day, or those of what has taken its place by then (`kommuner.kkr`), where they have been looked
    up; they are no part of the need.
    """

    periode: Periode
    hjemmel: str | None = None
    maalgrupper: tuple[tuple[UUID, Vaegt], ...] = ()
    alder: int | None = None
    ugedage: frozenset[int] = frozenset()
    arter: frozenset[Pladsart] = frozenset()
    adfaerd: frozenset[Adfaerd] = frozenset()
    fysiske_traek: frozenset[FysiskTraek] = frozenset()
    kkr: UUID | None = None
    kommuner: tuple[str, ...] = ()
    naer: Punkt | None = None
    hoejst_km: int | None = None
    driftsherrearter: frozenset[Organisationsart] = frozenset()
    hoejeste_takst: Decimal | None = None
    niveauer: frozenset[int] = frozenset()
    tekst: str = ""
    kkr_kommuner: frozenset[str] | None = field(default=None, compare=False)

    @property
    def vaegte(self) -> dict[UUID, Vaegt]:
        """The weight of each target group asked for."""
        return dict(self.maalgrupper)
