"""What a year sold: which døgn count, at which takst, and where that cannot be told."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faelles.tid import Periode
from takster.regnskab.belagt import Delstakst, Pladstid, Uvist, aarets_grundlag, pr_afdeling, solgte

AARET = Periode.aar(2024)
HUS, ANDET_HUS = uuid4(), uuid4()
ALLE = frozenset(range(1, 8))
HVERDAGE = frozenset(range(1, 6))


def ophold(fra: date, til: date | None = None, ugedage: frozenset[int] = ALLE, hvor: UUID = HUS) -> Pladstid:
    return Pladstid(hvor, Periode(fra, til), ugedage)


def takst(
    beloeb: int = 2480,
    periode: Periode = AARET,
    *,
    hvor: UUID = HUS,
    pr_dag: bool = False,
    i_delen: bool = True,
    grundlag: int | None = 20_400_000,
    delt_paa: int = 1,
) -> Delstakst:
    tal = None if grundlag is None else Decimal(grundlag)
    return Delstakst(hvor, periode, Decimal(beloeb), pr_dag, i_delen, tal, delt_paa)


def halv(pris: Decimal, dage: int) -> Decimal:
    """Up to three days a week at half price."""
    return pris if dage > 3 else pris / 2


def solgt(tider: Sequence[Pladstid], takster: Sequence[Delstakst], aaret: Periode = AARET) -> list[tuple[int, int]]:
    fundne, usolgte = solgte(tider, takster, aaret, halv)
    assert not usolgte
    return [(int(et.takst), et.doegn) for et in fundne]


@pytest.mark.parametrize(
    ("tid", "doegn"),
    [
        (ophold(date(2024, 1, 1), date(2025, 1, 1)), 366),
        (ophold(date(2020, 1, 1)), 366),
        (ophold(date(2023, 12, 31), date(2024, 1, 2)), 1),
        (ophold(date(2024, 12, 31), date(2025, 6, 1)), 1),
        (ophold(date(2024, 2, 28), date(2024, 3, 1)), 2),
        (ophold(date(2023, 1, 1), date(2024, 1, 1)), 0),
        (ophold(date(2024, 1, 1), date(2024, 1, 15), frozenset({6, 7})), 4),  # 1 January 2024 is a Monday
    ],
)
def test_solgte__counts_the_doegn_of_the_year_on_the_stays_weekdays(tid: Pladstid, doegn: int) -> None:
    assert sum(antal for _, antal in solgt([tid], [takst()])) == doegn


def test_solgte__each_doegn_at_the_takst_of_its_day() -> None:
    foer, efter = Periode(date(2024, 1, 1), date(2024, 7, 1)), Periode(date(2024, 7, 1), date(2026, 1, 1))
    tider = [ophold(date(2024, 6, 21), date(2024, 7, 6)), ophold(date(2024, 6, 30), date(2024, 7, 2))]
    assert solgt(tider, [takst(2480, foer), takst(2530, efter)]) == [(2480, 11), (2530, 6)]


def test_solgte__day_place_is_paid_for_every_day_by_its_days_a_week() -> None:
    uge = (date(2024, 1, 1), date(2024, 1, 15))
    tider = [ophold(*uge, HVERDAGE), ophold(*uge, frozenset({1, 2, 3})), ophold(*uge, frozenset({4, 5}))]
    assert solgt(tider, [takst(600, pr_dag=True)]) == [(300, 14), (300, 14), (600, 14)]


def test_solgte__several_legal_bases_at_one_takst_are_one_takst() -> None:
    assert solgt([ophold(date(2024, 1, 1))], [takst(), takst()]) == [(2480, 366)]


@pytest.mark.parametrize(
    ("takster", "hvorfor"),
    [
        ([], Uvist.INGEN_TAKST),
        ([takst(hvor=ANDET_HUS)], Uvist.INGEN_TAKST),
        ([takst(2480), takst(2530)], Uvist.FLERE_TAKSTER),
        ([takst(2480), takst(2480, i_delen=False)], Uvist.FLERE_TAKSTER),
    ],
)
def test_solgte__says_which_doegn_have_not_one_takst(takster: list[Delstakst], hvorfor: Uvist) -> None:
    fundne, usolgte = solgte([ophold(date(2024, 1, 1))], takster, AARET, halv)
    assert not fundne
    assert [(et.hvorfor, et.doegn) for et in usolgte] == [(hvorfor, 366)]


def test_solgte__doegn_of_another_part_of_the_offer_are_not_the_parts() -> None:
    assert solgt([ophold(date(2024, 1, 1))], [takst(i_delen=False)]) == []


def test_solgte__takst_that_ends_in_the_year_leaves_the_rest_untold() -> None:
    takster = [takst(2480, Periode(date(2024, 1, 1), date(2024, 12, 1)))]
    fundne, usolgte = solgte([ophold(date(2024, 1, 1))], takster, AARET, halv)
    assert [(int(et.takst), et.doegn) for et in fundne] == [(2480, 335)]
    assert [(et.periode, et.doegn) for et in usolgte] == [(Periode(date(2024, 12, 1), date(2025, 1, 1)), 31)]


DAGE = st.integers(min_value=-40, max_value=400)


@given(
    tider=st.lists(st.tuples(DAGE, DAGE, st.frozensets(st.integers(1, 7), min_size=1)), max_size=5),
    skift=st.sets(st.integers(1, 365), max_size=3),
)
def test_solgte__every_occupied_doegn_is_told_once_however_often_the_takst_changes(
    tider: list[tuple[int, int, frozenset[int]]], skift: set[int]
) -> None:
    stays = [
        ophold(AARET.fra + timedelta(days=fra), AARET.fra + timedelta(days=til), ugedage)
        for fra, til, ugedage in tider
        if fra < til
    ]
    kanter = [AARET.fra, *(AARET.fra + timedelta(days=dag) for dag in sorted(skift)), date(2025, 1, 1)]
    takster = [takst(2000 + nr, Periode(*par)) for nr, par in enumerate(pairwise(kanter)) if nr % 3]
    fundne, usolgte = solgte(stays, takster, AARET, halv)
    dage = [AARET.fra + timedelta(days=nr) for nr in range(366)]
    en_for_en = sum(tid.periode.indeholder(dag) and dag.isoweekday() in tid.ugedage for tid in stays for dag in dage)
    assert (
        sum(et.doegn for et in fundne) + sum(et.doegn for et in usolgte)
        == en_for_en
        == sum(pr_afdeling(stays, AARET).values())
    )
    assert all(et.doegn > 0 for et in fundne)


def test_aarets_grundlag__is_that_of_the_takster_by_their_days() -> None:
    foer, efter = Periode(date(2024, 1, 1), date(2024, 7, 1)), Periode(date(2024, 7, 1), date(2025, 1, 1))
    takster = [takst(2480, foer, grundlag=3_660_000), takst(2530, efter, grundlag=7_320_000)]
    assert aarets_grundlag([takst()], {HUS}, AARET) == 20_400_000
    assert aarets_grundlag(takster, {HUS}, AARET) == 5_500_000  # 182 days of the one, 184 of the other


def test_aarets_grundlag__calculation_of_several_parts_counts_once() -> None:
    delt = [takst(hvor=hus, delt_paa=4) for hus in (HUS, ANDET_HUS) for _ in range(2)]
    assert aarets_grundlag(delt, {HUS, ANDET_HUS}, AARET) == 20_400_000
    assert aarets_grundlag(delt, {HUS}, AARET) == 10_200_000


def test_aarets_grundlag__offer_that_closes_has_its_share_of_the_year() -> None:
    aabent = Periode(date(2024, 1, 1), date(2024, 7, 1))
    assert aarets_grundlag([takst(grundlag=3_660_000)], {HUS}, aabent) == 1_820_000


@pytest.mark.parametrize(
    "takster",
    [
        [],
        [takst(grundlag=None)],
        [takst(2480, Periode(date(2024, 1, 2), date(2025, 1, 1)))],
        [takst(2480), takst(2530)],
        [takst(i_delen=False)],
    ],
)
def test_aarets_grundlag__is_unknown_unless_every_day_has_one_calculation(takster: list[Delstakst]) -> None:
    assert aarets_grundlag(takster, {HUS}, AARET) is None
    assert aarets_grundlag([takst()], (), AARET) is None
