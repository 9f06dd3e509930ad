"""What this floor must know about offers, which live above it: the floor that has them says how to ask (AppConfig.ready)."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Tilbudskilde:
    """How to ask about offers.

    `hos`: an operator's offers by id with their names, in Danish order. `driftsherrer_i`: those who run an open offer
    that lies in one of the municipalities.
    """

    hos: Callable[[UUID], Mapping[UUID, str]]
    driftsherrer_i: Callable[[Collection[str]], Collection[UUID]]


_kilder: list[Tilbudskilde] = []


def brug_kilde(kilde: Tilbudskilde) -> None:
    """Say whom to ask from now on."""
    _kilder[:] = [kilde]


def tilbud_hos(organisation_id: UUID) -> Mapping[UUID, str]:
    """The organisation's own offers by id, in Danish order."""
    return {ide: navn for kilde in _kilder for ide, navn in kilde.hos(organisation_id).items()}


def driftsherrer_i(kommunekoder: Collection[str]) -> frozenset[UUID]:
    """The organisations that run an open offer in one of the municipalities."""
    return frozenset(ide for kilde in _kilder for ide in kilde.driftsherrer_i(kommunekoder))
