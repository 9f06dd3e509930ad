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


class SoegefundQuerySet(ScopedQuerySet[M]):
    """What fits a saved search: seen with the search."""

    def _synlige(self, aktoer: Aktoer) -> Self:
        if aktoer.funktion is not Funktion.MYNDIGHED:
            return self.none()
        return self.filter(soegning__organisation=aktoer.organisation_id)

    def aktuelle(self) -> Self:
        """Those that still fit."""
        return self.filter(ophoert=None)

    def nye(self) -> Self:
        """Those that were told, still fit, and nobody has seen."""
        return self.aktuelle().filter(meldt__isnull=False, kvitteret=None)


class NotatQuerySet(ScopedQuerySet[M]):
    """Notes on free choice: seen with the check."""

    def _synlige(self, aktoer: Aktoer) -> Self:
        if aktoer.funktion is not Funktion.MYNDIGHED:
            return self.none()
        return self.filter(proeve__organisation=aktoer.organisation_id)


class ValgnotatQuerySet(ScopedQuerySet[M]):
    """Notes on choices: seen with the choice."""

    def _synlige(self, aktoer: Aktoer) -> Self:
        if aktoer.funktion is not Funktion.MYNDIGHED:
            return self.none()
        return self.filter(valget__organisation=aktoer.organisation_id)
