"""Reading API clients and their credentials: always for somebody, or for the system before it is known for whom."""

from typing import Self, TypeVar

from django.db.models import Model, Q

from faelles.aktoer import Aktoer, Funktion
from faelles.scope import ScopedQuerySet

M = TypeVar("M", bound=Model)


def _egne(aktoer: Aktoer, sti: str) -> Q:
    """Those of the actor's own organisation while she administers it; nobody else sees any."""
    if aktoer.funktion is Funktion.ADMINISTRATION:
        return Q(**{f"{sti}organisation": aktoer.organisation_id})
    return Q(pk__in=[])


class ApiKlientQuerySet(ScopedQuerySet[M]):
    """API clients: visible to the administrators of their organisation."""

    def _synlige(self, aktoer: Aktoer) -> Self:
        return self.filter(_egne(aktoer, ""))


class ApiNoegleQuerySet(ScopedQuerySet[M]):
    """Credentials: visible with their client."""

    def gyldige(self) -> Self:
        """Those a system can get a token with."""
        return self.filter(ophoert__isnull=True, klient__lukket__isnull=True)

    def _synlige(self, aktoer: Aktoer) -> Self:
        return self.filter(_egne(aktoer, "klient__"))
