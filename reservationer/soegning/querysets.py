"""Reading what a municipality keeps of its searches: always for somebody."""

from typing import Self, TypeVar

from django.db.models import Model

from faelles.aktoer import Aktoer, Funktion
from faelles.scope import ScopedQuerySet

M = TypeVar("M", bound=Model)


class EgneQuerySet(ScopedQuerySet[M]):
    """What belongs to a municipality: seen by its own as authority, by nobody else."""

    def _synlige(self, aktoer: Aktoer) -> Self:
        if aktoer.funktion is not Funktion.MYNDIGHED:
            return self.none()
        return self.filter(organisation=aktoer.organisation_id)
