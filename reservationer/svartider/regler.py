"""How long the steps of a case took, fit to be published: pure rules (rules-reservation §§ 3, 5 and 7).

What is counted in a half-year is what was noted in it, so that it never changes once the half-year is over. Half-years do not
overlap, and what is shown of one follows from its own cases and the limit alone: two readings say the same of what they share.
The limit is held against citizens, each counted once, so that no citizen asked for at many offers lifts a count over it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from faelles.sprog import sortnoegle
from faelles.tid import Periode, om_maaneder

OEVRIGE = "Øvrige"
_MAANEDER = 6
Borger = tuple[UUID, str]


class Trin(StrEnum):
    """What a case waits for. All but the last are counted from when the offer was asked."""

    SVAR = "svar"
    TILBUD = "tilbud"
    RESERVATION = "reservation"
    INDFLYTNING = "indflytning"
    VENTELISTE = "venteliste"


TRIN_NAVN: Mapping[Trin, str] = {
    Trin.SVAR: "Svar",
    Trin.TILBUD: "Tilbud om plads",
    Trin.RESERVATION: "Reservation",
    Trin.INDFLYTNING: "Indflytning",
    Trin.VENTELISTE: "På venteliste",
}
TRIN_FORKLARING: Mapping[Trin, str] = {
    Trin.SVAR: "Fra tilbuddet blev spurgt, til det første gang svarede ja eller nej. At bede om mere er ikke et svar.",
    Trin.TILBUD: "Fra tilbuddet blev spurgt, til det første gang tilbød en plads.",
    Trin.RESERVATION: "Fra tilbuddet blev spurgt, til pladsen blev reserveret.",
    Trin.INDFLYTNING: "Fra tilbuddet blev spurgt, til opholdets første dag.",
    Trin.VENTELISTE: "Fra behovet blev skrevet på ventelisten, til det ikke ventede længere, uanset hvordan det endte.",
}


class Inddeling(StrEnum):
    """By what the cases are told apart."""

    HJEMMEL = "hjemmel"
    DRIFTSHERRE = "driftsherre"
    KOMMUNE = "kommune"
    TILBUD = "tilbud"


INDDELING_NAVN: Mapping[Inddeling, str] = {
    Inddeling.HJEMMEL: "Hjemmel",
    Inddeling.DRIFTSHERRE: "Driftsherre",
    Inddeling.KOMMUNE: "Kommune",
    Inddeling.TILBUD: "Tilbud",
}


@dataclass(frozen=True, slots=True)
class Maaling:
    """That a case reached a step after so many days by the calendar, noted on a day. `borger` is told apart, never shown."""

    trin: Trin
    borger: Borger
    dage: int
    noteret: date
    kommunekode: str
    kommune: str
    driftsherre: str
    tilbud: str
    hjemmel: str

    def gruppe(self, inddeling: Inddeling) -> str:
        """What it is counted under."""
        return {
            Inddeling.HJEMMEL: self.hjemmel,
            Inddeling.DRIFTSHERRE: self.driftsherre,
            Inddeling.KOMMUNE: self.kommune,
            Inddeling.TILBUD: self.tilbud,
        }[inddeling]


@dataclass(frozen=True, slots=True)
class Tal:
    """How many cases, and the days within which half of them, and nine out of ten, got there; no days when there are no cases."""

    sager: int
    halvdelen: int | None = None
    ni_af_ti: int | None = None


@dataclass(frozen=True, slots=True)
class Raekke:
    """The steps of a group; None is what may not be shown."""

    gruppe: str
    tal: Mapping[Trin, Tal | None]

    @property
    def viser_noget(self) -> bool:
        """Whether there is any step of which something is shown."""
        return any(tal and tal.sager for tal in self.tal.values())


def halvaar_om(dag: date) -> Periode:
    """The half-year the day lies in."""
    foerste = dag.replace(month=1 if dag.month <= _MAANEDER else _MAANEDER + 1, day=1)
    return Periode(foerste, om_maaneder(foerste, _MAANEDER))


def halvaar_foer(dag: date, antal: int) -> tuple[Periode, ...]:
    """The finished half-years before the day, the oldest first. One that is not over would tell, day by day, who was added."""
    foerste = halvaar_om(dag).fra
    skel = [om_maaneder(foerste, -_MAANEDER * nr) for nr in range(antal, -1, -1)]
    return tuple(Periode(fra, til) for fra, til in pairwise(skel))


def halvaar_navn(halvaar: Periode) -> str:
    """For instance »1. halvår 2026«."""
    return f"{1 if halvaar.fra.month == 1 else 2}. halvår {halvaar.fra.year}"


def tal_for(dage: Sequence[int]) -> Tal:
    """The figures of cases that took these days: each the fewest whole days within which so many got there (nearest rank)."""
    ordnet, antal = sorted(dage), len(dage)
    if not ordnet:
        return Tal(0)
    return Tal(antal, ordnet[(antal + 1) // 2 - 1], ordnet[-(-antal * 9 // 10) - 1])


def skjulte(borgere: Mapping[str, AbstractSet[Borger]], graense: int) -> frozenset[str]:
    """The groups that may not be shown by themselves: those of fewer citizens than the limit.

    Are they together too few even so, the smallest of the others go with them, all that are equal: picking one by its name
    would tell that the rest come after it.
    """
    skjult = {gruppe for gruppe, sine in borgere.items() if len(sine) < graense}
    for antal in sorted({len(sine) for sine in borgere.values() if len(sine) >= graense}):
        if not skjult or len(_alle(borgere, skjult)) >= graense:
            break
        skjult |= {gruppe for gruppe, sine in borgere.items() if len(sine) == antal}
    return frozenset(skjult)


def samlet(maalinger: Iterable[Maaling], graense: int) -> Raekke:
    """All cases of a half-year in one row."""
    pr_trin = _pr_trin(maalinger)
    return Raekke("Alle", {trin: _vist(pr_trin[trin], graense) for trin in Trin})


def opdelt(maalinger: Sequence[Maaling], inddeling: Inddeling, graense: int) -> list[Raekke]:
    """The cases of a half-year by group in Danish order. Those that may not be shown are counted together, last, without their names."""
    tal: dict[str, dict[Trin, Tal | None]] = defaultdict(dict)
    for trin, sine in _pr_trin(maalinger).items():
        pr_gruppe: dict[str, list[Maaling]] = defaultdict(list)
        for en in sine:
            pr_gruppe[en.gruppe(inddeling)].append(en)
        skjult = skjulte({gruppe: {en.borger for en in dens} for gruppe, dens in pr_gruppe.items()}, graense)
        for gruppe in pr_gruppe.keys() - skjult:
            tal[gruppe][trin] = _vist(pr_gruppe[gruppe], graense)
        if skjult:
            tal[OEVRIGE][trin] = _vist([en for gruppe in skjult for en in pr_gruppe[gruppe]], graense)
    oevrige, i_alt = tal.pop(OEVRIGE, {}), samlet(maalinger, graense)
    # Where some are hidden, it is hidden too that a group that is named has none.
    ingen = {trin: Tal(0) if i_alt.tal[trin] and trin not in oevrige else None for trin in Trin}
    raekker = [
        Raekke(gruppe, {**ingen, **sit}) for gruppe, sit in sorted(tal.items(), key=lambda par: sortnoegle(par[0]))
    ]
    sammen = Raekke(OEVRIGE, {trin: oevrige.get(trin, ingen[trin]) for trin in Trin})
    return [*raekker, sammen] if sammen.viser_noget else raekker


def _pr_trin(maalinger: Iterable[Maaling]) -> Mapping[Trin, list[Maaling]]:
    pr_trin: dict[Trin, list[Maaling]] = {trin: [] for trin in Trin}
    for en in maalinger:
        pr_trin[en.trin].append(en)
    return pr_trin


def _vist(maalinger: Sequence[Maaling], graense: int) -> Tal | None:
    if len({en.borger for en in maalinger}) < graense:
        return None
    return tal_for([en.dage for en in maalinger])


def _alle(borgere: Mapping[str, AbstractSet[Borger]], grupper: Iterable[str]) -> set[Borger]:
    return {borger for gruppe in grupper for borger in borgere[gruppe]}
