"""What a snapshot holds of the agreement's text. Everything in it may be published."""

from dataclasses import dataclass
from datetime import date

from faelles.dokument.tal import dage_i_ord
from faelles.tid import Periode


@dataclass(frozen=True, slots=True)
class Saet:
    """A numbered set of terms, and whether it is final."""

    nummer: int
    aftale: str
    endelig: bool
    demo: bool


@dataclass(frozen=True, slots=True)
class Vilkaarslinje:
    """A term: its name, its value as written and in words (empty when no clause sets it), its unit, and the clause that sets it."""

    noegle: str
    navn: str
    vaerdi: str
    i_ord: str
    enhed: str
    klausul: str

    @property
    def er_sat(self) -> bool:
        """Whether any clause sets it."""
        return bool(self.klausul)


@dataclass(frozen=True, slots=True)
class Klausul:
    """A clause as it is read on `Aftaletekst.dag`: Markdown, with the keys it sets. `aendret_ved`: the allonge that wrote the text, if one did."""

    nummer: str
    overskrift: str
    tekst: str
    noegler: tuple[str, ...]
    aendret_ved: str

    @property
    def navn(self) -> str:
        """Number and heading."""
        return f"{self.nummer} {self.overskrift}".strip()


@dataclass(frozen=True, slots=True)
class Del:
    """A part with its clauses; `art` is a Delart. `allonge`: whose part it is, when an allonge added its clauses."""

    art: str
    titel: str
    allonge: str
    klausuler: tuple[Klausul, ...]


@dataclass(frozen=True, slots=True)
class Allonge:
    """An adopted allonge that the text takes in."""

    titel: str
    fra: date
    til: date | None
    vedtaget: date | None
    indledning: str

    @property
    def periode_i_ord(self) -> str:
        """`01.07.2027 til 31.12.2028`."""
        return dage_i_ord(Periode(self.fra, self.til))


@dataclass(frozen=True, slots=True)
class Aftaletekst:
    """What the agreement says on a day: its parts, the allonger in it, every key there is, and the set its terms were published as (None: none yet)."""

    dag: date
    dele: tuple[Del, ...]
    allonger: tuple[Allonge, ...]
    vilkaar: tuple[Vilkaarslinje, ...]
    saet: Saet | None
