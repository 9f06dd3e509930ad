"""Where a step of the wheel stands on a day: pure rules. A deadline is a parameter of the agreement (rules-rammeaftale § 3)."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

LAENGSTE_PAAMINDELSE = 365  # days ahead


class Ansvar(StrEnum):
    """Who owes a step."""

    SEKRETARIAT = "sekretariat"
    HVER_PART = "hver_part"


ANSVAR_NAVN: Mapping[Ansvar, str] = {
    Ansvar.SEKRETARIAT: "Sekretariatet",
    Ansvar.HVER_PART: "Hver part",
}


class Grundlag(StrEnum):
    """Whether the law or the parties have set the date."""

    LOV = "lov"
    AFTALT = "aftalt"


GRUNDLAG_NAVN: Mapping[Grundlag, str] = {Grundlag.LOV: "Fastsat i lovgivningen", Grundlag.AFTALT: "Aftalt"}


class Trinstand(StrEnum):
    """Where one who owes a step stands, and the step itself; `ingen`: nobody owes it on its day."""

    UDFOERT = "udfoert"
    OVERSKREDET = "overskredet"
    SNART = "snart"
    KOMMENDE = "kommende"
    INGEN = "ingen"


TRINSTAND_NAVN: Mapping[Trinstand, str] = {
    Trinstand.UDFOERT: "Udført",
    Trinstand.OVERSKREDET: "Fristen er overskredet",
    Trinstand.SNART: "Snart",
    Trinstand.KOMMENDE: "Kommende",
    Trinstand.INGEN: "Ingen skylder det",
}


class Emne(StrEnum):
    """What a date of the wheel belongs to; also the column of a reminder that points at it."""

    TRIN = "trin"
    MILEPAEL = "milepael"
    VERSION = "version"
    UDMELDING = "udmelding"


class Dagart(StrEnum):
    """What stands in the wheel without being anybody's duty there."""

    MOEDE = "moede"
    HOERING = "hoering"


class Anledning(StrEnum):
    """What a reminder is about; each is sent once."""

    FOER = "foer"
    EFTER = "efter"


ANLEDNING_NAVN: Mapping[Anledning, str] = {Anledning.FOER: "Før fristen", Anledning.EFTER: "Efter fristen"}
_ANLEDNING = {Trinstand.SNART: Anledning.FOER, Trinstand.OVERSKREDET: Anledning.EFTER}


def trinstand(frist: date, dage_foer: int, dag: date, *, udfoert: bool) -> Trinstand:
    """Where one stands on a day with a step due on `frist`, that day included; `dage_foer` days ahead it is `snart`."""
    if udfoert:
        return Trinstand.UDFOERT
    if dag > frist:
        return Trinstand.OVERSKREDET
    return Trinstand.SNART if dag >= frist - timedelta(days=dage_foer) else Trinstand.KOMMENDE


def samlet(stande: list[Trinstand]) -> Trinstand:
    """Where the step itself stands: as the one furthest behind of those who owe it."""
    raekkefoelge = (Trinstand.OVERSKREDET, Trinstand.SNART, Trinstand.KOMMENDE, Trinstand.UDFOERT)
    return next((vaerst for vaerst in raekkefoelge if vaerst in stande), Trinstand.INGEN)


def anledning(stand: Trinstand) -> Anledning | None:
    """What one who stands so is reminded of, if anything."""
    return _ANLEDNING.get(stand)


def paamindelsesfejl(dage: int | None) -> list[str]:
    """What is wrong with how many days ahead somebody is to be reminded; None is for no reminders."""
    if dage is None or 0 <= dage <= LAENGSTE_PAAMINDELSE:
        return []
    return [f"Skriv et tal fra 0 til {LAENGSTE_PAAMINDELSE}."]


def aar_senere(dag: date, aar: int) -> date:
    """The same day so many years later; 29 February becomes 28 in a year that has none."""
    try:
        return dag.replace(year=dag.year + aar)
    except ValueError:
        return dag.replace(year=dag.year + aar, day=28)
