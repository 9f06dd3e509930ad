"""What is asked of a log, and where in it one has come to. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Self
from uuid import UUID

from faelles.fejl import UgyldigtInput
from faelles.tid import KOEBENHAVN

EGNE, ANDRE = "egne", "andre"  # everybody of the own organisation; everybody else


@dataclass(frozen=True, slots=True)
class Udvalg:
    """A question. `til` is the last day asked for; an empty `hvem`, `slags` or `objekt` asks for all.

    `hvem` is EGNE, ANDRE or an identity; `slags` a key of faelles.spor; `objekt` an id or a piece of a reference.
    """

    fra: date
    til: date
    hvem: str = ""
    slags: str = ""
    objekt: str = ""

    @property
    def begynder(self) -> datetime:
        """The first instant of the first day in Denmark."""
        return datetime.combine(self.fra, time(), KOEBENHAVN)

    @property
    def slutter(self) -> datetime:
        """The first instant after the last day."""
        return datetime.combine(self.til + timedelta(days=1), time(), KOEBENHAVN)

    @property
    def objekt_id(self) -> UUID | None:
        """The id asked for, when it is one."""
        try:
            return UUID(self.objekt)
        except ValueError:
            return None

    def i_ord(self) -> str:
        """The question as the log of the log keeps it."""
        dele = (("hvem", self.hvem), ("slags", self.slags), ("søgt", self.objekt))
        return "; ".join(
            [f"{self.fra:%d.%m.%Y} til og med {self.til:%d.%m.%Y}", *(f"{navn}: {ord_}" for navn, ord_ in dele if ord_)]
        )


@dataclass(frozen=True, slots=True)
class Markoer:
    """The place of a row in a log, newest first; rows of one instant stand by kind, and within it by falling number."""

    tidspunkt: datetime
    slags: str
    nummer: int | UUID

    def __str__(self) -> str:
        return f"{self.tidspunkt.isoformat()}~{self.slags}~{self.nummer}"

    @classmethod
    def laes(cls, tekst: str, nummer: Callable[[str], Any]) -> Self:
        """The place a link of ours names, whose number is read by `nummer`. Raises UgyldigtInput for any other text."""
        try:
            tidspunkt, slags, raa = tekst.split("~")
            fundet = cls(datetime.fromisoformat(tidspunkt), slags, nummer(raa))
            fundet.tidspunkt.astimezone(KOEBENHAVN)
        except (ValueError, OverflowError):
            raise UgyldigtInput("ugyldig_cursor", "Linket peger ikke på et sted i loggen. Begynd forfra.") from None
        return fundet
