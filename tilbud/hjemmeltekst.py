"""Reading a legal basis as people write it ("SEL § 107 og § 108"): what is certain, and what is not."""

import re
from collections.abc import Container
from dataclasses import dataclass

_PARAGRAF = re.compile(r"(?:(SEL|ABL|SUL|BL)\s*)?§\s*(\d+(?:\s?[a-z]\b(?!\.))?)", re.IGNORECASE)
_UDEN_BETYDNING = re.compile(r"\b(?:stk|nr)\.\s*\d+|\bog\b|[+/,\s]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Laesning:
    """The codes that are certain, and why the text as a whole is not (empty when it is)."""

    koder: tuple[str, ...]
    forbehold: str


def laes_hjemler(tekst: str, kendte: Container[str]) -> Laesning:
    """Codes of a text like "ABL § 105, stk. 2 + SEL § 85". A law carries on to the next § until another is named.

    Nothing is guessed: anything that is not a known paragraph or mere filler becomes the reservation.
    """
    if not tekst.strip() or tekst.strip() == "ikke angivet":
        return Laesning((), "hjemlen er ikke angivet")
    koder: list[str] = []
    ukendte: list[str] = []
    lov = ""
    for fund in _PARAGRAF.finditer(tekst):
        lov = (fund[1] or lov).upper()
        kode = f"{lov}-{fund[2].replace(' ', '')}" if lov else fund[0]
        (koder if kode in kendte else ukendte).append(kode)
    rest = _UDEN_BETYDNING.sub("", _PARAGRAF.sub("", tekst))
    if not koder and not ukendte:
        return Laesning((), f"hjemlen »{tekst}« kan ikke læses")
    if rest:
        return Laesning(tuple(dict.fromkeys(koder)), f"hjemlen »{tekst}« kan ikke læses entydigt")
    if ukendte:
        return Laesning(tuple(dict.fromkeys(koder)), f"hjemlen »{tekst}« står ikke i listen over hjemler")
    return Laesning(tuple(dict.fromkeys(koder)), "")
