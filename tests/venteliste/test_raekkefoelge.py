"""The order of those who wait: worked examples, and what holds whatever the list."""

from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reservationer.venteliste.begreber import Regel
from reservationer.venteliste.raekkefoelge import Ventende, forbigaaede, position, raekkefoelge

A, B = UUID(int=101), UUID(int=102)
BEGYND = datetime(2026, 1, 1, 9, tzinfo=UTC)


def en(nummer: int, dag: int, *, egen: bool = False, afdeling: UUID | None = None, tilbudt: bool = False) -> Ventende:
    return Ventende(UUID(int=nummer), UUID(int=1000 + nummer), BEGYND + timedelta(days=dag), egen, afdeling, tilbudt)


# Kilden has four who wait: 1 since 10 January, 2 (its own municipality's) since 20 January, 3 since 5 January, 4 since 10 January.
KILDEN = [en(1, 9), en(2, 19, egen=True), en(3, 4), en(4, 9)]


@pytest.mark.parametrize(("regel", "ventet"), [(Regel.TUR, [3, 1, 4, 2]), (Regel.EGNE_FOERST, [2, 3, 1, 4])])
def test_order_follows_the_rule_of_the_offer(regel: Regel, ventet: list[int]) -> None:
    assert [v.id.int for v in raekkefoelge(regel, KILDEN)] == ventet
    assert [position(regel, KILDEN, UUID(int=nummer)) for nummer in ventet] == [1, 2, 3, 4]


def test_giving_a_place_passes_over_those_before_who_could_take_it_and_nobody_else() -> None:
    koe = [en(1, 1, afdeling=B), en(2, 2, tilbudt=True), en(3, 3), en(4, 4, afdeling=A), en(5, 5)]
    assert [v.id.int for v in forbigaaede(Regel.TUR, koe, A, UUID(int=5))] == [3, 4]
    assert [v.id.int for v in forbigaaede(Regel.TUR, koe, A, UUID(int=3))] == []
    assert [v.id.int for v in forbigaaede(Regel.TUR, koe, A, None)] == [3, 4, 5], "nobody got it"
    assert [v.id.int for v in forbigaaede(Regel.TUR, koe, B, uuid4())] == [1, 3, 5], "to one who is not on the list"


def test_position_counts_those_who_wait_for_the_same() -> None:
    koe = [en(1, 1, afdeling=B), en(2, 2), en(3, 3, afdeling=A)]
    assert position(Regel.TUR, koe, UUID(int=3)) == 2
    assert position(Regel.TUR, [*koe, en(4, 4)], UUID(int=4)) == 4


koeer = st.lists(
    st.builds(
        Ventende,
        st.uuids(),
        st.uuids(),
        st.integers(0, 30).map(lambda dag: BEGYND + timedelta(days=dag)),
        st.booleans(),
        st.sampled_from([None, A, B]),
        st.booleans(),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda ventende: ventende.id,
)
regler = st.sampled_from(list(Regel))


@given(regler, koeer, st.randoms())
def test_order_is_total_and_the_same_however_the_list_is_read(
    regel: Regel, koe: list[Ventende], tilfaeldig: Random
) -> None:
    ordnet = raekkefoelge(regel, koe)
    blandet = list(koe)
    tilfaeldig.shuffle(blandet)
    assert raekkefoelge(regel, blandet) == ordnet
    assert sorted(v.id for v in ordnet) == sorted(v.id for v in koe), "nobody is lost, nobody is twice"


@given(regler, koeer)
def test_who_has_waited_longer_is_never_behind_one_of_the_same_kind(regel: Regel, koe: list[Ventende]) -> None:
    ordnet = raekkefoelge(regel, koe)
    for foran, bagved in [(a, b) for nr, a in enumerate(ordnet) for b in ordnet[nr + 1 :] if a.egen == b.egen]:
        assert foran.skrevet_op <= bagved.skrevet_op


@given(regler, koeer, st.data())
def test_nobody_falls_back_when_another_leaves_or_is_passed_over(
    regel: Regel, koe: list[Ventende], data: st.DataObject
) -> None:
    valgt = data.draw(st.sampled_from(koe))
    rest = [v for v in koe if v != valgt]
    for v in rest:
        assert position(regel, rest, v.id) <= position(regel, koe, v.id)


@given(regler, koeer, st.data())
def test_the_first_who_can_take_the_place_is_passed_over_by_every_other_choice(
    regel: Regel, koe: list[Ventende], data: st.DataObject
) -> None:
    kan = [v for v in raekkefoelge(regel, koe) if v.kan_bruge(A) and not v.tilbudt]
    valgt = data.draw(st.sampled_from(koe))
    forbi = forbigaaede(regel, koe, A, valgt.id)
    assert valgt not in forbi
    assert forbi == kan[: len(forbi)], "the ones before, with no hole"
    if kan and kan[0] == valgt:
        assert forbi == []
    assert forbigaaede(regel, koe, A, None) == kan
