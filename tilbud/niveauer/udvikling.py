"""An offer's levels over time: where a new one goes, who moved when, and how many stood where. Pure.

Level 1 is the most specialised: from 3 to 1 is towards more specialised help, from 1 to 3 towards more general.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from uuid import UUID

from faelles.tid import Periode

NIVEAUER = (1, 2, 3)
SKIFT = tuple((fra, til) for fra in NIVEAUER for til in NIVEAUER if fra != til)


@dataclass(frozen=True, slots=True)
class Niveauperiode:
    """That an offer is on a level in a period, and why."""

    niveau: int
    periode: Periode
    grund: str = ""


@dataclass(frozen=True, slots=True)
class Indfoejelse:
    """What a new level does to those registered: `erstatter` and `afkorter` are indices, `periode` the days it holds."""

    periode: Periode
    erstatter: int | None = None
    afkorter: int | None = None


def indfoej(perioder: Sequence[Niveauperiode], fra: date) -> Indfoejelse:
    """Where a level that holds from `fra` goes among the others, which never overlap.

    One that begins that very day is replaced: it was registered wrongly. One that holds then is cut short. The new one
    holds until the next begins.
    """
    for nummer, andet in enumerate(perioder):
        if andet.periode.fra == fra:
            return Indfoejelse(andet.periode, erstatter=nummer)
    senere = [andet.periode.fra for andet in perioder if andet.periode.fra > fra]
    gaelder = next((nummer for nummer, andet in enumerate(perioder) if andet.periode.indeholder(fra)), None)
    return Indfoejelse(Periode(fra, min(senere, default=None)), afkorter=gaelder)


@dataclass(frozen=True, slots=True)
class Flytning:
    """That an offer went from one level to another on a day."""

    dag: date
    tilbud: UUID
    fra: int
    til: int
    grund: str

    @property
    def mere_specialiseret(self) -> bool:
        """Whether the help became more specialised."""
        return self.til < self.fra


Historik = Mapping[UUID, Sequence[Niveauperiode]]


def flytninger(historik: Historik, dag: date) -> list[Flytning]:
    """Changes of level up to and including the day, latest first; the first level of an offer is no movement.

    `historik`: each offer's levels in the order of their days.
    """
    fundne = [
        Flytning(efter.periode.fra, tilbud, foer.niveau, efter.niveau, efter.grund)
        for tilbud, perioder in historik.items()
        for foer, efter in pairwise(perioder)
        if foer.niveau != efter.niveau and efter.periode.fra <= dag
    ]
    return sorted(fundne, key=lambda flytning: (-flytning.dag.toordinal(), str(flytning.tilbud)))


@dataclass(frozen=True, slots=True)
class Aarstal:
    """A year: movements by (from, to), and the offers on each level on its last day, or on the day asked about."""

    aar: int
    dag: date
    skift: Mapping[tuple[int, int], int]
    bestand: Mapping[int, int]

    @property
    def mere_specialiserede(self) -> int:
        """Movements towards more specialised help."""
        return sum(antal for (fra, til), antal in self.skift.items() if til < fra)

    @property
    def mere_almene(self) -> int:
        """Movements towards more general help."""
        return sum(antal for (fra, til), antal in self.skift.items() if til > fra)


def aarstal(historik: Historik, dag: date, antal_aar: int) -> list[Aarstal]:
    """The last years up to the day, oldest first."""
    alle = flytninger(historik, dag)
    fundne = []
    for aar in range(dag.year - antal_aar + 1, dag.year + 1):
        sidste = min(date(aar, 12, 31), dag)
        skift = Counter((f.fra, f.til) for f in alle if f.dag.year == aar)
        bestand = Counter(niveauer_paa(historik, sidste).values())
        fundne.append(Aarstal(aar, sidste, {par: skift[par] for par in SKIFT}, {tal: bestand[tal] for tal in NIVEAUER}))
    return fundne


def niveauer_paa(historik: Historik, dag: date) -> dict[UUID, int]:
    """The level of each offer that has one on the day."""
    return {tilbud: fundet.niveau for tilbud, perioder in historik.items() if (fundet := paa(perioder, dag))}


def paa(perioder: Iterable[Niveauperiode], dag: date) -> Niveauperiode | None:
    """The level that holds on the day."""
    return next((fundet for fundet in perioder if fundet.periode.indeholder(dag)), None)
