"""Danish order and search, and ids."""

import pytest

from faelles.ids import uuid7
from faelles.sprog import soegefold, sortnoegle


def test_sortnoegle_gives_danish_alphabetical_order() -> None:
    rigtig = ["Allerød", "Brøndby", "Zebra", "Ærø", "Ødemark", "Aabenraa", "Aalborg", "Ålholm", "Århus"]
    assert sorted(sorted(rigtig), key=sortnoegle) == rigtig


def test_sortnoegle_keeps_numbers_in_numeric_order() -> None:
    assert sorted(["Hus 10", "Hus 2", "Hus 1"], key=sortnoegle) == ["Hus 1", "Hus 2", "Hus 10"]


@pytest.mark.parametrize("skrevet", ["Ålholm", "ålholm", "Aalholm", " AALHOLM ", "A\u030alholm", "a\u030alholm"])
def test_soegefold_spellings_meet(skrevet: str) -> None:
    assert soegefold(skrevet) == "aalholm"


def test_uuid7_ids_are_unique_version_7_and_in_order_of_time() -> None:
    ids = [uuid7() for _ in range(2000)]
    assert len(set(ids)) == len(ids)
    assert {(uuid.version, uuid.variant) for uuid in ids} == {(7, "specified in RFC 4122")}
    assert [uuid.int >> 80 for uuid in ids] == sorted(uuid.int >> 80 for uuid in ids)
