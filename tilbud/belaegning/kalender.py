"""The place calendar as weeks: pure rules from claims to bars. Says that a place is taken, never by whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise

from faelles.dokument.tal import MAANEDER, dato, kort_dato
from faelles.tid import Periode
from tilbud.belaegning.models import Optagelsesart

UGER = 26
UGER_TIL_NAVN = 3  # what "september 2026" takes; a month with fewer gets its first letters
FORKORTET = 3
STATUS = {
    Optagelsesart.HOLD: "reserveret",
    Optagelsesart.OPHOLD: "optaget",
    Optagelsesart.LUKKET: "lukket",
    Optagelsesart.FORBEHOLDT: "lukket",
}


@dataclass(frozen=True, slots=True)
class Krav:
    """A claim that counts, as far as everybody may know it."""

    periode: Periode
    ugedage: frozenset[int]
    art: Optagelsesart
    grund: str = ""  # of a temporary closure

    @property
    def tekst(self) -> str:
        """`Lukket til 03.04.2027: Renovering`."""
        slut = self.periode.sidste_dag
        return f"{self.art.label}{f' til {kort_dato(slut)}' if slut else ''}{f': {self.grund}' if self.grund else ''}"


@dataclass(frozen=True, slots=True)
class Bjaelke:
    """A run of weeks in which the place is in one state, in the words that stand in the bar."""

    antal: int
    status: str
    tekst: str
    foerste: int  # of the weeks shown, counted from 0

    def dage(self, perioder: Sequence[Periode]) -> Periode:
        """Its days, in the weeks it was made from."""
        return Periode(perioder[self.foerste].fra, perioder[self.foerste + self.antal - 1].til)


@dataclass(frozen=True, slots=True)
class Straekning:
    """Days on which the place is in one and the same state; what the bars show by weeks, to the day."""

    periode: Periode
    status: str
    tekst: str


@dataclass(frozen=True, slots=True)
class _Stand:
    """All that decides which state a place is in."""

    aaben: Periode | None
    ugedage: frozenset[int]
    optagelser: Sequence[Krav]
    ikke_godkendte: Sequence[Periode]
    kendt: bool

    def over(self, dage: Periode) -> tuple[str, str]:
        """The state over days in one, and its words."""
        fundne = [krav for krav in self.optagelser if krav.periode.overlapper(dage) and krav.ugedage & self.ugedage]
        if fundne:
            seneste = max(fundne, key=lambda krav: (krav.periode.til is None, krav.periode.til or date.min))
            taget = frozenset[int]().union(*(krav.ugedage for krav in fundne)) & self.ugedage
            dele = f", {len(taget)} af {len(self.ugedage)} ugedage" if taget != self.ugedage else ""
            return STATUS[seneste.art], f"{seneste.tekst}{dele}"
        if self.aaben is None or self.aaben.faelles(dage) != dage:
            return "lukket", "Lukket"
        if any(periode.overlapper(dage) for periode in self.ikke_godkendte):
            return "ikke_godkendt", "Ikke godkendt"
        return ("ledig", "Ledig") if self.kendt else ("ukendt", "Ukendt")


def uger(idag: date, antal: int = UGER) -> list[Periode]:
    """Weeks from Monday, beginning with today's."""
    mandag = idag - timedelta(days=idag.weekday())
    return [Periode(mandag + timedelta(weeks=nummer), mandag + timedelta(weeks=nummer + 1)) for nummer in range(antal)]


def bjaelker(
    aaben: Periode | None,
    ugedage: frozenset[int],
    optagelser: Sequence[Krav],
    perioder: Iterable[Periode],
    *,
    kendt: bool,
    ikke_godkendte: Sequence[Periode] = (),
) -> list[Bjaelke]:
    """The bars of a place over the weeks; `aaben` None: it never opens. A week with a claim on any day is not free.

    `kendt` False: nobody vouches for free weeks. `ikke_godkendte`: the days on which the place may not be let.
    """
    stand = _Stand(aaben, ugedage, optagelser, ikke_godkendte, kendt)
    fundne, foerste = [], 0
    for (status, tekst), ens in groupby(stand.over(uge) for uge in perioder):
        antal = len(list(ens))
        fundne.append(Bjaelke(antal, status, tekst, foerste))
        foerste += antal
    return fundne


def straekninger(
    aaben: Periode | None,
    ugedage: frozenset[int],
    optagelser: Sequence[Krav],
    vindue: Periode,
    *,
    kendt: bool,
    ikke_godkendte: Sequence[Periode] = (),
) -> list[Straekning]:
    """The same to the day: every day of `vindue` (which has a last day) lies in exactly one of them, and they stand in order."""
    stand = _Stand(aaben, ugedage, optagelser, ikke_godkendte, kendt)
    perioder = [*(krav.periode for krav in optagelser), *ikke_godkendte]
    kanter = {kant for periode in perioder for kant in (periode.fra, periode.til)}
    kanter |= {aaben.fra, aaben.til} if aaben else set()
    inde = sorted(kant for kant in kanter if kant is not None and vindue.indeholder(kant) and kant != vindue.fra)
    stykker = [Periode(fra, til) for fra, til in pairwise((vindue.fra, *inde, vindue.til)) if fra is not None]
    fundne = []
    for (status, tekst), ens in groupby(stykker, stand.over):
        sammen = list(ens)
        fundne.append(Straekning(Periode(sammen[0].fra, sammen[-1].til), status, tekst))
    return fundne


def foerste_dag(dage: Periode, status: str, fundne: Iterable[Straekning]) -> date:
    """The first day in a bar's days on which the place is in the state the bar says; a week is named by one of its days only."""
    dele = (s.periode.faelles(dage) for s in fundne if s.status == status)
    return next((del_.fra for del_ in dele if del_ is not None), dage.fra)


def _maaned(aar: int, navn: str, antal: int) -> dict[str, object]:
    """A month over so many weeks; its name is cut short where it has no room."""
    kort = navn if len(navn) <= FORKORTET else f"{navn[:FORKORTET]}."
    return {"navn": f"{navn} {aar}", "antal": antal, "kort": kort if antal < UGER_TIL_NAVN else ""}


def overskrifter(perioder: Sequence[Periode], idag: date) -> dict[str, list[dict[str, object]]]:
    """The calendar's two rows of headings: months with the number of weeks that begin in them, and weeks."""
    maaneder = [
        _maaned(aar, MAANEDER[maaned - 1], len(list(ens)))
        for (aar, maaned), ens in groupby(perioder, key=lambda uge: (uge.fra.year, uge.fra.month))
    ]
    felter: list[dict[str, object]] = [
        {
            "nr": uge.fra.isocalendar().week,
            "tekst": f"uge {uge.fra.isocalendar().week}, fra {dato(uge.fra)}",
            "denne": uge.indeholder(idag),
        }
        for uge in perioder
    ]
    return {"maaneder": maaneder, "uger": felter}
