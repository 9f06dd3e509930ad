"""The rules of hearings: a link is open exactly while it may be answered by, and never opens again by itself."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rammeaftale.hoering.regler import (
    Behandlingsudfald,
    Hoeringsstand,
    Linkfakta,
    Linkstand,
    behandlingsfejl,
    linkstand,
    skal_paamindes,
    stand,
    ventetid,
)

DAG = date(2026, 11, 29)
DA = datetime(2026, 11, 20, 9, tzinfo=UTC)
tider = st.integers(min_value=0, max_value=60 * 24).map(
    lambda timer: datetime(2026, 11, 1, tzinfo=UTC) + timedelta(hours=timer)
)
dage = st.dates(min_value=date(2026, 11, 1), max_value=date(2026, 12, 31))
fakta = st.builds(
    Linkfakta,
    bestilt=tider,
    trukket=st.none() | tider,
    besvaret=st.none() | tider,
    frist=dage,
    afsluttet=st.none() | tider,
)


@given(fakta, dage)
def test_link_is_open_only_while_nothing_stands_in_the_way(link: Linkfakta, dag: date) -> None:
    aabent = (
        link.trukket is None
        and link.afsluttet is None
        and dag <= link.frist
        and (link.besvaret is None or link.besvaret < link.bestilt)
    )
    assert (linkstand(link, dag) is Linkstand.AABENT) is aabent


@given(fakta, dage, st.integers(min_value=0, max_value=60))
def test_link_that_is_not_open_does_not_open_by_time(link: Linkfakta, dag: date, senere: int) -> None:
    foer, efter = linkstand(link, dag), linkstand(link, dag + timedelta(days=senere))
    assert efter is not Linkstand.AABENT or foer is Linkstand.AABENT
    assert foer is Linkstand.AABENT or efter is foer


@given(fakta, dage)
def test_withdrawn_and_closed_show_nothing_even_when_answered(link: Linkfakta, dag: date) -> None:
    if link.trukket or link.afsluttet:
        assert linkstand(link, dag) in {Linkstand.TRUKKET, Linkstand.UDLOEBET}


@pytest.mark.parametrize(
    ("frist", "besvaret", "ventet"),
    [
        (DAG, None, Linkstand.AABENT),
        (DAG - timedelta(days=1), None, Linkstand.UDLOEBET),
        (DAG, DA + timedelta(seconds=1), Linkstand.BESVARET),
        (DAG - timedelta(days=1), DA, Linkstand.BESVARET),
        (DAG, DA - timedelta(seconds=1), Linkstand.AABENT),
    ],
)
def test_deadline_is_the_last_day_and_a_link_sent_after_an_answer_takes_another(
    frist: date, besvaret: datetime | None, ventet: Linkstand
) -> None:
    assert linkstand(Linkfakta(DA, None, besvaret, frist, None), DAG) is ventet


def test_stand_follows_from_the_dates() -> None:
    assert [stand(None, None), stand(DA, None), stand(DA, DA)] == list(Hoeringsstand)


@pytest.mark.parametrize(("dage_", "om", "mindes"), [(7, 8, False), (7, 7, True), (7, 0, True), (7, -1, False), (0, 0, True), (None, 0, False)])  # fmt: skip
def test_reminder_is_due_from_its_day_until_the_deadline(dage_: int | None, om: int, *, mindes: bool) -> None:
    assert skal_paamindes(DAG + timedelta(days=om), dage_, DAG) is mindes


def test_worked_in_names_the_version_and_a_refusal_says_why() -> None:
    assert set(behandlingsfejl(Behandlingsudfald.INDARBEJDET, har_version=False, begrundelse="x")) == {"version"}
    assert set(behandlingsfejl(Behandlingsudfald.IKKE_IMOEDEKOMMET, har_version=True, begrundelse=" ")) == {
        "begrundelse"
    }
    assert behandlingsfejl(Behandlingsudfald.TIL_EFTERRETNING, har_version=False, begrundelse="") == {}
    assert behandlingsfejl(Behandlingsudfald.INDARBEJDET, har_version=True, begrundelse="") == {}
    assert behandlingsfejl(Behandlingsudfald.IKKE_IMOEDEKOMMET, har_version=False, begrundelse="Ingen penge") == {}


@given(st.integers(min_value=1, max_value=1_000))
def test_wait_after_a_failure_never_shrinks_and_never_passes_four_hours(fejlede: int) -> None:
    assert ventetid(1) == timedelta()
    assert ventetid(fejlede) <= ventetid(fejlede + 1) <= timedelta(hours=4)
