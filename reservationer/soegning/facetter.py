"""Counts beside each filter, and which criterion alone stands in the way: both read off those that fail one criterion at most."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from reservationer.soegning.kriterier import BESKRIVELSER, Kriterium
from reservationer.soegning.vurdering import Fakta

Naesten = tuple[Fakta, frozenset[Kriterium]]

# What a filter's options are, and whether choosing one more widens the search (any of them) or narrows it (all of them).
_VAERDIER: Mapping[Kriterium, tuple[Callable[[Fakta], Iterable[Any]], bool]] = {
    Kriterium.MAALGRUPPE: (lambda f: f.maalgrupper, True),
    Kriterium.HJEMMEL: (lambda f: f.hjemler, True),
    Kriterium.KOMMUNE: (lambda f: (f.kommunekode,), True),
    Kriterium.DRIFTSHERREART: (lambda f: (f.driftsherreart,), True),
    Kriterium.NIVEAU: (lambda f: () if f.niveau is None else (f.niveau,), True),
    Kriterium.FYSISK: (lambda f: f.fysiske_traek, False),
}


@dataclass(frozen=True, slots=True)
class Lempelse:
    """The criterion that alone removes most, and how many departments come without it."""

    kriterium: Kriterium
    antal: int

    @property
    def navn(self) -> str:
        """The criterion in words."""
        return BESKRIVELSER[self.kriterium].navn


def facetter(naesten: Iterable[Naesten]) -> Mapping[Kriterium, Mapping[Any, int]]:
    """For each filter and option: the departments one would see with that option chosen and all other filters as they are."""
    tal: dict[Kriterium, Counter[Any]] = {kriterium: Counter() for kriterium in _VAERDIER}
    for fakta, fejlede in naesten:
        for kriterium, (vaerdier, udvider) in _VAERDIER.items():
            if not fejlede or (udvider and fejlede == {kriterium}):
                tal[kriterium].update(vaerdier(fakta))
    return tal


def lempelse(naesten: Iterable[Naesten]) -> Lempelse | None:
    """The one criterion whose removal gives most; None when no single one is enough."""
    ene = Counter(next(iter(fejlede)) for _, fejlede in naesten if len(fejlede) == 1)
    if not ene:
        return None
    kriterium = min(ene, key=lambda muligt: (-ene[muligt], list(Kriterium).index(muligt)))
    return Lempelse(kriterium, ene[kriterium])
