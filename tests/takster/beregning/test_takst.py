"""F1: the worked example of rules-takst § 4 to the øre, and what must hold for any budget."""

import json
from dataclasses import replace
from decimal import ROUND_CEILING, Context, Decimal, Inexact, localcontext
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faelles.fejl import UgyldigtInput
from takster.beregning.belaegning import Belaegning, Dagsbasis
from takster.beregning.takst import Overhead, Overheadmetode, Takstinddata, Takstresultat, beregn_takst
from takster.beregning.trin import Vilkaarsreference
from tests.takster.beregning.eksempel import (
    KRONE,
    OERE,
    OMKOSTNINGER,
    budgetter,
    efter_regnskab,
    efterregulering,
    inddata,
    poster,
    procenter,
    takster,
)


def test_beregn_takst_gives_the_worked_example() -> None:
    resultat = beregn_takst(inddata())
    assert resultat.som_json() | {"trin": [], "inddata": {}} == {
        "takst": "2687",
        "takstUafrundet": "2687.481540953788",
        "efterregulering": "0.00",
        "belaegningsprocent": "96.4",
        "prisdoegn": "8444.64",
        "grundlag": "22694814.12",
        "dage": 365,
        "trin": [],
        "inddata": {},
    }


def test_beregn_takst_explains_every_step_with_its_formula() -> None:
    resultat = beregn_takst(inddata(efterregulering=efterregulering("19750000")))
    assert [(trin.formel, trin.tekst, str(trin.vaerdi), trin.enhed) for trin in resultat.trin] == [
        ("F1", "Omkostninger", "21410202.00", "kr."),
        ("F1", "Indtægter", "0.00", "kr."),
        ("F1", "Direkte omkostninger", "21410202.00", "kr."),
        ("F1", "Overhead", "1284612.12", "kr."),
        ("F1", "Takstberegningsgrundlag", "22694814.12", "kr."),
        ("F2", "Gennemsnit af de senest kendte år", "96.4", "procent"),
        ("F2", "Budgetteret belægning", "96.4", "procent"),
        ("F1", "Dage i 2026", "365", "dage"),
        ("F1", "Prisdøgn", "8444.64", "døgn"),
        ("F4", "Overskud", "1322560.00", "kr."),
        ("F5", "Tærskel", "1020000.00", "kr."),
        ("F5", "Indgår ikke i taksten", "1020000.00", "kr."),
        ("F5", "Efterregulering", "-302560.00", "kr."),
        ("F1", "Takst før afrunding", "2651.652896985543", "kr."),
        ("F1", "Takst", "2652", "kr."),
    ]
    udregninger = {trin.tekst: trin.udregning for trin in resultat.trin}
    assert udregninger["Overhead"] == "21.410.202,00 × 6 / 100"
    assert udregninger["Prisdøgn"] == "24 × 365 × 96,4 / 100"
    assert udregninger["Takst"] == "afrundet til hele kroner, halve op"


@pytest.mark.parametrize(
    ("faktisk", "belaegning", "foer_afrunding"),
    [
        (("97.2", "95.6"), "96,4", "2.687,481540953788"),
        (("97.25", "95.6"), "96,425", "2.686,78476067353"),  # 96,43 and 2.686,78 could not be computed on
    ],
)
def test_trin_says_the_figure_with_every_decimal_that_is_computed_on(
    faktisk: tuple[str, str], belaegning: str, foer_afrunding: str
) -> None:
    resultat = beregn_takst(inddata(belaegning=efter_regnskab(*faktisk)))
    ord_ = {trin.tekst: trin.vaerdi_i_ord for trin in resultat.trin}
    assert (ord_["Budgetteret belægning"], ord_["Takst før afrunding"]) == (belaegning, foer_afrunding)
    assert (ord_["Indtægter"], ord_["Dage i 2026"]) == ("0,00", "365")
    assert ord_["Takst"] == "2.687,00"


@pytest.mark.parametrize(
    ("andet", "takst"),
    [
        ({"afrunding": OERE}, "2687.48"),
        ({"aar": 2028, "afrunding": OERE}, "2680.14"),
        ({"aar": 2028, "dagsbasis": Dagsbasis.FAST, "afrunding": OERE}, "2687.48"),
        ({"efterregulering": efterregulering("20150000")}, "2687"),
        ({"efterregulering": efterregulering("20150000", "alt")}, "2687"),
        ({"efterregulering": efterregulering("19750000"), "afrunding": OERE}, "2651.65"),
        ({"efterregulering": efterregulering("19750000")}, "2652"),
        ({"efterregulering": efterregulering("19750000", "alt"), "afrunding": OERE}, "2530.87"),
        ({"efterregulering": efterregulering("19750000", "alt")}, "2531"),
    ],
)
def test_beregn_takst_gives_the_cases_and_variants_of_the_example(andet: dict[str, Any], takst: str) -> None:
    assert str(beregn_takst(inddata(**andet)).takst) == takst


@pytest.mark.parametrize(("aar", "dage"), [(2026, 365), (2028, 366), (2000, 366), (2100, 365)])
def test_beregn_takst_knows_the_leap_years_of_the_calendar(aar: int, dage: int) -> None:
    assert beregn_takst(inddata(aar=aar)).dage == dage
    assert beregn_takst(inddata(aar=aar, dagsbasis=Dagsbasis.FAST)).dage == 365


def test_beregn_takst_subtracts_incomes_from_the_direct_costs_before_overhead() -> None:
    resultat = beregn_takst(inddata(indtaegter=poster(("salg", "400000"), ("udlejning", "10202.50"))))
    assert resultat.grundlag == (Decimal(21410202) - Decimal("410202.50")) * Decimal("1.06")


def test_beregn_takst_takes_a_concrete_overhead_as_it_is() -> None:
    konkret = Overhead(metode=Overheadmetode.KONKRET, beloeb=Decimal("1284612.12"))
    assert beregn_takst(inddata(overhead=konkret)).takst_uafrundet == beregn_takst(inddata()).takst_uafrundet


def test_beregn_takst_rounds_a_half_up_and_only_the_takst() -> None:
    """100 places x 365 days at 100 percent: 36,500 døgn, so 18,250 kr. are half a krone."""
    halv = inddata(
        pladser=Decimal(100),
        direkte_omkostninger=poster(("løn", str(36500 * 2500 + 18250))),
        overhead=Overhead(metode=Overheadmetode.KONKRET, beloeb=Decimal(0)),
        belaegning=Belaegning(aftalt=Decimal(100)),
    )
    assert beregn_takst(halv).som_json()["takst"] == "2501"
    assert beregn_takst(halv).som_json()["takstUafrundet"] == "2500.500000000000"
    lige_under = replace(halv, direkte_omkostninger=poster(("løn", str(36500 * 2500 + Decimal("18249.99")))))
    assert beregn_takst(lige_under).som_json()["takst"] == "2500"


def test_beregn_takst_keeps_the_set_of_terms() -> None:
    saet = Vilkaarsreference("0197-id", 3, "Rammeaftale 2025-2026", endelig=False)
    gemt = beregn_takst(inddata(vilkaarssaet=saet)).som_json()
    assert gemt["inddata"]["vilkaarssaet"] == {
        "saet": "0197-id",
        "nummer": 3,
        "aftale": "Rammeaftale 2025-2026",
        "endelig": False,
    }


@given(takster)
def test_beregn_takst_gives_back_the_base_within_rounding(grundlag: Takstinddata) -> None:
    resultat = beregn_takst(grundlag)
    provenu = resultat.takst * grundlag.pladser * resultat.dage * resultat.belaegningsprocent / 100
    halv_enhed = grundlag.afrunding.enhed.stoerrelse / 2
    assert abs(provenu - resultat.grundlag - resultat.efterregulering) <= halv_enhed * resultat.prisdoegn


@given(takster, procenter, procenter)
def test_beregn_takst_never_rises_with_more_occupancy(grundlag: Takstinddata, a: Decimal, b: Decimal) -> None:
    lav, hoej = (
        beregn_takst(replace(grundlag, belaegning=Belaegning(aftalt=procent), afrunding=OERE))
        for procent in sorted((a, b))
    )
    assert hoej.takst <= lav.takst


@given(st.integers(0, 2107256000), st.sampled_from(["overskydende", "alt"]))
def test_beregn_takst_never_rises_with_a_surplus(oere: int, metode: str) -> None:
    regnskab = efterregulering(str(Decimal(21072560) - Decimal(oere) / 100), metode)
    med = inddata(efterregulering=regnskab, afrunding=OERE)
    assert beregn_takst(med).takst <= beregn_takst(inddata(afrunding=OERE)).takst


@given(st.data(), budgetter, budgetter)
def test_beregn_takst_does_not_depend_on_the_order_of_the_lines(
    data: st.DataObject, omkostninger: list[Any], flere: list[Any]
) -> None:
    alle = [*omkostninger, *flere, *poster(*OMKOSTNINGER)]
    blandet = data.draw(st.permutations(alle))
    et, andet = (beregn_takst(inddata(direkte_omkostninger=tuple(linjer))).som_json() for linjer in (alle, blandet))
    assert {**et, "inddata": None} == {**andet, "inddata": None}


@given(takster)
def test_beregn_takst_recomputes_the_same_after_a_json_round_trip(grundlag: Takstinddata) -> None:
    resultat = beregn_takst(grundlag)
    gemt = json.loads(json.dumps(resultat.som_json()))
    assert Takstinddata.af_json(gemt["inddata"]) == grundlag
    assert Takstresultat.af_json(gemt) == resultat
    assert beregn_takst(Takstinddata.af_json(gemt["inddata"])).som_json() == gemt


def test_beregn_takst_is_exact_with_the_largest_figures_and_the_most_decimals() -> None:
    stoerst = inddata(
        pladser=Decimal("99999.99"),
        direkte_omkostninger=poster(("løn", "999999999999.99")) * 10_000,
        overhead=Overhead(metode=Overheadmetode.PROCENT, procent=Decimal("99.999999")),
        belaegning=efter_regnskab("99.999999", "99.999998", hoejst="100"),
    )
    resultat = beregn_takst(stoerst)
    netto = Fraction(99999999999999, 100) * 10_000
    assert Fraction(resultat.grundlag) == netto * (1 + Fraction(99999999, 10**8))
    assert Fraction(resultat.prisdoegn) == Fraction(9999999, 100) * 365 * Fraction(999999985, 10**9)
    assert Takstresultat.af_json(json.loads(json.dumps(resultat.som_json()))) == resultat


@given(takster)
def test_beregn_takst_does_not_depend_on_the_callers_decimal_context(grundlag: Takstinddata) -> None:
    her = beregn_takst(grundlag).som_json()
    with localcontext(Context(prec=3, rounding=ROUND_CEILING, traps=[Inexact])):
        assert beregn_takst(Takstinddata.af_json(her["inddata"])).som_json() == her


@pytest.mark.parametrize(
    ("andet", "felt"),
    [
        ({"indtaegter": poster(("salg", "21410202"))}, "indtaegter"),
        ({"indtaegter": poster(("salg", "30000000"))}, "indtaegter"),
        ({"efterregulering": efterregulering("0", "alt", provenu=Decimal(22694814))}, "efterregulering"),
        ({"efterregulering": efterregulering("0", "alt", provenu=Decimal(40000000))}, "efterregulering"),
        ({"direkte_omkostninger": poster(("løn", "3000"))}, "direkteOmkostninger"),
    ],
)
def test_beregn_takst_that_is_not_above_zero_is_refused(andet: dict[str, Any], felt: str) -> None:
    with pytest.raises(UgyldigtInput, match="større end nul") as fejl:
        beregn_takst(inddata(**andet))
    assert (fejl.value.kode, set(fejl.value.felter)) == ("takst_ikke_positiv", {felt})


def test_takstinddata_tells_all_faults_at_once() -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        inddata(aar=1207, pladser=Decimal(0), model="", afrunding=KRONE)
    assert set(fejl.value.felter) == {"aar", "pladser", "model"}


@pytest.mark.parametrize(
    ("pladser", "hvad"),
    [
        ("0", "over 0"),
        ("-24", "uden minus"),
        ("-0", "uden minus"),
        ("NaN", "være et tal"),
        ("Infinity", "være et tal"),
        ("1E+99999", "højst 100000"),
        ("1E-99999", "højst 2 decimaler"),
        ("24.005", "højst 2 decimaler"),
    ],
)
def test_takstinddata_made_in_code_is_checked_like_json(pladser: str, hvad: str) -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        inddata(pladser=Decimal(pladser))
    assert hvad in fejl.value.felter["pladser"][0]


def test_takstinddata_without_costs_or_with_a_negative_one_is_refused() -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        inddata(direkte_omkostninger=())
    assert set(fejl.value.felter) == {"direkteOmkostninger"}
    with pytest.raises(UgyldigtInput) as fejl:
        poster(("løn", "-1"))
    assert "uden minus" in fejl.value.felter["beloeb"][0]


def test_takstinddata_with_accounts_of_another_year_is_refused() -> None:
    regnskab = efterregulering("19750000", regnskabsaar=2024, aarsforskydning=2)
    assert beregn_takst(inddata(aar=2026, efterregulering=regnskab)).takst == Decimal(2652)
    with pytest.raises(UgyldigtInput) as fejl:
        inddata(aar=2027, efterregulering=regnskab)
    assert "taksten for 2026, ikke 2027" in fejl.value.felter["efterregulering"][0]


@pytest.mark.parametrize(
    ("felter", "fejlfelt"),
    [
        ({"metode": "procent"}, "procent"),
        ({"metode": "procent", "procent": "6", "beloeb": "1.00"}, "beloeb"),
        ({"metode": "konkret"}, "beloeb"),
        ({"metode": "konkret", "beloeb": "1.00", "procent": "6"}, "procent"),
        ({"metode": "skoen", "procent": "6"}, "metode"),
    ],
)
def test_overhead_has_the_figure_of_its_method_and_only_that(felter: dict[str, str], fejlfelt: str) -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        Overhead.af_json(felter)
    assert set(fejl.value.felter) == {fejlfelt}
