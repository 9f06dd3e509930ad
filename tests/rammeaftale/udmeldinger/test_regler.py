"""Where a call stands, and when an order holds."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rammeaftale.udmeldinger.regler import Faktum, Udmeldingsart, Udmeldingsstand, faktumfejl, gaelder, stand

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
