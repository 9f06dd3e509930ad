"""Figures of the engine: exact arithmetic that no caller can change, and the bounds of what may be put in.

Every sum and product behind a takst, of figures within these bounds, has fewer than PRAECISION digits and is therefore exact; only
a division can fall short, and the takst's is the last step before rounding.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import (
    ROUND_DOWN,
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    localcontext,
)
from typing import Annotated

from faelles.dokument import tal as dansk

HUNDREDE = Decimal(100)
NUL = Decimal(0)
PRAECISION = 60
DECIMALER_UAFRUNDET = 12
VISTE_LED = 6
HOEJSTE_BELOEB = Decimal("999999999999.99")  # what the database can hold, numeric(14,2)
_REGLER = Context(
    prec=PRAECISION, rounding=ROUND_HALF_EVEN, traps=[DivisionByZero, InvalidOperation, Overflow], Emax=999, Emin=-999
)


@contextmanager
def regnekontekst() -> Iterator[None]:
    """The engine's own rules of arithmetic, also as a decorator; the caller's decimal context means nothing inside."""
    with localcontext(_REGLER):
        yield


@dataclass(frozen=True, slots=True)
class Tal:
    """What a figure may be: its unit, from `mindst` (itself not allowed when `over`) to `hoejst`, with so many decimals."""

    enhed: str
    mindst: Decimal = NUL
    hoejst: Decimal = HOEJSTE_BELOEB
    decimaler: int = 2
    over: bool = False
    eksempel: str = "17850000.00"

    @property
    def krav(self) -> str:
        """The bounds in words: `over 0 og højst 100 procent`."""
        fra = "over" if self.over else "mindst"
        return f"{fra} {self.mindst:f} og højst {self.hoejst:f} {self.enhed}".rstrip()

    def fejl(self, tal: Decimal | int) -> str | None:
        """What is wrong with a figure and what to do, or None."""
        vaerdi = Decimal(tal)
        if not vaerdi.is_finite():
            return f"Skal være et tal; der står {vaerdi}."
        for_lille = vaerdi <= self.mindst if self.over else vaerdi < self.mindst
        if vaerdi.is_signed() and self.mindst >= 0:
            return f"Skal skrives uden minus; der står {vis(vaerdi)}. Skriv {self.krav.removesuffix('.')}."
        if for_lille or vaerdi > self.hoejst:
            return f"Skal være {self.krav}; der står {vis(vaerdi)}. Ret tallet."
        if vaerdi != vaerdi.quantize(Decimal((0, (1,), -self.decimaler)), context=_REGLER):
            krav = f"have højst {self.decimaler} decimaler" if self.decimaler else "være et helt tal"
            return f"Skal {krav}; der står {vis(vaerdi)}. Ret tallet."
        return None


Kroner = Annotated[Decimal, Tal("kr.")]
KronerOverNul = Annotated[Decimal, Tal("kr.", over=True)]
Pris = Annotated[Decimal, Tal("kr.", over=True, eksempel="2687.00")]
Procent = Annotated[Decimal, Tal("procent", hoejst=HUNDREDE, decimaler=6, eksempel="6")]
ProcentOverNul = Annotated[Decimal, Tal("procent", hoejst=HUNDREDE, decimaler=6, over=True, eksempel="96.4")]
FaktiskProcent = Annotated[Decimal, Tal("procent", hoejst=Decimal(200), decimaler=6, over=True, eksempel="97.2")]
Pladser = Annotated[Decimal, Tal("pladser", hoejst=Decimal(100_000), over=True, eksempel="24")]
Doegn = Annotated[Decimal, Tal("døgn", hoejst=Decimal(1_000_000_000), eksempel="8497")]
Pladsdage = Annotated[Decimal, Tal("pladsdage", hoejst=Decimal(1_000_000_000), over=True, eksempel="8760")]
Aarstal = Annotated[int, Tal("", mindst=Decimal(1900), hoejst=Decimal(2200), decimaler=0, eksempel="2026")]
Faktor = Annotated[Decimal, Tal("", hoejst=Decimal(1_000_000_000), decimaler=6, over=True, eksempel="11166")]
Prisaendring = Annotated[Decimal, Tal("procent", mindst=-HUNDREDE, hoejst=HUNDREDE, decimaler=6, eksempel="2.9")]
Ugedage = Annotated[int, Tal("dage om ugen", mindst=Decimal(1), hoejst=Decimal(7), decimaler=0, eksempel="3")]
AntalAar = Annotated[int, Tal("år", hoejst=Decimal(20), decimaler=0, eksempel="2")]


def vis(tal: Decimal | str) -> str:
    """A figure or a text as shown in an error, never longer than a line."""
    tekst = "".join(tegn if tegn.isprintable() else "?" for tegn in f"{tal}"[:41])
    return tekst if len(tekst) <= 40 else f"{tekst[:37]}…"  # noqa: PLR2004 - a line of a message


def laesbar(tal: Decimal | int, mindst: int = 0) -> str:
    """A figure in a sentence: `21.410.202,00`, with all its decimals."""
    kort = uden_nuller(Decimal(tal), mindst)
    return dansk.tal(kort, len(f"{kort:f}".partition(".")[2]))


def led(tal: Iterable[Decimal], mindst: int = 0) -> str:
    """The terms of a sum, `97,2 + 95,6`; of a long one the first and how many more."""
    alle = [laesbar(et, mindst) for et in tal]
    flere = f" + {len(alle) - VISTE_LED} flere" if len(alle) > VISTE_LED else ""
    return " + ".join(alle[:VISTE_LED]) + flere


def uden_nuller(tal: Decimal, mindst: int = 0) -> Decimal:
    """The same figure without trailing zeros but with at least `mindst` decimals, so that equal figures are written alike."""
    paa_enhed = tal.quantize(Decimal((0, (1,), -mindst)), context=_REGLER)
    return paa_enhed if paa_enhed == tal else tal.normalize(_REGLER)


def afkortet(tal: Decimal) -> Decimal:
    """A quotient cut after twelve decimals. Rounding half up what is left gives the same as rounding the quotient itself."""
    return tal.quantize(Decimal((0, (1,), -DECIMALER_UAFRUNDET)), rounding=ROUND_DOWN, context=_REGLER)
