"""Days without a takst: pure."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from faelles.tid import Periode


def huller(perioder: Iterable[Periode], til: date) -> list[Periode]:
    """The days between the first of the periods and `til` (not itself one of them) that none of them covers.

    The periods do not overlap; the database sees to that.
    """
    raekke: Sequence[Periode] = sorted(perioder, key=lambda periode: periode.fra)
    if not raekke:
        return []
    fundne = [
        Periode(foer.til, efter.fra)
        for foer, efter in pairwise(raekke)
        if foer.til is not None and foer.til < efter.fra
    ]
    slut = raekke[-1].til
    if slut is not None and slut < til:
        fundne.append(Periode(slut, til))
    return fundne
