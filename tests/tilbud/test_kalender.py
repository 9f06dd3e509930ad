"""The place calendar's bars."""

from datetime import date

from faelles.tid import Periode
from tilbud.belaegning.kalender import Bjaelke, Krav, bjaelker, overskrifter, uger
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
        Bjaelke(1, "ledig", "Ledig"),
        Bjaelke(2, "reserveret", "Reserveret til 07.12.2026"),
        Bjaelke(1, "ledig", "Ledig"),
    ]


def test_bjaelker_free_weeks_nobody_vouches_for_are_unknown() -> None:
    assert bjaelker(AABEN, ALLE, [], UGER, kendt=False) == [Bjaelke(4, "ukendt", "Ukendt")]


def test_bjaelker_place_not_open_the_whole_week_is_closed() -> None:
    assert bjaelker(Periode(date(2020, 1, 1), date(2026, 12, 1)), ALLE, [], UGER, kendt=True) == [
        Bjaelke(1, "ledig", "Ledig"),
        Bjaelke(3, "lukket", "Lukket"),
    ]


def test_bjaelker_say_when_only_some_weekdays_are_taken() -> None:
    hverdage = frozenset(range(1, 6))
    taget = krav(date(2026, 1, 1), None, ugedage=frozenset({4, 5}))
    assert bjaelker(AABEN, hverdage, [taget], UGER, kendt=True) == [Bjaelke(4, "optaget", "Optaget, 2 af 5 ugedage")]
    assert bjaelker(AABEN, frozenset({1}), [taget], UGER, kendt=True) == [Bjaelke(4, "ledig", "Ledig")]


def test_bjaelker_cover_every_week_exactly_once() -> None:
    optagelser = [krav(date(2026, 11, 1), date(2026, 11, 24)), krav(date(2026, 12, 1), date(2026, 12, 2))]
    assert sum(b.antal for b in bjaelker(AABEN, ALLE, optagelser, UGER, kendt=True)) == len(UGER)


def test_overskrifter_months_span_their_weeks_and_mark_this_one() -> None:
    kalender = overskrifter(UGER, IDAG)
    assert kalender["maaneder"] == [{"navn": "november 2026", "antal": 2}, {"navn": "december 2026", "antal": 2}]
    assert [uge["denne"] for uge in kalender["uger"]] == [True, False, False, False]
    assert kalender["uger"][0]["tekst"] == "uge 48, fra 23.\N{NO-BREAK SPACE}november 2026"
