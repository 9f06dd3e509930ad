"""F1: from direct costs, overhead, efterregulering and budgeted occupancy to a price per day (rules-takst § 3).

Serviceloven § 174 and barnets lov § 195: the takst comes from all budgeted direct and indirect costs of the offer. LOV 747/2025
lets the competition authority examine it, so a result holds everything it takes to compute it again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from faelles.fejl import UgyldigtInput
from takster.beregning.belaegning import Belaegning, Dagsbasis, budgetteret_belaegning
from takster.beregning.efterregulering import Efterregulering, efterreguler
from takster.beregning.tal import (
    HUNDREDE,
    NUL,
    Aarstal,
    Kroner,
    Pladser,
    Procent,
    afkortet,
    laesbar,
    regnekontekst,
    uden_nuller,
)
from takster.beregning.trin import Afrunding, Trin, Vilkaarsreference
from takster.beregning.vaerdiobjekt import Inddata, Vaerdiobjekt

OMKOSTNINGSBASERET = "omkostningsbaseret"


@dataclass(frozen=True, slots=True, kw_only=True)
class Budgetpost(Inddata):
    """A line of the year's budget: what for, and kr. Costs and incomes are both typed positive, each in its own list."""

    art: str
    beloeb: Kroner


class Overheadmetode(StrEnum):
    """Indirect costs as an agreed percent of the direct ones, or calculated concretely."""

    PROCENT = "procent"
    KONKRET = "konkret"


@dataclass(frozen=True, slots=True, kw_only=True)
class Overhead(Inddata):
    """The offer's share of the operator's shared costs: a percent of the direct costs, or kr."""

    metode: Overheadmetode
    procent: Procent | None = None
    beloeb: Kroner | None = None

    def krydstjek(self) -> Mapping[str, str]:
        """The figure of the method, and only that."""
        skal, ikke = ("procent", "beloeb") if self.metode is Overheadmetode.PROCENT else ("beloeb", "procent")
        return self.kun_med(f"metoden {self.metode}", skal=(skal,), ikke=(ikke,))

    @regnekontekst()
    def af(self, direkte: Decimal) -> Trin:
        """The overhead in kr. on the net direct costs."""
        if self.procent is None:
            return Trin("F1", "Overhead", "beregnet konkret", uden_nuller(self.beloeb or NUL, 2), "kr.")
        udregning = f"{laesbar(direkte, 2)} × {laesbar(self.procent)} / 100"
        return Trin("F1", "Overhead", udregning, uden_nuller(direkte * self.procent / HUNDREDE, 2), "kr.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Takstinddata(Inddata):
    """Everything a takst is computed from: the year, the places, the budget (kr. per year) and the agreement's rules."""

    aar: Aarstal
    pladser: Pladser
    direkte_omkostninger: tuple[Budgetpost, ...]
    indtaegter: tuple[Budgetpost, ...]
    overhead: Overhead
    belaegning: Belaegning
    dagsbasis: Dagsbasis
    efterregulering: Efterregulering | None
    afrunding: Afrunding
    model: str = OMKOSTNINGSBASERET
    vilkaarssaet: Vilkaarsreference | None = None

    def krydstjek(self) -> Mapping[str, str]:
        """A budget without costs, and accounts that belong to the takst of another year."""
        fejl = {}
        if not self.direkte_omkostninger:
            fejl["direkte_omkostninger"] = "Der skal være mindst én omkostning. Tilføj budgettets linjer."
        indgaar = self.efterregulering.indgaar_aar if self.efterregulering else None
        if indgaar not in {None, self.aar}:
            fejl["efterregulering"] = (
                f"Regnskabet indgår i taksten for {indgaar}, ikke {self.aar}. Ret år eller forskydning."
            )
        return fejl


@dataclass(frozen=True, slots=True, kw_only=True)
class Takstresultat(Vaerdiobjekt):
    """A takst in kr. per døgn or day, rounded once, with all that led to it.

    `grundlag` (kr.) is the takstberegningsgrundlag: net direct costs plus overhead; `efterregulering` (kr.) is added to it and is
    negative for a surplus. `takst_uafrundet` is cut after twelve decimals. `prisdoegn` is what the base is spread over.
    """

    takst: Decimal
    takst_uafrundet: Decimal
    efterregulering: Decimal
    belaegningsprocent: Decimal
    prisdoegn: Decimal
    grundlag: Decimal
    dage: int
    trin: tuple[Trin, ...]
    inddata: Takstinddata


@regnekontekst()
def beregn_takst(inddata: Takstinddata) -> Takstresultat:
    """F1. Raises UgyldigtInput when incomes or a surplus eat the whole base: a takst is above zero."""
    omkostninger = _grundlag(inddata)
    grundlag = omkostninger[-1].vaerdi
    belaegning = budgetteret_belaegning(inddata.belaegning)
    dage = inddata.dagsbasis.dage(inddata.aar)
    prisdoegn = uden_nuller(inddata.pladser * dage * belaegning.procent / HUNDREDE)
    efterregulering = efterreguler(inddata.efterregulering) if inddata.efterregulering else None
    beloeb = efterregulering.beloeb if efterregulering else uden_nuller(NUL, 2)
    uafrundet = afkortet((grundlag + beloeb) / prisdoegn)
    takst = inddata.afrunding.af(uafrundet)
    if takst <= 0:
        raise _ikke_positiv(grundlag, beloeb)
    doegn = f"{laesbar(inddata.pladser)} × {dage} × {laesbar(belaegning.procent)} / 100"
    broek = f"({laesbar(grundlag, 2)} + {laesbar(beloeb, 2)}) / {laesbar(prisdoegn)}"
    return Takstresultat(
        takst=takst,
        takst_uafrundet=uafrundet,
        efterregulering=beloeb,
        belaegningsprocent=belaegning.procent,
        prisdoegn=prisdoegn,
        grundlag=grundlag,
        dage=dage,
        trin=(
            *omkostninger,
            *belaegning.trin,
            Trin("F1", f"Dage i {inddata.aar}", f"dagsbasis {inddata.dagsbasis}", Decimal(dage), "dage"),
            Trin("F1", "Prisdøgn", doegn, prisdoegn, "døgn"),
            *(efterregulering.trin if efterregulering else ()),
            Trin("F1", "Takst før afrunding", broek, uafrundet, "kr."),
            Trin("F1", "Takst", inddata.afrunding.tekst, takst, "kr."),
        ),
        inddata=inddata,
    )


def _grundlag(inddata: Takstinddata) -> tuple[Trin, ...]:
    """The steps to the takstberegningsgrundlag, which is the last of them. The order of the budget's lines does not matter."""
    brutto = uden_nuller(sum((post.beloeb for post in inddata.direkte_omkostninger), NUL), 2)
    indtaegter = uden_nuller(sum((post.beloeb for post in inddata.indtaegter), NUL), 2)
    netto = uden_nuller(brutto - indtaegter, 2)
    overhead = inddata.overhead.af(netto)
    grundlag = uden_nuller(netto + overhead.vaerdi, 2)
    return (
        Trin("F1", "Omkostninger", f"sum af {len(inddata.direkte_omkostninger)} poster", brutto, "kr."),
        Trin("F1", "Indtægter", f"sum af {len(inddata.indtaegter)} poster, trækkes fra", indtaegter, "kr."),
        Trin("F1", "Direkte omkostninger", f"{laesbar(brutto, 2)} − {laesbar(indtaegter, 2)}", netto, "kr."),
        overhead,
        Trin(
            "F1",
            "Takstberegningsgrundlag",
            f"{laesbar(netto, 2)} + {laesbar(overhead.vaerdi, 2)}",
            grundlag,
            "kr.",
        ),
    )


def _ikke_positiv(grundlag: Decimal, efterregulering: Decimal) -> UgyldigtInput:
    """The refusal, at the field that most likely is wrong."""
    besked = (
        f"Taksten bliver ikke større end nul: grundlaget er {laesbar(grundlag, 2)} kr. og efterreguleringen "
        f"{laesbar(efterregulering, 2)} kr. Ret omkostninger, indtægter eller efterregulering."
    )
    felt = "indtaegter" if grundlag <= 0 else "efterregulering" if efterregulering < 0 else "direkteOmkostninger"
    return UgyldigtInput("takst_ikke_positiv", besked, {felt: [besked]})
