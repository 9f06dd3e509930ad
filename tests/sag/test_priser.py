"""The agreed price: takst + supplements, read from text and written back the same."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reservationer.sag.priser import Prisaftale, Tillaegsart, er_beloeb, laes_tillaeg

OERE = st.integers(1, 10_000_000).map(lambda oere: Decimal(oere) / 100)


def test_total_price_is_takst_level_and_supplements() -> None:
    pris = Prisaftale(Decimal("2687.50"), niveau=2, tillaeg={Tillaegsart.EN_TIL_EN: Decimal("1250.25")})
    assert (pris.samlet, pris.tillaeg_json) == (Decimal("3937.75"), {"en_til_en": "1250.25"})


@given(takst=OERE, tillaeg=st.dictionaries(st.sampled_from(Tillaegsart), OERE))
def test_price_survives_being_stored(takst: Decimal, tillaeg: dict[Tillaegsart, Decimal]) -> None:
    pris = Prisaftale(takst, tillaeg=tillaeg)
    assert laes_tillaeg(pris.tillaeg_json) == tillaeg
    assert pris.samlet == takst + sum(tillaeg.values())


@pytest.mark.parametrize("raa", [{"ukendt": "1.00"}, {"andet": "gratis"}, {"andet": "-1"}, {"andet": "0"}, {"andet": "NaN"}, {"andet": "1.001"}, {"andet": "1000000.01"}])  # fmt: skip
def test_what_is_no_supplement_is_refused(raa: dict[str, str]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - by Python or by us, whichever sees it first
        laes_tillaeg(raa)


def test_prices_are_whole_oere_above_nothing() -> None:
    assert [er_beloeb(Decimal(t)) for t in ("0.01", "1000000", "0", "-1", "0.005", "Infinity")] == [True, True, False, False, False, False]  # fmt: skip
