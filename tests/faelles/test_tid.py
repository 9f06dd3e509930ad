"""Periods are half-open and never empty; today is Copenhagen's."""

from datetime import date, timedelta

import pytest
from freezegun import freeze_time
from hypothesis import given
from hypothesis import strategies as st

from faelles.tid import Periode, idag

dage = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 1, 1))


@st.composite
def perioder(draw: st.DrawFn) -> Periode:
    """Periods, open-ended ones among them."""
    fra = draw(dage)
    laengde = draw(st.one_of(st.none(), st.integers(1, 800)))
    return Periode(fra, None if laengde is None else fra + timedelta(days=laengde))


@given(perioder(), perioder())
def test_overlapper_means_a_shared_day(a: Periode, b: Periode) -> None:
    seneste_start = max(a.fra, b.fra)
    assert a.overlapper(b) == (a.indeholder(seneste_start) and b.indeholder(seneste_start)) == b.overlapper(a)


@given(perioder(), perioder(), dage)
def test_faelles_holds_exactly_the_days_of_both(a: Periode, b: Periode, dag: date) -> None:
    faelles = a.faelles(b)
    assert (faelles is not None and faelles.indeholder(dag)) == (a.indeholder(dag) and b.indeholder(dag))


def test_periode_the_last_day_is_not_the_first_of_the_next() -> None:
    foerste, naeste = Periode.aar(2026), Periode.aar(2027)
    assert foerste.sidste_dag == date(2026, 12, 31)
    assert not foerste.overlapper(naeste)
    assert Periode.aar(2028).dage == 366


@pytest.mark.parametrize("til", [date(2026, 1, 1), date(2025, 12, 31)])
def test_periode_without_days_is_refused(til: date) -> None:
    with pytest.raises(ValueError, match="ingen dage"):
        Periode(date(2026, 1, 1), til)


@pytest.mark.parametrize(
    ("utc", "dansk"),
    [
        ("2026-12-31 22:59", date(2026, 12, 31)),
        ("2026-12-31 23:00", date(2027, 1, 1)),
        ("2026-06-30 22:00", date(2026, 7, 1)),
    ],
)
def test_idag_is_copenhagens(utc: str, dansk: date) -> None:
    with freeze_time(utc):
        assert idag() == dansk
