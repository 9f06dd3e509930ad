"""Counts of unmet needs by target group and quarter, fit to be published: pure rules (rules-reservation § 7)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from faelles.diskretion import skjul
from faelles.tid import Periode, om_maaneder

OEVRIGE = "Øvrige målgrupper"
_MAANEDER = 3


@dataclass(frozen=True, slots=True)
class Behovsraekke:
    """The needs of a target group, quarter by quarter, and in all; None is a count that may not be shown."""

    maalgruppe: str
    antal: tuple[int | None, ...]
    i_alt: int | None


@dataclass(frozen=True, slots=True)
class Behovsopgoerelse:
    """The counts of finished quarters. `graense` is the smallest count that may be shown."""

    graense: int
    kvartaler: tuple[Periode, ...]
    raekker: tuple[Behovsraekke, ...]
    summer: tuple[int | None, ...]
    i_alt: int | None

    @property
    def viser_noget(self) -> bool:
        """Whether any count may be shown at all."""
        i_raekker = (tal for raekke in self.raekker for tal in (*raekke.antal, raekke.i_alt))
        return any(tal is not None for tal in (*i_raekker, *self.summer, self.i_alt))


def kvartal_om(dag: date) -> Periode:
    """The quarter the day lies in."""
    foerste = dag.replace(month=(dag.month - 1) // _MAANEDER * _MAANEDER + 1, day=1)
    return Periode(foerste, om_maaneder(foerste, _MAANEDER))


def kvartaler_foer(dag: date, antal: int) -> tuple[Periode, ...]:
    """The finished quarters before the day, the oldest first. One that is not over would tell, day by day, who was added."""
    foerste = kvartal_om(dag).fra
    skel = [om_maaneder(foerste, -_MAANEDER * nr) for nr in range(antal, -1, -1)]
    return tuple(Periode(fra, til) for fra, til in pairwise(skel))


def kan_traekkes(logget: date, dag: date) -> bool:
    """Whether a need may still be withdrawn: until its quarter is over and counted.

    After that the difference of two counts would tell that a municipality had logged one, and reports would no longer agree.
    """
    return kvartal_om(logget) == kvartal_om(dag)


def kvartal_navn(kvartal: Periode) -> str:
    """For instance »3. kvartal 2026«."""
    return f"{(kvartal.fra.month - 1) // _MAANEDER + 1}. kvartal {kvartal.fra.year}"


def opgoer(antal: Mapping[tuple[str, date], int], kvartaler: Sequence[Periode], graense: int) -> Behovsopgoerelse:
    """Count by target group and quarter (`antal`: by the quarter's first day), with small counts and what would give them away left out.

    A target group with fewer needs in all than the limit is counted under OEVRIGE, so that not even its name is told.
    """
    i_alt: Counter[str] = Counter()
    for (gruppe, _), tal in antal.items():
        i_alt[gruppe] += tal
    samlet: Counter[tuple[str, date]] = Counter()
    for (gruppe, fra), tal in antal.items():
        samlet[(gruppe if i_alt[gruppe] >= graense else OEVRIGE, fra)] += tal
    navne = sorted(dict.fromkeys(gruppe for gruppe, _ in samlet), key=lambda navn: navn == OEVRIGE)
    celler = {(navn, kvartal.fra): samlet[(navn, kvartal.fra)] for navn in navne for kvartal in kvartaler}
    skjult = skjul(celler, graense)
    return Behovsopgoerelse(
        graense=graense,
        kvartaler=tuple(kvartaler),
        raekker=tuple(
            Behovsraekke(
                maalgruppe=navn,
                antal=tuple(None if (navn, k.fra) in skjult.celler else celler[(navn, k.fra)] for k in kvartaler),
                i_alt=None if navn in skjult.raekkesummer else sum(celler[(navn, k.fra)] for k in kvartaler),
            )
            for navn in navne
        ),
        summer=tuple(
            None if k.fra in skjult.soejlesummer or not navne else sum(celler[(navn, k.fra)] for navn in navne)
            for k in kvartaler
        ),
        i_alt=None if skjult.i_alt or not navne else sum(celler.values()),
    )
