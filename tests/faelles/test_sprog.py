"""Danish order and search, and the CPR guard."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from faelles.cpr import ligner_cpr, uden_cpr
from faelles.ids import uuid7
from faelles.sprog import soegefold, sortnoegle


def test_sortnoegle_gives_danish_alphabetical_order() -> None:
    rigtig = ["Allerød", "Brøndby", "Zebra", "Ærø", "Ødemark", "Aabenraa", "Aalborg", "Ålholm", "Århus"]
    assert sorted(sorted(rigtig), key=sortnoegle) == rigtig


def test_sortnoegle_keeps_numbers_in_numeric_order() -> None:
    assert sorted(["Hus 10", "Hus 2", "Hus 1"], key=sortnoegle) == ["Hus 1", "Hus 2", "Hus 10"]


@pytest.mark.parametrize("skrevet", ["Ålholm", "ålholm", "Aalholm", " AALHOLM "])
def test_soegefold_spellings_meet(skrevet: str) -> None:
    assert soegefold(skrevet) == "aalholm"


@pytest.mark.parametrize(
    "tekst",
    ["010203-1234", "0102031234", "sag 010203 1234 x", "31129912 34".replace(" ", ""), "610203-1234", "(290200-1234)"],
)
def test_ligner_cpr_ten_digits_that_begin_with_a_date(tekst: str) -> None:
    assert ligner_cpr(tekst)


@pytest.mark.parametrize(
    "tekst", ["RK-2026-17", "320203-1234", "011303-1234", "12345678", "01020312345", "5798000354821", ""]
)
def test_ligner_cpr_leaves_other_numbers_alone(tekst: str) -> None:
    assert not ligner_cpr(tekst)


def test_ligner_cpr_lets_a_registered_p_nummer_pass() -> None:
    assert ligner_cpr("P 1003412345")
    assert not ligner_cpr("P 1003412345", kendte={"1003412345"})


@given(st.from_regex(r"[0-9 ]{0,3}\D(0[1-9]|[12][0-9]|30)(0[13-9]|1[012])[0-9]{2}-?[0-9]{4}", fullmatch=True))
def test_uden_cpr_never_repeats_what_it_refuses(tekst: str) -> None:
    with pytest.raises(ValidationError) as fejl:
        uden_cpr(tekst)
    assert not any(ciffer in fejl.value.messages[0] for ciffer in "0123456789")


def test_uuid7_ids_are_unique_version_7_and_in_order_of_time() -> None:
    ids = [uuid7() for _ in range(2000)]
    assert len(set(ids)) == len(ids)
    assert {(uuid.version, uuid.variant) for uuid in ids} == {(7, "specified in RFC 4122")}
    assert [uuid.int >> 80 for uuid in ids] == sorted(uuid.int >> 80 for uuid in ids)
