"""Counts of unmet needs by target group and quarter, fit to be published: pure rules (rules-reservation § 7).

The counts are read again every quarter, by a page, the API and reports, so what two readings say together may tell no more
than one of them. Therefore what is shown of a quarter follows from the counts of that quarter and the limit alone. The counts
never change once it is over (`kan_traekkes`), and every total across quarters is the sum of what is shown: under one limit two
readings say the same of the quarters they share, and their difference is figures that are shown anyway. A limit that is changed
changes what is shown of old quarters too, but gives nothing away: what is hidden under a low limit is hidden under a higher one.

A KKR that was made of others has their counts from before. What is shown of such a quarter is added up of what may be shown of
each of them, so that it tells nothing beside what has been read of one of them: had they been counted as one, the one's count
taken from both would be the other's, however small.

What is counted is what the limit is held against: one citizen's need in a quarter (`models.UdaekketBehov`), so that neither one
citizen searched for again and again, nor one searched for in vain by two colleagues, lifts a count over the limit.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from faelles.tid import Periode, om_maaneder
from vilkaar.kilde import Kilde

OEVRIGE = "Øvrige målgrupper"
_MAANEDER = 3


@dataclass(frozen=True, slots=True)
class Behovsraekke:
    """The needs of a target group, quarter by quarter, and those shown in all; None is a count that may not be shown."""

    maalgruppe: str
    antal: tuple[int | None, ...]
    i_alt: int | None


@dataclass(frozen=True, slots=True)
class Behovsopgoerelse:
    """The counts of finished quarters, and those shown in all. `graense` is the smallest count that may be shown; `kilde` says where it is from."""

    graense: int
    kvartaler: tuple[Periode, ...]
    raekker: tuple[Behovsraekke, ...]
    summer: tuple[int | None, ...]
    i_alt: int | None
    kilde: Kilde | None = None

    @property
    def viser_noget(self) -> bool:
        """Whether any count may be shown at all."""
        return self.i_alt is not None


@dataclass(frozen=True, slots=True)
class _Kvartal:
    """What may be shown of a quarter: groups by name, the others in one, and all of them; None where they are too few."""

    vist: Mapping[str, int]
    oevrige: int | None
    i_alt: int | None

    def antal(self, gruppe: str) -> int | None:
        """The count of a group. Nought is shown where nobody is hidden: it then tells of nobody."""
        return self.vist.get(gruppe, None if self.oevrige != 0 else 0)


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


def opgoer(
    grupper: Iterable[str],
    kvartaler: Mapping[Periode, Sequence[Mapping[str, int]]],
    graense: int,
    kilde: Kilde | None = None,
) -> Behovsopgoerelse:
    """Count by target group and quarter, with small counts and what would give them away left out.

    Each quarter has the counts by group, each at least 1, of every KKR there was in it: one, or those that have become one.
    Rows stand in the order of `grupper`, which must be that of the groups alone. A target group whose count may not be shown in any of the quarters is not named; the hidden ones of a quarter are counted
    together under OEVRIGE.
    """
    viste = [_saml([_vis(antal, graense) for antal in dele]) for dele in kvartaler.values()]
    navne = [gruppe for gruppe in grupper if any(gruppe in kvartal.vist for kvartal in viste)]
    raekker = [(navn, tuple(kvartal.antal(navn) for kvartal in viste)) for navn in navne]
    if any(kvartal.oevrige for kvartal in viste):
        raekker.append((OEVRIGE, tuple(kvartal.oevrige for kvartal in viste)))
    summer = tuple(kvartal.i_alt for kvartal in viste)
    return Behovsopgoerelse(
        graense=graense,
        kvartaler=tuple(kvartaler),
        raekker=tuple(Behovsraekke(navn, tal, _vist_i_alt(tal)) for navn, tal in raekker),
        summer=summer,
        i_alt=_vist_i_alt(summer),
        kilde=kilde,
    )


def _saml(dele: Sequence[_Kvartal]) -> _Kvartal:
    """What may be shown of KKRs that have become one: what follows from that which may be shown of each."""
    i_alt = [del_.i_alt for del_ in dele if del_.i_alt is not None]
    if len(i_alt) < len(dele):
        return _Kvartal({}, None, None)
    tal = {gruppe: [del_.antal(gruppe) for del_ in dele] for del_ in dele for gruppe in del_.vist}
    vist = {gruppe: sum(et for et in hver if et is not None) for gruppe, hver in tal.items() if None not in hver}
    return _Kvartal(vist, sum(i_alt) - sum(vist.values()), sum(i_alt))


def _vis(antal: Mapping[str, int], graense: int) -> _Kvartal:
    """What may be shown of one quarter's counts, each at least 1.

    Those below the limit are counted together. Are they fewer than the limit even so, the smallest of the others go with them,
    all that are equal: picking one of them by its name would tell that the rest come after it.
    """
    i_alt = sum(antal.values())
    if i_alt < graense:
        return _Kvartal({}, None, None)
    skjulte = {gruppe for gruppe, tal in antal.items() if tal < graense}
    if skjulte and sum(antal[gruppe] for gruppe in skjulte) < graense:
        mindste = min(tal for tal in antal.values() if tal >= graense)
        skjulte |= {gruppe for gruppe, tal in antal.items() if tal == mindste}
    vist = {gruppe: tal for gruppe, tal in antal.items() if gruppe not in skjulte}
    return _Kvartal(vist, i_alt - sum(vist.values()), i_alt)


def _vist_i_alt(tal: Sequence[int | None]) -> int | None:
    """The sum of what is shown; None when nothing is."""
    viste = [et for et in tal if et is not None]
    return sum(viste) if viste else None
