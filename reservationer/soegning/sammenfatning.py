"""The rules of a search result: which requirements a hit meets, and in which order hits stand. No database here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from faelles.sprog import sortnoegle
from faelles.tid import Periode
from takster.queries import Takstvisning
from tilbud.friskhed import Friskhed
from tilbud.queries import Stand


@dataclass(frozen=True, slots=True)
class Soegekriterier:
    """What is looked for. Everything but the period is optional; `kommuner` are codes of where the offer lies."""

    periode: Periode
    maalgruppe: UUID | None = None
    hjemmel: str | None = None
    kommuner: tuple[str, ...] = ()
    driftsherre: UUID | None = None
    hoejeste_takst: Decimal | None = None
    tekst: str = ""


class Udfald(StrEnum):
    """Whether a requirement is met. Rows that fail one are left out by the search, so a hit has only these two."""

    OPFYLDT = "opfyldt"
    UKENDT = "ukendt"


@dataclass(frozen=True, slots=True)
class Krav:
    """A requirement of the search and how the hit stands to it."""

    navn: str
    udfald: Udfald


@dataclass(frozen=True, slots=True)
class Resultat:
    """A department with places that no claim covers on any day of the period.

    Whether they may be called free depends on `stand`: with unknown freshness they may not (`er_ledig`).
    """

    afdeling_id: UUID
    afdeling: str
    tilbud_id: UUID
    tilbud: str
    driftsherre_id: UUID
    driftsherre: str
    kommunekode: str
    kommune: str
    antal_ledige: int
    pladser: tuple[UUID, ...]
    stand: Stand
    takst: Takstvisning | None
    niveau: int | None
    krav: tuple[Krav, ...]

    @property
    def er_ledig(self) -> bool:
        """Whether somebody vouches for the places recently enough to call them free."""
        return self.stand.friskhed is not Friskhed.UKENDT

    @property
    def bekraeftet(self) -> datetime | None:
        """When the department's places were last confirmed."""
        return self.stand.tidspunkt

    @property
    def opfyldte(self) -> int:
        """How many requirements are known to be met."""
        return sum(krav.udfald is Udfald.OPFYLDT for krav in self.krav)


def krav(kriterier: Soegekriterier, *, friskhed: Friskhed, takst: Takstvisning | None) -> tuple[Krav, ...]:
    """The requirements asked for, in the order people think of them. The place itself is always one."""
    ukendte = {
        "Ledig i hele perioden": friskhed is Friskhed.UKENDT,
        "Højeste takst": takst is None,
    }
    stillede = {
        "Målgruppe": kriterier.maalgruppe,
        "Hjemmel": kriterier.hjemmel,
        "Ledig i hele perioden": kriterier.periode,
        "Kommune": kriterier.kommuner,
        "Driftsherre": kriterier.driftsherre,
        "Højeste takst": kriterier.hoejeste_takst is not None,
        "Navn": kriterier.tekst,
    }
    return tuple(
        Krav(navn, Udfald.UKENDT if ukendte.get(navn) else Udfald.OPFYLDT)
        for navn, stillet in stillede.items()
        if stillet
    )


def i_orden(resultater: Iterable[Resultat]) -> list[Resultat]:
    """Need first: never unknown above confirmed; then fit; then confirmed before due; price only as the last tie-break."""
    return sorted(
        resultater,
        key=lambda r: (
            not r.er_ledig,
            len(r.krav) - r.opfyldte,
            r.stand.friskhed.rang,
            (r.takst is None, r.takst.beloeb if r.takst else Decimal(0)),
            sortnoegle(r.tilbud),
            sortnoegle(r.afdeling),
            r.afdeling_id,
        ),
    )
