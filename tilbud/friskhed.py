"""How fresh a confirmation of places is: fresh decays to due, due to unknown. An unknown place is never called free."""

from dataclasses import dataclass
from datetime import datetime
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


def friskhed(bekraeftet: datetime | None, nu: datetime, graenser: Graenser | None) -> Friskhed:
    """The freshness at an instant, counted in whole Danish days. Without confirmation, or without terms, it is unknown."""
    if bekraeftet is None or graenser is None:
        return Friskhed.UKENDT
    dage = (nu.astimezone(KOEBENHAVN).date() - bekraeftet.astimezone(KOEBENHAVN).date()).days
    if dage >= graenser.foraeldet_dage:
        return Friskhed.UKENDT
    return Friskhed.FORFALDEN if dage >= graenser.forfald_dage else Friskhed.FRISK
