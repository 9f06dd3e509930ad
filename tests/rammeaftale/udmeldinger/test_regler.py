"""Where a call stands, and when an order holds."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rammeaftale.udmeldinger.regler import Faktum, Udmeldingsart, Udmeldingsstand, faktumfejl, gaelder, skjulte, stand

DAG = date(2027, 6, 1)
FOER = DAG - timedelta(days=1)
SENDT = Faktum(Udmeldingsart.RAPPORT_SENDT, FOER)
FORNYET = Faktum(Udmeldingsart.FORNYET_BEHANDLING, FOER)
PAALAEG = Faktum(Udmeldingsart.MIDLERTIDIGT_PAALAEG, FOER)


@pytest.mark.parametrize(
    ("fakta", "frist", "ventet"),
    [
        ([], DAG, Udmeldingsstand.BESVARES),
        ([], FOER, Udmeldingsstand.FORSINKET),
        ([PAALAEG], FOER, Udmeldingsstand.FORSINKET),
        ([SENDT], FOER, Udmeldingsstand.AFSENDT),
        ([SENDT, FORNYET], DAG, Udmeldingsstand.FORNYET),
        ([SENDT, FORNYET, SENDT, PAALAEG], DAG, Udmeldingsstand.AFSENDT),
        ([Faktum(Udmeldingsart.RAPPORT_SENDT, DAG + timedelta(days=1))], DAG, Udmeldingsstand.BESVARES),
    ],
)
def test_call_stands_where_the_last_fact_about_its_report_put_it(
    fakta: Sequence[Faktum], frist: date, ventet: Udmeldingsstand
) -> None:
    assert stand(fakta, frist, DAG) is ventet


@given(st.integers(0, 20), st.one_of(st.none(), st.integers(0, 20)), st.integers(-5, 30))
def test_order_holds_from_its_first_day_to_its_last_one_included(fra: int, laengde: int | None, paa: int) -> None:
    foerste = DAG + timedelta(days=fra)
    sidste = None if laengde is None else foerste + timedelta(days=laengde)
    dag = DAG + timedelta(days=paa)
    ventet = foerste <= dag and (sidste is None or dag <= sidste)
    assert gaelder(Faktum(Udmeldingsart.MIDLERTIDIGT_PAALAEG, foerste, sidste), dag) == ventet


def test_only_an_order_holds() -> None:
    assert not gaelder(SENDT, DAG)


@pytest.mark.parametrize(
    ("art", "hidtil", "dato", "felter"),
    [
        (Udmeldingsart.RAPPORT_SENDT, [], DAG, set()),
        (Udmeldingsart.RAPPORT_SENDT, [], DAG + timedelta(days=1), {"dato"}),
        (Udmeldingsart.MIDLERTIDIGT_PAALAEG, [], DAG - timedelta(days=30), {"dato"}),
        (Udmeldingsart.FORNYET_BEHANDLING, [], DAG, {"art"}),
        (Udmeldingsart.FORNYET_BEHANDLING, [SENDT], FOER - timedelta(days=1), {"art"}),
        (Udmeldingsart.FORNYET_BEHANDLING, [SENDT], DAG, set()),
    ],
)
def test_renewed_treatment_follows_a_report_and_nothing_comes_before_the_call(
    art: Udmeldingsart, hidtil: Sequence[Faktum], dato: date, felter: set[str]
) -> None:
    assert set(faktumfejl(art, hidtil, dato, DAG - timedelta(days=20), DAG)) == felter


TAELT = st.dictionaries(st.integers(0, 30), st.integers(0, 60), max_size=12)


@given(TAELT, st.integers(2, 10))
def test_nobody_who_knows_her_own_count_computes_another_that_is_hidden(antal: dict[int, int], graense: int) -> None:
    skjult = skjulte(antal, graense)
    assert {pk for pk, tal in antal.items() if tal < graense} <= skjult.raekker
    if skjult.i_alt or not skjult.raekker:
        return
    for hende in skjult.raekker:
        andre = [antal[pk] for pk in skjult.raekker if pk != hende]
        assert len(andre) >= 2
        assert sum(andre) >= graense, "what is left when she takes her own from the sum is no small count either"


@pytest.mark.parametrize(
    ("antal", "skjult", "i_alt"),
    [
        ([2, 3, 40], {0, 1, 2}, False),
        ([2, 30, 40, 50], {0, 1, 2}, False),
        ([20, 30, 40], set(), False),
        ([2, 30], {0, 1}, True),
        ([0, 0, 0, 9], {0, 1, 2, 3}, True),
    ],
)
def test_smallest_that_is_shown_goes_with_what_is_hidden_and_last_the_sum(
    antal: list[int], skjult: set[int], i_alt: bool
) -> None:
    fundet = skjulte(dict(enumerate(antal)), 5)
    assert (set(fundet.raekker), fundet.i_alt) == (skjult, i_alt)
