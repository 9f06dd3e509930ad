from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faelles.tid import Periode
from tilbud.niveauer.udvikling import Flytning, Indfoejelse, Niveauperiode, aarstal, flytninger, indfoej, paa

A, B = uuid4(), uuid4()
FOERST = Niveauperiode(3, Periode(date(2016, 1, 1), date(2020, 1, 1)), "Første")
SIDST = Niveauperiode(1, Periode(date(2020, 1, 1)), "Samles")
DAGE = st.dates(date(2010, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("fra", "ventet"),
    [
        (date(2015, 1, 1), Indfoejelse(Periode(date(2015, 1, 1), date(2016, 1, 1)))),
        (date(2018, 5, 1), Indfoejelse(Periode(date(2018, 5, 1), date(2020, 1, 1)), afkorter=0)),
        (date(2020, 1, 1), Indfoejelse(SIDST.periode, erstatter=1)),
        (date(2026, 1, 1), Indfoejelse(Periode(date(2026, 1, 1)), afkorter=1)),
    ],
    ids=["before all", "inside the first", "the very same day", "after all"],
)
def test_new_level_goes_between_its_neighbours(fra: date, ventet: Indfoejelse) -> None:
    assert indfoej([FOERST, SIDST], fra) == ventet


def udfoer(perioder: list[Niveauperiode], niveau: int, fra: date) -> list[Niveauperiode]:
    """What the action does with the plan."""
    plan = indfoej(perioder, fra)
    efter = [
        Niveauperiode(p.niveau, Periode(p.periode.fra, fra)) if nummer == plan.afkorter else p
        for nummer, p in enumerate(perioder)
        if nummer != plan.erstatter
    ]
    return sorted([*efter, Niveauperiode(niveau, plan.periode)], key=lambda p: p.periode.fra)


@given(st.lists(st.tuples(st.integers(1, 3), DAGE), max_size=12), DAGE)
def test_levels_registered_in_any_order_never_overlap_and_leave_no_gap(trin: list[tuple[int, date]], dag: date) -> None:
    perioder: list[Niveauperiode] = []
    for niveau, fra in trin:
        perioder = udfoer(perioder, niveau, fra)
    assert not any(a.periode.overlapper(b.periode) for n, a in enumerate(perioder) for b in perioder[n + 1 :])
    # what holds on a day is the level whose day is the latest not after it, as last registered
    kendte = {fra: niveau for niveau, fra in trin}
    tidligere = [fra for fra in kendte if fra <= dag]
    gaelder = paa(perioder, dag)
    assert (gaelder and gaelder.niveau) == (kendte[max(tidligere)] if tidligere else None)


def test_movement_is_a_change_of_level_and_not_the_first_nor_one_to_come() -> None:
    uaendret = [
        Niveauperiode(2, Periode(date(2016, 1, 1), date(2019, 1, 1))),
        Niveauperiode(2, Periode(date(2019, 1, 1))),
    ]
    historik = {A: [FOERST, SIDST], B: uaendret}
    assert flytninger(historik, date(2020, 1, 1)) == [Flytning(date(2020, 1, 1), A, 3, 1, "Samles")]
    assert flytninger(historik, date(2019, 12, 31)) == []
    assert flytninger(historik, date(2020, 1, 1))[0].mere_specialiseret


def test_years_count_movements_and_what_stands_at_their_end() -> None:
    foer, nu_ = aarstal({A: [FOERST, SIDST]}, date(2020, 6, 30), 2)
    assert (foer.aar, foer.dag, foer.bestand, sum(foer.skift.values())) == (
        2019,
        date(2019, 12, 31),
        {1: 0, 2: 0, 3: 1},
        0,
    )
    assert (nu_.dag, nu_.bestand, nu_.skift[3, 1]) == (date(2020, 6, 30), {1: 1, 2: 0, 3: 0}, 1)
    assert (nu_.mere_specialiserede, nu_.mere_almene) == (1, 0)


@given(st.dictionaries(st.uuids(), st.lists(st.integers(1, 3), min_size=1, max_size=5), max_size=6))
def test_every_movement_up_to_the_day_stands_in_one_year(niveauer: dict[UUID, list[int]]) -> None:
    start = date(2018, 1, 1)
    historik = {
        tilbud: [
            Niveauperiode(niveau, Periode(start + timedelta(days=400 * nr), start + timedelta(days=400 * (nr + 1))))
            for nr, niveau in enumerate(trin)
        ]
        for tilbud, trin in niveauer.items()
    }
    dag = date(2026, 11, 28)
    aar = aarstal(historik, dag, 10)
    assert sum(a.mere_specialiserede + a.mere_almene for a in aar) == len(flytninger(historik, dag))
