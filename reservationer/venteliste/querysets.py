"""Reading waiting lists: always for somebody."""

from typing import Self, TypeVar

from django.db.models import Model, Q

from faelles.aktoer import Aktoer, Funktion
from faelles.scope import ScopedQuerySet

M = TypeVar("M", bound=Model)


def _part(aktoer: Aktoer, sti: str) -> Q:
    """The municipality that waits sees as authority, the operator for the offers the actor works with."""
    if aktoer.funktion is Funktion.MYNDIGHED:
        return Q(**{f"{sti}handlekommune": aktoer.organisation_id})
    if aktoer.funktion is Funktion.DRIFTSHERRE:
        egne = Q(**{f"{sti}driftsherre": aktoer.organisation_id})
        return egne if aktoer.tilbud is None else egne & Q(**{f"{sti}tilbud__in": aktoer.tilbud})
    return Q(pk__in=[])


class VentelistepostQuerySet(ScopedQuerySet[M]):
    """Entries: visible to the municipality that waits and to the operator."""

    def _synlige(self, aktoer: Aktoer) -> Self:
        return self.filter(_part(aktoer, ""), henvendelse__forespoergsel__anonymiseret=None)

    def venter(self) -> Self:
        """Those that still wait."""
        return self.filter(afsluttet=None)


class ForbigaaelseQuerySet(ScopedQuerySet[M]):
    """That somebody was passed over: visible with its entry."""

    def _synlige(self, aktoer: Aktoer) -> Self:
        return self.filter(_part(aktoer, "post__"), post__henvendelse__forespoergsel__anonymiseret=None)


class AlternativQuerySet(ScopedQuerySet[M]):
    """What else was offered: the municipality's own, which the offer has no need of."""

    def _synlige(self, aktoer: Aktoer) -> Self:
        if aktoer.funktion is not Funktion.MYNDIGHED:
            return self.none()
        return self.filter(
            post__handlekommune=aktoer.organisation_id, post__henvendelse__forespoergsel__anonymiseret=None
        )
