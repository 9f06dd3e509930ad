"""F1 of the takst: from direct costs, overhead and budgeted occupancy to a price per day (rules-takst § 3).

Pure: no database and no clock. Every result tells how it was reached, so that anyone can compute it again
(serviceloven § 174; LOV 747/2025).
"""

from calendar import isleap
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Any, Self

from faelles.fejl import UgyldigtInput
from faelles.penge import Enhed, afrund

HUNDREDE = Decimal(100)
FAST_AAR = 365
PRAECISION = 40


@dataclass(frozen=True, slots=True)
class Grundlag:
    """The inputs of one takst: kr. per year, places, percents as 0-100.

    `dagsbasis` is `kalender` (365 or 366 days by the year) or `365`. `efterregulering` (kr.) is added: a deficit from year
    t-2 is positive and raises the takst, a surplus is negative and lowers it.
    """

    aar: int
    pladser: Decimal
    direkte_omkostninger: Mapping[str, Decimal]
    overhead_procent: Decimal
    belaegningsprocent: Decimal
    dagsbasis: str
    afrunding: Enhed
    efterregulering: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        """Refuse what gives no price, all faults at once."""
        felter: dict[str, list[str]] = {}
        if self.pladser <= 0:
            felter["pladser"] = ["Antallet af pladser skal være større end nul."]
        if not 0 < self.belaegningsprocent <= HUNDREDE:
            felter["belaegningsprocent"] = ["Belægningsprocenten skal være over 0 og højst 100."]
        if self.overhead_procent < 0:
            felter["overhead_procent"] = ["Overhead kan ikke være negativt."]
        if self.dagsbasis not in {"kalender", "365"}:
            felter["dagsbasis"] = ["Dagsbasis skal være »kalender« eller »365«."]
        if any(beloeb < 0 for beloeb in self.direkte_omkostninger.values()) or not self.direkte_omkostninger:
            felter["direkte_omkostninger"] = ["Der skal være mindst én omkostning, og ingen må være negativ."]
        if felter:
            raise UgyldigtInput("ugyldigt_takstgrundlag", "Taksten kan ikke beregnes, før felterne er rettet.", felter)

    @property
    def dage(self) -> int:
        """Days in the price basis: stored with the takst, because a leap year changes it."""
        return FAST_AAR + (self.dagsbasis == "kalender" and isleap(self.aar))

    def som_json(self) -> dict[str, Any]:
        """The inputs as stored with the takst; decimals as strings."""
        return {
            "aar": self.aar,
            "pladser": str(self.pladser),
            "direkteOmkostninger": {art: str(beloeb) for art, beloeb in self.direkte_omkostninger.items()},
            "overheadProcent": str(self.overhead_procent),
            "belaegningsprocent": str(self.belaegningsprocent),
            "dagsbasis": self.dagsbasis,
            "afrunding": self.afrunding.value,
            "efterregulering": str(self.efterregulering),
        }

    @classmethod
    def af_json(cls, data: Mapping[str, Any]) -> Self:
        """The inputs read back from storage."""
        return cls(
            aar=int(data["aar"]),
            pladser=Decimal(data["pladser"]),
            direkte_omkostninger={art: Decimal(beloeb) for art, beloeb in data["direkteOmkostninger"].items()},
            overhead_procent=Decimal(data["overheadProcent"]),
            belaegningsprocent=Decimal(data["belaegningsprocent"]),
            dagsbasis=str(data["dagsbasis"]),
            afrunding=Enhed(data["afrunding"]),
            efterregulering=Decimal(data["efterregulering"]),
        )


@dataclass(frozen=True, slots=True)
class Trin:
    """One step of a calculation: formula, what it gives, and the figure."""

    formel: str
    tekst: str
    vaerdi: Decimal


@dataclass(frozen=True, slots=True)
class Takstresultat:
    """A takst in kr. per day, rounded once at the end, with the unrounded figure and the steps that led to it."""

    grundlag: Grundlag
    takst: Decimal
    uafrundet: Decimal
    trin: tuple[Trin, ...]

    def som_json(self) -> dict[str, Any]:
        """What is stored with the takst."""
        return {
            "formel": "F1",
            "grundlag": self.grundlag.som_json(),
            "takst": str(self.takst),
            "takstUafrundet": f"{self.uafrundet:.12f}",
            "trin": [{"formel": t.formel, "tekst": t.tekst, "vaerdi": str(t.vaerdi)} for t in self.trin],
        }


def beregn_takst(grundlag: Grundlag) -> Takstresultat:
    """F1: (direct costs x (1 + overhead) + efterregulering) / (places x days x occupancy). kr. per døgn or dag.

    Raises UgyldigtInput when the efterregulering eats the whole basis: a takst is above zero.
    """
    with localcontext() as kontekst:
        kontekst.prec = PRAECISION
        direkte = sum(grundlag.direkte_omkostninger.values(), start=Decimal(0))
        overhead = direkte * grundlag.overhead_procent / HUNDREDE
        basis = direkte + overhead + grundlag.efterregulering
        prisdage = grundlag.pladser * grundlag.dage * grundlag.belaegningsprocent / HUNDREDE
        uafrundet = basis / prisdage
        takst = afrund(uafrundet, grundlag.afrunding)
    if takst <= 0:
        raise UgyldigtInput("takst_ikke_positiv", "Taksten bliver ikke større end nul med det angivne grundlag.")
    return Takstresultat(
        grundlag=grundlag,
        takst=takst,
        uafrundet=uafrundet,
        trin=(
            Trin("F1", "Direkte omkostninger i alt", direkte),
            Trin("F1", f"Overhead {grundlag.overhead_procent} procent", overhead),
            Trin("F1", "Efterregulering", grundlag.efterregulering),
            Trin("F1", "Takstberegningsgrundlag", basis),
            Trin("F1", f"Prisdage: pladser × {grundlag.dage} dage × {grundlag.belaegningsprocent} procent", prisdage),
            Trin("F1", f"Takst afrundet til {grundlag.afrunding.value}", takst),
        ),
    )
