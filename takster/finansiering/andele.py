"""The shares a stored calculation holds: pure, so that the model, the lists and the API read them alike."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from takster.beregning.tal import laesbar
from takster.beregning.trin import Trin


class Andel(NamedTuple):
    """What a municipality pays in the year (kr.): its figure of the key, what part that is of all (a fraction), and how it was found."""

    kommunekode: str
    vaegt: Decimal
    del_: Decimal
    beloeb: Decimal
    udregning: str

    @property
    def vaegt_i_ord(self) -> str:
        """The figure with all its decimals."""
        return laesbar(self.vaegt)


def andele(beregning: Mapping[str, Any]) -> tuple[Andel, ...]:
    """The shares in the order of the key; `del_` has twelve decimals and is for showing."""
    vaegte = {et["part"]: Decimal(et["vaegt"]) for et in beregning["inddata"]["noegler"]}
    samlet = sum(vaegte.values())
    alle = [Trin.af_json(et) for et in beregning["trin"]]
    return tuple(
        Andel(
            trin.tekst,
            vaegte[trin.tekst],
            (vaegte[trin.tekst] / samlet).quantize(Decimal("1e-12")),
            trin.vaerdi,
            trin.udregning,
        )
        for trin in alle
    )
