"""The board as a table to take out."""

from collections.abc import Iterator, Sequence
from typing import Any

from faelles.tid import KOEBENHAVN
from takster.frister.queries import Fristtavle
from takster.frister.regler import STADE_NAVN

HOVED = ("Driftsherre", "Tilbud", "År", "Frist", "Fristen efter", "Takst", "Driftsherren sidst påmindet")
UDEN_DELE = "Ingen åbne afdelinger eller ingen hjemler at sætte takst på"


def raekker(tavle: Fristtavle) -> Iterator[Sequence[Any]]:
    """A row for each offer, those that cannot have a takst last."""
    for d in tavle.driftsherrer:
        paamindet = d.paamindet.astimezone(KOEBENHAVN).date() if d.paamindet else None
        for et in d.tilbud:
            stade = STADE_NAVN[et.stade] if et.stade is not None else UDEN_DELE
            yield (d.navn, et.navn, tavle.aar, tavle.frist.dag, tavle.frist.kilde, stade, paamindet)
    for et in tavle.uden_dele:
        yield (et.driftsherre, et.navn, tavle.aar, tavle.frist.dag, tavle.frist.kilde, UDEN_DELE, None)
