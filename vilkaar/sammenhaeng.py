"""Terms that must agree with each other: pure."""

from collections.abc import Mapping
from decimal import Decimal

from vilkaar.noegler import NOEGLER, Noegle

# The first is less than the second; where `True`, they may be the same.
_ORDEN: tuple[tuple[Noegle, Noegle, bool], ...] = (
    (Noegle.BELAEGNING_MIN, Noegle.BELAEGNING_MAKS, True),
    (Noegle.BELAEGNING_MIN_KORT, Noegle.BELAEGNING_MAKS, True),
    (Noegle.BEKRAEFTELSE_PAAMINDELSE_DAGE, Noegle.BEKRAEFTELSE_FORFALD_DAGE, False),
    (Noegle.BEKRAEFTELSE_FORFALD_DAGE, Noegle.BEKRAEFTELSE_FORAELDET_DAGE, False),
)


def uenigheder(vaerdier: Mapping[Noegle, str], klausuler: Mapping[Noegle, str]) -> list[str]:
    """A sentence for each two terms of these that contradict each other, with the clauses that set them. The values are such as their keys allow."""
    return [
        f"{_navn(lille)} er {_i_ord(lille, vaerdier)} efter {klausuler[lille]}; det skal være {'højst' if lige else 'mindre end'} "
        f"{_navn(stor)}, som er {_i_ord(stor, vaerdier)} efter {klausuler[stor]}."
        for lille, stor, lige in _ORDEN
        if lille in vaerdier and stor in vaerdier and not _holder(vaerdier[lille], vaerdier[stor], lige=lige)
    ]


def _navn(noegle: Noegle) -> str:
    return f"{NOEGLER[noegle].navn} ({noegle})"


def _i_ord(noegle: Noegle, vaerdier: Mapping[Noegle, str]) -> str:
    return NOEGLER[noegle].i_ord(vaerdier[noegle])


def _holder(lille: str, stor: str, *, lige: bool) -> bool:
    return Decimal(lille) <= Decimal(stor) if lige else Decimal(lille) < Decimal(stor)
