"""Fingerprints pass the guard of everything that is sent in, whatever they are of."""

from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from faelles.cpr import ligner_cpr
from faelles.tryk import LAENGDE, tryk


def afvises(tekst: str) -> bool:
    """Whether the guard would refuse it, with no P-number registered."""
    return ligner_cpr(tekst, lambda _: False)


@given(tekst=st.text(max_size=20))
def test_fingerprint_is_never_taken_for_a_cpr_number(tekst: str) -> None:
    assert len(tryk(tekst)) == LAENGDE
    assert not afvises(tryk(tekst))
    assert not afvises(f"navn={tryk(tekst)}&adresse={tryk(tekst)}")


def test_fingerprint_passes_whose_half_would_not() -> None:
    uheldigt = next(tekst for tekst in map(str, count()) if afvises(tryk(tekst)[: LAENGDE // 2]))
    assert not afvises(tryk(uheldigt))
