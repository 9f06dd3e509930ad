"""Canonical JSON: one text per set of facts, and the facts back from the text."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rammeaftale.rapporter.kanonisk import fra_json, kontrolsum, til_json


@dataclass(frozen=True)
class Indre:
    navn: str
    tal: Decimal | None


@dataclass(frozen=True)
class Ydre:
    aa: int
    a: date
    tidspunkt: datetime
    liste: tuple[Indre, ...]
    flag: bool


indre = st.builds(
    Indre,
    navn=st.text(),
    tal=st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9),
)
ydre = st.builds(
    Ydre,
    aa=st.integers(-(10**9), 10**9),
    a=st.dates(),
    tidspunkt=st.datetimes(timezones=st.just(UTC)),
    liste=st.lists(indre, max_size=3).map(tuple),
    flag=st.booleans(),
)


@given(ydre)
def test_facts_come_back_as_they_were(fakta: Ydre) -> None:
    assert fra_json(Ydre, til_json(fakta)) == fakta


@given(ydre)
def test_text_written_again_is_the_same_text(fakta: Ydre) -> None:
    tekst = til_json(fakta)
    assert til_json(fra_json(Ydre, tekst)) == tekst


def test_text_is_sorted_compact_danish_and_without_binary_fractions() -> None:
    fakta = Ydre(
        1,
        date(2026, 11, 4),
        datetime(2026, 11, 4, 9, tzinfo=timezone(timedelta(hours=1))),
        (Indre("Rødovre", Decimal("0.10")),),
        flag=True,
    )
    assert til_json(fakta) == (
        '{"a":"2026-11-04","aa":1,"flag":true,"liste":[{"navn":"Rødovre","tal":"0.10"}],"tidspunkt":"2026-11-04T08:00:00+00:00"}'
    )


def test_not_a_number_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="Out of range float"):
        til_json(Indre("x", float("nan")))  # type: ignore[arg-type]  # the point of the test


def test_missing_fact_is_an_error() -> None:
    with pytest.raises(KeyError):
        fra_json(Indre, json.dumps({"navn": "x"}))


def test_checksum_is_sha256() -> None:
    assert kontrolsum(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
