"""Open places against the approved: every day, and no other."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from faelles.tid import Periode
from tilbud.registerimport.pladsloft import AabenPlads, Overskridelse, overskridelser

ALLE = frozenset(range(1, 8))
START = date(2027, 1, 4)  # a Monday


def fra(dag: int, til: int | None = None) -> Periode:
    return Periode(START + timedelta(days=dag), None if til is None else START + timedelta(days=til))


def test_days_with_too_many_are_one_range_until_the_number_changes() -> None:
    pladser = [AabenPlads(fra(0), ALLE), AabenPlads(fra(10, 20), ALLE), AabenPlads(fra(15, 20), ALLE)]
    assert list(overskridelser(pladser, [(fra(0), 1)], [], START)) == [
        Overskridelse(fra(10, 15), 2, 1, 0),
        Overskridelse(fra(15, 20), 3, 1, 0),
    ]


def test_permission_lifts_the_limit_on_its_days_and_approvals_are_added_up() -> None:
    pladser = [AabenPlads(fra(0), ALLE) for _ in range(4)]
    godkendte = [(fra(0), 1), (fra(0), 2)]
    assert list(overskridelser(pladser, godkendte, [(fra(0, 10), 1)], START)) == [Overskridelse(fra(10), 4, 3, 0)]


def test_days_without_approval_and_days_gone_are_not_asked_about() -> None:
    pladser = [AabenPlads(fra(-100), ALLE) for _ in range(2)]
    assert list(overskridelser(pladser, [], [], START)) == []
    assert list(overskridelser(pladser, [(fra(-50, 0), 1)], [], START)) == []
    assert list(overskridelser(pladser, [(fra(-50, 5), 1)], [], START)) == [Overskridelse(fra(0, 5), 2, 1, 0)]


def test_places_of_different_weekdays_share_one_approved_place() -> None:
    pladser = [AabenPlads(fra(0), frozenset({1, 2})), AabenPlads(fra(0), frozenset({3}))]
    assert list(overskridelser(pladser, [(fra(0), 1)], [], START)) == []
    assert list(overskridelser([*pladser, AabenPlads(fra(0), frozenset({2}))], [(fra(0), 1)], [], START)) != []


perioder = st.tuples(st.integers(-5, 20), st.one_of(st.none(), st.integers(1, 10))).map(
    lambda p: fra(p[0], None if p[1] is None else p[0] + p[1])
)


@given(
    st.lists(st.builds(AabenPlads, perioder, st.frozensets(st.integers(1, 7), min_size=1)), max_size=6),
    st.lists(st.tuples(perioder, st.integers(1, 3)), max_size=3),
    st.lists(st.tuples(perioder, st.integers(1, 3)), max_size=2),
)
def test_a_day_is_told_exactly_when_counting_that_day_says_so(
    pladser: list[AabenPlads], godkendte: list[tuple[Periode, int]], ekstra: list[tuple[Periode, int]]
) -> None:
    fundne = list(overskridelser(pladser, godkendte, ekstra, START))
    for dag in (START + timedelta(days=n) for n in range(40)):
        aabne = [plads for plads in pladser if plads.periode.indeholder(dag)]
        flest = max(sum(ugedag in plads.ugedage for plads in aabne) for ugedag in range(1, 8))
        loft = sum(antal for periode, antal in godkendte if periode.indeholder(dag))
        mere = sum(antal for periode, antal in ekstra if periode.indeholder(dag))
        ventet = loft > 0 and flest > loft + mere
        assert sum(fund.periode.indeholder(dag) for fund in fundne) == ventet
