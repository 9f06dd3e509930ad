"""Notice, last payable day and the clock of unapproved offers: worked examples, every month end, and what always holds."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reservationer.sag.ophold.frister import Akutregler, Betalingsregler, Varsel, sidste_betalingsdag

DAGE = st.dates(date(2000, 1, 1), date(2099, 12, 31))
STOPPER, LOEBER = Betalingsregler(True, 14), Betalingsregler(False, 14)


@pytest.mark.parametrize(
    ("givet", "varsel", "ophoer"),
    [
        (date(2026, 3, 12), "1m", date(2026, 4, 30)),
        (date(2026, 11, 30), "3m", date(2027, 2, 28)),
        (date(2027, 11, 30), "3m", date(2028, 2, 29)),
        (date(2028, 1, 31), "1m", date(2028, 2, 29)),
        (date(2027, 1, 31), "1m", date(2027, 2, 28)),
        (date(2026, 12, 1), "0m", date(2026, 12, 31)),
        (date(2026, 12, 31), "12m", date(2027, 12, 31)),
        (date(2028, 2, 28), "1d", date(2028, 2, 29)),
        (date(2027, 2, 28), "1d", date(2027, 3, 1)),
        (date(2026, 12, 31), "14d", date(2027, 1, 14)),
        (date(2026, 5, 5), "0d", date(2026, 5, 5)),
    ],
)
def test_varsel_worked_examples(givet: date, varsel: str, ophoer: date) -> None:
    assert Varsel.laes(varsel).ophoer(givet) == ophoer


def dag_for_dag(givet: date, n: int) -> date:
    """The end of a notice, found by tearing leaves off a calendar: the running month and n more have ended by it."""
    dag, slutninger = givet, 0
    while True:
        slutninger += (dag + timedelta(days=1)).day == 1
        if slutninger > n:
            return dag
        dag += timedelta(days=1)


@pytest.mark.parametrize("aar", [2027, 2028])
@pytest.mark.parametrize("n", range(13))
def test_varsel_in_months_from_every_day_of_a_common_and_a_leap_year(aar: int, n: int) -> None:
    nytaar = date(aar, 1, 1)
    dage = [nytaar + timedelta(days=nummer) for nummer in range((date(aar + 1, 1, 1) - nytaar).days)]
    assert [Varsel(maaneder=n).ophoer(dag) for dag in dage] == [dag_for_dag(dag, n) for dag in dage]
    slut = [dag for dag in dage if (dag + timedelta(days=1)).day == 1]
    assert (len(slut), len(dage)) == (12, 366 if aar == 2028 else 365), "every month end is among them"


@given(givet=DAGE, n=st.integers(0, 24))
def test_varsel_in_months_ends_with_a_month_and_never_depends_on_the_day_in_it(givet: date, n: int) -> None:
    ophoer = Varsel(maaneder=n).ophoer(givet)
    assert (ophoer + timedelta(days=1)).day == 1
    assert ophoer == Varsel(maaneder=n).ophoer(givet.replace(day=1))
    assert Varsel(maaneder=n + 1).ophoer(givet) > ophoer >= givet


@given(givet=DAGE, n=st.integers(0, 400))
def test_varsel_in_days_counts_days(givet: date, n: int) -> None:
    assert Varsel(dage=n).ophoer(givet) - givet == timedelta(days=n)


@pytest.mark.parametrize("tekst", ["", "m", "3", "-1m", "3M", "1m 2d", "1,5m", "١m", "1000d"])
def test_varsel_anything_else_is_no_notice(tekst: str) -> None:
    with pytest.raises(ValueError, match="varsel"):
        Varsel.laes(tekst)


def test_varsel_is_months_or_days_and_reads_as_the_agreement_says_it() -> None:
    for forkert in ({}, {"maaneder": 1, "dage": 1}, {"dage": -1}):
        with pytest.raises(ValueError, match="varsel"):
            Varsel(**forkert)
    assert [str(Varsel.laes(t)) for t in ("1m", "3m", "1d", "14d")] == [
        "løbende måned + 1 måned", "løbende måned + 3 måneder", "1 dag", "14 dage",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sidste", "opsagt", "doed", "genbelagt", "regler", "ventet"),
    [
        (date(2026, 4, 10), date(2026, 4, 30), False, None, STOPPER, date(2026, 4, 30)),
        (date(2026, 5, 3), date(2026, 4, 30), False, None, STOPPER, date(2026, 5, 3)),
        (date(2026, 4, 10), None, False, None, STOPPER, date(2026, 4, 10)),
        (date(2026, 4, 10), date(2026, 4, 30), False, date(2026, 4, 21), STOPPER, date(2026, 4, 20)),
        (date(2026, 4, 10), date(2026, 4, 30), False, date(2026, 4, 21), LOEBER, date(2026, 4, 30)),
        (date(2026, 4, 10), date(2026, 4, 30), False, date(2026, 4, 11), STOPPER, date(2026, 4, 10)),
        (date(2026, 4, 10), date(2026, 6, 30), True, None, STOPPER, date(2026, 4, 24)),
        (date(2026, 4, 10), date(2026, 4, 15), True, None, STOPPER, date(2026, 4, 15)),
        (date(2026, 4, 10), None, True, None, STOPPER, date(2026, 4, 24)),
        (date(2026, 4, 10), None, True, date(2026, 4, 20), STOPPER, date(2026, 4, 19)),
    ],
)  # fmt: skip
def test_last_payable_day(
    sidste: date, opsagt: date | None, doed: bool, genbelagt: date | None, regler: Betalingsregler, ventet: date
) -> None:  # fmt: skip
    svar = sidste_betalingsdag(sidste_dag=sidste, opsagt_til=opsagt, doed=doed, genbelagt_fra=genbelagt, regler=regler)
    assert svar == ventet


@given(
    sidste=DAGE,
    opsagt=st.none() | DAGE,
    doed=st.booleans(),
    genbelagt=st.none() | DAGE,
    stopper=st.booleans(),
    efter=st.integers(0, 90),
)
def test_last_payable_day_is_never_before_the_last_day_there_and_never_later_for_being_resold(
    sidste: date, opsagt: date | None, doed: bool, genbelagt: date | None, stopper: bool, efter: int
) -> None:  # fmt: skip
    regler = Betalingsregler(stopper, efter)
    svar = sidste_betalingsdag(sidste_dag=sidste, opsagt_til=opsagt, doed=doed, genbelagt_fra=genbelagt, regler=regler)
    uden = sidste_betalingsdag(sidste_dag=sidste, opsagt_til=opsagt, doed=doed, genbelagt_fra=None, regler=regler)
    assert sidste <= svar <= uden <= max(sidste + timedelta(days=efter if doed else 0), opsagt or sidste)


def test_clock_of_an_unapproved_offer_is_whole_weeks_with_the_first_day_in() -> None:
    regler = Akutregler(uger=3, forlaengelse=3)
    assert regler.frist(date(2028, 2, 14), forlaenget=False) == date(2028, 3, 5)
    assert regler.frist(date(2028, 2, 14), forlaenget=True) == date(2028, 3, 26)
