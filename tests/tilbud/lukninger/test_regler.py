"""The days of a temporary closure."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faelles.tid import Periode
from tilbud.lukninger.regler import aabningsfejl, alene_til, datofejl, rest

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


def antal_alene(lukket: list[list[Periode]], ny: Periode, hoejst: int | None = 90) -> int:
    """How many of the days of the new closure one person alone may say."""
    return (alene_til(lukket, ny, IDAG, hoejst) - ny.fra).days


@pytest.mark.parametrize(
    ("lukket", "alene"),
    [
        ([[]], 90),
        ([[dage(30, 200)]], 60),
        ([[], [dage(30, 200)]], 60),
        ([[dage(30, -20)]], 60),
        ([[dage(29, -20)]], 61),
        ([[dage(30, -40)]], 60),
        ([[dage(90, -81)]], 0),
        ([[dage(90, -170)]], 0),
        ([[dage(90, -180)]], 10),
        ([[dage(90, -260)]], 90),
        ([[dage(20, -40), dage(30, -20)]], 40),
        ([[dage(19, -40), dage(30, -20)]], 41),
        ([[dage(3, -200 + 30 * maaned) for maaned in range(7)]], 72),
        ([[dage(90, 200)]], 0),
        ([[dage(900, -890)]], 0),
    ],
    ids=[
        "nothing before",
        "days to come count",
        "the place with most counts",
        "what runs up to it counts from its first day, also the days that are gone",
        "a day open between them hides nothing",
        "what ended before today counts",
        "a day open after all of them leaves none",
        "they count until as many days have been open",
        "each day open gives one back",
        "as long open as closed, and all are there again",
        "two of them make one",
        "two with a day open between them too",
        "three days every month leave the rest",
        "nothing is left",
        "more than all is used",
    ],
)
def test_one_person_closes_a_place_for_so_many_days_in_all(lukket: list[list[Periode]], alene: int) -> None:
    assert antal_alene(lukket, dage(500, 10)) == alene


def test_whole_closure_is_one_persons_when_the_days_are_enough_and_none_of_it_without_a_term() -> None:
    assert antal_alene([[]], dage(89, 10)) == 89
    assert antal_alene([[]], dage(90, 10)) == 90
    assert antal_alene([[]], dage(1), None) == antal_alene([[]], dage(1), 0) == 0


BEGAERINGER = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 12), st.integers(1, 15)), max_size=40)


@given(BEGAERINGER, st.integers(0, 8))
def test_one_person_who_asks_day_after_day_never_closes_more_than_half_the_time_nor_longer_than_the_terms_say(
    begaeringer: list[tuple[int, int, int]], hoejst: int
) -> None:
    """Each asks some days after the one before; the place is closed on what she gets and is not closed already."""
    lukket: list[Periode] = []
    dag = IDAG
    for gaaet, om, antal in begaeringer:
        dag += timedelta(days=gaaet)
        ny = Periode(dag + timedelta(days=om), dag + timedelta(days=om + antal))
        if any(en.overlapper(ny) for en in lukket):
            continue
        til = alene_til([lukket], ny, dag, hoejst)
        assert ny.fra <= til <= (ny.til or til)
        if ny.fra < til:
            lukket.append(Periode(ny.fra, til))
        lukkede = {en.fra + timedelta(days=n) for en in lukket if en.til for n in range((en.til - en.fra).days)}
        for foerste in lukkede:  # every stretch of days that begins with a closed one
            dagene = Periode(foerste, foerste + timedelta(days=2 * hoejst))
            assert sum(dagene.indeholder(en) for en in lukkede) <= hoejst
        assert sum(en >= dag for en in lukkede) <= hoejst


@given(DAGE, DAGE)
def test_what_is_left_is_the_days_before_the_opening_and_no_others(aabner: date, dag: date) -> None:
    if aabningsfejl(LUKKET, aabner, IDAG):
        return
    tilbage = rest(LUKKET, aabner)
    assert (tilbage is not None and tilbage.indeholder(dag)) == (LUKKET.indeholder(dag) and dag < aabner)
