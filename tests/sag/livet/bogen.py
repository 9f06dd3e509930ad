"""What the books should say, told a second time: day by day, in sets of days, sharing no rule and no code with the platform."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from uuid import UUID

BEGYNDER = date(2026, 11, 2)  # the clock, each time a life begins: a Monday
SLUT = BEGYNDER + timedelta(days=420)  # later than anything a life reaches; what has no end runs to here
EN_DAG = timedelta(days=1)
HVER_DAG = frozenset(range(1, 8))
# The terms of `tests.fabrik`, in figures of this book's own.
HOLD, FORLAENGELSER, GYLDIG, EFTER_DOED = timedelta(days=14), 1, timedelta(days=7), timedelta(days=14)
AKUT = timedelta(weeks=3)
VARSEL = {"myndighed": 1, "driftsherre": 3}
HJEMMEL, SELV = "SEL-107", "SEL-110"  # what all else is under, and what a citizen can come by herself under
PROCENT = {"ferie": 100, "hospital": 100, "faengsel": 0}
AABNE = {"kladde", "hos_tilbuddet", "hos_kommunen"}


@cache
def dage(fra: date, til: date | None) -> frozenset[date]:
    """The days from one until another."""
    return frozenset(fra + timedelta(days=nummer) for nummer in range(((til or SLUT) - fra).days))


def maanedens_sidste(dag: date, maaneder: int) -> date:
    """The last day of the month so many months after the day's."""
    for _ in range(maaneder):
        dag = dag.replace(day=monthrange(dag.year, dag.month)[1]) + EN_DAG
    return dag.replace(day=monthrange(dag.year, dag.month)[1])


def ophoer(givet: date, side: str, hjemmel: str) -> date:
    """The last day of a notice."""
    return givet + EN_DAG if hjemmel == SELV else maanedens_sidste(givet, VARSEL[side])


@dataclass(frozen=True)
class Plads:
    """A place; `egne`: kept for the operator's own citizens."""

    id: UUID
    navn: str
    sted: str
    aaben: frozenset[date]
    ugedage: frozenset[int] = HVER_DAG
    merplads: bool = False
    egne: bool = False


@dataclass(frozen=True)
class Sted:
    """An offer with one department. `godkendt` places are approved (0: it is no approved offer); `mer`: a permission for one merplads on these days."""

    navn: str
    driftsherre: str
    godkendt: int = 0
    mer: frozenset[date] = frozenset()


@dataclass(eq=False)
class Krav:
    """Somebody has a place, or a hold on it until `udloeber`."""

    plads: Plads
    fra: date
    til: date | None
    ugedage: frozenset[int]
    udloeber: datetime | None = None
    optaget: bool = False  # somebody has moved in; until then it is reserved
    opgivet: bool = False

    @property
    def dage(self) -> frozenset[date]:
        """Its days, whatever weekday each is."""
        return dage(self.fra, self.til)

    def gaelder(self, nu: datetime) -> bool:
        """Whether it counts now."""
        return not self.opgivet and (self.udloeber is None or self.udloeber > nu)

    def slut_foer(self, dag: date) -> None:
        """Give up the day and those after it."""
        if dag <= self.fra:
            self.opgivet = True
        elif self.til is None or dag < self.til:
            self.til = dag


@dataclass(eq=False)
class Sag:
    """A reservation of a municipality's."""

    koeber: str
    krav: Krav
    tilstand: str = "afventer"
    forlaengelser: int = 0
    fortsaetter: "Liv | None" = None


@dataclass(eq=False)
class Udbud:
    """A place that is offered after an enquiry of a municipality's: one of them by number, or any in a department. `svar` is the enquiry's."""

    hvem: int
    plads: int
    sted: str
    fra: date
    til: date | None
    sidste: date
    henvendelse: UUID
    svar: str = "accepteret"
    tilstand: str = "tilbudt"

    def slut(self, svar: str, idag: date) -> None:
        """The enquiry ends, and what is open with it."""
        self.svar = svar
        if self.tilstand == "tilbudt":
            self.tilstand = "udloebet" if idag > self.sidste else "bortfaldet"


@dataclass(eq=False)
class Version:
    """One of an agreement, from the day `fra`. `grundlag` is what the case said when it was put forward."""

    koeber: str
    fra: date
    tilstand: str = "kladde"
    grundlag: tuple[object, ...] = ()


@dataclass(eq=False)
class Liv:
    """A stay. `ansvar` is who is responsible and who pays from which day, `priser` and `hjemler` what is agreed, each in order."""

    sted: str
    krav: list[Krav]
    foerste_dag: date
    betales_fra: date
    ansvar: list[tuple[date, str, str]]
    priser: list[tuple[date, int]]
    akutfrist: date | None
    tilstand: str = "loebende"
    sidste_dag: date | None = None
    grund: str = ""
    opsagt_af: str = ""
    ophoer: date | None = None
    orienteret: bool = False
    forlaenget: bool = False
    forslag: tuple[date, int] | None = None
    fravaer: dict[date, int] = field(default_factory=dict)
    hjemler: list[tuple[date, str]] = field(default_factory=list)
    versioner: list[Version] = field(default_factory=list)
    parter: set[str] = field(default_factory=set)
    fortsaetter: "Liv | None" = None

    def __post_init__(self) -> None:
        self.parter |= {self.ansvar[0][1], self.ansvar[0][2]}

    def ansvarlig(self, dag: date) -> str:
        """Who is handlekommune on the day."""
        return self.ansvar_paa(dag)[0]

    def ansvar_paa(self, dag: date) -> tuple[str, str]:
        """Who is handlekommune and who pays on the day, or on the first one of a stay that begins later."""
        return ([(handle, betaler) for fra, handle, betaler in self.ansvar if fra <= dag] or [self.ansvar[0][1:]])[-1]

    def hjemmel(self, dag: date) -> str:
        """What it is under on the day."""
        return [kode for fra, kode in self.hjemler if fra <= dag][-1]

    @property
    def aaben(self) -> Version | None:
        """The version that is not agreed yet."""
        return next((version for version in self.versioner if version.tilstand in AABNE), None)

    def aendret(self, fra: date) -> None:
        """From the day on it is not what was agreed any more."""
        koeber, aaben = self.ansvarlig(max(fra, self.foerste_dag)), self.aaben
        if aaben:
            aaben.tilstand = "kladde" if aaben.koeber == koeber else "bortfaldet"
        if (aaben or any(version.tilstand == "aftalt" for version in self.versioner)) and not self.aaben:
            self.versioner.append(Version(koeber, fra))

    def godkend(self, ny: Version) -> None:
        """Both have accepted it, and it takes the place of what the two had agreed before."""
        for version in self.versioner:
            if version.koeber == ny.koeber and version.tilstand in {"aftalt", "opsagt"}:
                version.tilstand = "afloest"
        ny.tilstand = "aftalt"

    def siger(self, dag: date) -> tuple[object, ...]:
        """What an agreement from the day would say."""
        paa = max(dag, self.foerste_dag)
        return self.ansvar_paa(paa), self.hjemmel(paa), tuple(self.priser), self.sidste.plads, self.sidste.ugedage

    def flyttet(self, dag: date, idag: date) -> None:
        """It has another place; what both, or one, had accepted may say otherwise."""
        sagte = [
            version for version in self.versioner if version.tilstand in {"aftalt", "hos_tilbuddet", "hos_kommunen"}
        ]
        if sagte and sagte[-1].grundlag != self.siger(max(idag, dag)):
            self.aendret(dag)

    def ses(self, dag: date, idag: date) -> bool:
        """Whether what begins on the day begins before the handlekommune of today has no part in the stay any more."""
        egen = self.ansvarlig(max(idag, self.foerste_dag))
        return dag < self._slut([egen in (handle, betaler) for _, handle, betaler in self.ansvar])

    def er_andres(self, dag: date, idag: date) -> bool:
        """Whether another municipality than the handlekommune of today decides from the day on or before."""
        egen = self.ansvarlig(max(idag, self.foerste_dag))
        return dag >= self._slut([handle == egen for _, handle, _ in self.ansvar])

    def _slut(self, har: Sequence[bool]) -> date:
        efter = max(nummer for nummer, del_ in enumerate(har) if del_) + 1
        return self.ansvar[efter][0] if efter < len(self.ansvar) else date.max

    def kan_fortsaettes_fra(self, dag: date) -> bool:
        """Whether a place elsewhere from the day on would leave no day without one, as far as the end of this stay is known."""
        slut = self.sidste_dag + timedelta(days=1) if self.sidste_dag else self.sidste.til
        return dag > self.foerste_dag and (slut is None or dag <= slut)

    @property
    def sidste(self) -> Krav:
        """The place it has or had last."""
        return max((krav for krav in self.krav if not krav.opgivet), key=lambda krav: krav.fra)


class Bog:
    """Everybody's claims, and what follows from them."""

    def __init__(self, steder: Iterable[Sted], pladser: Sequence[Plads]) -> None:
        self.steder = {sted.navn: sted for sted in steder}
        self.pladser = pladser
        self.krav: list[Krav] = []
        self.sager: dict[UUID, Sag] = {}
        self.udbud: dict[UUID, Udbud] = {}
        self.liv: dict[UUID, Liv] = {}

    def fortsaettelse(self, liv: Liv) -> date | None:
        """The first day of the stay this one goes on in, or else of the confirmed reservation it is to; None without any."""
        nye = [et.foerste_dag for et in self.liv.values() if et.fortsaetter is liv]
        aftalte = [et.krav.fra for et in self.sager.values() if et.fortsaetter is liv and et.tilstand == "bekraeftet"]
        return min(nye or aftalte, default=None)

    def gaeldende(self, nu: datetime) -> list[Krav]:
        """The claims that count."""
        return [krav for krav in self.krav if krav.gaelder(nu)]

    def er_ledig(self, ny: Krav, nu: datetime) -> bool:
        """Whether nobody has one of its weekdays on one of its days."""
        andre = [krav for krav in self.gaeldende(nu) if krav.plads is ny.plads and krav.ugedage & ny.ugedage]
        return not any(krav.dage & ny.dage for krav in andre)

    def for_mange(self, alle: Iterable[Krav], sted: str, dag: date, ugedag: int) -> bool:
        """Whether more of these than the approved have one of the offer's places on the weekday; a permission is for one more, if it is a merplads."""
        fundne = [k for k in alle if k.plads.sted == sted and ugedag in k.ugedage and dag in k.dage]
        mer = any(krav.plads.merplads for krav in fundne) and dag in self.steder[sted].mer
        return 0 < self.steder[sted].godkendt < len(fundne) - mer

    def hindring(self, ny: Krav, nu: datetime, idag: date, *, egen: bool) -> str:
        """Why the claim is refused now; empty when it is not. `egen`: for one of the operator's own citizens, or one who is there already."""
        endnu = {dag for dag in ny.dage if dag >= idag}
        if ny.plads.egne and not egen:
            return "plads_forbeholdt_egne"
        if not ny.dage <= ny.plads.aaben or not ny.ugedage <= ny.plads.ugedage:
            return "plads_ikke_aaben"
        if ny.plads.merplads and not endnu <= self.steder[ny.plads.sted].mer:
            return "ikke_godkendt"
        if not self.er_ledig(ny, nu):
            return "pladsen_er_optaget"
        alle = [*self.gaeldende(nu), ny]
        if any(self.for_mange(alle, ny.plads.sted, dag, ugedag) for dag in endnu for ugedag in ny.ugedage):
            return "ikke_godkendt"
        return ""

    def en_hvilken_som_helst(
        self, sted: str, fra: date, til: date | None, ugedage: frozenset[int], nu: datetime, idag: date, *, egen: bool
    ) -> tuple[Krav | None, str]:
        """The first place of the offer that can be had, or why none can."""
        grunde = set()
        for plads in self.pladser:
            ny = Krav(plads, fra, til, ugedage or plads.ugedage)
            if plads.sted == sted:
                if not (grund := self.hindring(ny, nu, idag, egen=egen)):
                    return ny, ""
                # what is not free is passed by; what is free and refused was tried
                grunde |= {grund} if self.er_ledig(ny, nu) else set()
        return None, "ikke_godkendt" if "ikke_godkendt" in grunde else "ingen_ledig_plads"

    def udloeb_af(self, henvendelse: UUID, idag: date) -> None:
        """What was offered after the enquiry before, and has run out, is over."""
        for udbud in self.udbud.values():
            if udbud.henvendelse == henvendelse and udbud.tilstand == "tilbudt" and idag > udbud.sidste:
                udbud.tilstand = "udloebet"

    def udloeb(self, nu: datetime, idag: date) -> None:
        """Every case whose hold has run out is over, and every offer whose time has passed."""
        for udbud in self.udbud.values():
            if udbud.tilstand == "tilbudt" and idag > udbud.sidste:
                udbud.tilstand = "udloebet"
        for sag in self.sager.values():
            if sag.tilstand == "afventer" and not sag.krav.gaelder(nu):
                sag.tilstand, sag.krav.opgivet = "udloebet", True

    def betales_til(self, liv: Liv) -> date | None:
        """The last payable day of a stay that is over, by what has happened, in whatever order it was registered."""
        if liv.sidste_dag is None:
            return None
        slut = max(liv.sidste_dag, liv.ophoer or liv.sidste_dag) if liv.grund != "enige" else liv.sidste_dag
        if liv.grund == "doed":
            slut = min(slut, liv.sidste_dag + EFTER_DOED) if liv.ophoer else liv.sidste_dag + EFTER_DOED
        naeste = [
            andet.betales_fra
            for andet in self.liv.values()
            if andet.krav[0].plads is liv.sidste.plads
            and andet.krav[0].ugedage & liv.sidste.ugedage
            and andet.betales_fra > liv.sidste_dag
        ]
        return min([slut, *(dag - EN_DAG for dag in naeste)])

    def belagte(self, sted: str, vindue: frozenset[date], nu: datetime) -> int:
        """Occupied place-days of the offer on these days."""
        ophold = [krav for krav in self.gaeldende(nu) if krav.plads.sted == sted and krav.optaget]
        return sum(dag.isoweekday() in krav.ugedage for krav in ophold for dag in krav.dage & vindue)
