"""Where a step stands: the deadline's own day is in time, and nothing done is ever late."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rammeaftale.aarshjul.regler import Anledning, Trinstand, aar_senere, anledning, samlet, trinstand

FRIST = date(2026, 10, 2)
dage = st.dates(date(2020, 1, 1), date(2035, 12, 31))
foer = st.integers(0, 365)


@pytest.mark.parametrize(
    ("dag", "ventet"),
    [
        (date(2026, 9, 17), Trinstand.KOMMENDE),
        (date(2026, 9, 18), Trinstand.SNART),
        (FRIST, Trinstand.SNART),
        (date(2026, 10, 3), Trinstand.OVERSKREDET),
    ],
)
def test_step_is_soon_from_its_number_of_days_before_and_late_the_day_after(dag: date, ventet: Trinstand) -> None:
    assert trinstand(FRIST, 14, dag, udfoert=False) is ventet


@given(frist=dage, antal=foer, dag=dage)
def test_done_is_done_whatever_the_day(frist: date, antal: int, dag: date) -> None:
    assert trinstand(frist, antal, dag, udfoert=True) is Trinstand.UDFOERT


@given(frist=dage, antal=foer, dag=dage, senere=st.integers(0, 800))
def test_time_only_brings_a_step_nearer_to_late(frist: date, antal: int, dag: date, senere: int) -> None:
    orden = [Trinstand.KOMMENDE, Trinstand.SNART, Trinstand.OVERSKREDET]
    foerst, saa = (trinstand(frist, antal, d, udfoert=False) for d in (dag, dag + timedelta(days=senere)))
    assert orden.index(foerst) <= orden.index(saa)


@given(frist=dage, antal=foer, dag=dage)
def test_one_is_reminded_from_so_many_days_before_and_never_of_what_is_to_come(
    frist: date, antal: int, dag: date
) -> None:
    hvorfor = anledning(trinstand(frist, antal, dag, udfoert=False))
    assert hvorfor == (Anledning.EFTER if dag > frist else Anledning.FOER if (frist - dag).days <= antal else None)


VAERST = [Trinstand.OVERSKREDET, Trinstand.SNART, Trinstand.KOMMENDE, Trinstand.UDFOERT]


@given(st.lists(st.sampled_from(VAERST), min_size=1))
def test_step_stands_as_the_one_furthest_behind(stande: list[Trinstand]) -> None:
    assert samlet(stande) is min(stande, key=VAERST.index)


def test_step_nobody_owes_is_not_done() -> None:
    assert samlet([]) is Trinstand.INGEN


@given(dag=dage, aar=st.integers(0, 8))
def test_same_day_years_later_is_that_day_or_the_28th_of_february(dag: date, aar: int) -> None:
    ny = aar_senere(dag, aar)
    assert ny.year == dag.year + aar
    assert (ny.month, ny.day) in {(dag.month, dag.day), (2, 28)}
    assert (ny.month, ny.day) == (dag.month, dag.day) or (dag.month, dag.day) == (2, 29)
