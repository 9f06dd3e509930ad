"""How far an offer is: as far as the part of it that is farthest behind."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takster.frister.regler import Budgetstade, Stade, frist_i_ord, naermeste_aar, tilbuddets_stade

A, B = UUID(int=1), UUID(int=2)
DELE = [(A, "BL-43"), (A, "SEL-107"), (B, "BL-43"), (B, "SEL-107")]


@pytest.mark.parametrize(
    ("prissatte", "budgetter", "ventet"),
    [
        ([], [], Stade.IKKE_BEGYNDT),
        (DELE, [], Stade.OFFENTLIGGJORT),
        (DELE[:3], [], Stade.IKKE_BEGYNDT),  # a part nobody has begun
        (DELE, [Budgetstade(None, None, Stade.BEREGNET)], Stade.OFFENTLIGGJORT),  # a correction on its way
        ([], [Budgetstade(None, None, Stade.INDSENDT)], Stade.INDSENDT),
        (DELE[:2], [Budgetstade(B, None, Stade.GODKENDT)], Stade.GODKENDT),
        (DELE[:2], [Budgetstade(A, None, Stade.GODKENDT)], Stade.IKKE_BEGYNDT),  # it is of the part that is done
        ([], [Budgetstade(None, "BL-43", Stade.GODKENDT), Budgetstade(None, "SEL-107", Stade.BUDGET)], Stade.BUDGET),
        ([], [Budgetstade(None, None, Stade.BUDGET), Budgetstade(A, "BL-43", Stade.INDSENDT)], Stade.BUDGET),
    ],
)
def test_offer_is_as_far_as_its_last_part(
    prissatte: list[tuple[UUID, str]], budgetter: list[Budgetstade], ventet: Stade
) -> None:
    assert tilbuddets_stade(DELE, prissatte, budgetter) is ventet


def test_offer_without_parts_has_no_stage() -> None:
    assert tilbuddets_stade([], [], [Budgetstade(None, None, Stade.GODKENDT)]) is None


budgetter_ = st.lists(
    st.builds(
        Budgetstade, st.sampled_from([None, A, B]), st.sampled_from([None, "BL-43", "SEL-107"]), st.sampled_from(Stade)
    ),
    max_size=5,
)


@given(prissatte=st.sets(st.sampled_from(DELE)), budgetter=budgetter_, ny=st.sampled_from(DELE))
def test_publishing_a_part_never_takes_an_offer_back(
    prissatte: set[tuple[UUID, str]], budgetter: list[Budgetstade], ny: tuple[UUID, str]
) -> None:
    foer = tilbuddets_stade(DELE, prissatte, budgetter)
    efter = tilbuddets_stade(DELE, prissatte | {ny}, budgetter)
    assert foer is not None
    assert efter is not None
    assert foer <= efter
    assert (efter is Stade.OFFENTLIGGJORT) >= (prissatte | {ny} == set(DELE))


@pytest.mark.parametrize(
    ("dag", "ventet"),
    [(date(2026, 11, 29), 2027), (date(2027, 1, 5), 2027), (date(2027, 6, 1), 2027), (date(2027, 6, 20), 2028)],
)
def test_year_shown_is_that_of_the_nearest_deadline(dag: date, ventet: int) -> None:
    frister = {2026: date(2025, 12, 10), 2027: date(2026, 12, 10), 2028: date(2027, 12, 10)}
    assert naermeste_aar(dag, frister) == ventet


def test_of_two_deadlines_as_near_the_one_to_come_is_shown() -> None:
    assert naermeste_aar(date(2027, 1, 2), {2027: date(2027, 1, 1), 2028: date(2027, 1, 3)}) == 2028


@pytest.mark.parametrize(
    ("dag", "ventet"),
    [(10, "i dag"), (9, "om 1 dag"), (1, "om 9 dage"), (11, "for 1 dag siden"), (30, "for 20 dage siden")],
)
def test_distance_to_the_deadline_is_said_in_words(dag: int, ventet: str) -> None:
    assert frist_i_ord(date(2026, 12, 10), date(2026, 12, dag)) == ventet
