"""Who owes knowledge to whom, and what is paid by passing it on."""

from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from rammeaftale.videndeling.regler import Deling, Tilbudspligt, opgoer, skyldes

TILBUD = UUID(int=100)
KOMMUNER = [UUID(int=nr) for nr in range(1, 6)]
DAG = date(2027, 3, 1)
kommuner = st.frozensets(st.sampled_from(KOMMUNER))


def test_level_one_owes_all_the_others_level_two_its_cluster_and_level_three_nobody() -> None:
    klynge = frozenset(KOMMUNER[:3])
    alle = [skyldes(Tilbudspligt(TILBUD, KOMMUNER[0], niveau, klynge), KOMMUNER) for niveau in (1, 2, 3)]
    assert alle == [frozenset(KOMMUNER[1:]), frozenset(KOMMUNER[1:3]), frozenset()]


def test_operator_that_is_no_municipality_owes_every_one_of_them() -> None:
    assert skyldes(Tilbudspligt(TILBUD, UUID(int=99), 1), KOMMUNER) == frozenset(KOMMUNER)


def test_account_says_who_has_had_something_how_often_and_when_last() -> None:
    pligt = Tilbudspligt(TILBUD, KOMMUNER[0], 1)
    gjort = [
        Deling(TILBUD, DAG, frozenset({KOMMUNER[1]})),
        Deling(TILBUD, DAG.replace(day=9), frozenset({KOMMUNER[1], UUID(int=99)})),
        Deling(UUID(int=101), DAG, frozenset(KOMMUNER)),
    ]
    (fundet,) = opgoer([pligt], gjort, KOMMUNER)
    assert (fundet.faaet, fundet.gange, fundet.sidst) == (frozenset({KOMMUNER[1]}), 2, DAG.replace(day=9))
    assert fundet.mangler == frozenset(KOMMUNER[2:])


def test_offer_that_owes_nobody_is_left_out() -> None:
    assert not opgoer([Tilbudspligt(TILBUD, KOMMUNER[0], 2, frozenset({KOMMUNER[0]}))], [], KOMMUNER)


@given(st.sampled_from([1, 2, 3]), kommuner, st.lists(kommuner, max_size=4))
def test_nobody_owes_itself_and_those_paid_and_unpaid_are_those_owed(
    niveau: int, klynge: frozenset[UUID], gjort: list[frozenset[UUID]]
) -> None:
    pligt = Tilbudspligt(TILBUD, KOMMUNER[0], niveau, klynge)
    til = skyldes(pligt, KOMMUNER)
    assert KOMMUNER[0] not in til
    for fundet in opgoer([pligt], [Deling(TILBUD, DAG, modtagere) for modtagere in gjort], KOMMUNER):
        assert fundet.faaet | fundet.mangler == til
        assert not fundet.faaet & fundet.mangler
        assert fundet.gange == len(gjort)
