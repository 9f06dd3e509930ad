"""Where two sets of terms differ: pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from vilkaar.noegler import NOEGLER, Noegle
from vilkaar.queries import GaeldendeVilkaar


@dataclass(frozen=True, slots=True)
class Forskel:
    """A term that two sets say differently, each value in words, None where the set lacks it; and the clause that sets it."""

    noegle: Noegle
    foer: str | None
    efter: str | None
    klausul: str

    @property
    def i_ord(self) -> str:
        """`Overhead fra 6 procent til 7 procent (klausulen Takstberegning)`."""
        return f"{NOEGLER[self.noegle].navn} fra {self.foer or 'intet'} til {self.efter or 'intet'} (klausulen {self.klausul})"


def forskelle(foer: GaeldendeVilkaar, efter: GaeldendeVilkaar, noegler: Iterable[Noegle] = Noegle) -> list[Forskel]:
    """By clause and name; of these keys, where only some matter."""
    fundne = [
        Forskel(noegle, _i_ord(foer, noegle), _i_ord(efter, noegle), klausul)
        for noegle in noegler
        if foer.vaerdier.get(noegle) != efter.vaerdier.get(noegle)
        and (klausul := efter.klausuler.get(noegle) or foer.klausuler[noegle])
    ]
    return sorted(fundne, key=lambda en: (en.klausul, NOEGLER[en.noegle].navn))


def _i_ord(vilkaar: GaeldendeVilkaar, noegle: Noegle) -> str | None:
    vaerdi = vilkaar.vaerdier.get(noegle)
    return None if vaerdi is None else NOEGLER[noegle].i_ord(vaerdi)
