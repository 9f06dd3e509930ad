"""What a person can be told by mail, and how: a registry every floor fills, and none knows the others.

Register in AppConfig.ready: `@brevslags(…)` on a function that takes the actor and says what waits for her now, or None.
Mails the law, an agreement or a deadline asks for are not chosen: a kind that has no way but the morning's, or, when it is sent by
itself, one named with `altid`. The page of choices says that they come all the same.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.dokument.tal import tal


class Maade(StrEnum):
    """How a person wants to be told."""

    STRAKS = "straks"
    DAGLIGT = "dagligt"
    INGEN = "ingen"


MAADE_NAVN: Mapping[Maade, str] = {
    Maade.STRAKS: "Med det samme",
    Maade.DAGLIGT: "Samlet hver morgen",
    Maade.INGEN: "Ingen mail",
}
SAMLET = (Maade.INGEN, Maade.DAGLIGT)


@dataclass(frozen=True, slots=True)
class Punkt:
    """How many there are, in words for one and for several, and the path to where one sees them. Never whose they are."""

    antal: int
    en: str
    flere: str
    sti: str

    @property
    def i_ord(self) -> str:
        """For instance »2 forespørgsler venter på jeres svar«."""
        return f"{tal(self.antal)} {self.en if self.antal == 1 else self.flere}"


@dataclass(frozen=True, slots=True)
class Brevslags:
    """A kind of mail: to whom it is of use, how it can be had (the first unless she says otherwise), and what waits."""

    kode: str
    navn: str
    maader: Sequence[Maade]
    rettighed: Rettighed
    funktioner: frozenset[Funktion]
    venter: Callable[[Aktoer], Punkt | None]

    @property
    def altid(self) -> bool:
        """Whether it comes every morning there is something to tell, and nobody can do without."""
        return tuple(self.maader) == (Maade.DAGLIGT,)

    def er_for(self, aktoer: Aktoer) -> bool:
        """Whether somebody who is this actor can be told."""
        return aktoer.funktion in self.funktioner and aktoer.maa(self.rettighed)


@dataclass(frozen=True, slots=True)
class FastBrev:
    """A mail that always comes to those who have the right in one of the functions; `hele`: and in all of the organisation's offers."""

    navn: str
    rettighed: Rettighed
    funktioner: frozenset[Funktion]
    hele: bool = False

    def er_for(self, aktoer: Aktoer) -> bool:
        """Whether it comes to somebody who is this actor."""
        uden_for = self.hele and aktoer.tilbud is not None
        return not uden_for and aktoer.funktion in self.funktioner and aktoer.maa(self.rettighed)


_slags: dict[str, Brevslags] = {}
_faste: list[FastBrev] = []


def brevslags(
    kode: str, navn: str, rettighed: Rettighed, *funktioner: Funktion, maader: Sequence[Maade] = SAMLET
) -> Callable[[Callable[[Aktoer], Punkt | None]], Callable[[Aktoer], Punkt | None]]:
    """Register a kind. `maader`: the ways it can be had, the usual one first; the morning's alone is for what always comes."""

    def registrer(venter: Callable[[Aktoer], Punkt | None]) -> Callable[[Aktoer], Punkt | None]:
        _slags[kode] = Brevslags(kode, navn, tuple(maader), rettighed, frozenset(funktioner), venter)
        return venter

    return registrer


def altid(navn: str, rettighed: Rettighed, *funktioner: Funktion, hele: bool = False) -> None:
    """Name a mail that nobody can do without; `hele`: nobody who works with all of the organisation's offers."""
    _faste.append(FastBrev(navn, rettighed, frozenset(funktioner), hele))


def alle() -> Mapping[str, Brevslags]:
    """Every kind by its code."""
    return _slags


def faste() -> Sequence[FastBrev]:
    """Every mail that always comes."""
    return _faste
