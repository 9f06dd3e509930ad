"""What races need, with their controls."""

from collections.abc import Iterator

import pytest

from tests.kill.situation import ejer


@pytest.fixture
def uden_udelukkelse() -> Iterator[None]:
    """The exclusion constraint switched off by the owner, and put back."""
    with ejer() as forbindelse:
        raekke = forbindelse.execute(
            "select pg_get_constraintdef(oid) from pg_constraint where conname = 'optagelse_ingen_overlap'"
        ).fetchone()
        assert raekke is not None
        forbindelse.execute("alter table belaegning_optagelse drop constraint optagelse_ingen_overlap")
        yield
        forbindelse.execute("truncate belaegning_optagelse cascade")
        forbindelse.execute(f"alter table belaegning_optagelse add constraint optagelse_ingen_overlap {raekke[0]}")
