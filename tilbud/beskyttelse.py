"""Which addresses are protected from the start: a pure rule. What follows from it is the database's to keep (`Tilbud`)."""

import re
from collections.abc import Iterable

KRISECENTER = "SEL-109"  # serviceloven § 109: people who live there may be looked for
_NAEVNT = re.compile(r"(?<!\d)109(?!\d)")


def beskyttes(hjemler: Iterable[str], tekst: str = "") -> bool:
    """Whether an offer under these legal bases is a crisis centre; a text that names § 109 and could not be read counts too."""
    return KRISECENTER in hjemler or bool(_NAEVNT.search(tekst))
