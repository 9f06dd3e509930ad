"""From what the operator writes and the terms in force to the engine's inputs, and the calculation of each art."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from takster import vilkaarsinddata
from takster.beregning.belaegning import Belaegning
from takster.beregning.niveauer import Niveauinddata, Takstniveau, niveautakster
from takster.beregning.pris import Pakke, Paragraftakst, pakketakst
from takster.beregning.takst import Budgetpost, Takstinddata, beregn_takst
from takster.beregning.vaerdiobjekt import Inddata, Vaerdiobjekt
from takster.models import Takst, Takstenhed
from takster.prisarter import Prisart
from vilkaar.queries import GaeldendeVilkaar


@dataclass(frozen=True, slots=True)
class Regnestykke:
    """How the prices of an art are computed, and from what."""

    inddata: type[Inddata]
    beregn: Callable[[Any], Vaerdiobjekt]


# A supplement is a takst of its own: its year's costs over the places budgeted with it (F1).
REGNESTYKKER: Mapping[Prisart, Regnestykke] = {
    Prisart.NIVEAUER: Regnestykke(Niveauinddata, niveautakster),
    Prisart.TILLAEG: Regnestykke(Takstinddata, beregn_takst),
    Prisart.PAKKE: Regnestykke(Pakke, pakketakst),
}


def genberegn(art: Prisart, beregning: Mapping[str, Any]) -> Mapping[str, Any]:
    """A stored calculation computed again from its inputs. Raises UgyldigtInput when they can no longer be read."""
    stykke = REGNESTYKKER[art]
    return stykke.beregn(stykke.inddata.af_json(beregning["inddata"])).som_json()


def niveauer(takst: Takst, niveauer_: Sequence[Takstniveau], vilkaar: GaeldendeVilkaar) -> Niveauinddata:
    """The takst, split."""
    return Niveauinddata(
        takst=takst.beloeb,
        niveauer=tuple(niveauer_),
        afrunding=vilkaarsinddata.afrunding(vilkaar),
        vilkaarssaet=vilkaarsinddata.reference(vilkaar),
    )


def pakke(takster: Sequence[Takst], vilkaar: GaeldendeVilkaar) -> Pakke:
    """The takster of one department, each under its own legal basis, as the invoice splits them."""
    return Pakke(
        dele=tuple(Paragraftakst(paragraf=takst.hjemmel_id, takst=takst.beloeb) for takst in takster),
        vilkaarssaet=vilkaarsinddata.reference(vilkaar),
    )


@dataclass(frozen=True, slots=True)
class Tillaegsbudget:
    """What a supplement costs in a year (kr.), for so many places with it; `overhead` where the agreement has it computed concretely."""

    navn: str
    omkostning: Decimal
    pladser: Decimal
    overhead: Decimal | None = None


def tillaeg(budget: Tillaegsbudget, *, aar: int, enhed: Takstenhed, vilkaar: GaeldendeVilkaar) -> Takstinddata:
    """Paid on the days it is given alone, so that no empty place is budgeted: the occupancy is 100 percent."""
    return Takstinddata(
        aar=aar,
        pladser=budget.pladser,
        direkte_omkostninger=(Budgetpost(art=budget.navn, beloeb=budget.omkostning),),
        indtaegter=(),
        overhead=vilkaarsinddata.overhead(vilkaar, budget.overhead),
        belaegning=Belaegning(aftalt=Decimal(100)),
        dagsbasis=vilkaarsinddata.dagsbasis(vilkaar, dagtilbud=enhed is Takstenhed.DAG),
        efterregulering=None,
        afrunding=vilkaarsinddata.afrunding(vilkaar),
        vilkaarssaet=vilkaarsinddata.reference(vilkaar),
    )
