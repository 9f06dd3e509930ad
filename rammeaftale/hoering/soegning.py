"""Whether a file that goes with an answer holds a CPR number: its text is read out by `udtraek`, page by page, and asked.

What cannot be read at all is refused, with what to do about it; what can, but is no text (a scanned picture, a file inside the
file), is taken and marked, for the secretariat must look at it itself. A refusal says where the number stands, never which it is.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Any

from faelles.cpr import ligner_cpr
from rammeaftale.hoering.filer import Fil, Filart, afvis

LAESER = Path(__file__).with_name("udtraek.py")
FLEST_SIDER = 200
FLEST_TEGN = 2_000_000
SEKUNDER = 15  # on the wall; of the machine's time the reader gives itself less


class Gennemsoegning(StrEnum):
    """How much of a file's text has been asked. Pictures never are."""

    HELT = "helt"
    DELVIST = "delvist"
    IKKE = "ikke"


GENNEMSOEGNING_NAVN: Mapping[Gennemsoegning, str] = {
    Gennemsoegning.HELT: "Gennemsøgt for CPR-numre",
    Gennemsoegning.DELVIST: "Kun delvist gennemsøgt for CPR-numre",
    Gennemsoegning.IKKE: "Ikke gennemsøgt for CPR-numre",
}
_OVERSKREDET = (
    "Filen tager for lang tid at læse igennem. Gem den på ny som PDF fra det program, den er skrevet i, eller del den."
)
HVORFOR: Mapping[str, str] = {
    "laast": "Filen er låst med en adgangskode.",
    "sider": f"Filen har over {FLEST_SIDER} sider. Del den.",
    "langt": "Filen har for meget tekst til at blive læst igennem. Del den.",
    "tungt": "Filen fylder for meget, når den læses. Gem den på ny uden store billeder, eller del den.",
    "fremmed": "Filen henviser til noget uden for sig selv. Gem den på ny som PDF.",
    "defekt": "Filen er i stykker og kan ikke læses. Gem den på ny, og vedlæg den igen.",
}
Del = tuple[str, str]


def gennemsoeg(fil: Fil) -> Gennemsoegning:
    """How much of the file was asked. Raises UgyldigtInput when it cannot be read, or holds what looks like a CPR number."""
    dele, ulaest = _linjer(fil.indhold) if fil.art is Filart.TXT else _laest(fil)
    if hvor := _fundet(dele):
        raise afvis(
            f"I filen, {hvor}, står noget, der ligner et CPR-nummer (ti cifre, der begynder med en dato). Platformen gemmer aldrig "
            "CPR-numre. Fjern det, og vedlæg filen igen."
        )
    if not ulaest:
        return Gennemsoegning.HELT
    return (
        Gennemsoegning.DELVIST
        if any(tekst.strip() for navn, tekst in dele if "egenskab" not in navn)
        else Gennemsoegning.IKKE
    )


def _linjer(indhold: bytes) -> tuple[Sequence[Del], int]:
    return [
        (f"linje {nummer}", linje) for nummer, linje in enumerate(indhold.decode("utf-8-sig").split("\n"), start=1)
    ], 0


def _laest(fil: Fil) -> tuple[Sequence[Del], int]:
    """The file's text by part, and how many parts have none. Raises UgyldigtInput."""
    kommando = [sys.executable, "-I", str(LAESER), fil.art.value, str(FLEST_SIDER), str(FLEST_TEGN)]
    try:
        koert = subprocess.run(  # noqa: S603 - our own program with fixed arguments; the stranger's bytes go to its stdin
            kommando,
            input=fil.indhold,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            timeout=SEKUNDER,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise afvis(_OVERSKREDET) from None
    if koert.returncode < 0:  # killed at its ceiling of the machine's time
        raise afvis(_OVERSKREDET)
    fundet: dict[str, Any] = json.loads(koert.stdout) if koert.returncode == 0 else {"fejl": "defekt"}
    if "fejl" in fundet:
        raise afvis(HVORFOR[fundet["fejl"]])
    return [(navn, tekst) for navn, tekst in fundet["dele"]], fundet["ulaest"]


def _fundet(dele: Sequence[Del]) -> str:
    """Where something looks like a CPR number; a number may begin in one part and end in the next. Nothing when it is nowhere."""
    if not ligner_cpr("\n".join(tekst for _, tekst in dele)):
        return ""
    return next(_steder(dele), "et sted i teksten")


def _steder(dele: Sequence[Del]) -> Iterator[str]:
    yield from (navn for navn, tekst in dele if ligner_cpr(tekst))
    for (navn, tekst), (naeste, mere) in pairwise(dele):
        if ligner_cpr(f"{tekst}\n{mere}"):
            yield f"{navn} og {naeste}"
