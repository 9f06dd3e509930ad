"""Notice, last payable day and the clock of unapproved offers: pure rules on dates (rules-reservation § 3 nr. 10–11 and § 4)."""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from faelles.tid import Periode, om_maaneder

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


def har_hul(sidste_dag: date | None, foerste_dag: date) -> bool:
    """Whether there are days between a last day (None: it is not known) and the first one of what goes on from it."""
    return sidste_dag is not None and foerste_dag > sidste_dag + EN_DAG


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


def uden_godkendelse(
    dage: Periode,
    kraevet: Sequence[tuple[Periode, str]],
    godkendt: Mapping[str, Sequence[Periode]],
    akutpladser: Sequence[Periode],
) -> list[Periode]:
    """The unbroken times among these days without the approval the law asks for, in order (rules-reservation § 4).

    `kraevet`: when the stay is under which hjemmel, of those that ask for one; `godkendt`: when the offer is approved, by hjemmel;
    `akutpladser`: when the stay is on an emergency place, which no approval makes lawful for longer. A change from one hjemmel
    without approval to another breaks nothing off. `dage` has an end.
    """

    def mangler(dag: date) -> bool:
        koder = [kode for periode, kode in kraevet if periode.indeholder(dag)]
        akut = _paa(akutpladser, dag)
        return any(akut or not _paa(godkendt.get(kode, ()), dag) for kode in koder)

    perioder = [
        *(periode for periode, _ in kraevet),
        *akutpladser,
        *(p for fundne in godkendt.values() for p in fundne),
    ]
    skift = {dag for periode in (dage, *perioder) for dag in (periode.fra, periode.til) if dag is not None}
    loeb: list[Periode] = []
    for fra, til in pairwise(sorted(dag for dag in skift if dage.fra <= dag <= (dage.til or dag))):
        if mangler(fra):
            foer = loeb.pop() if loeb and loeb[-1].til == fra else Periode(fra, til)
            loeb.append(Periode(foer.fra, til))
    return loeb


def _paa(perioder: Iterable[Periode], dag: date) -> bool:
    return any(periode.indeholder(dag) for periode in perioder)
