"""Columns several sheets share: which row it is, and where it belongs. Pure."""

from collections.abc import Sequence
from typing import Any

from faelles.regneark.kolonner import Kolonne, dato, tekst

Ord = tuple[tuple[str, Any], ...]  # the word of a list, and what it stands for

_ID = tekst(60)
ID = Kolonne(
    "Id",
    "id",
    _ID,
    "Jeres eget id, som rækken kendes på, når filen indlæses igen: kun én gang i arket, også på tværs af tilbud. "
    "Har I ikke et, så brug platformens.",
    paakraevet=True,
    bredde=38,
)
TILBUDETS = Kolonne(
    "Tilbud", "tilbud", _ID, "Tilbuddets id: fra arket Tilbud eller fra registret.", paakraevet=True, bredde=38
)
AFDELINGENS = Kolonne(
    "Afdeling", "afdeling", _ID, "Afdelingens id: fra arket Afdelinger eller fra registret.", paakraevet=True, bredde=38
)
FRA = Kolonne("Gælder fra", "fra", dato, "Den første dag, det gælder.", paakraevet=True)
SIDSTE_DAG = Kolonne("Sidste dag", "sidste_dag", dato, "Den sidste dag, det gælder. Tom, når ingen slutdag kendes.")


def ord_i(valg: Sequence[tuple[str, Any]]) -> tuple[str, ...]:
    """The words of a list."""
    return tuple(ord_ for ord_, _ in valg)
