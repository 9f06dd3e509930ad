"""The month bill of the worked example."""

from datetime import date
from decimal import Decimal

import pytest

from faelles.fejl import UgyldigtInput
from takster.beregning.betaling import Betalingsperiode, betaling


def regning(fra: date, til: date, *, foerste: bool = True, sidste: bool = True) -> tuple[int, str]:
    """Days and kr. at 2,687."""
    resultat = betaling(
        Betalingsperiode(takst=Decimal(2687), fra=fra, til=til, foerste_dag_betales=foerste, sidste_dag_betales=sidste)
    )
    return resultat.dage, str(resultat.beloeb)


def test_betaling_gives_the_bills_of_the_example() -> None:
    assert regning(date(2026, 1, 1), date(2026, 2, 1)) == (31, "83297.00")
    assert regning(date(2026, 1, 15), date(2026, 2, 1)) == (17, "45679.00")


def test_betaling_leaves_out_the_days_the_agreement_does_not_count() -> None:
    assert regning(date(2026, 1, 15), date(2026, 2, 1), foerste=False)[0] == 16
    assert regning(date(2026, 1, 15), date(2026, 2, 1), foerste=False, sidste=False)[0] == 15
    assert regning(date(2026, 1, 15), date(2026, 1, 16), foerste=False, sidste=False) == (0, "0.00")


def test_betaling_counts_the_leap_day() -> None:
    assert regning(date(2028, 2, 1), date(2028, 3, 1))[0] == 29


def test_betalingsperiode_without_days_is_refused() -> None:
    with pytest.raises(UgyldigtInput):
        regning(date(2026, 1, 15), date(2026, 1, 15))
