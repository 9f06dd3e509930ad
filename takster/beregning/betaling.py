"""The amount of a bill: the rounded takst times the days that are paid (rules-takst § 5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from takster.beregning.tal import Pris, laesbar, regnekontekst, uden_nuller
from takster.beregning.trin import Trin, Vilkaarsreference
from takster.beregning.vaerdiobjekt import Inddata, Vaerdiobjekt


@dataclass(frozen=True, slots=True, kw_only=True)
class Betalingsperiode(Inddata):
    """Days at one takst (kr./døgn): `fra` up to but not including `til`.

    `foerste_dag_betales` is the agreement's rule where the stay begins on `fra`, and true where it only goes on from the bill
    before; `sidste_dag_betales` likewise for the last day.
    """

    takst: Pris
    fra: date
    til: date
    foerste_dag_betales: bool
    sidste_dag_betales: bool
    vilkaarssaet: Vilkaarsreference | None = None

    def krydstjek(self) -> Mapping[str, str]:
        """At least one day."""
        if self.til <= self.fra:
            return {"til": f"Skal ligge efter fra ({self.fra}); der står {self.til}. Dagen i til er ikke med."}
        return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Betaling(Vaerdiobjekt):
    """Paid days and the amount in kr."""

    dage: int
    beloeb: Decimal
    trin: tuple[Trin, ...]
    inddata: Betalingsperiode


@regnekontekst()
def betaling(periode: Betalingsperiode) -> Betaling:
    """Days times takst; never rounded again."""
    alle = (periode.til - periode.fra).days
    fradrag = (not periode.foerste_dag_betales) + (not periode.sidste_dag_betales)
    dage = max(alle - fradrag, 0)
    beloeb = uden_nuller(dage * periode.takst, 2)
    return Betaling(
        dage=dage,
        beloeb=beloeb,
        trin=(
            Trin("§ 5", "Betalte dage", f"{alle} dage − {fradrag}, der ikke betales", Decimal(dage), "dage"),
            Trin("§ 5", "Beløb", f"{dage} × {laesbar(periode.takst, 2)}", beloeb, "kr."),
        ),
        inddata=periode,
    )
