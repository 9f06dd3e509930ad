"""Freshness: whole Danish days, and unknown whenever nobody can say."""

from datetime import UTC, datetime, timedelta

import pytest

from tilbud.friskhed import Friskhed, Graenser, friskhed

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


def test_friskhed_without_confirmation_or_terms_is_unknown() -> None:
    assert friskhed(None, NU, GRAENSER) is Friskhed.UKENDT
    assert friskhed(NU, NU, None) is Friskhed.UKENDT


def test_friskhed_order_is_best_first() -> None:
    assert sorted(Friskhed, key=lambda f: f.rang) == [Friskhed.FRISK, Friskhed.FORFALDEN, Friskhed.UKENDT]
