"""Who waited at the end of each month, counted by offer, target group, municipality and how long: pure rules, fit for supervision.

What is counted is citizens, each once: one who waits for several offers stands at the one it has waited for longest, so that no
citizen lifts a count over the limit by itself. The counts of a month never change once it is over, and small ones are left out
as those of unmet needs are (`soegning.behov.optaelling`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from faelles.sprog import sortnoegle
from faelles.tid import Periode, om_maaneder
from reservationer.soegning.behov.optaelling import Behovsopgoerelse, opgoer
from vilkaar.kilde import Kilde


class Inddeling(StrEnum):
    """By what the waiting are counted."""

    TILBUD = "tilbud"
    MAALGRUPPE = "maalgruppe"
    KOMMUNE = "kommune"
    VENTETID = "ventetid"


INDDELING_NAVN: Mapping[Inddeling, str] = {
    Inddeling.TILBUD: "Tilbud",
    Inddeling.MAALGRUPPE: "Målgruppe",
    Inddeling.KOMMUNE: "Kommune",
    Inddeling.VENTETID: "Ventetid",
}
# How long in whole months, and what it is called; the last has no end.
_TRIN = ((1, "Under 1 måned"), (3, "1 til 3 måneder"), (6, "3 til 6 måneder"), (12, "6 til 12 måneder"))
LAENGST = "12 måneder eller mere"
VENTETIDER = (*(navn for _, navn in _TRIN), LAENGST)


@dataclass(frozen=True, slots=True)
class Ventetid:
    """That a citizen waited for an offer from a day; `til` is the first day it no longer did. `borger` is told apart, never shown."""

    borger: tuple[UUID, str]
    kommunekode: str
    kommune: str
    tilbud: str
    maalgruppe: str
    fra: date
    til: date | None

    def ventede(self, dag: date) -> bool:
        """Whether it waited at the end of the day."""
        return self.fra <= dag and (self.til is None or self.til > dag)

    def gruppe(self, inddeling: Inddeling, dag: date) -> str:
        """What it is counted under at the end of the day."""
        if inddeling is Inddeling.VENTETID:
            return next((navn for antal, navn in _TRIN if om_maaneder(self.fra, antal) > dag), LAENGST)
        return {
            Inddeling.TILBUD: self.tilbud,
            Inddeling.MAALGRUPPE: self.maalgruppe,
            Inddeling.KOMMUNE: self.kommune,
        }[inddeling]


def maaneder_foer(dag: date, antal: int) -> tuple[Periode, ...]:
    """The finished months before the day, the oldest first."""
    foerste = dag.replace(day=1)
    skel = [om_maaneder(foerste, -nr) for nr in range(antal, -1, -1)]
    return tuple(Periode(fra, til) for fra, til in pairwise(skel))


def sidste_dag(maaned: Periode) -> date:
    """The day a month is counted on."""
    return om_maaneder(maaned.fra, 1) - timedelta(days=1)


def borgere(alle: Iterable[Ventetid], dag: date) -> list[Ventetid]:
    """Those who waited at the end of the day, each citizen once: where it had waited longest."""
    laengst: dict[tuple[UUID, str], Ventetid] = {}
    for en in sorted(alle, key=lambda en: (en.fra, en.tilbud)):
        if en.ventede(dag):
            laengst.setdefault(en.borger, en)
    return list(laengst.values())


def tael(
    inddeling: Inddeling,
    dele: Mapping[Periode, Sequence[Sequence[Ventetid]]],
    graense: int,
    kilde: Kilde | None = None,
) -> Behovsopgoerelse:
    """Count the citizens of each month's parts; small counts, and what would give them away, are left out."""
    antal = {
        maaned: [Counter(en.gruppe(inddeling, sidste_dag(maaned)) for en in del_) for del_ in delene]
        for maaned, delene in dele.items()
    }
    fundne = {gruppe for delene in antal.values() for del_ in delene for gruppe in del_}
    orden = VENTETIDER if inddeling is Inddeling.VENTETID else sorted(fundne, key=sortnoegle)
    return opgoer([gruppe for gruppe in orden if gruppe in fundne], antal, graense, kilde)
