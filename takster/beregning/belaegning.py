"""F2 and F3: the occupancy a takst is budgeted with, and the occupancy there was (rules-takst § 3)."""

from calendar import isleap
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from takster.beregning.tal import (
    HUNDREDE,
    Aarstal,
    Doegn,
    FaktiskProcent,
    Pladser,
    ProcentOverNul,
    afkortet,
    laesbar,
    led,
    regnekontekst,
    uden_nuller,
)
from takster.beregning.trin import Trin
from takster.beregning.vaerdiobjekt import Inddata, Vaerdiobjekt

KENDTE_AAR = 2
FAST_AAR = 365


class Dagsbasis(StrEnum):
    """The days a year of places is sold by: the calendar's 365 or 366, or always 365."""

    KALENDER = "kalender"
    FAST = "365"

    def dage(self, aar: int) -> int:
        """Days in the year's price basis; stored with every result, because a leap year changes the price."""
        return FAST_AAR + (self is Dagsbasis.KALENDER and isleap(aar))


@dataclass(frozen=True, slots=True, kw_only=True)
class Belaegning(Inddata):
    """Budgeted occupancy, percent 0-100: from the last known years within the agreement's bounds, or agreed.

    `faktisk` holds the last two years with accounts (t-3 and t-2), one for an offer so new that it has only one. `aftalt` is a
    departure from that rule which the agreement's steering group has approved.
    """

    faktisk: tuple[FaktiskProcent, ...] | None = None
    mindst: ProcentOverNul | None = field(default=None, metadata={"json": "min"})
    hoejst: ProcentOverNul | None = field(default=None, metadata={"json": "max"})
    aftalt: ProcentOverNul | None = None

    def krydstjek(self) -> Mapping[str, str]:
        """Either the years with both bounds, or what is agreed."""
        if self.aftalt is not None:
            return self.kun_med("aftalt belægning", ikke=("faktisk", "mindst", "hoejst"))
        if self.faktisk is None and self.mindst is None and self.hoejst is None:
            return {"aftalt": "Belægningen mangler. Skriv faktisk, min og max, eller skriv aftalt."}
        mangler = self.kun_med("belægning efter regnskab", skal=("faktisk", "mindst", "hoejst"))
        if mangler or self.faktisk is None or self.mindst is None or self.hoejst is None:
            return mangler
        fejl = {}
        if not 1 <= len(self.faktisk) <= KENDTE_AAR:
            fejl["faktisk"] = (
                f"Skal være de {KENDTE_AAR} senest kendte år (et nyt tilbud: ét); der er {len(self.faktisk)}."
            )
        if self.mindst > self.hoejst:
            fejl["mindst"] = f"Min ({self.mindst:f}) er større end max ({self.hoejst:f}). Byt om, eller ret dem."
        return fejl


@dataclass(frozen=True, slots=True, kw_only=True)
class Belaegningsresultat(Vaerdiobjekt):
    """An occupancy in percent, 0-100 when budgeted; more is possible when it is what was."""

    procent: Decimal
    trin: tuple[Trin, ...]


@regnekontekst()
def budgetteret_belaegning(belaegning: Belaegning) -> Belaegningsresultat:
    """F2: the average of the years, held within the bounds; or the agreed percent. Exact, never rounded."""
    if belaegning.aftalt is not None:
        procent = uden_nuller(belaegning.aftalt)
        trin = Trin("F2", "Budgetteret belægning", "aftalt, godkendt afvigelse fra reglen", procent, "procent")
        return Belaegningsresultat(procent=procent, trin=(trin,))
    aarene = belaegning.faktisk or ()
    gennemsnit = uden_nuller(sum(aarene, Decimal(0)) / len(aarene))
    procent = uden_nuller(min(max(gennemsnit, belaegning.mindst or gennemsnit), belaegning.hoejst or gennemsnit))
    graenser = f"{laesbar(belaegning.mindst or procent)}–{laesbar(belaegning.hoejst or procent)}"
    return Belaegningsresultat(
        procent=procent,
        trin=(
            Trin("F2", "Gennemsnit af de senest kendte år", f"({led(aarene)}) / {len(aarene)}", gennemsnit, "procent"),
            Trin("F2", "Budgetteret belægning", f"holdt inden for {graenser} procent", procent, "procent"),
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Belagt(Inddata):
    """What was occupied in a year: døgn counted in the ledger, places, and the days a place could be used."""

    aar: Aarstal
    belagte_doegn: Doegn
    pladser: Pladser
    dagsbasis: Dagsbasis


@regnekontekst()
def faktisk_belaegning(belagt: Belagt) -> Belaegningsresultat:
    """F3: occupied døgn of the place days there were, cut after twelve decimals."""
    dage = belagt.dagsbasis.dage(belagt.aar)
    procent = uden_nuller(afkortet(belagt.belagte_doegn * HUNDREDE / (belagt.pladser * dage)))
    udregning = f"{laesbar(belagt.belagte_doegn)} × 100 / ({laesbar(belagt.pladser)} × {dage})"
    trin = Trin("F3", f"Faktisk belægning {belagt.aar}", udregning, procent, "procent")
    return Belaegningsresultat(procent=procent, trin=(trin,))
