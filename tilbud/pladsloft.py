"""Open places against approved places and permissions to exceed them, day-range by day-range. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from faelles.tid import Periode


@dataclass(frozen=True, slots=True)
class AabenPlads:
    """A place, the days it is open, and on which weekdays (1 is Monday)."""

    periode: Periode
    ugedage: frozenset[int]


@dataclass(frozen=True, slots=True)
class Overskridelse:
    """Days on which more places are open than allowed, on the weekday with most."""

    periode: Periode
    aabne: int
    godkendte: int
    ekstra: int

    @property
    def tal(self) -> tuple[int, int, int]:
        """The three numbers."""
        return self.aabne, self.godkendte, self.ekstra


Antal = tuple[Periode, int]
_GODKENDTE, _EKSTRA = 7, 8  # after the seven weekdays


def overskridelser(
    pladser: Sequence[AabenPlads], godkendte: Sequence[Antal], ekstra: Sequence[Antal], fra: date
) -> Iterator[Overskridelse]:
    """The day-ranges from `fra` on with too many open places. Days without approved places are not asked about.

    An approval stands under one legal basis; those of a day are added up, as are permissions.
    """
    skridt: dict[date, list[int]] = defaultdict(lambda: [0] * 9)
    for plads in pladser:
        for ugedag in plads.ugedage:
            _laeg_til(skridt, plads.periode, ugedag - 1, 1, fra)
    for felt, antal in ((_GODKENDTE, godkendte), (_EKSTRA, ekstra)):
        for periode, tal in antal:
            _laeg_til(skridt, periode, felt, tal, fra)
    stand, sidste = [0] * 9, None
    dage = sorted(skridt)
    for dag, naeste in zip_longest(dage, dage[1:]):
        stand = [foer + nu for foer, nu in zip(stand, skridt[dag], strict=True)]
        aabne, loft, mere = max(stand[:_GODKENDTE]), stand[_GODKENDTE], stand[_EKSTRA]
        ny = Overskridelse(Periode(dag, naeste), aabne, loft, mere) if loft and aabne > loft + mere else None
        if sidste and ny and sidste.tal == ny.tal:
            ny = Overskridelse(Periode(sidste.periode.fra, naeste), *ny.tal)
        elif sidste:
            yield sidste
        sidste = ny
    if sidste:
        yield sidste


def _laeg_til(skridt: dict[date, list[int]], periode: Periode, felt: int, antal: int, fra: date) -> None:
    """What begins and ends, on the days it does; before `fra` it has begun already."""
    if periode.til is not None:
        if periode.til <= fra:
            return
        skridt[periode.til][felt] -= antal
    skridt[max(periode.fra, fra)][felt] += antal
