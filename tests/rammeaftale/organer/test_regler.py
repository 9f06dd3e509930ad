"""How a body is put together, in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rammeaftale.organer.regler import sammensaetning


@pytest.mark.parametrize(
    ("kommuner", "regioner", "ventet"),
    [(7, 1, "7 kommuner og 1 region"), (1, 0, "1 kommune"), (0, 2, "2 regioner"), (0, 0, "")],
)
def test_members_are_counted_by_kind(kommuner: int, regioner: int, ventet: str) -> None:
    assert sammensaetning([*["kommune"] * kommuner, *["region"] * regioner]) == ventet


@given(st.lists(st.sampled_from(["kommune", "region"])))
def test_order_of_the_members_says_nothing(arter: list[str]) -> None:
    assert sammensaetning(arter) == sammensaetning(sorted(arter, reverse=True))
