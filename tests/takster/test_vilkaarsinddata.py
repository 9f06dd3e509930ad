"""From the terms in force to the engine's inputs; a term that is missing is never guessed."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from faelles.fejl import Konflikt, UgyldigtInput
from kommuner.models import Kkr
from takster import vilkaarsinddata
from takster.beregning.belaegning import Belaegning, Dagsbasis
from takster.beregning.betaling import betaling
from takster.beregning.efterregulering import Efterreguleringsmetode, Underskudsregel, efterreguler
from takster.beregning.finansiering import Deltidsplads, deltidstakst
from takster.beregning.loft import Pladsudgift, proev_loft
from takster.beregning.takst import Overhead, Overheadmetode, beregn_takst
from tests import fabrik
from tests.takster.beregning.eksempel import KRONE, PROCENT_6, efter_regnskab, inddata
from vilkaar.noegler import Noegle
from vilkaar.queries import GaeldendeVilkaar, gaeldende

pytestmark = pytest.mark.django_db

DAG = date(2026, 1, 1)
REGNSKAB: dict[str, Any] = {
    "regnskabsaar": 2024,
    "provenu": Decimal(21072560),
    "regnskab": Decimal(19750000),
    "budget": Decimal(20400000),
    "takstgrundlag": Decimal(21000000),
}
UDGIFTER = (
    Pladsudgift(aar=2014, omkostninger=Decimal(2200) * 365, pladsdage=Decimal(365)),
    Pladsudgift(aar=2018, omkostninger=Decimal(2290) * 365, pladsdage=Decimal(365)),
)


def vilkaar(**andre: str) -> GaeldendeVilkaar:
    """The tests' own terms with some values changed, on the day."""
    kkr = Kkr.objects.create(navn="KKR Prøve", slug="kkr-proeve")
    fabrik.vilkaar(kkr, andre={Noegle(navn): vaerdi for navn, vaerdi in andre.items()})
    return gaeldende(kkr.id, DAG)


def test_vilkaarsinddata_gives_the_worked_example_with_its_set() -> None:
    v = vilkaar()
    sag = inddata(
        overhead=vilkaarsinddata.overhead(v),
        belaegning=vilkaarsinddata.belaegning(v, faktisk=[Decimal("97.2"), Decimal("95.6")]),
        dagsbasis=vilkaarsinddata.dagsbasis(v, dagtilbud=False),
        efterregulering=vilkaarsinddata.efterregulering(v, **REGNSKAB),
        afrunding=vilkaarsinddata.afrunding(v),
        vilkaarssaet=vilkaarsinddata.reference(v),
    )
    resultat = beregn_takst(sag)
    assert resultat.takst == Decimal(2652)
    assert resultat.som_json()["inddata"]["vilkaarssaet"] == {
        "saet": str(v.saet_id),
        "nummer": 1,
        "aftale": "Testaftale",
        "endelig": True,
    }


def test_overhead_is_the_agreed_percent_or_the_operators_own_amount() -> None:
    assert vilkaarsinddata.overhead(vilkaar()) == PROCENT_6


def test_overhead_agreed_to_be_concrete_must_be_given() -> None:
    v = vilkaar(overhead_metode="konkret")
    assert vilkaarsinddata.overhead(v, Decimal(1000)) == Overhead(metode=Overheadmetode.KONKRET, beloeb=Decimal(1000))
    with pytest.raises(UgyldigtInput):
        vilkaarsinddata.overhead(v)


def test_belaegning_has_a_lower_bound_for_short_stays_and_takes_an_approved_departure() -> None:
    v = vilkaar()
    faktisk = [Decimal(88), Decimal(90)]
    assert vilkaarsinddata.belaegning(v, faktisk=faktisk) == efter_regnskab("88", "90")
    assert vilkaarsinddata.belaegning(v, faktisk=faktisk, kort=True) == efter_regnskab("88", "90", mindst="90")
    assert vilkaarsinddata.belaegning(v, godkendt_afvigelse=Decimal(80)) == Belaegning(aftalt=Decimal(80))


def test_belaegning_by_agreement_must_be_given() -> None:
    v = vilkaar(belaegning_metode="aftale")
    assert vilkaarsinddata.belaegning(v, godkendt_afvigelse=Decimal(97)) == Belaegning(aftalt=Decimal(97))
    with pytest.raises(UgyldigtInput):
        vilkaarsinddata.belaegning(v, faktisk=[Decimal(97), Decimal(97)])


def test_dagsbasis_of_day_offers_is_a_term_of_its_own() -> None:
    v = vilkaar()
    assert vilkaarsinddata.dagsbasis(v, dagtilbud=False) is Dagsbasis.KALENDER
    assert vilkaarsinddata.dagsbasis(v, dagtilbud=True) is Dagsbasis.FAST


def test_efterregulering_takes_the_base_the_agreement_names() -> None:
    v = vilkaar(efterregulering_grundlag="takstgrundlag", efterregulering_metode="hensaettelse")
    sag = vilkaarsinddata.efterregulering(v, **REGNSKAB)
    assert (sag.metode, sag.budget) == (Efterreguleringsmetode.HENSAETTELSE, Decimal(21000000))
    assert (efterreguler(sag).indgaar_aar, efterreguler(sag).anvendes_senest) == (2026, 2029)


def test_efterregulering_of_a_deficit_follows_the_agreement() -> None:
    v = vilkaar()
    sag = vilkaarsinddata.efterregulering(v, **{**REGNSKAB, "regnskab": Decimal(22592560)})
    assert sag.underskud_regel is Underskudsregel.INDREGNES
    assert efterreguler(sag).beloeb == Decimal(500000)


def test_deltidsfaktorer_are_the_agreements_table() -> None:
    plads = Deltidsplads(
        takst=Decimal(621), dage_om_ugen=3, faktorer=vilkaarsinddata.deltidsfaktorer(vilkaar()), afrunding=KRONE
    )
    assert deltidstakst(plads).takst == Decimal(528)


def test_vaekstloft_is_against_the_agreements_base_year_and_pl() -> None:
    resultat = proev_loft(vilkaarsinddata.vaekstloft(vilkaar(), aar=2018, udgifter=UDGIFTER))
    assert (str(resultat.loft), resultat.overholdt) == ("2297.32", True)
    assert resultat.inddata.vilkaarssaet is not None


def test_vaekstloft_without_the_cost_of_a_year_or_its_pl_is_refused() -> None:
    v = vilkaar()
    with pytest.raises(UgyldigtInput, match="mangler for 2014 og 2019"):
        vilkaarsinddata.vaekstloft(v, aar=2019, udgifter=UDGIFTER[1:])
    senere = Pladsudgift(aar=2019, omkostninger=Decimal(1), pladsdage=Decimal(1))
    with pytest.raises(Konflikt, match=r"mangler PL for 2019.*klausulen Udgiftsudvikling, sæt 1"):
        vilkaarsinddata.vaekstloft(v, aar=2019, udgifter=[*UDGIFTER, senere])


def test_betalingsperiode_leaves_out_days_only_where_the_stay_begins_or_ends() -> None:
    v = vilkaar(foerste_dag_taeller="nej", sidste_dag_taeller="nej")

    def dage(*, begynder: bool, slutter: bool) -> int:
        periode = vilkaarsinddata.betalingsperiode(
            v, takst=Decimal(2687), fra=DAG, til=date(2026, 2, 1), begynder=begynder, slutter=slutter
        )
        return betaling(periode).dage

    assert [dage(begynder=b, slutter=s) for b, s in ((False, False), (True, False), (True, True))] == [31, 30, 29]


KALD: dict[Noegle, Callable[[GaeldendeVilkaar], object]] = {
    Noegle.AFRUNDING: vilkaarsinddata.afrunding,
    Noegle.DAGSBASIS: lambda v: vilkaarsinddata.dagsbasis(v, dagtilbud=False),
    Noegle.DAGSBASIS_DAGTILBUD: lambda v: vilkaarsinddata.dagsbasis(v, dagtilbud=True),
    Noegle.OVERHEAD_METODE: vilkaarsinddata.overhead,
    Noegle.OVERHEAD_PROCENT: vilkaarsinddata.overhead,
    Noegle.BELAEGNING_METODE: vilkaarsinddata.belaegning,
    Noegle.BELAEGNING_MIN: vilkaarsinddata.belaegning,
    Noegle.BELAEGNING_MIN_KORT: lambda v: vilkaarsinddata.belaegning(v, kort=True),
    Noegle.BELAEGNING_MAKS: vilkaarsinddata.belaegning,
    Noegle.EFTERREGULERING_METODE: lambda v: vilkaarsinddata.efterregulering(v, **REGNSKAB),
    Noegle.EFTERREGULERING_GRUNDLAG: lambda v: vilkaarsinddata.efterregulering(v, **REGNSKAB),
    Noegle.EFTERREGULERING_TAERSKEL_PROCENT: lambda v: vilkaarsinddata.efterregulering(v, **REGNSKAB),
    Noegle.EFTERREGULERING_AARSFORSKYDNING: lambda v: vilkaarsinddata.efterregulering(v, **REGNSKAB),
    Noegle.UNDERSKUD_REGEL: lambda v: vilkaarsinddata.efterregulering(v, **{**REGNSKAB, "regnskab": Decimal(10**8)}),
    Noegle.DELTIDSFAKTORER: vilkaarsinddata.deltidsfaktorer,
    Noegle.VAEKSTLOFT: lambda v: vilkaarsinddata.vaekstloft(v, aar=2018, udgifter=UDGIFTER),
    Noegle.VAEKSTLOFT_BASISAAR: lambda v: vilkaarsinddata.vaekstloft(v, aar=2018, udgifter=UDGIFTER),
    Noegle.VAEKSTLOFT_FRADRAG_PROCENT: lambda v: vilkaarsinddata.vaekstloft(v, aar=2018, udgifter=UDGIFTER),
    Noegle.VAEKSTLOFT_METODE: lambda v: vilkaarsinddata.vaekstloft(v, aar=2018, udgifter=UDGIFTER),
}


@pytest.mark.parametrize("noegle", KALD)
def test_vilkaarsinddata_missing_term_names_key_and_clause(noegle: Noegle) -> None:
    kkr = Kkr.objects.create(navn="KKR Prøve", slug="kkr-proeve")
    fabrik.vilkaar(kkr, uden=noegle)
    with pytest.raises(Konflikt, match=f"{noegle}, klausulen") as fejl:
        KALD[noegle](gaeldende(kkr.id, DAG))
    assert fejl.value.kode == "vilkaar_mangler"
