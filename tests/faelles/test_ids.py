"""References people read aloud: random, unmistakable, and never anything like a CPR number."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faelles.cpr import ligner_cpr
from faelles.ids import REFERENCE, REFERENCE_LAENGDE, laes_reference, ny_reference

referencer = st.from_regex(REFERENCE, fullmatch=True)


def test_ny_reference_is_of_its_form_and_never_the_same() -> None:
    nye = [ny_reference() for _ in range(2000)]
    assert len(set(nye)) == len(nye)
    assert all(re.fullmatch(REFERENCE, ny) and len(ny) == REFERENCE_LAENGDE for ny in nye)
    assert not set("".join(nye)) & set("AEIOULilo")
    assert len({ny[0] for ny in nye}) == 20  # every letter comes first some time


@given(referencer)
def test_reference_is_never_taken_for_a_cpr_number(reference: str) -> None:
    for skrevet in (reference, reference.replace("-", ""), reference.replace("-", " ")):
        assert not ligner_cpr(skrevet, lambda _: False)


@given(referencer)
def test_laes_reference_reads_what_people_type(reference: str) -> None:
    for skrevet in (reference.lower(), reference.replace("-", ""), f" {reference.replace('-', ' ')} ", reference.replace("0", "o").replace("1", "l")):  # fmt: skip
        assert laes_reference(skrevet) == reference


@pytest.mark.parametrize(
    "tekst", ["", "RK-2026-1", "K7QF-X0M2", "K7QF-X0M2-P9RT-K7QF", "AAAA-BBBB-CCCC", "1234-B234-B234"]
)
def test_laes_reference_of_anything_else_is_nothing(tekst: str) -> None:
    assert laes_reference(tekst) == ""
