"""Who buys of whom, so that it may be published: pure rules.

Days are one table and kroner another, with a column less: stays without a case have days but no known price, and a field everybody
knows to be nought protects nothing. Each leaves out the cells and totals `faelles.diskretion` says by the number of stays.
Everything else the report tells of sellers and buyers is computed from what is left, so that it tells nothing more.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from faelles.diskretion import skjul
from rammeaftale.rapporter.kapacitet.data import Handel, Handelsmatrix, Saelger
from rammeaftale.rapporter.rammeaftalen.data import Periodenavn

UDEN_FOR, UDEN_KOEBER = "Uden for området", "Køber ikke registreret"


@dataclass(frozen=True, slots=True)
class Forbrug:
    """How many stays a cell rests on, their place-days, and what those cost."""

    ophold: int
    dage: int
    kr: Decimal

    def __add__(self, andet: "Forbrug") -> "Forbrug":
        return Forbrug(self.ophold + andet.ophold, self.dage + andet.dage, self.kr + andet.kr)


INTET = Forbrug(0, 0, Decimal(0))


def matrix(
    periode: Periodenavn,
    saelgere: Mapping[str, int],
    koebere: Sequence[str],
    forbrug: Mapping[tuple[str, str], Forbrug],
    graense: int,
) -> Handelsmatrix:
    """Every seller (with its places) by every buyer, and the two kinds of none; the orders are the ones given."""
    kendte = (*koebere, UDEN_FOR)
    alle = (*kendte, UDEN_KOEBER)
    celler = {(s, k): forbrug.get((s, k), INTET) for s in saelgere for k in alle}
    uden_dage = skjul({par: f.ophold for par, f in celler.items()}, graense)
    uden_kr = skjul({(s, k): f.ophold for (s, k), f in celler.items() if k in kendte}, graense)

    def sum_(par: Iterable[tuple[str, str]], *, dage_skjult: bool, kr_skjult: bool) -> Handel:
        hele = sum((celler[p] for p in par), INTET)
        return Handel(None if dage_skjult else hele.dage, None if kr_skjult else hele.kr)

    def felt(s: str, k: str) -> Handel:
        kr_skjult = k == UDEN_KOEBER or (s, k) in uden_kr.celler
        return sum_([(s, k)], dage_skjult=(s, k) in uden_dage.celler, kr_skjult=kr_skjult)

    def solgt(s: str) -> Handel:
        kr_skjult = s in uden_kr.raekkesummer
        return sum_([(s, k) for k in alle], dage_skjult=s in uden_dage.raekkesummer, kr_skjult=kr_skjult)

    def koebt(k: str) -> Handel:
        kr_skjult = not celler or k == UDEN_KOEBER or k in uden_kr.soejlesummer
        return sum_(
            [(s, k) for s in saelgere], dage_skjult=not celler or k in uden_dage.soejlesummer, kr_skjult=kr_skjult
        )

    return Handelsmatrix(
        periode=periode,
        koebere=alle,
        saelgere=tuple(
            Saelger(navn=s, pladser=pladser, celler=tuple(felt(s, k) for k in alle), i_alt=solgt(s))
            for s, pladser in saelgere.items()
        ),
        koebt=tuple(koebt(k) for k in alle),
        i_alt=sum_(celler, dage_skjult=not celler or uden_dage.i_alt, kr_skjult=not celler or uden_kr.i_alt),
    )
