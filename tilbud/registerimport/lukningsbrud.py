"""What stands in the way of a temporary closure a second person is to approve: days that are gone, and what lies in the others."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from faelles.regneark.indlaesning import Raekkefejl
from faelles.tid import Periode
from tilbud.belaegning.models import Lukningsgrund
from tilbud.lukninger.queries import i_brug
from tilbud.lukninger.regler import datofejl
from tilbud.models import Plads
from tilbud.registerimport.blokark import LUKNINGER
from tilbud.registerimport.sammenligning import Aendring

_HVAD = -2  # in the path of the row: what closes
FLEST_NAEVNTE = 5  # of what lies in the period


@dataclass(frozen=True, slots=True)
class Oensket:
    """A closure as it was asked for; `plads_id` None: the whole department."""

    afdeling_id: UUID
    plads_id: UUID | None
    fra: date
    til: date
    grund: Lukningsgrund
    bemaerkning: str


def oensket(aendring: Aendring) -> Oensket:
    """What the row asks for."""
    felter: Mapping[str, Any] = {felt: efter for felt, (_, efter) in aendring.felter.items()}
    til = Periode.dag(date.fromisoformat(felter["sidste_dag"])).til
    return Oensket(
        afdeling_id=UUID(aendring.over),
        plads_id=None if aendring.sti[_HVAD] == aendring.over else UUID(aendring.sti[_HVAD]),
        fra=date.fromisoformat(felter["fra"]),
        til=til or date.max,
        grund=Lukningsgrund(felter["grund"]),
        bemaerkning=felter["bemaerkning"],
    )


def lukningsbrud(aendringer: Sequence[Aendring], dag: date, nu: datetime) -> Iterator[Raekkefejl]:
    """The faults of the closures among the changes. Two statements for each."""
    for aendring in aendringer:
        if aendring.ark == LUKNINGER:
            yield from (
                Raekkefejl(
                    LUKNINGER,
                    aendring.raekke,
                    kolonne,
                    aendring.navn,
                    regel,
                    "Træk lukningen tilbage, og vælg andre dage.",
                )
                for kolonne, regel in _brud(oensket(aendring), dag, nu)
            )


def _brud(lukning: Oensket, dag: date, nu: datetime) -> Iterator[tuple[str, str]]:
    if felter := datofejl(lukning.fra, lukning.til, dag):
        yield from (("Lukket fra", besked) for beskeder in felter.values() for besked in beskeder)
        return
    pladser = list(lukkes(lukning))
    if lukning.plads_id and not pladser:
        yield "Plads", "Pladsen står i afdelingen."
    if fundne := i_brug(pladser, Periode(lukning.fra, lukning.til), nu):
        yield "Lukket fra", f"Pladserne må ikke være i brug i perioden; det er {'; '.join(fundne[:FLEST_NAEVNTE])}."


def lukkes(lukning: Oensket) -> Sequence[Plads]:
    """The places that close."""
    pladser = Plads.objects.filter(afdeling=lukning.afdeling_id).order_by("pk")
    return list(pladser.filter(pk=lukning.plads_id) if lukning.plads_id else pladser)
