"""Those who wait before: nobody gets a place past them without a reason, whatever path it takes (rules-reservation § 5).

The waiting lists are a floor above. They write themselves in here when the app starts (`brug`), and every action by which the
operator gives a place asks them, in its own transaction. A reservation is the buyer's, who may not see who else waits: it is
asked about when the operator confirms it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from faelles.aktoer import Aktoer
from reservationer.sag.begreber import Springgrund
from reservationer.sag.models import Ophold, Reservation


@dataclass(frozen=True, slots=True)
class Spring:
    """Why one is passed over."""

    grund: Springgrund
    bemaerkning: str = ""


@dataclass(frozen=True, slots=True)
class Modtager:
    """Whose case gets a place, and in which department."""

    tilbud_id: UUID
    afdeling_id: UUID
    handlekommune_id: UUID | None
    sagsreference: str


class Ventelister(Protocol):
    """What the waiting lists answer."""

    def alle(self, aktoer: Aktoer, tilbud_id: UUID) -> Mapping[UUID, str]:
        """Those who wait at one of the actor's offers, the first first, as a page calls them. The reading is logged."""

    def kaldt(self, aktoer: Aktoer, poster: Sequence[UUID]) -> Mapping[UUID, str]:
        """These of them, in the order given, and no others. The reading is logged."""

    def foran(self, modtager: Modtager) -> Sequence[UUID]:
        """Those who would be passed over."""

    def forbigaa(
        self, aktoer: Aktoer, modtager: Modtager, til: Reservation | Ophold, grunde: Mapping[UUID, Spring]
    ) -> None:
        """Note everybody who is passed over with the reason. Raises UgyldigtInput unless each has one, and nobody else."""


_brugte: list[Ventelister] = []


def brug(ventelister: Ventelister) -> None:
    """Ask these from now on."""
    _brugte.append(ventelister)


def reservationens(reservation: Reservation) -> Modtager | None:
    """Who gets the place when the reservation is confirmed; None when the operator offered it, with a reason for everybody then."""
    if reservation.pladstilbud_id is not None:
        return None
    return Modtager(
        reservation.tilbud_id,
        reservation.optagelse.plads.afdeling_id,
        reservation.handlekommune_id,
        reservation.sagsreference,
    )


def alle(aktoer: Aktoer, tilbud_id: UUID) -> dict[UUID, str]:
    """Those who wait at the offer, by what a page calls them."""
    return {post: navn for lister in _brugte for post, navn in lister.alle(aktoer, tilbud_id).items()}


def kaldt(aktoer: Aktoer, poster: Sequence[UUID]) -> dict[UUID, str]:
    """Those of these who wait at the actor's offers, by what a page calls them."""
    return {post: navn for lister in _brugte for post, navn in lister.kaldt(aktoer, poster).items()}


def foran(modtager: Modtager) -> list[UUID]:
    """Those who would be passed over, the first first."""
    return [post for lister in _brugte for post in lister.foran(modtager)]


def forbigaa(
    aktoer: Aktoer, modtager: Modtager | None, til: Reservation | Ophold, grunde: Mapping[UUID, Spring]
) -> None:
    """Note that the case gets the place past those who wait, each with a reason. Called before it is published, in its transaction."""
    if modtager is None:
        return
    for lister in _brugte:
        lister.forbigaa(aktoer, modtager, til, grunde)
