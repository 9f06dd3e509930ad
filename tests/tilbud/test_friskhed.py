"""Freshness: whole Danish days, and unknown whenever nobody can say."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faelles.tid import KOEBENHAVN
from tilbud.friskhed import Friskhed, Graenser, friskhed, frister

GRAENSER = Graenser(forfald_dage=7, foraeldet_dage=30)
NU = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("dage", "ventet"),
    [(0, "frisk"), (6, "frisk"), (7, "forfalden"), (29, "forfalden"), (30, "ukendt"), (400, "ukendt")],
)
def test_friskhed_decays_at_exactly_the_limits(dage: int, ventet: str) -> None:
    assert friskhed(NU - timedelta(days=dage), NU, GRAENSER) == ventet


def test_friskhed_counts_danish_days_not_hours() -> None:
    lige_foer_midnat = datetime(2026, 11, 16, 22, 59, tzinfo=UTC)
    assert friskhed(lige_foer_midnat, datetime(2026, 11, 22, 23, 0, tzinfo=UTC), GRAENSER) is Friskhed.FORFALDEN
    assert friskhed(lige_foer_midnat, datetime(2026, 11, 22, 22, 59, tzinfo=UTC), GRAENSER) is Friskhed.FRISK


@given(
    st.integers(0, 90_000).map(lambda timer: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(hours=timer)),
    st.integers(0, 60),
)
def test_frister_are_the_very_days_on_which_the_freshness_changes(bekraeftet: datetime, dage: int) -> None:
    nu = bekraeftet + timedelta(days=dage)
    dag, frist = nu.astimezone(KOEBENHAVN).date(), frister(bekraeftet, GRAENSER)
    ventet = Friskhed.UKENDT if dag >= frist.ukendt else Friskhed.FORFALDEN if dag >= frist.forfald else Friskhed.FRISK
    assert friskhed(bekraeftet, nu, GRAENSER) is ventet


def test_friskhed_without_confirmation_or_terms_is_unknown() -> None:
    assert friskhed(None, NU, GRAENSER) is Friskhed.UKENDT
    assert friskhed(NU, NU, None) is Friskhed.UKENDT


def test_friskhed_order_is_best_first() -> None:
    assert sorted(Friskhed, key=lambda f: f.rang) == [Friskhed.FRISK, Friskhed.FORFALDEN, Friskhed.UKENDT]
