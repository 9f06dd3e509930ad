"""Takster of the demo data, each computed by the engine from stored inputs."""

from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from random import Random
from uuid import UUID

from faelles.tid import Periode
from rammeaftale.demo.kopi import kopier
from rammeaftale.demo.register import DemoAfdeling
from rammeaftale.demo.skala import RATER
from takster import vilkaarsinddata
from takster.beregning.takst import Budgetpost, Takstinddata, beregn_takst
from takster.models import Takst, Takstenhed
from tilbud.models import Afdeling
from vilkaar.noegler import Noegle
from vilkaar.queries import GaeldendeVilkaar, gaeldende

FOERSTE_AAR = 2023
UDSVING = Decimal("0.4")  # by how much each of the two last known years differed from the occupancy budgeted
SKIFT = (5, 16)  # month and day
PRIS_EFTER_SKIFT = Decimal("1.04")
ANDELE = {
    "Løn": Decimal("0.78"),
    "Husleje eller ejendomsudgift": Decimal("0.09"),
    "Materialer og aktiviteter": Decimal("0.08"),
    "Øvrig drift": Decimal("0.05"),
}


def indlaes(afdelinger: Sequence[DemoAfdeling], rng: Random, dag: date, uden_naeste: Container[UUID] = ()) -> int:
    """Write a takst per department, legal basis and year (in some two), from 2023 to next year, but of these offers to this. Returns how many."""
    # Looked up first: nothing can be asked while rows are being copied.
    vilkaar = {
        (kkr_id, aar): gaeldende(kkr_id, date(aar, 1, 1))
        for kkr_id in {afdeling.kkr_id for afdeling in afdelinger}
        for aar in _aar(dag)
    }
    budgetteret = {pk for pk, tilbud in Afdeling.objects.values_list("pk", "tilbud") if tilbud in uden_naeste}
    alle = _alle(afdelinger, rng, dag, vilkaar)
    return kopier(
        takst for takst in alle if takst.periode.lower.year <= dag.year or takst.afdeling_id not in budgetteret
    )


def _aar(dag: date) -> range:
    return range(FOERSTE_AAR, dag.year + 2)


def _alle(
    afdelinger: Sequence[DemoAfdeling], rng: Random, dag: date, vilkaar: Mapping[tuple[UUID, int], GaeldendeVilkaar]
) -> Iterator[Takst]:
    for nummer, afdeling in enumerate(afdelinger):
        pris = Decimal(afdeling.pris)
        for aar in _aar(dag):
            if aar > dag.year and rng.random() < RATER.uden_takst_naeste_aar:
                continue
            for periode, periodens_pris in _perioder(aar, pris, nummer * len(_aar(dag)) + aar):
                for hjemmel in afdeling.hjemler:
                    yield _takst(afdeling, hjemmel, periode, periodens_pris, vilkaar[afdeling.kkr_id, aar], rng)
            pris *= Decimal(rng.randint(1005, 1045)) / 1000


def _perioder(aar: int, pris: Decimal, nummer: int) -> list[tuple[Periode, Decimal]]:
    """The year with its price; in some departments the price changes inside a month, and one month then has two."""
    hele = Periode.aar(aar)
    if nummer % round(1 / RATER.takst_skifter_i_en_maaned):
        return [(hele, pris)]
    skift = date(aar, *SKIFT)
    return [(Periode(hele.fra, skift), pris), (Periode(skift, hele.til), pris * PRIS_EFTER_SKIFT)]


def _takst(
    afdeling: DemoAfdeling, hjemmel: str, periode: Periode, pris: Decimal, vilkaar: GaeldendeVilkaar, rng: Random
) -> Takst:
    """Costs that lead to about this price, in whole thousands, and the takst the engine makes of them."""
    mindst, hoejst = (int(vilkaar.tal(noegle) * 10) for noegle in (Noegle.BELAEGNING_MIN, Noegle.BELAEGNING_MAKS))
    belaegning = Decimal(rng.randint(mindst, hoejst)) / 10
    aarets = pris * afdeling.pladser * 365 * belaegning / 100 / (1 + vilkaar.tal(Noegle.OVERHEAD_PROCENT) / 100)
    resultat = beregn_takst(
        Takstinddata(
            aar=periode.fra.year,
            pladser=Decimal(afdeling.pladser),
            direkte_omkostninger=tuple(
                Budgetpost(art=art, beloeb=(aarets * andel / 1000).quantize(Decimal(1)) * 1000)
                for art, andel in ANDELE.items()
            ),
            indtaegter=(),
            overhead=vilkaarsinddata.overhead(vilkaar),
            belaegning=vilkaarsinddata.belaegning(vilkaar, faktisk=(belaegning - UDSVING, belaegning + UDSVING)),
            dagsbasis=vilkaarsinddata.dagsbasis(vilkaar, dagtilbud=afdeling.dagtilbud),
            efterregulering=None,
            afrunding=vilkaarsinddata.afrunding(vilkaar),
            vilkaarssaet=vilkaarsinddata.reference(vilkaar),
        )
    )
    return Takst(
        afdeling_id=afdeling.id,
        hjemmel_id=hjemmel,
        beloeb=resultat.takst,
        enhed=Takstenhed.DAG if afdeling.dagtilbud else Takstenhed.DOEGN,
        periode=periode.som_range,
        belaegningsprocent=resultat.belaegningsprocent,
        beregning=resultat.som_json(),
        vilkaarssaet_id=vilkaar.saet_id,
    )
