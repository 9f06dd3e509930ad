"""How long the steps took: half-years that never change, days within which so many got there, and small counts left out."""

from datetime import date, timedelta
from itertools import count
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faelles.tid import Periode
from reservationer.svartider.regler import (
    OEVRIGE,
    Inddeling,
    Maaling,
    Tal,
    Trin,
    halvaar_foer,
    halvaar_navn,
    halvaar_om,
    opdelt,
    samlet,
    skjulte,
    tal_for,
)

GRAENSE = 5
DAG = date(2026, 3, 10)
_nummer = count()


def en(driftsherre: str = "Herlev", dage: int = 3, *, borger: int | None = None, trin: Trin = Trin.SVAR) -> Maaling:
    """A case of a citizen of its own, unless said whose."""
    nummer = next(_nummer) if borger is None else borger
    kommune = {"kommunekode": "0175", "kommune": "Rødovre"}
    return Maaling(
        trin,
        (UUID(int=1), f"sag {nummer}"),
        dage,
        DAG,
        **kommune,
        driftsherre=driftsherre,
        tilbud="Kilden",
        hjemmel="§ 107",
    )


def svar(maalinger: list[Maaling], graense: int = GRAENSE) -> dict[str, Tal | None]:
    return {r.gruppe: r.tal[Trin.SVAR] for r in opdelt(maalinger, Inddeling.DRIFTSHERRE, graense)}


@pytest.mark.parametrize(
    ("dage", "tal"),
    [
        ([], Tal(0)),
        ([7], Tal(1, 7, 7)),
        ([1, 9], Tal(2, 1, 9)),
        ([5, 1, 3], Tal(3, 3, 5)),
        (list(range(1, 11)), Tal(10, 5, 9)),
        (list(range(1, 12)), Tal(11, 6, 10)),
    ],
)
def test_days_within_which_half_and_nine_out_of_ten_got_there(dage: list[int], tal: Tal) -> None:
    assert tal_for(dage) == tal


@given(st.lists(st.integers(0, 400), min_size=1))
def test_so_many_got_there_within_the_days_and_fewer_within_one_less(dage: list[int]) -> None:
    vist = tal_for(dage)
    for graense, del_ in ((vist.halvdelen, 0.5), (vist.ni_af_ti, 0.9)):
        assert graense is not None
        assert sum(en <= graense for en in dage) >= del_ * len(dage) - 1e-9
        assert sum(en < graense for en in dage) < del_ * len(dage)


def test_half_years_are_the_finished_ones() -> None:
    assert [h.fra for h in halvaar_foer(date(2026, 7, 1), 2)] == [date(2025, 7, 1), date(2026, 1, 1)]
    assert halvaar_foer(date(2026, 6, 30), 1) == (Periode(date(2025, 7, 1), date(2026, 1, 1)),)
    assert [halvaar_navn(halvaar_om(date(2026, m, 30))) for m in (6, 7)] == ["1. halvår 2026", "2. halvår 2026"]


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_every_day_lies_in_one_half_year(dag: date) -> None:
    halvaar = halvaar_om(dag)
    assert halvaar.indeholder(dag)
    assert halvaar.til is not None
    assert halvaar_foer(halvaar.til, 1) == (halvaar,)
    assert not halvaar.indeholder(halvaar.til)
    assert not halvaar.indeholder(halvaar.fra - timedelta(days=1))


def test_groups_stand_in_danish_order_with_all_their_cases() -> None:
    maalinger = [en(navn) for navn in ("Ålborg", "Ærø", "Zebra") for _ in range(5)]
    assert svar(maalinger) == {"Zebra": Tal(5, 3, 3), "Ærø": Tal(5, 3, 3), "Ålborg": Tal(5, 3, 3)}
    assert samlet(maalinger, GRAENSE).tal == {trin: Tal(15, 3, 3) if trin is Trin.SVAR else None for trin in Trin}


def test_few_citizens_are_not_shown_nor_is_what_would_give_them_away() -> None:
    maalinger = [en("Stor", 1) for _ in range(9)] + [en("Mellem", 5) for _ in range(6)] + [en("Lille", 90)]
    assert svar(maalinger) == {"Stor": Tal(9, 1, 1), OEVRIGE: Tal(7, 5, 90)}
    assert svar(maalinger[-1:] * 4) == {}
    assert samlet(maalinger[-1:], GRAENSE).tal[Trin.SVAR] is None


def test_one_citizen_asked_for_at_many_offers_is_one() -> None:
    samme = [en(f"Driftsherre {nr}", borger=7_000_000) for nr in range(8)]
    assert svar(samme) == {}
    mange = [en("Herlev", borger=8_000_000) for _ in range(8)]
    assert svar(mange) == {}
    assert svar(mange, 0) == {"Herlev": Tal(8, 3, 3)}, "a party sees its own as they are"


def test_that_a_group_has_none_is_not_said_where_others_are_hidden() -> None:
    maalinger = [en("Stor", trin=Trin.TILBUD) for _ in range(5)] + [en(navn) for navn in "AB" for _ in range(3)]
    raekker = {r.gruppe: r.tal for r in opdelt(maalinger, Inddeling.DRIFTSHERRE, GRAENSE)}
    assert raekker["Stor"][Trin.SVAR] is None
    assert raekker[OEVRIGE] == {
        trin: Tal(6, 3, 3) if trin is Trin.SVAR else Tal(0) if trin is Trin.TILBUD else None for trin in Trin
    }


@given(
    st.lists(st.tuples(st.sampled_from("ABCDEF"), st.integers(0, 12)), max_size=60),
    st.integers(0, 8),
)
def test_whatever_is_hidden_hides_enough_citizens(valg: list[tuple[str, int]], graense: int) -> None:
    borgere = {navn: {(UUID(int=1), str(nr)) for hos, nr in valg if hos == navn} for navn, _ in valg}
    skjult = skjulte(borgere, graense)
    assert all(len(borgere[navn]) >= graense for navn in borgere.keys() - skjult)
    sammen = set[tuple[UUID, str]]().union(*(borgere[navn] for navn in skjult))
    assert not skjult or len(sammen) >= graense or skjult == borgere.keys()


@given(st.lists(st.tuples(st.sampled_from("ABCD"), st.integers(0, 30), st.integers(0, 9)), max_size=40))
def test_groups_that_are_shown_add_up_to_all(valg: list[tuple[str, int, int]]) -> None:
    maalinger = [en(hos, dage, borger=nr) for hos, dage, nr in valg]
    for graense in (0, GRAENSE):
        alle = samlet(maalinger, graense).tal[Trin.SVAR]
        viste = svar(maalinger, graense).values()
        if alle is None:
            assert not any(viste)
        else:
            assert sum(vist.sager if vist else 0 for vist in viste) == alle.sager
