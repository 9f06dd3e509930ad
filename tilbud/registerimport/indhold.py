"""What an import keeps: the rows that were read and the changes they gave, as canonical JSON with a fingerprint. Pure."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from faelles.regneark.indlaesning import Raekke
from tilbud.registerimport.sammenligning import Aendring, kanonisk


def pak(raekker: Mapping[str, Sequence[Raekke]], aendringer: Sequence[Aendring]) -> dict[str, Any]:
    """The content as JSON values."""
    return {
        "raekker": {
            ark: [
                [raekke.nummer, {felt: kanonisk(felt, vaerdi) for felt, vaerdi in raekke.felter.items()}]
                for raekke in raekker_
            ]
            for ark, raekker_ in raekker.items()
        },
        "aendringer": [asdict(aendring) for aendring in aendringer],
    }


def raekker_i(indhold: Mapping[str, Any]) -> dict[str, list[Raekke]]:
    """The rows that were read."""
    return {ark: [Raekke(nummer, felter) for nummer, felter in raekker] for ark, raekker in indhold["raekker"].items()}


def aendringer_i(indhold: Mapping[str, Any]) -> list[Aendring]:
    """The changes they gave."""
    return [Aendring(**felter) for felter in indhold["aendringer"]]


def fingeraftryk(indhold: Mapping[str, Any]) -> str:
    """SHA-256 of the content; the same content has the same, whatever order its keys come in."""
    tekst = json.dumps(indhold, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(tekst.encode()).hexdigest()
