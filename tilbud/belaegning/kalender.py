"""The place calendar as weeks: pure rules from claims to bars. Says that a place is taken, never by whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from faelles.dokument.tal import MAANEDER, dato, kort_dato
from faelles.tid import Periode
from tilbud.belaegning.models import Optagelsesart

UGER = 26
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
) -> list[Bjaelke]:
    """The bars of a place over the weeks; `aaben` None: it never opens. A week with a claim on any day is not free; `kendt` False: nobody vouches for free weeks."""
    tilstande = [_uge(aaben, ugedage, optagelser, uge, kendt=kendt) for uge in perioder]
    return [Bjaelke(len(list(ens)), status, tekst) for (status, tekst), ens in groupby(tilstande)]


def _uge(
    aaben: Periode | None, ugedage: frozenset[int], optagelser: Sequence[Krav], uge: Periode, *, kendt: bool
) -> tuple[str, str]:
    i_ugen = [krav for krav in optagelser if krav.periode.overlapper(uge) and krav.ugedage & ugedage]
    if i_ugen:
        seneste = max(i_ugen, key=lambda krav: (krav.periode.til is None, krav.periode.til or date.min))
        taget = frozenset[int]().union(*(krav.ugedage for krav in i_ugen)) & ugedage
        dele = f", {len(taget)} af {len(ugedage)} ugedage" if taget != ugedage else ""
        return STATUS[seneste.art], f"{seneste.tekst}{dele}"
    if aaben is None or aaben.faelles(uge) != uge:
        return "lukket", "Lukket"
    return ("ledig", "Ledig") if kendt else ("ukendt", "Ukendt")


def overskrifter(perioder: Sequence[Periode], idag: date) -> dict[str, list[dict[str, object]]]:
    """The calendar's two rows of headings: months with the number of weeks that begin in them, and weeks."""
    maaneder = [
        {"navn": f"{MAANEDER[maaned - 1]} {aar}", "antal": len(list(ens))}
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
