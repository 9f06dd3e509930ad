"""What every file becomes before it is understood: sheets of plain cells, within limits."""

from dataclasses import dataclass, field

from faelles.fejl import UgyldigtInput
from faelles.regneark.kolonner import Celle

FLEST_RAEKKER = 20_000
FLEST_KOLONNER = 100

Omraade = tuple[tuple[int, int], tuple[int, int]]  # first and last cell, each by row and column from 1


@dataclass(frozen=True, slots=True)
class Raaark:
    """A sheet's cells. `raekker` begins with the headings; `formler` are cells by row and column, from 1; `flettede` areas."""

    navn: str
    raekker: list[list[Celle]]
    formler: list[tuple[int, int]] = field(default_factory=list)
    flettede: list[Omraade] = field(default_factory=list)


def afvis(besked: str) -> UgyldigtInput:
    """The refusal of a file as a whole."""
    return UgyldigtInput("fil_ulaeselig", besked, {"fil": [besked]})


def maal(raekke: int, kolonne: int) -> None:
    """Raise UgyldigtInput for a cell further down or out than anything of ours."""
    if raekke > FLEST_RAEKKER + 1:
        raise afvis(f"Der er flere end {FLEST_RAEKKER:,} rækker i filen. Del den i flere.".replace(",", "."))
    if kolonne > FLEST_KOLONNER:
        raise afvis(f"Der står noget længere ude end kolonne {FLEST_KOLONNER}. Slet kolonnerne til højre for skemaet.")
