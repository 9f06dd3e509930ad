"""How long a stay is kept: exact at month-ends and in leap years, and the two ways of asking agree."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faelles.tid import om_maaneder
from reservationer.sag.opbevaring import Opbevaring

dage = st.dates(date(1990, 1, 1), date(2090, 12, 31))
maaneder = st.integers(1, 240)


@pytest.mark.parametrize(
    ("sidste", "antal", "fra"),
    [
        (
            date(2026, 3, 31),
            12,
            date(2027, 4, 1),
        ),  # help on 31 March 2026 can be claimed for until 31 March 2027 (§ 174)
        (date(2026, 1, 31), 1, date(2026, 3, 1)),
        (date(2027, 1, 30), 1, date(2027, 3, 1)),
        (date(2028, 1, 31), 1, date(2028, 3, 1)),
        (date(2028, 1, 28), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 3, 1)),
        (date(2028, 2, 29), 48, date(2032, 3, 1)),
        (date(2026, 12, 31), 60, date(2032, 1, 1)),
    ],
)
def test_anonymiseres_fra_is_the_day_after_the_period(sidste: date, antal: int, fra: date) -> None:
    assert Opbevaring(regnskab=antal, krav=1).anonymiseres_fra(sidste) == fra


def test_both_periods_must_have_passed() -> None:
    assert Opbevaring(regnskab=60, krav=12).maaneder == Opbevaring(regnskab=12, krav=60).maaneder == 60


@given(dage, maaneder)
def test_skaeringsdag_is_the_latest_last_day_whose_time_has_come(dag: date, antal: int) -> None:
    frist = Opbevaring(regnskab=antal, krav=antal)
    graense = frist.skaeringsdag(dag)
    assert frist.anonymiseres_fra(graense) <= dag < frist.anonymiseres_fra(graense + timedelta(days=1))


@given(dage, maaneder)
def test_later_last_day_is_never_anonymised_earlier(dag: date, antal: int) -> None:
    frist = Opbevaring(regnskab=antal, krav=antal)
    assert frist.anonymiseres_fra(dag) <= frist.anonymiseres_fra(dag + timedelta(days=1))


@given(dage, st.integers(-240, 240))
def test_om_maaneder_keeps_the_day_or_takes_the_months_last(dag: date, antal: int) -> None:
    senere = om_maaneder(dag, antal)
    assert (senere.year - dag.year) * 12 + senere.month - dag.month == antal
    assert senere.day == dag.day or (senere.day < dag.day and (senere + timedelta(days=1)).day == 1)
