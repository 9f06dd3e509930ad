"""The pure rules of an agreement's life."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faelles.tid import Periode
from rammeaftale.livscyklus import (
    AFTALETILSTAND_NAVN,
    GODKENDENDE,
    Aftaletilstand,
    Partsbeslutning,
    Partsstatus,
    optael,
    stand,
    vedtagelsesdag,
)

PERIODE = Periode(date(2025, 1, 1), date(2027, 1, 1))
statusser = st.lists(st.sampled_from(Partsstatus), max_size=40)


@pytest.mark.parametrize(
    ("dag", "ord_"),
    [
        (date(2024, 12, 31), "Vedtaget"),
        (date(2025, 1, 1), "I kraft"),
        (date(2026, 12, 31), "I kraft"),
        (date(2027, 1, 1), "Udløbet"),
    ],
)
def test_adopted_agreement_is_in_force_exactly_in_its_period(dag: date, ord_: str) -> None:
    assert stand(Aftaletilstand.VEDTAGET, PERIODE, dag) == ord_


@given(st.sampled_from([t for t in Aftaletilstand if t is not Aftaletilstand.VEDTAGET]), st.integers(-800, 1600))
def test_agreement_not_adopted_is_never_in_force(tilstand: Aftaletilstand, dage: int) -> None:
    assert stand(tilstand, PERIODE, PERIODE.fra + timedelta(days=dage)) == AFTALETILSTAND_NAVN[tilstand]


@given(statusser)
def test_unanimity_means_that_every_party_has_approved(alle: list[Partsstatus]) -> None:
    talt = optael(alle)
    assert talt.enstemmig == (bool(alle) and all(status in GODKENDENDE for status in alle))
    assert talt.godkendt + talt.afvist <= talt.i_alt == len(alle)


@given(statusser, st.sampled_from([s for s in Partsstatus if s not in GODKENDENDE]))
def test_one_party_that_has_not_approved_is_enough_to_stop_it(alle: list[Partsstatus], nej: Partsstatus) -> None:
    assert not optael([*alle, nej]).enstemmig


@given(st.permutations(list(Partsstatus)))
def test_count_does_not_depend_on_the_order(alle: list[Partsstatus]) -> None:
    assert optael(alle).tekst == "2 af 5 har godkendt"


def test_agreement_without_parties_is_never_unanimous() -> None:
    assert not optael([]).enstemmig


P = Partsbeslutning
AFTALENS = Periode(date(2026, 1, 1), date(2028, 1, 1))
SENDT, IDAG = date(2026, 3, 1), date(2026, 11, 30)
TIL_JUNI, FRA_JUNI = Periode(AFTALENS.fra, date(2026, 6, 1)), Periode(date(2026, 6, 1), AFTALENS.til)


@pytest.mark.parametrize(
    ("parter", "dag"),
    [
        ([P(AFTALENS, date(2026, 4, 2)), P(AFTALENS, date(2026, 5, 1))], date(2026, 5, 1)),
        ([P(AFTALENS, date(2026, 4, 2)), P(AFTALENS, None)], None),
        (
            [P(AFTALENS, date(2026, 2, 1)), P(AFTALENS, date(2026, 2, 2))],
            SENDT,
        ),  # both carried over from an earlier version
        ([P(AFTALENS, date(2026, 4, 2)), P(TIL_JUNI, None), P(FRA_JUNI, None)], None),
        ([P(AFTALENS, date(2026, 4, 2)), P(TIL_JUNI, date(2026, 5, 1)), P(FRA_JUNI, None)], date(2026, 5, 1)),
        ([P(AFTALENS, date(2026, 4, 2)), P(TIL_JUNI, None), P(FRA_JUNI, date(2026, 7, 1))], date(2026, 7, 1)),
        ([P(AFTALENS, date(2026, 4, 2)), P(TIL_JUNI, None), P(FRA_JUNI, date(2026, 5, 1))], FRA_JUNI.fra),
        ([P(AFTALENS, date(2026, 4, 2)), P(TIL_JUNI, None)], TIL_JUNI.til),  # who left decides nothing any more
        ([P(FRA_JUNI, date(2026, 12, 1))], None),  # not yet
        ([], None),
    ],
)
def test_adoption_is_on_the_first_day_every_party_of_it_had_approved(parter: list[P], dag: date | None) -> None:
    assert vedtagelsesdag(AFTALENS, SENDT, parter, IDAG) == dag


def test_agreement_adopted_before_it_begins_is_so_by_the_parties_of_its_first_day() -> None:
    naeste = Periode(date(2027, 1, 1), date(2029, 1, 1))
    afloeses = Periode(date(2020, 1, 1), naeste.fra)
    beslutninger = [P(afloeses, None), P(naeste, date(2026, 10, 1)), P(naeste, date(2026, 9, 1))]
    assert vedtagelsesdag(naeste, SENDT, beslutninger, IDAG) == date(2026, 10, 1)
