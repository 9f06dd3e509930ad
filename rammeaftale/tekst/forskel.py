"""What has changed between two texts: pure. Line by line first, word by word where a line was changed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_ORD = re.compile(r"\s+|[^\s]+")
MANGE_ORD = 2000  # beyond these, changed lines are shown whole: word by word takes the square of them


class Art(StrEnum):
    """Whether a piece of text stands in both, or only in the old or the new one."""

    ENS = "ens"
    FJERNET = "fjernet"
    TILFOEJET = "tilfoejet"


@dataclass(frozen=True, slots=True)
class Stykke:
    """A piece of text and where it stands."""

    art: Art
    tekst: str


def forskel(gammel: str, ny: str) -> list[Stykke]:
    """The pieces in reading order: those that are not `tilfoejet` make the old text, those that are not `fjernet` the new one."""
    return _saml(_stykker(gammel.splitlines(keepends=True), ny.splitlines(keepends=True), ordvis=True))


def _stykker(gamle: Sequence[str], nye: Sequence[str], *, ordvis: bool) -> Iterator[Stykke]:
    for hvad, i1, i2, j1, j2 in SequenceMatcher(None, gamle, nye, autojunk=False).get_opcodes():
        foer, efter = "".join(gamle[i1:i2]), "".join(nye[j1:j2])
        if hvad == "equal":
            yield Stykke(Art.ENS, foer)
        elif ordvis and foer and efter and len(foer) + len(efter) <= MANGE_ORD * 10:
            yield from _stykker(_ORD.findall(foer), _ORD.findall(efter), ordvis=False)
        else:
            yield from (Stykke(art, tekst) for art, tekst in ((Art.FJERNET, foer), (Art.TILFOEJET, efter)) if tekst)


def _saml(stykker: Iterator[Stykke]) -> list[Stykke]:
    """Neighbours of one kind become one piece."""
    samlet: list[Stykke] = []
    for stykke in stykker:
        if samlet and samlet[-1].art is stykke.art:
            samlet[-1] = Stykke(stykke.art, samlet[-1].tekst + stykke.tekst)
        else:
            samlet.append(stykke)
    return samlet


@dataclass(frozen=True, slots=True)
class Vilkaarsforskel:
    """A term whose value differs; None where it is not set."""

    noegle: str
    foer: str | None
    efter: str | None


def vilkaarsforskelle(foer: Mapping[str, str], efter: Mapping[str, str]) -> list[Vilkaarsforskel]:
    """The terms that are set, dropped or changed, by key."""
    return [
        Vilkaarsforskel(noegle, foer.get(noegle), efter.get(noegle))
        for noegle in sorted({*foer, *efter})
        if foer.get(noegle) != efter.get(noegle)
    ]
