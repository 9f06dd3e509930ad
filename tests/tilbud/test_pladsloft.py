"""Open places against the approved: every day, and no other."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from faelles.tid import Periode
from tilbud.pladsloft import Overskridelse, Pladsdage, Udloeb, nye_dage, overskridelser, udloebne

ALLE = frozenset(range(1, 8))
START = date(2027, 1, 4)  # a Monday


def fra(dag: int, til: int | None = None) -> Periode:
    return Periode(START + timedelta(days=dag), None if til is None else START + timedelta(days=til))


def test_days_with_too_many_are_one_range_until_the_number_changes() -> None:
    pladser = [Pladsdage(fra(0), ALLE), Pladsdage(fra(10, 20), ALLE), Pladsdage(fra(15, 20), ALLE)]
    assert list(overskridelser(pladser, [(fra(0), 1)], {}, START)) == [
        Overskridelse(fra(10, 15), 2, 1, 0),
        Overskridelse(fra(15, 20), 3, 1, 0),
    ]


def test_permission_covers_merpladser_of_its_own_department_on_its_days_and_nothing_else() -> None:
    almindelige = [Pladsdage(fra(0), ALLE, "A") for _ in range(3)]
    godkendte = [(fra(0), 1), (fra(0), 2)]
    merplads = Pladsdage(fra(0), ALLE, "A", merplads=True)
    tilladt = {"A": [(fra(0, 10), 1)]}
    assert list(overskridelser([*almindelige, merplads], godkendte, tilladt, START)) == [
        Overskridelse(fra(10), 4, 3, 0)
    ]
    anden = {"B": [(fra(0), 1)]}
    assert list(overskridelser([*almindelige, merplads], godkendte, anden, START)) == [Overskridelse(fra(0), 4, 3, 0)]
    en_til = Pladsdage(fra(0), ALLE, "A")
    assert list(overskridelser([*almindelige, en_til], godkendte, tilladt, START)) == [Overskridelse(fra(0), 4, 3, 0)]
    to = [*almindelige, merplads, merplads]
    assert next(overskridelser(to, godkendte, tilladt, START)) == Overskridelse(fra(0, 10), 5, 3, 1)
    assert list(overskridelser([almindelige[0], merplads], godkendte, {}, START)) == [], (
        "within the approved it is a place like others"
    )


def test_days_after_the_last_approval_are_asked_about_only_of_what_is_taken() -> None:
    taget = [Pladsdage(fra(-100), ALLE)]
    godkendte = [(fra(-50, 5), 1), (fra(5, 8), 0)]
    assert list(overskridelser(taget, godkendte, {}, START)) == []
    assert list(overskridelser(taget, godkendte, {}, START, udloebne=True)) == [Overskridelse(fra(5), 1, 0, 0)]
    kommende = [(fra(20), 1)]
    assert list(overskridelser(taget, kommende, {}, START, udloebne=True)) == [], (
        "what was not approved yet is not known"
    )
    assert list(overskridelser(taget, [(fra(-50), 0)], {}, START, udloebne=True)) == []


def test_legal_basis_has_run_out_when_its_last_approval_has() -> None:
    godkendelser = [
        ("SEL-107", fra(-50, -10)), ("SEL-107", fra(-10, 0)), ("SEL-108", fra(-50, -10)), ("SEL-108", fra(-10)),
        ("SEL-109", fra(5)), ("SEL-110", fra(-5, 1)),
    ]  # fmt: skip
    assert udloebne(godkendelser, START) == [Udloeb("SEL-107", START)]
    assert udloebne(godkendelser, START)[0].sidste_dag == START - timedelta(days=1)


def test_days_without_approval_and_days_gone_are_not_asked_about() -> None:
    pladser = [Pladsdage(fra(-100), ALLE) for _ in range(2)]
    assert list(overskridelser(pladser, [], {}, START)) == []
    assert list(overskridelser(pladser, [(fra(-50, 0), 1)], {}, START)) == []
    assert list(overskridelser(pladser, [(fra(-50, 5), 1)], {}, START)) == [Overskridelse(fra(0, 5), 2, 1, 0)]


def test_places_of_different_weekdays_share_one_approved_place() -> None:
    pladser = [Pladsdage(fra(0), frozenset({1, 2})), Pladsdage(fra(0), frozenset({3}))]
    assert list(overskridelser(pladser, [(fra(0), 1)], {}, START)) == []
    assert list(overskridelser([*pladser, Pladsdage(fra(0), frozenset({2}))], [(fra(0), 1)], {}, START)) != []


def test_move_takes_more_only_on_the_days_after_the_old_claims_last() -> None:
    hidtil = Pladsdage(fra(0, 20), ALLE, "A")
    assert nye_dage(hidtil, Pladsdage(fra(5, 20), ALLE, "B")) is None
    assert nye_dage(hidtil, Pladsdage(fra(5, 20), frozenset({1, 2}), "B", merplads=True)) is None
    assert nye_dage(hidtil, Pladsdage(fra(5), ALLE, "B")) == fra(20)
    assert nye_dage(hidtil, Pladsdage(fra(5, 25), ALLE, "B")) == fra(20, 25)
    assert nye_dage(Pladsdage(fra(0), ALLE, "A"), Pladsdage(fra(5), ALLE, "A")) is None


def test_move_takes_more_on_all_days_when_it_takes_other_weekdays_or_leaves_a_merplads() -> None:
    dage = fra(5, 20)
    assert nye_dage(Pladsdage(fra(0, 20), frozenset({1, 2})), Pladsdage(dage, frozenset({2, 3}))) == dage
    merplads = Pladsdage(fra(0, 20), ALLE, "A", merplads=True)
    assert nye_dage(merplads, Pladsdage(dage, ALLE, "A", merplads=True)) is None
    assert nye_dage(merplads, Pladsdage(dage, ALLE, "B", merplads=True)) == dage
    assert nye_dage(merplads, Pladsdage(dage, ALLE, "A")) == dage


perioder = st.tuples(st.integers(-5, 20), st.one_of(st.none(), st.integers(1, 10))).map(
    lambda p: fra(p[0], None if p[1] is None else p[0] + p[1])
)


pladsdage = st.builds(
    Pladsdage, perioder, st.frozensets(st.integers(1, 7), min_size=1), st.sampled_from("AB"), st.booleans()
)
antal = st.tuples(perioder, st.integers(0, 3))


@given(
    st.lists(pladsdage, max_size=7),
    st.lists(antal, max_size=3),
    st.fixed_dictionaries({"A": st.lists(antal, max_size=1), "B": st.lists(antal, max_size=1)}),
    st.booleans(),
)
def test_a_day_is_told_exactly_when_counting_that_day_says_so(
    pladser: list[Pladsdage],
    godkendte: list[tuple[Periode, int]],
    tilladte: dict[str, list[tuple[Periode, int]]],
    udloebne_taeller: bool,
) -> None:
    fundne = list(overskridelser(pladser, godkendte, tilladte, START, udloebne=udloebne_taeller))

    def paa(raekker: list[tuple[Periode, int]], dag: date) -> int:
        return sum(tal for periode, tal in raekker if periode.indeholder(dag))

    def for_mange(dag: date, ugedag: int) -> bool:
        her = [plads for plads in pladser if plads.periode.indeholder(dag) and ugedag in plads.ugedage]
        mere = sum(
            min(sum(p.merplads and p.afdeling == afdeling for p in her), paa(tilladte[afdeling], dag))
            for afdeling in "AB"
        )
        return len(her) > paa(godkendte, dag) + mere

    for dag in (START + timedelta(days=n) for n in range(40)):
        kendt = any(tal > 0 and periode.fra <= dag for periode, tal in godkendte)
        spurgt = kendt if udloebne_taeller else paa(godkendte, dag) > 0
        ventet = spurgt and any(for_mange(dag, ugedag) for ugedag in range(1, 8))
        assert sum(fund.periode.indeholder(dag) for fund in fundne) == ventet
