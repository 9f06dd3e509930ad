"""The days of a temporary closure."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from faelles.tid import Periode
from tilbud.lukninger.regler import aabningsfejl, datofejl, rest

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


@given(DAGE, DAGE)
def test_what_is_left_is_the_days_before_the_opening_and_no_others(aabner: date, dag: date) -> None:
    if aabningsfejl(LUKKET, aabner, IDAG):
        return
    tilbage = rest(LUKKET, aabner)
    assert (tilbage is not None and tilbage.indeholder(dag)) == (LUKKET.indeholder(dag) and dag < aabner)
