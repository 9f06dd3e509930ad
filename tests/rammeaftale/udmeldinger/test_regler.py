"""Where a call stands, and when an order holds."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rammeaftale.udmeldinger.regler import (
    Faktum,
    Runde,
    Udmeldingsart,
    Udmeldingsstand,
    faktumfejl,
    gaelder,
    om_rapporten,
    runde,
    skjulte,
    stand,
    svarfristfejl,
)

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
        ([SENDT, FORNYET], FOER, Udmeldingsstand.FORNYET),  # registered without a deadline: nothing measures it
        ([SENDT, replace(FORNYET, svarfrist=DAG)], FOER, Udmeldingsstand.FORNYET),
        ([SENDT, replace(FORNYET, svarfrist=FOER)], DAG, Udmeldingsstand.FORSINKET),
        ([SENDT, replace(FORNYET, svarfrist=FOER), SENDT], FOER, Udmeldingsstand.AFSENDT),
        ([SENDT, FORNYET, SENDT, PAALAEG], DAG, Udmeldingsstand.AFSENDT),
        ([Faktum(Udmeldingsart.RAPPORT_SENDT, DAG + timedelta(days=1))], DAG, Udmeldingsstand.BESVARES),
    ],
)
def test_call_stands_where_the_last_fact_about_its_report_put_it(
    fakta: Sequence[Faktum], frist: date, ventet: Udmeldingsstand
) -> None:
    assert stand(fakta, frist, DAG) is ventet


ANDEN = replace(FORNYET, svarfrist=DAG + timedelta(days=20))


@pytest.mark.parametrize(
    ("fakta", "ventet"),
    [
        ([], Runde(FOER, None)),
        ([SENDT, FORNYET], Runde(FOER, None)),
        ([SENDT, ANDEN], Runde(DAG + timedelta(days=20), FOER)),
        ([SENDT, ANDEN, SENDT], Runde(DAG + timedelta(days=20), FOER)),
        ([SENDT, replace(ANDEN, dato=DAG + timedelta(days=1))], Runde(FOER, None)),
        ([SENDT, ANDEN, SENDT, replace(ANDEN, dato=DAG, svarfrist=DAG)], Runde(DAG, DAG)),
    ],
)
def test_deadline_of_the_last_renewed_treatment_measures_from_the_day_it_was_asked_for(
    fakta: Sequence[Faktum], ventet: Runde
) -> None:
    assert runde(fakta, FOER, DAG) == ventet


def test_answer_from_before_renewed_treatment_is_none_in_its_round() -> None:
    assert [Runde(DAG, DAG).besvaret(givet) for givet in (None, FOER, DAG)] == [False, False, True]
    assert [Runde(DAG, None).besvaret(givet) for givet in (None, FOER)] == [False, True]


@pytest.mark.parametrize(
    ("art", "svarfrist", "felter"),
    [
        (Udmeldingsart.FORNYET_BEHANDLING, None, {"svarfrist"}),
        (Udmeldingsart.FORNYET_BEHANDLING, FOER, {"svarfrist"}),
        (Udmeldingsart.FORNYET_BEHANDLING, DAG, set()),
        (Udmeldingsart.RAPPORT_SENDT, None, set()),
    ],
)
def test_renewed_treatment_has_a_deadline_on_its_day_or_later(
    art: Udmeldingsart, svarfrist: date | None, felter: set[str]
) -> None:
    assert set(svarfristfejl(art, DAG, svarfrist)) == felter


ARTER = st.sampled_from(Udmeldingsart)
DAGE = st.integers(-20, 5).map(lambda dage: DAG + timedelta(days=dage))


@given(st.dictionaries(DAGE, ARTER).flatmap(lambda sket: st.permutations(sorted(sket.items()))))
def test_stand_follows_the_dates_and_not_the_order_of_registering(sket: Sequence[tuple[date, Udmeldingsart]]) -> None:
    fakta = [Faktum(art, dato) for dato, art in sket]
    sidst = max((f for f in om_rapporten(fakta) if f.dato <= DAG), key=lambda f: f.dato, default=None)
    ventet = {
        None: Udmeldingsstand.BESVARES,
        Udmeldingsart.RAPPORT_SENDT: Udmeldingsstand.AFSENDT,
        Udmeldingsart.FORNYET_BEHANDLING: Udmeldingsstand.FORNYET,
    }
    assert stand(fakta, DAG, DAG) is ventet[sidst.art if sidst else None]


@given(st.lists(st.tuples(ARTER, st.integers(-20, 0)), max_size=8))
def test_report_is_never_sent_on_top_of_another(forsoeg: Sequence[tuple[Udmeldingsart, int]]) -> None:
    fakta: list[Faktum] = []
    for art, dage in forsoeg:
        dato = DAG + timedelta(days=dage)
        if not faktumfejl(art, fakta, dato, DAG - timedelta(days=20), DAG):
            fakta.append(Faktum(art, dato))
    arter = [f.art for f in om_rapporten(fakta)]
    sendt = Udmeldingsart.RAPPORT_SENDT
    assert (sendt, sendt) not in pairwise(arter)
    assert not arter or arter[0] is sendt, "nothing is renewed before it is sent"


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
        (Udmeldingsart.RAPPORT_SENDT, [SENDT], DAG, {"art"}),
        (Udmeldingsart.RAPPORT_SENDT, [SENDT, FORNYET], FOER - timedelta(days=1), {"art"}),
        (Udmeldingsart.RAPPORT_SENDT, [SENDT, PAALAEG], DAG, {"art"}),
        (Udmeldingsart.RAPPORT_SENDT, [SENDT, FORNYET], DAG, set()),
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
