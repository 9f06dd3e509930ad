"""When a planned report is due: on its day of the month for ever, however late somebody looks."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faelles.tid import om_maaneder
from rammeaftale.rapporter.planer.regler import MAANEDER, Hver, naeste_gang

DAGE = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("foerste", "hver", "efter", "ventet"),
    [
        (date(2027, 1, 31), Hver.MAANED, date(2027, 1, 31), date(2027, 2, 28)),
        (date(2027, 1, 31), Hver.MAANED, date(2027, 2, 28), date(2027, 3, 31)),
        (date(2027, 1, 31), Hver.MAANED, date(2028, 2, 1), date(2028, 2, 29)),
        (date(2027, 2, 1), Hver.KVARTAL, date(2027, 2, 1), date(2027, 5, 1)),
        (date(2027, 2, 1), Hver.HALVAAR, date(2027, 12, 24), date(2028, 2, 1)),
        (date(2028, 2, 29), Hver.AAR, date(2028, 2, 29), date(2029, 2, 28)),
        (date(2027, 2, 1), Hver.AAR, date(2027, 1, 1), date(2027, 2, 1)),
    ],
)
def test_report_is_due_on_its_day_or_the_last_of_a_short_month(
    foerste: date, hver: Hver, efter: date, ventet: date
) -> None:
    assert naeste_gang(foerste, hver, efter) == ventet


@given(foerste=DAGE, hver=st.sampled_from(Hver), dage=st.integers(-400, 4000))
def test_next_day_is_the_first_of_its_days_after_the_one_that_is_asked_from(
    foerste: date, hver: Hver, dage: int
) -> None:
    efter = foerste + timedelta(days=dage)
    alle = [om_maaneder(foerste, MAANEDER[hver] * nummer) for nummer in range(200)]
    assert naeste_gang(foerste, hver, efter) == min(dag for dag in alle if dag > efter)
