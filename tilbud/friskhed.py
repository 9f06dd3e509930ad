"""How fresh a confirmation of places is: fresh decays to due, due to unknown. An unknown place is never called free."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from faelles.tid import KOEBENHAVN


class Friskhed(StrEnum):
    """Best first; the order is the order of results."""

    FRISK = "frisk"
    FORFALDEN = "forfalden"
    UKENDT = "ukendt"

    @property
    def rang(self) -> int:
        """0 is best."""
        return list(Friskhed).index(self)


@dataclass(frozen=True, slots=True)
class Graenser:
    """After how many days a confirmation is due for renewal, and after how many it says nothing any more."""

    forfald_dage: int
    foraeldet_dage: int


@dataclass(frozen=True, slots=True)
class Frister:
    """The first day a confirmation is due, and the first day it says nothing any more."""

    forfald: date
    ukendt: date


def frister(bekraeftet: datetime, graenser: Graenser, tilfoejet: datetime | None = None) -> Frister:
    """The two days, counted in whole Danish days from the confirmation's own. It is due at once when a place has been added since
    (`tilfoejet`, the latest): that one nobody has confirmed.
    """
    dag = _dansk_dag(bekraeftet)
    forfald, ukendt = dag + timedelta(days=graenser.forfald_dage), dag + timedelta(days=graenser.foraeldet_dage)
    if tilfoejet is not None and tilfoejet > bekraeftet:
        forfald = min(forfald, _dansk_dag(tilfoejet))
    return Frister(forfald, ukendt)


def friskhed(
    bekraeftet: datetime | None, nu: datetime, graenser: Graenser | None, tilfoejet: datetime | None = None
) -> Friskhed:
    """The freshness at an instant. Without confirmation, or without terms, it is unknown."""
    if bekraeftet is None or graenser is None:
        return Friskhed.UKENDT
    dag, graense = _dansk_dag(nu), frister(bekraeftet, graenser, tilfoejet)
    if dag >= graense.ukendt:
        return Friskhed.UKENDT
    return Friskhed.FORFALDEN if dag >= graense.forfald else Friskhed.FRISK


def _dansk_dag(tidspunkt: datetime) -> date:
    return tidspunkt.astimezone(KOEBENHAVN).date()


def skal_paamindes(forfald: date | None, dag: date, dage_foer: int) -> bool:
    """Whether it is time to remind of a due date; a department never confirmed (None) has waited long enough."""
    return forfald is None or dag >= forfald - timedelta(days=dage_foer)
