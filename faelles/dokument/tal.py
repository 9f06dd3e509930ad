"""Danish numbers and dates as text, the same on every machine: no locale of the operating system is asked.

Money and shares are Decimal; half is rounded away from zero, as accountants do.
The space before the unit is a no-break space (U+00A0) and minus is U+2212, which a screen reader says aloud.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from faelles.tid import KOEBENHAVN, Periode

MAANEDER = (
    "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip
UGEDAGE = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
_MELLEMRUM = "\N{NO-BREAK SPACE}"
_MINUS = "\N{MINUS SIGN}"


def tal(vaerdi: Decimal | int, decimaler: int = 0) -> str:
    """`1.234.567,89`. Never "−0"."""
    afrundet = Decimal(vaerdi).quantize(Decimal(1).scaleb(-decimaler), rounding=ROUND_HALF_UP)
    helt, _, brok = f"{abs(afrundet):,f}".partition(".")
    fortegn = _MINUS if afrundet < 0 else ""
    return fortegn + helt.replace(",", ".") + (f",{brok}" if brok else "")


def tal_mod(vaerdi: Decimal, graense: Decimal, mindst: int = 2) -> str:
    """As `tal`, with the decimals it takes to stand on the same side of a limit as the figure does: 10.0004 against 10 is `10,0004`."""
    flest = max(mindst, len(f"{vaerdi:f}".partition(".")[2]))
    for decimaler in range(mindst, flest):
        afrundet = vaerdi.quantize(Decimal(1).scaleb(-decimaler), rounding=ROUND_HALF_UP)
        if afrundet.compare(graense) == vaerdi.compare(graense):
            return tal(vaerdi, decimaler)
    return tal(vaerdi, flest)


def kr(beloeb: Decimal | int, decimaler: int = 2) -> str:
    """`1.234,50 kr.`"""
    return f"{tal(beloeb, decimaler)}{_MELLEMRUM}kr."


def procent(andel: Decimal | int, decimaler: int = 1) -> str:
    """A share of one as per cent: 0.825 becomes `82,5 %`."""
    return f"{tal(Decimal(andel) * 100, decimaler)}{_MELLEMRUM}%"


def dato(dag: date) -> str:
    """`21. november 2026`. A moment is given as its day in Denmark."""
    dag = _dansk_dag(dag)
    return f"{dag.day}.{_MELLEMRUM}{MAANEDER[dag.month - 1]} {dag.year:04d}"


def kort_dato(dag: date) -> str:
    """`21.11.2026`"""
    dag = _dansk_dag(dag)
    return f"{dag.day:02d}.{dag.month:02d}.{dag.year:04d}"


def dage_i_ord(periode: Periode) -> str:
    """`01.01.2027 til 31.12.2027`, both days in it, or `fra 01.01.2027`."""
    if periode.sidste_dag is None:
        return f"fra {kort_dato(periode.fra)}"
    return f"{kort_dato(periode.fra)} til {kort_dato(periode.sidste_dag)}"


def ugedage(dage: Collection[int]) -> str:
    """Weekdays, 1 (Monday) to 7: `mandag, tirsdag og onsdag`, or `alle ugedage`."""
    navne = [UGEDAGE[dag - 1] for dag in sorted(set(dage))]
    if len(navne) == len(UGEDAGE):
        return "alle ugedage"
    return " og ".join(filter(None, (", ".join(navne[:-1]), *navne[-1:])))


def tidspunkt(oejeblik: datetime) -> str:
    """`21. november 2026 kl. 14.05`, Danish clock time.

    Raises ValueError for a moment without time zone.
    """
    if oejeblik.tzinfo is None:
        raise ValueError("Tidspunktet mangler tidszone.")
    lokal = oejeblik.astimezone(KOEBENHAVN)
    return f"{dato(lokal)} kl.{_MELLEMRUM}{lokal:%H.%M}"


def varighed(rest: timedelta) -> str:
    """`2 dage og 4 timer`, `3 timer og 5 minutter`, `12 minutter`, begun minutes left out; less than one is `under et minut`."""
    minutter = int(rest.total_seconds() // 60)
    if minutter < 1:
        return "under et minut"
    timer, minutter = divmod(minutter, 60)
    dage, timer = divmod(timer, 24)
    dele = [(dage, "dag", "dage"), (timer, "time", "timer"), (minutter, "minut", "minutter")]
    vist = dele[:2] if dage else dele[1:]
    return " og ".join(f"{tal(antal)} {en if antal == 1 else flere}" for antal, en, flere in vist if antal)


def _dansk_dag(dag: date) -> date:
    if isinstance(dag, datetime) and dag.tzinfo is not None:
        return dag.astimezone(KOEBENHAVN).date()
    return dag
