"""What municipalities pay by a key, as a table to take out."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from takster.finansiering.queries import Betaling
from vilkaar.kilde import klausuler_i_ord

HOVED = (
    "Kommune", "Kommunekode", "År", "Navn", "Art", "Driftsherre", "Nøgle", "Nøglens dag", "Nøglens kilde", "Nøgletal", "Andel i procent",
    "Beløb", "Hele beløbet", "Vilkår", "Vilkårssættets status", "Klausuler",
)  # fmt: skip


def raekker(betalinger: Iterable[Betaling]) -> Iterator[Sequence[Any]]:
    """A row for each municipality of each financing."""
    for betaling in betalinger:
        et, andel, saet = betaling.finansiering, betaling.andel, betaling.finansiering.vilkaarssaet
        yield (
            betaling.kommune,
            andel.kommunekode,
            et.aar,
            et.navn,
            et.get_art_display(),
            et.tilbud.driftsherre.navn,
            et.noegle,
            et.noegle_dag,
            et.noegle_kilde,
            andel.vaegt,
            round(andel.del_ * 100, 4),
            andel.beloeb,
            et.beloeb,
            f"{saet.aftale}, sæt {saet.nummer}",
            et.vilkaarsstatus,
            klausuler_i_ord(vars(et)["klausuler"]),
        )
