"""F8, the levels: one takst split into prices by how much each level takes, so that their average is the takst (rules-takst § 3).

The takst is the average of what the offer sells (glossary: hovedydelse). How much more a level takes than another is the
operator's own budget; the form of the rule is ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from faelles.fejl import UgyldigtInput
from takster.beregning.tal import NUL, Faktor, Pladser, Pris, Tal, laesbar, led, regnekontekst, uden_nuller
from takster.beregning.trin import Afrunding, Trin, Vilkaarsreference
from takster.beregning.vaerdiobjekt import BESKED, KODE, Inddata, Vaerdiobjekt

FLEST_NIVEAUER = 10
Niveaunummer = Annotated[int, Tal("", mindst=Decimal(1), hoejst=Decimal(FLEST_NIVEAUER), decimaler=0, eksempel="2")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Takstniveau(Inddata):
    """A level: the places budgeted at it, and what one of them takes beside one of another level (only the ratio counts)."""

    niveau: Niveaunummer
    pladser: Pladser
    vaegt: Faktor


@dataclass(frozen=True, slots=True, kw_only=True)
class Niveauinddata(Inddata):
    """The takst (kr./døgn or dag) and the levels it is the average of."""

    takst: Pris
    niveauer: tuple[Takstniveau, ...]
    afrunding: Afrunding
    vilkaarssaet: Vilkaarsreference | None = None

    def krydstjek(self) -> Mapping[str, str]:
        """Two levels or more, each once."""
        numre = [et.niveau for et in self.niveauer]
        if len(numre) < 2 or len(set(numre)) < len(numre):  # noqa: PLR2004 - one level is the takst itself
            return {"niveauer": "Der skal være mindst to niveauer, og hvert må kun stå én gang. Ret listen."}
        return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Niveautakst(Vaerdiobjekt):
    """The price of a level, kr./døgn or dag."""

    niveau: int
    takst: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Niveautakster(Vaerdiobjekt):
    """The price of every level. `gennemsnit` is what they come to over the places; it differs from the takst by the rounding alone."""

    niveauer: tuple[Niveautakst, ...]
    gennemsnit: Decimal
    trin: tuple[Trin, ...]
    inddata: Niveauinddata


@regnekontekst()
def niveautakster(inddata: Niveauinddata) -> Niveautakster:
    """Takst × weight over the average weight. Raises UgyldigtInput when a level comes to nothing."""
    pladser = sum((et.pladser for et in inddata.niveauer), NUL)
    vaegt = sum((et.pladser * et.vaegt for et in inddata.niveauer), NUL)
    trin = [
        Trin("F8", "Pladser i alt", led(et.pladser for et in inddata.niveauer), uden_nuller(pladser), "pladser"),
        Trin("F8", "Vægtede pladser", "pladser × vægt, lagt sammen", uden_nuller(vaegt), "pladser"),
    ]
    takster = []
    for et in sorted(inddata.niveauer, key=lambda et: et.niveau):
        takst = uden_nuller(inddata.afrunding.af(inddata.takst * et.vaegt * pladser / vaegt), 2)
        if takst <= NUL:
            besked = f"Niveau {et.niveau} ville blive gratis. Ret vægtene."
            raise UgyldigtInput(KODE, BESKED, {"niveauer": [besked]})
        takster.append(Niveautakst(niveau=et.niveau, takst=takst))
        udregning = f"{laesbar(inddata.takst, 2)} × {laesbar(et.vaegt)} × {laesbar(pladser)} / {laesbar(vaegt)}, {inddata.afrunding.tekst}"
        trin.append(Trin("F8", f"Niveau {et.niveau}", udregning, takst, "kr."))
    pr_niveau = {et.niveau: et.pladser for et in inddata.niveauer}
    samlet = sum((et.takst * pr_niveau[et.niveau] for et in takster), NUL)
    gennemsnit = (samlet / pladser).quantize(Decimal("0.000001"))
    tekst = f"niveauernes takster × pladser / {laesbar(pladser)}; taksten er {laesbar(inddata.takst, 2)}"
    trin.append(Trin("F8", "Gennemsnit", tekst, gennemsnit, "kr."))
    return Niveautakster(niveauer=tuple(takster), gennemsnit=gennemsnit, trin=tuple(trin), inddata=inddata)
