"""Counts beside each filter, read off those that fail one criterion at most, and the fewest criteria to relax when nothing is found."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reservationer.soegning.kriterier import BESKRIVELSER, Kriterium
from reservationer.soegning.vurdering import Fakta, Plads
from tilbud.models import Adfaerd, FysiskTraek, Niveau
from tilbud.models.register import alle_ugedage

Naesten = tuple[Fakta, Plads, frozenset[Kriterium]]

# Read once: with all the country's departments there are thousands to be seen under them.
_TRAEK, _ADFAERD = tuple(FysiskTraek.values), tuple(Adfaerd.values)
_NIVEAUER = tuple(niveau for niveau, _ in Niveau.NAVNE)
# Under which of a filter's options a department is seen, and whether choosing one more widens the search (any of them) or
# narrows it (all of them). What is not known excludes nobody, so it is seen under all of them.
_VAERDIER: Mapping[Kriterium, tuple[Callable[[Fakta], Iterable[Any]], bool]] = {
    Kriterium.MAALGRUPPE: (lambda f: f.maalgrupper, True),
    Kriterium.KKR: (lambda f: () if f.kkr is None else (f.kkr,), True),
    Kriterium.KOMMUNE: (lambda f: (f.kommunekode,), True),
    Kriterium.DRIFTSHERREART: (lambda f: (f.driftsherreart,), True),
    Kriterium.NIVEAU: (lambda f: _NIVEAUER if f.niveau is None else (f.niveau,), True),
    Kriterium.FYSISK: (lambda f: f.fysiske_traek or _TRAEK, False),
    Kriterium.ADFAERD: (lambda f: [kode for kode in _ADFAERD if kode not in f.rummer_ikke], False),
}
# The same for what the places decide: what they are free for has been worked out for each option (`frie.bedoem`), whatever of these fails.
_PLADSKRAV = {Kriterium.LEDIG, Kriterium.FORBEHOLDT, Kriterium.IKKE_GODKENDT, Kriterium.ART, Kriterium.UGEDAGE}
_STEDETS = {Kriterium.ART, Kriterium.UGEDAGE}
_UDEN_HJEMMEL = {Kriterium.HJEMMEL, Kriterium.TAKST}  # what another legal basis may change: each has a takst of its own
_PLADSVAERDIER: Mapping[Kriterium, Callable[[Fakta, Plads], Iterable[Any]]] = {
    Kriterium.ART: lambda _, plads: plads.arter,
    Kriterium.UGEDAGE: lambda fakta, plads: alle_ugedage() if fakta.uden_pladser else plads.ugedage,
}


@dataclass(frozen=True, slots=True)
class Lempelse:
    """The fewest criteria to do without, and how many departments come then: mostly the one that removes most."""

    kriterier: tuple[Kriterium, ...]
    antal: int

    @property
    def navn(self) -> str:
        """The criteria in words."""
        *foerste, sidste = (BESKRIVELSER[kriterium].navn for kriterium in self.kriterier)
        return f"{', '.join(foerste)} og {sidste}" if foerste else sidste


def facetter(naesten: Iterable[Naesten]) -> Mapping[Kriterium, Mapping[Any, int]]:
    """For each filter and option: the departments one would see with that option chosen and all other filters as they are."""
    tal: dict[Kriterium, Counter[Any]] = {
        kriterium: Counter() for kriterium in (*_VAERDIER, *_PLADSVAERDIER, Kriterium.HJEMMEL)
    }
    for fakta, plads, fejlede in naesten:
        if fejlede <= _UDEN_HJEMMEL:
            _tael(tal[Kriterium.HJEMMEL], [kode for kode in fakta.hjemler if kode not in plads.for_dyr])
        for kriterium, (vaerdier, udvider) in _VAERDIER.items():
            if not fejlede or (udvider and fejlede == {kriterium}):
                _tael(tal[kriterium], vaerdier(fakta))
        for kriterium, pladsens in _PLADSVAERDIER.items():
            if not fejlede or (fejlede <= _PLADSKRAV and not fakta.uden_pladser):
                _tael(tal[kriterium], pladsens(fakta, plads))
    return tal


def _tael(tal: Counter[Any], vaerdier: Iterable[Any]) -> None:
    """What `Counter.update` does, without asking first what it was given: that takes longer than to count the few there are."""
    for vaerdi in vaerdier:
        tal[vaerdi] += 1


def taeller_med(fejlede: frozenset[Kriterium]) -> bool:
    """Whether what a department fails leaves it to be counted beside a filter: one criterion at most, or the two a legal basis decides."""
    return len(fejlede) <= 1 or fejlede <= _UDEN_HJEMMEL


def veje(plads: Plads, fejlede: frozenset[Kriterium]) -> Iterator[frozenset[Kriterium]]:
    """Each of the smallest sets of criteria a department is found without.

    Mostly it is what it fails. A place may be had by doing without its kind or without the weekdays. Without the legal basis its
    lowest takst counts, which may be too high as well, or low enough.
    """
    for i_vejen in plads.i_vejen or (frozenset(),):
        yield from _om_taksten(plads, fejlede - _STEDETS | i_vejen if plads.i_vejen else fejlede)


def _om_taksten(plads: Plads, fejlede: frozenset[Kriterium]) -> Iterator[frozenset[Kriterium]]:
    ogsaa_for_dyr = None in plads.for_dyr
    if Kriterium.HJEMMEL in fejlede:
        yield fejlede | {Kriterium.TAKST} if ogsaa_for_dyr else fejlede - {Kriterium.TAKST}
        return
    yield fejlede
    if Kriterium.TAKST in fejlede and not ogsaa_for_dyr:
        yield fejlede - {Kriterium.TAKST} | {Kriterium.HJEMMEL}


def lempelse(naesten: Iterable[Naesten]) -> Lempelse | None:
    """The fewest criteria that stand in the way of anything at all, and among sets as small those that remove most.

    None when there are no departments.
    """
    tal = Counter(vej for _, plads, fejlede in naesten for vej in veje(plads, fejlede))
    if not tal:
        return None
    raekkefoelge = list(Kriterium).index
    ordnet = {faa: sorted(faa, key=raekkefoelge) for faa in tal}
    bedst = min(tal, key=lambda faa: (len(faa), -tal[faa], [raekkefoelge(kriterium) for kriterium in ordnet[faa]]))
    return Lempelse(tuple(ordnet[bedst]), tal[bedst])
