"""Last year's takst and this year's: how much of the difference each change makes, in kr. per døgn. Pure.

The changes are made one after the other in a fixed order, and each counts with what it moves the takst then; so the bars sum to the
difference exactly. In another order a single bar would be a little longer or shorter, and the text beside the chart says so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from takster.beregning.takst import Overhead, Takstinddata, Takstresultat
from takster.beregning.tal import HUNDREDE, NUL, afkortet, regnekontekst
from takster.budget.poster import GRUPPENAVN, POSTER, Gruppe


@dataclass(frozen=True, slots=True)
class Skridt:
    """A change and what it moves the takst, kr. per døgn or day; up is positive."""

    navn: str
    virkning: Decimal


@dataclass(frozen=True, slots=True)
class Sammenligning:
    """From `foer` to `nu` (rounded takster, kr.) in steps that sum to the difference exactly."""

    foer: Decimal
    nu: Decimal
    skridt: tuple[Skridt, ...]

    @property
    def forskel(self) -> Decimal:
        """Up is positive."""
        return self.nu - self.foer

    @property
    def procent(self) -> Decimal:
        """The difference in percent of the takst before."""
        return self.forskel * HUNDREDE / self.foer


@dataclass(frozen=True, slots=True)
class _Tal:
    """What a takst is made of, each part by itself."""

    grupper: Mapping[str, Decimal]
    overhead: Overhead
    efterregulering: Decimal
    pladser: Decimal
    dage: int
    belaegning: Decimal

    def takst(self) -> Decimal:
        netto = sum(self.grupper.values(), NUL)
        prisdoegn = self.pladser * self.dage * self.belaegning / HUNDREDE
        return (netto + self.overhead.af(netto).vaerdi + self.efterregulering) / prisdoegn


_GRUPPE_AF_NAVN = {
    post.navn: GRUPPENAVN[post.gruppe] for post in POSTER.values() if post.gruppe is not Gruppe.EGENBETALING
}
INDTAEGTER = "Indtægter"


def gruppe_af(art: str) -> str:
    """The group a cost line belongs to: that of the schema, or for a line loaded from elsewhere its own name."""
    return _GRUPPE_AF_NAVN.get(art.partition(":")[0], art)


@regnekontekst()
def sammenlign(foer: Takstresultat, nu: Takstresultat) -> Sammenligning:
    """Costs group by group, incomes, overhead, efterregulering, places, days, occupancy, and last the rounding.

    Each step is cut after twelve decimals; what is cut is in the rounding.
    """
    gammel, ny = _tal(foer), _tal(nu)
    skridt, takst = [], gammel.takst()
    for navn, mellem in _mellemstadier(gammel, ny):
        efter = mellem.takst()
        if efter != takst:
            skridt.append(Skridt(navn, afkortet(efter - takst)))
        takst = efter
    afrunding = nu.takst - foer.takst - sum((et.virkning for et in skridt), NUL)
    if afrunding:
        skridt.append(Skridt("Afrunding", afrunding))
    return Sammenligning(foer.takst, nu.takst, tuple(skridt))


def _mellemstadier(gammel: _Tal, ny: _Tal) -> Iterator[tuple[str, _Tal]]:
    her = gammel
    for navn in _raekkefoelge([*gammel.grupper, *ny.grupper]):
        her = replace(her, grupper={**her.grupper, navn: ny.grupper.get(navn, NUL)})
        yield navn, her
    for navn, felt in (
        ("Overhead", "overhead"),
        ("Efterregulering", "efterregulering"),
        ("Pladser", "pladser"),
        ("Dage i året", "dage"),
        ("Belægning", "belaegning"),
    ):
        her = replace(her, **{felt: getattr(ny, felt)})
        yield navn, her


def _raekkefoelge(navne: Sequence[str]) -> list[str]:
    """The schema's groups in its order, then others by name, incomes last."""
    skemaets = [GRUPPENAVN[gruppe] for gruppe in Gruppe]
    return sorted(
        set(navne),
        key=lambda navn: (navn == INDTAEGTER, skemaets.index(navn) if navn in skemaets else len(skemaets), navn),
    )


def _tal(resultat: Takstresultat) -> _Tal:
    inddata: Takstinddata = resultat.inddata
    grupper: dict[str, Decimal] = {}
    for post in inddata.direkte_omkostninger:
        navn = gruppe_af(post.art)
        grupper[navn] = grupper.get(navn, NUL) + post.beloeb
    grupper[INDTAEGTER] = -sum((post.beloeb for post in inddata.indtaegter), NUL)
    return _Tal(
        grupper=grupper,
        overhead=inddata.overhead,
        efterregulering=resultat.efterregulering,
        pladser=inddata.pladser,
        dage=resultat.dage,
        belaegning=resultat.belaegningsprocent,
    )
