"""The open balance: what closed accounts have to adjust, less what published takster have taken up, year by year. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

NUL = Decimal(0)


@dataclass(frozen=True, slots=True)
class Tilgodehavende:
    """What the accounts of a year have to adjust, kr.: a surplus is positive, for it is owed to those who paid.

    `indgaar_aar` is the year whose takst is to take it up; `taget_op` whether one that is published has.
    """

    aar: int
    beloeb: Decimal
    indgaar_aar: int
    taget_op: bool

    @property
    def aaben(self) -> Decimal:
        """What no published takst has taken up."""
        return NUL if self.taget_op else self.beloeb


@dataclass(frozen=True, slots=True)
class Aarssaldo:
    """A year: what its accounts brought, what its takst took up, and what is open at its end, all kr."""

    aar: int
    til: Decimal
    taget_op: Decimal
    saldo: Decimal


def aarssaldi(alle: Iterable[Tilgodehavende], senest: int) -> tuple[Aarssaldo, ...]:
    """From the first accounts to `senest`, or to the last year a takst has taken something up in."""
    alle = tuple(alle)
    if not alle:
        return ()
    sidste = max(senest, *(et.aar for et in alle), *(et.indgaar_aar for et in alle if et.taget_op))
    saldi, saldo = [], NUL
    for aar in range(min(et.aar for et in alle), sidste + 1):
        til = sum((et.beloeb for et in alle if et.aar == aar), NUL)
        taget_op = sum((et.beloeb for et in alle if et.taget_op and et.indgaar_aar == aar), NUL)
        saldo += til - taget_op
        saldi.append(Aarssaldo(aar, til, taget_op, saldo))
    return tuple(saldi)
