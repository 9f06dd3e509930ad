"""F2 and F3: budgeted and actual occupancy."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faelles.fejl import UgyldigtInput
from takster.beregning.belaegning import Belaegning, Belagt, Dagsbasis, budgetteret_belaegning, faktisk_belaegning
from tests.takster.beregning.eksempel import efter_regnskab


@pytest.mark.parametrize(
    ("faktisk", "procent"),
    [
        (("97.2", "95.6"), "96.4"),
        (("97.25", "95.6"), "96.425"),
        (("99", "99"), "98"),
        (("95", "95"), "95"),
        (("80", "85.5"), "95"),
        (("104.5", "90"), "97.25"),
        (("96.1",), "96.1"),
    ],
)
def test_budgetteret_belaegning_is_the_average_held_within_the_bounds(faktisk: tuple[str, ...], procent: str) -> None:
    assert str(budgetteret_belaegning(efter_regnskab(*faktisk)).procent) == procent


def test_budgetteret_belaegning_with_the_lower_bound_of_short_stays() -> None:
    resultat = budgetteret_belaegning(efter_regnskab("88", "90", mindst="90"))
    assert resultat.procent == Decimal(90)
    assert [str(trin.vaerdi) for trin in resultat.trin] == ["89", "90"]
    assert resultat.trin[1].udregning == "holdt inden for 90–98 procent"


def test_budgetteret_belaegning_agreed_is_taken_as_it_is_and_says_so() -> None:
    resultat = budgetteret_belaegning(Belaegning(aftalt=Decimal("70.0")))
    assert str(resultat.procent) == "70"
    assert "godkendt afvigelse" in resultat.trin[0].udregning


@given(st.lists(st.decimals(min_value=Decimal("0.01"), max_value=Decimal(200), places=2), min_size=1, max_size=2))
def test_budgetteret_belaegning_never_leaves_the_bounds(faktisk: list[Decimal]) -> None:
    belaegning = Belaegning(faktisk=tuple(faktisk), mindst=Decimal(95), hoejst=Decimal(98))
    assert Decimal(95) <= budgetteret_belaegning(belaegning).procent <= Decimal(98)


@pytest.mark.parametrize(
    ("data", "felter"),
    [
        ({}, {"aftalt"}),
        ({"aftalt": "0"}, {"aftalt"}),
        ({"aftalt": "100.01"}, {"aftalt"}),
        ({"aftalt": "96", "min": "95"}, {"min"}),
        ({"faktisk": ["97"]}, {"min", "max"}),
        ({"faktisk": ["97"], "min": "95"}, {"max"}),
        ({"faktisk": [], "min": "95", "max": "98"}, {"faktisk"}),
        ({"faktisk": ["97", "96", "95"], "min": "95", "max": "98"}, {"faktisk"}),
        ({"faktisk": ["0", "97"], "min": "95", "max": "98"}, {"faktisk[0]"}),
        ({"faktisk": ["97"], "min": "98", "max": "95"}, {"min"}),
        ({"faktisk": ["97"], "min": "0", "max": "101"}, {"min", "max"}),
        ({"mindst": "95"}, {"mindst"}),
    ],
)
def test_belaegning_that_gives_no_percent_is_refused(data: dict[str, object], felter: set[str]) -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        Belaegning.af_json(data)
    assert set(fejl.value.felter) == felter


def test_faktisk_belaegning_is_occupied_of_place_days() -> None:
    def belagt(doegn: str, aar: int, dagsbasis: Dagsbasis = Dagsbasis.KALENDER) -> Decimal:
        return faktisk_belaegning(
            Belagt(aar=aar, belagte_doegn=Decimal(doegn), pladser=Decimal(24), dagsbasis=dagsbasis)
        ).procent

    assert belagt("8497", 2023) == Decimal("96.997716894977")
    assert belagt("8784", 2024) == Decimal(100)
    assert belagt("8784", 2024, Dagsbasis.FAST) > 100
    assert belagt("0", 2024) == 0
