"""Reading cases: always for somebody."""

from typing import Self, TypeVar

from django.db.models import Model, Q

from faelles.aktoer import Aktoer, Funktion
from faelles.scope import ScopedQuerySet

M = TypeVar("M", bound=Model)


def _part(aktoer: Aktoer, sti: str) -> Q:
    """Buyer sees as authority, seller as operator; an organisation that is both sees each side in that function only.

    An actor who works with some of the organisation's offers sees those offers' only.
    """
    if aktoer.funktion is Funktion.MYNDIGHED:
        return Q(**{f"{sti}handlekommune": aktoer.organisation_id})
    if aktoer.funktion is Funktion.DRIFTSHERRE:
        egne = Q(**{f"{sti}driftsherre": aktoer.organisation_id})
        return egne if aktoer.tilbud is None else egne & Q(**{f"{sti}tilbud__in": aktoer.tilbud})
    return Q(pk__in=[])


class ReservationQuerySet(ScopedQuerySet[M]):
    """Reservations: visible to the handlekommune as authority and to the driftsherre as operator, until they are anonymised."""

    def _synlige(self, aktoer: Aktoer) -> Self:
        return self.filter(_part(aktoer, ""), anonymiseret=None)


class BeslutningQuerySet(ScopedQuerySet[M]):
    """Decisions: visible with their reservation."""

    def _synlige(self, aktoer: Aktoer) -> Self:
        return self.filter(_part(aktoer, "reservation__"), reservation__anonymiseret=None)
