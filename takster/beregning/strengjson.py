"""JSON as text, read without losing anything: a repeated key, a decimal fraction and a NaN are kept visible, not smoothed over."""

import json
from dataclasses import dataclass
from typing import Any

from faelles.fejl import UgyldigtInput

KODE = "ugyldig_json"


class Objekt(dict[str, Any]):
    """A JSON object that remembers which of its keys stood there more than once."""

    def __init__(self, par: list[tuple[str, Any]]) -> None:
        """Keep the last value of each key, as JSON does, and the names of the repeated ones."""
        super().__init__(par)
        navne = [navn for navn, _ in par]
        self.gentagne = tuple(sorted({navn for navn in navne if navne.count(navn) > 1}))


@dataclass(frozen=True, slots=True)
class Kommatal:
    """A JSON number with a fraction or an exponent, or NaN and its like: what a float would have rounded."""

    tekst: str


def laes_json(indhold: bytes) -> Any:
    """The content of a file. Raises UgyldigtInput that says where the text stops being JSON."""
    try:
        tekst = indhold.decode("utf-8-sig")
        return json.loads(tekst, object_pairs_hook=Objekt, parse_float=Kommatal, parse_constant=Kommatal)
    except UnicodeDecodeError as fejl:
        raise UgyldigtInput(KODE, f"Filen er ikke UTF-8 (byte {fejl.start}). Gem den som UTF-8.") from fejl
    except json.JSONDecodeError as fejl:
        raise UgyldigtInput(
            KODE, f"Filen er ikke gyldig JSON: linje {fejl.lineno}, tegn {fejl.colno}. Ret den dér, og prøv igen."
        ) from fejl
    except (RecursionError, ValueError) as fejl:  # nested too deep, or a whole number of thousands of digits
        raise UgyldigtInput(KODE, "Filen har et tal eller en indlejring uden rimelig størrelse. Ret den.") from fejl
