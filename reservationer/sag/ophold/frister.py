"""Notice, last payable day and the clock of unapproved offers: pure rules on dates (rules-reservation § 3 nr. 10–11 and § 4)."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from faelles.tid import om_maaneder

EN_DAG = timedelta(days=1)
VARSEL = re.compile(r"(?P<antal>[0-9]{1,3})(?P<enhed>[md])")


@dataclass(frozen=True, slots=True)
class Varsel:
    """A notice: the running month and so many months, or so many days. Exactly one of the two is given.

    Raises ValueError otherwise, and for a negative number.
    """

    maaneder: int | None = None
    dage: int | None = None

    def __post_init__(self) -> None:
        """Refuse what is no notice."""
        givne = [antal for antal in (self.maaneder, self.dage) if antal is not None]
        if len(givne) != 1 or givne[0] < 0:
            raise ValueError("Et varsel er enten måneder eller dage, og aldrig under nul")

    @classmethod
    def laes(cls, tekst: str) -> "Varsel":
        """`3m` is the running month + three months, `14d` fourteen days. Raises ValueError for anything else."""
        fundet = VARSEL.fullmatch(tekst)
        if fundet is None:
            raise ValueError(f"»{tekst}« er ikke et varsel; skriv fx 1m eller 14d")
        antal = int(fundet["antal"])
        return cls(maaneder=antal) if fundet["enhed"] == "m" else cls(dage=antal)

    def __str__(self) -> str:
        """As the agreement says it."""
        if self.dage is not None:
            return f"{self.dage} {'dag' if self.dage == 1 else 'dage'}"
        return f"løbende måned + {self.maaneder} {'måned' if self.maaneder == 1 else 'måneder'}"

    def ophoer(self, givet: date) -> date:
        """The last day of a notice given on the day: `løbende måned + n` ends with the month n months later."""
        if self.dage is not None:
            return givet + timedelta(days=self.dage)
        maaned = om_maaneder(givet.replace(day=1), self.maaneder or 0)
        return maaned.replace(day=monthrange(maaned.year, maaned.month)[1])


@dataclass(frozen=True, slots=True)
class Betalingsregler:
    """The terms on what is paid after somebody has left: whether a resold place ends it, and the days after a death."""

    genbelaegning_stopper: bool
    dage_efter_doed: int


def sidste_betalingsdag(
    *,
    sidste_dag: date,
    opsagt_til: date | None,
    doed: bool,
    genbelagt_fra: date | None,
    regler: Betalingsregler,
) -> date:
    """The last payable day: the later of the last day there and the end of the notice; never before the last day there.

    After a death it is so many days after, if that is sooner. A place that is resold in the meantime (`genbelagt_fra` is the
    first day of the next) ends it the day before, where the terms say so.
    """
    slut = sidste_dag if opsagt_til is None else max(sidste_dag, opsagt_til)
    if doed:
        efter_doed = sidste_dag + timedelta(days=regler.dage_efter_doed)
        slut = efter_doed if opsagt_til is None else min(slut, efter_doed)
    if genbelagt_fra is not None and regler.genbelaegning_stopper:
        slut = min(slut, genbelagt_fra - EN_DAG)
    return max(slut, sidste_dag)


@dataclass(frozen=True, slots=True)
class Akutregler:
    """The weeks a stay in an offer without approval may last, and the weeks it may be extended by once (both terms)."""

    uger: int
    forlaengelse: int

    def frist(self, foerste_dag: date, *, forlaenget: bool) -> date:
        """The last lawful day of a stay that began on the day."""
        uger = self.uger + (self.forlaengelse if forlaenget else 0)
        return foerste_dag + timedelta(weeks=uger) - EN_DAG
