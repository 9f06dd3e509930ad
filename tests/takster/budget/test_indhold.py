"""A budget's content: what the engine gets of it, what it lacks, and next year's."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from takster.budget.indhold import Budgetindhold, Linje, naeste_aar
from takster.budget.poster import POSTER, Gruppe
from tests.takster.budget.situationer import EKSEMPEL


def test_omkostninger_are_the_direct_lines_in_the_order_of_the_schema_with_each_property() -> None:
    poster = EKSEMPEL.omkostninger()
    assert [post.art for post in poster][:5] == [
        "Løn", "Pension", "Tjenestemandspension", "Husleje eller ejendomsudgift: Nordhuset", "Husleje eller ejendomsudgift: Sydhuset",
    ]  # fmt: skip
    assert sum(post.beloeb for post in poster) == Decimal("21410202.00")


def test_what_the_resident_pays_is_no_cost_and_no_income() -> None:
    uden = {
        linje: beloeb
        for linje, beloeb in EKSEMPEL.linjer.items()
        if POSTER[linje.post].gruppe is not Gruppe.EGENBETALING
    }
    assert replace(EKSEMPEL, linjer=uden).omkostninger() == EKSEMPEL.omkostninger()
    assert EKSEMPEL.indtaegter() == ()
    assert [(post.art, post.beloeb) for post in EKSEMPEL.egenbetaling()] == [("Husleje", Decimal(4_500))]


def test_mangler_names_every_mandatory_line_and_zero_counts_as_filled_in() -> None:
    assert EKSEMPEL.mangler() == {}
    obligatoriske = {f"linje_{post.kode}" for post in POSTER.values() if post.obligatorisk}
    assert set(Budgetindhold().mangler()) == {"pladser", *obligatoriske}
    assert len(obligatoriske) == 5


def test_naeste_aar_raises_every_amount_by_pl_and_lets_the_years_of_occupancy_move_on() -> None:
    foer = replace(
        EKSEMPEL,
        aftalt_belaegning=Decimal(90),
        aftalt_grund="Styregruppen",
    )
    efter = naeste_aar(foer, Decimal("2.9"))
    assert efter.linjer[Linje("loen")] == Decimal("18367650.00")
    assert efter.linjer[Linje("tilsyn")] == Decimal("50628.86")  # 49202 × 1.029 = 50628.858
    assert efter.linjer[Linje("egen_husleje")] == Decimal("4630.50")
    assert (efter.belaegning_foer, efter.belaegning_sidst) == (Decimal("95.6"), None)
    assert (efter.aftalt_belaegning, efter.aftalt_grund) == (None, "")
    assert efter.pladser == foer.pladser


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.decimals(min_value=-50, max_value=50, places=2))
def test_naeste_aar_moves_an_amount_with_the_sign_of_pl_and_by_less_than_half_an_oere_off(
    beloeb: Decimal, pl: Decimal
) -> None:
    efter = naeste_aar(Budgetindhold(linjer={Linje("loen"): beloeb}), pl).linjer[Linje("loen")]
    assert abs(efter - beloeb * (100 + pl) / 100) <= Decimal("0.005")
    assert (efter - beloeb) * pl >= 0
