"""Columns several sheets share: which row it is, and where it belongs. Pure."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from faelles.regneark.kolonner import Celle, Kolonne, dato, tekst

Ord = tuple[tuple[str, Any], ...]  # the word of a list, and what it stands for

_TEKST = tekst(60)


def id_ord(tekst: str) -> str:
    """An id as it is compared: a UUID is the same however it is written, and systems write it in capitals."""
    try:
        return str(UUID(tekst))
    except ValueError:
        return tekst


def _id(celle: Celle) -> str:
    return id_ord(_TEKST(celle))


ID = Kolonne(
    "Id",
    "id",
    _id,
    "Jeres eget id, som rækken kendes på, når filen indlæses igen: kun én gang i arket, også på tværs af tilbud. "
    "Har I ikke et, så brug platformens.",
    paakraevet=True,
    bredde=38,
)
TILBUDETS = Kolonne(
    "Tilbud", "tilbud", _id, "Tilbuddets id: fra arket Tilbud eller fra registret.", paakraevet=True, bredde=38
)
AFDELINGENS = Kolonne(
    "Afdeling", "afdeling", _id, "Afdelingens id: fra arket Afdelinger eller fra registret.", paakraevet=True, bredde=38
)
FRA = Kolonne("Gælder fra", "fra", dato, "Den første dag, det gælder.", paakraevet=True)
SIDSTE_DAG = Kolonne("Sidste dag", "sidste_dag", dato, "Den sidste dag, det gælder. Tom, når ingen slutdag kendes.")


def ord_i(valg: Sequence[tuple[str, Any]]) -> tuple[str, ...]:
    """The words of a list."""
    return tuple(ord_ for ord_, _ in valg)
