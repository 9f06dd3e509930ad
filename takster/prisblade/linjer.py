"""The prices a stored calculation holds, by art: pure, so that the model and the lists read them alike."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from takster.prisarter import Prisart


class Prislinje(NamedTuple):
    """A price in kr. and what it is of."""

    navn: str
    beloeb: Decimal


def linjer(art: Prisart, navn: str, beregning: Mapping[str, Any]) -> tuple[Prislinje, ...]:
    """The prices of a prisblad in their order; `navn` is its own."""
    if art is Prisart.NIVEAUER:
        return tuple(Prislinje(f"Niveau {et['niveau']}", Decimal(et["takst"])) for et in beregning["niveauer"])
    samlet = Prislinje(navn, Decimal(beregning["takst"]))
    if art is Prisart.PAKKE:
        return (
            samlet,
            *(Prislinje(f"heraf {et['paragraf']}", Decimal(et["takst"])) for et in beregning["inddata"]["dele"]),
        )
    return (samlet,)
