"""The place calendar's bars."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from faelles.tid import Periode
from tilbud.belaegning.kalender import (
    Bjaelke,
    Krav,
    Straekning,
    bjaelker,
    foerste_dag,
    overskrifter,
    straekninger,
    uger,
)
from tilbud.belaegning.models import Optagelsesart

ALLE = frozenset(range(1, 8))
IDAG = date(2026, 11, 25)  # a Wednesday
UGER = uger(IDAG, 4)
AABEN = Periode(date(2020, 1, 1))


def krav(
    fra: date, til: date | None, art: Optagelsesart = Optagelsesart.OPHOLD, ugedage: frozenset[int] = ALLE
) -> Krav:
    """A claim."""
    return Krav(Periode(fra, til), ugedage, art)


def test_uger_begin_on_the_monday_of_today() -> None:
    assert [uge.fra for uge in UGER] == [date(2026, 11, 23), date(2026, 11, 30), date(2026, 12, 7), date(2026, 12, 14)]


def test_bjaelker_week_with_one_taken_day_is_not_free() -> None:
    taget = krav(date(2026, 12, 6), date(2026, 12, 8), Optagelsesart.HOLD)
    assert bjaelker(AABEN, ALLE, [taget], UGER, kendt=True) == [
        Bjaelke(1, "ledig", "Ledig", 0),
        Bjaelke(2, "reserveret", "Reserveret til 07.12.2026", 1),
        Bjaelke(1, "ledig", "Ledig", 3),
    ]


def test_bjaelker_free_weeks_nobody_vouches_for_are_unknown() -> None:
    assert bjaelker(AABEN, ALLE, [], UGER, kendt=False) == [Bjaelke(4, "ukendt", "Ukendt", 0)]


def test_bjaelker_place_not_open_the_whole_week_is_closed() -> None:
    assert bjaelker(Periode(date(2020, 1, 1), date(2026, 12, 1)), ALLE, [], UGER, kendt=True) == [
        Bjaelke(1, "ledig", "Ledig", 0),
        Bjaelke(3, "lukket", "Lukket", 1),
    ]


def test_bjaelker_say_when_only_some_weekdays_are_taken() -> None:
    hverdage = frozenset(range(1, 6))
    taget = krav(date(2026, 1, 1), None, ugedage=frozenset({4, 5}))
    assert bjaelker(AABEN, hverdage, [taget], UGER, kendt=True) == [Bjaelke(4, "optaget", "Optaget, 2 af 5 ugedage", 0)]
    assert bjaelker(AABEN, frozenset({1}), [taget], UGER, kendt=True) == [Bjaelke(4, "ledig", "Ledig", 0)]


def test_bjaelker_cover_every_week_exactly_once() -> None:
    optagelser = [krav(date(2026, 11, 1), date(2026, 11, 24)), krav(date(2026, 12, 1), date(2026, 12, 2))]
    assert sum(b.antal for b in bjaelker(AABEN, ALLE, optagelser, UGER, kendt=True)) == len(UGER)


def test_overskrifter_months_span_their_weeks_and_mark_this_one() -> None:
    kalender = overskrifter(UGER, IDAG)
    assert kalender["maaneder"] == [
        {"navn": "november 2026", "antal": 2, "kort": "nov."},
        {"navn": "december 2026", "antal": 2, "kort": "dec."},
    ]
    assert [uge["denne"] for uge in kalender["uger"]] == [True, False, False, False]
    assert kalender["uger"][0]["tekst"] == "uge 48, fra 23.\N{NO-BREAK SPACE}november 2026"


def test_overskrifter_cut_short_only_months_without_room() -> None:
    maaneder = overskrifter(uger(date(2027, 5, 26), 7), date(2027, 5, 26))["maaneder"]
    assert [(m["navn"], m["kort"]) for m in maaneder] == [("maj 2027", "maj"), ("juni 2027", ""), ("juli 2027", "jul.")]


VINDUE = Periode(UGER[0].fra, UGER[-1].til)
GRAENSER = st.integers(-3, 31).map(lambda n: UGER[0].fra + timedelta(days=n))


def test_straekninger_are_exact_to_the_day_and_half_open() -> None:
    optagelser = [
        krav(date(2026, 11, 20), date(2026, 11, 25)),
        krav(date(2026, 11, 25), date(2026, 12, 2), Optagelsesart.LUKKET),
    ]
    aaben = Periode(date(2020, 1, 1), date(2026, 12, 20))
    assert straekninger(aaben, ALLE, optagelser, VINDUE, kendt=True) == [
        Straekning(Periode(date(2026, 11, 23), date(2026, 11, 25)), "optaget", "Optaget til 24.11.2026"),
        Straekning(Periode(date(2026, 11, 25), date(2026, 12, 2)), "lukket", "Lukket til 01.12.2026"),
        Straekning(Periode(date(2026, 12, 2), date(2026, 12, 20)), "ledig", "Ledig"),
        Straekning(Periode(date(2026, 12, 20), date(2026, 12, 21)), "lukket", "Lukket"),
    ]


@given(
    st.lists(st.tuples(GRAENSER, st.integers(1, 20), st.sampled_from(Optagelsesart)), max_size=4),
    st.none() | st.tuples(GRAENSER, st.none() | st.integers(1, 30)),
    st.booleans(),
)
def test_every_day_lies_in_one_straekning_and_is_free_in_it_only_when_open_and_unclaimed(
    optagelser: list[tuple[date, int, Optagelsesart]], aaben: tuple[date, int | None] | None, kendt: bool
) -> None:
    alle = [krav(fra, fra + timedelta(days=dage), art) for fra, dage, art in optagelser]
    aabent = aaben and Periode(aaben[0], None if aaben[1] is None else aaben[0] + timedelta(days=aaben[1]))
    fundne = straekninger(aabent, ALLE, alle, VINDUE, kendt=kendt)
    for dag in (VINDUE.fra + timedelta(days=n) for n in range(VINDUE.dage)):
        (her,) = [s for s in fundne if s.periode.indeholder(dag)]
        taget = any(et.periode.indeholder(dag) for et in alle)
        fri = not taget and aabent is not None and aabent.indeholder(dag)
        assert (her.status in {"ledig", "ukendt"}) == fri
        assert her.status != "ledig" or kendt
    for bjaelke in bjaelker(aabent, ALLE, alle, UGER, kendt=kendt):
        assert bjaelke.dage(UGER).indeholder(foerste_dag(bjaelke.dage(UGER), bjaelke.status, fundne))


def test_bar_is_named_by_the_first_day_in_its_own_state() -> None:
    fundne = straekninger(AABEN, ALLE, [krav(date(2026, 11, 26), date(2026, 12, 3))], VINDUE, kendt=True)
    (optaget, _) = bjaelker(AABEN, ALLE, [krav(date(2026, 11, 26), date(2026, 12, 3))], UGER, kendt=True)
    assert optaget.dage(UGER) == Periode(date(2026, 11, 23), date(2026, 12, 7))
    assert foerste_dag(optaget.dage(UGER), "optaget", fundne) == date(2026, 11, 26)
