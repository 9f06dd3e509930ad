from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faelles.dokument import tal as dansk
from faelles.templatetags import dansk as filtre
from faelles.tid import Periode

BELOEB = st.decimals(min_value=-(10**12), max_value=10**12, places=4, allow_nan=False)


def _tilbage(tekst: str) -> Decimal:
    return Decimal(tekst.replace(".", "").replace(",", ".").replace("\N{MINUS SIGN}", "-"))


@given(BELOEB, st.integers(min_value=0, max_value=4))
def test_tal_reads_back_as_the_rounded_value(vaerdi: Decimal, decimaler: int) -> None:
    tekst = dansk.tal(vaerdi, decimaler)
    assert _tilbage(tekst) == vaerdi.quantize(Decimal(1).scaleb(-decimaler), rounding=ROUND_HALF_UP)
    assert not tekst.startswith("\N{MINUS SIGN}") or _tilbage(tekst) < 0
    helt = tekst.lstrip("\N{MINUS SIGN}").partition(",")[0].split(".")
    assert 1 <= len(helt[0]) <= 3
    assert all(len(gruppe) == 3 for gruppe in helt[1:])


@given(st.dates())
def test_dates_read_back_as_the_same_day(dag: date) -> None:
    dagtal, maaned, aar = dansk.kort_dato(dag).split(".")
    assert date(int(aar), int(maaned), int(dagtal)) == dag
    dagtal, maaned, aar = dansk.dato(dag).split()
    assert date(int(aar), dansk.MAANEDER.index(maaned) + 1, int(dagtal.rstrip("."))) == dag


@pytest.mark.parametrize(
    ("tekst", "ventet"),
    [
        (dansk.tal(1234567), "1.234.567"),
        (dansk.tal(Decimal("-1234.565"), 2), "−1.234,57"),
        (dansk.tal(Decimal("-0.004"), 2), "0,00"),
        (dansk.kr(Decimal(105000)), "105.000,00\N{NO-BREAK SPACE}kr."),
        (dansk.kr(Decimal("2345.50"), 0), "2.346\N{NO-BREAK SPACE}kr."),
        (dansk.procent(Decimal("0.825")), "82,5\N{NO-BREAK SPACE}%"),
        (dansk.procent(1, 0), "100\N{NO-BREAK SPACE}%"),
        (dansk.dato(date(2026, 11, 21)), "21.\N{NO-BREAK SPACE}november 2026"),
        (dansk.kort_dato(date(2026, 1, 2)), "02.01.2026"),
        (
            dansk.tidspunkt(datetime(2026, 11, 21, 23, 5, tzinfo=UTC)),
            "22.\N{NO-BREAK SPACE}november 2026 kl.\N{NO-BREAK SPACE}00.05",
        ),
        (
            dansk.tidspunkt(datetime(2026, 7, 1, 12, 0, tzinfo=UTC)),
            "1.\N{NO-BREAK SPACE}juli 2026 kl.\N{NO-BREAK SPACE}14.00",
        ),
        (dansk.kort_dato(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)), "01.01.2027"),
    ],
)
def test_text_is_danish(tekst: str, ventet: str) -> None:
    assert tekst == ventet


def test_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="tidszone"):
        dansk.tidspunkt(datetime(2026, 1, 1))  # noqa: DTZ001 - the point of the test


@pytest.mark.parametrize("navn", ["kr", "tal", "procent", "dato", "dato_kort", "tidspunkt"])
def test_filter_shows_a_missing_value_as_a_dash(navn: str) -> None:
    assert filtre.register.filters[navn](None) == "–"


def test_dage_i_ord_names_the_last_day_in_it() -> None:
    assert dansk.dage_i_ord(Periode(date(2027, 1, 4), date(2027, 1, 5))) == "04.01.2027 til 04.01.2027"
    assert dansk.dage_i_ord(Periode(date(2027, 1, 4))) == "fra 04.01.2027"


def test_ugedage_are_named_in_order_and_all_of_them_in_short() -> None:
    assert [dansk.ugedage(dage) for dage in ([3], [2, 1], [5, 1, 3], range(1, 8))] == [
        "onsdag", "mandag og tirsdag", "mandag, onsdag og fredag", "alle ugedage",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("vaerdi", "ventet"),
    [
        ("10", "10,00"),
        ("10.0004", "10,0004"),
        ("10.000000000001", "10,000000000001"),
        ("9.996", "9,996"),
        ("7", "7,00"),
    ],
)
def test_figure_beside_a_limit_is_never_rounded_onto_it(vaerdi: str, ventet: str) -> None:
    assert dansk.tal_mod(Decimal(vaerdi), Decimal(10)) == ventet


@given(st.decimals(-1000, 1000, places=8), st.decimals(0, 100, places=6))
def test_figure_stands_on_the_same_side_of_the_limit_as_it_is_written(vaerdi: Decimal, graense: Decimal) -> None:
    skrevet = Decimal(dansk.tal_mod(vaerdi, graense).replace(".", "").replace(",", ".").replace("\N{MINUS SIGN}", "-"))
    assert skrevet.compare(graense) == vaerdi.compare(graense)


@pytest.mark.parametrize(
    ("rest", "ventet"),
    [
        (timedelta(days=2, hours=4, minutes=59), "2 dage og 4 timer"),
        (timedelta(days=1, minutes=30), "1 dag"),
        (timedelta(hours=1, minutes=1), "1 time og 1 minut"),
        (timedelta(hours=23, minutes=59, seconds=59), "23 timer og 59 minutter"),
        (timedelta(minutes=12), "12 minutter"),
        (timedelta(seconds=59), "under et minut"),
        (timedelta(days=-3), "under et minut"),
    ],
)
def test_time_left_is_told_in_the_two_largest_units(rest: timedelta, ventet: str) -> None:
    assert dansk.varighed(rest) == ventet
