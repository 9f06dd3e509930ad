"""How far an offer is: as far as the part of it that is farthest behind, and a part is done when every day it is open has a takst."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faelles.tid import Periode
from takster.frister.regler import (
    Aaben,
    Budgetstade,
    Del,
    Stade,
    aabne_dage,
    frist_i_ord,
    naermeste_aar,
    tilbuddets_stade,
)

A, B = UUID(int=1), UUID(int=2)
DELE = [Del(A, "BL-43"), Del(A, "SEL-107"), Del(B, "BL-43"), Del(B, "SEL-107")]
AARET = Periode.aar(2027)
AABNE = dict.fromkeys(DELE, Aaben(AARET))
JULI, SOMMER = date(2027, 7, 1), Periode(date(2027, 6, 1), date(2027, 9, 1))


def hele(dele: Sequence[Del]) -> dict[Del, list[Periode]]:
    """Each part with a takst all the year."""
    return {del_: [AARET] for del_ in dele}


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
def test_offer_is_as_far_as_its_last_part(prissatte: list[Del], budgetter: list[Budgetstade], ventet: Stade) -> None:
    assert tilbuddets_stade(AABNE, hele(prissatte), budgetter) is ventet


@pytest.mark.parametrize(
    ("aaben", "takster", "ventet"),
    [
        (Aaben(AARET), [Periode(JULI, AARET.til)], Stade.DEL_AF_AARET),
        (Aaben(AARET), [Periode(AARET.fra, JULI)], Stade.DEL_AF_AARET),
        (
            Aaben(AARET),
            [Periode(JULI), Periode(date(2025, 1, 1), JULI)],
            Stade.OFFENTLIGGJORT,
        ),  # changed inside the year
        (
            Aaben(AARET),
            [Periode(JULI), Periode(date(2025, 1, 1), date(2027, 6, 30))],
            Stade.DEL_AF_AARET,
        ),  # a day lacks
        (Aaben(SOMMER), [SOMMER], Stade.OFFENTLIGGJORT),
        (Aaben(SOMMER), [Periode(JULI, SOMMER.til)], Stade.DEL_AF_AARET),
        (Aaben(SOMMER), [Periode(date(2027, 9, 1))], Stade.BEREGNET),  # it holds on no day that counts
        (Aaben(AARET, fra_takst=True), [Periode(JULI)], Stade.OFFENTLIGGJORT),
        (Aaben(AARET, fra_takst=True), [Periode(JULI, date(2027, 12, 31))], Stade.DEL_AF_AARET),
    ],
)
def test_part_is_done_when_every_day_it_is_open_has_a_takst(
    aaben: Aaben, takster: list[Periode], ventet: Stade
) -> None:
    del_, budget = DELE[0], Budgetstade(None, None, Stade.BEREGNET)
    assert tilbuddets_stade({del_: aaben}, {del_: takster}, [budget]) is ventet


@pytest.mark.parametrize(
    ("pladser", "lukket_fra", "ventet"),
    [
        (None, None, Aaben(AARET, fra_takst=True)),
        ((date(1990, 1, 1), date(2028, 1, 1)), None, Aaben(AARET)),
        ((JULI, date(2028, 1, 1)), None, Aaben(Periode(JULI, AARET.til))),
        ((date(1990, 1, 1), JULI), None, Aaben(Periode(AARET.fra, JULI))),
        ((date(1990, 1, 1), date(2028, 1, 1)), JULI, Aaben(Periode(AARET.fra, JULI))),
        (None, JULI, Aaben(Periode(AARET.fra, JULI), fra_takst=True)),
        ((JULI, date(2028, 1, 1)), JULI, None),
        ((date(1990, 1, 1), AARET.fra), None, None),
        ((date(2028, 1, 1), date(2029, 1, 1)), None, None),
    ],
)
def test_department_is_open_from_its_first_place_to_its_last_and_no_longer_than_the_offer(
    pladser: tuple[date, date] | None, lukket_fra: date | None, ventet: Aaben | None
) -> None:
    assert aabne_dage(AARET, lukket_fra, pladser) == ventet


def test_offer_without_parts_has_no_stage() -> None:
    assert tilbuddets_stade({}, {}, [Budgetstade(None, None, Stade.GODKENDT)]) is None


budgetter_ = st.lists(
    st.builds(
        Budgetstade, st.sampled_from([None, A, B]), st.sampled_from([None, "BL-43", "SEL-107"]),
        st.sampled_from([stade for stade in Stade if stade < Stade.DEL_AF_AARET]),
    ),
    max_size=5,
)  # fmt: skip


@given(
    prissatte=st.sets(st.sampled_from(DELE)), budgetter=budgetter_, ny=st.sampled_from(DELE), dage=st.integers(1, 365)
)
def test_publishing_a_part_never_takes_an_offer_back(
    prissatte: set[Del], budgetter: list[Budgetstade], ny: Del, dage: int
) -> None:
    andre = sorted(prissatte - {ny})
    delvis = Periode(AARET.fra, AARET.fra + timedelta(days=dage))
    foer, undervejs, efter = (
        tilbuddets_stade(AABNE, hele(andre) | nyes, budgetter) for nyes in ({}, {ny: [delvis]}, {ny: [AARET]})
    )
    assert foer is not None
    assert undervejs is not None
    assert efter is not None
    assert foer <= undervejs <= efter
    assert (efter is Stade.OFFENTLIGGJORT) == (len(andre) == len(DELE) - 1)
    assert (undervejs is Stade.OFFENTLIGGJORT) == (len(andre) == len(DELE) - 1 and dage == AARET.dage)


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
