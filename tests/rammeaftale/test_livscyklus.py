"""The pure rules of an agreement's life."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faelles.tid import Periode
from rammeaftale.livscyklus import AFTALETILSTAND_NAVN, GODKENDENDE, Aftaletilstand, Partsstatus, optael, stand

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
