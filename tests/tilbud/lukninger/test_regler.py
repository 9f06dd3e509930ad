"""The days of a temporary closure."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faelles.tid import Periode
from tilbud.lukninger.regler import aabningsfejl, datofejl, kraever_anden, rest

IDAG = date(2026, 11, 28)
LUKKET = Periode(date(2026, 12, 1), date(2026, 12, 15))
DAGE = st.integers(-20, 40).map(lambda n: IDAG + timedelta(days=n))


def test_closure_begins_today_at_the_earliest_and_holds_a_day() -> None:
    assert datofejl(IDAG, date(2026, 11, 29), IDAG) == {}
    assert set(datofejl(date(2026, 11, 27), date(2026, 11, 29), IDAG)) == {"fra"}
    assert set(datofejl(IDAG, IDAG, IDAG)) == {"til"}
    assert set(datofejl(date(2026, 11, 27), date(2026, 11, 20), IDAG)) == {"fra", "til"}


def test_opening_is_from_today_and_before_the_closure_ends_by_itself() -> None:
    assert aabningsfejl(LUKKET, date(2026, 12, 14), IDAG) == {}
    assert set(aabningsfejl(LUKKET, date(2026, 12, 15), IDAG)) == {"fra"}
    assert set(aabningsfejl(LUKKET, date(2026, 11, 27), IDAG)) == {"fra"}


def test_closure_that_has_not_begun_is_gone_when_opened_before() -> None:
    assert rest(LUKKET, date(2026, 12, 1)) is None
    assert rest(LUKKET, date(2026, 12, 2)) == Periode(date(2026, 12, 1), date(2026, 12, 2))


def dage(antal: int, om: int = 0) -> Periode:
    """So many days from so many ahead."""
    return Periode(IDAG + timedelta(days=om), IDAG + timedelta(days=om + antal))


@pytest.mark.parametrize(
    ("lukket", "antal", "to_personer"),
    [
        ([[]], 90, False),
        ([[]], 91, True),
        ([[dage(30, 200)]], 60, False),
        ([[dage(30, 200)]], 61, True),
        ([[], [dage(30, 200)]], 61, True),
        ([[dage(30, -20)]], 80, False),
        ([[dage(30, -20)]], 81, True),
        ([[dage(30, -40)]], 90, False),
    ],
)
def test_one_person_closes_a_place_for_so_many_days_in_all(
    lukket: list[list[Periode]], antal: int, to_personer: bool
) -> None:
    assert kraever_anden(lukket, dage(antal, 10), IDAG, 90) is to_personer


def test_without_a_term_nobody_closes_alone() -> None:
    assert kraever_anden([[]], dage(1), IDAG, None)
    assert kraever_anden([[]], dage(1), IDAG, 0)


@given(DAGE, DAGE)
def test_what_is_left_is_the_days_before_the_opening_and_no_others(aabner: date, dag: date) -> None:
    if aabningsfejl(LUKKET, aabner, IDAG):
        return
    tilbage = rest(LUKKET, aabner)
    assert (tilbage is not None and tilbage.indeholder(dag)) == (LUKKET.indeholder(dag) and dag < aabner)
