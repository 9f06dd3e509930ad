"""The vocabulary for reading budgets: the operator's own."""

from typing import Self, TypeVar

from django.db.models import Model, Q

from faelles.aktoer import Aktoer, Funktion
from faelles.scope import ScopedQuerySet

M = TypeVar("M", bound=Model)


class _Driftsherrens(ScopedQuerySet[M]):
    """Rows of an offer, for those who run it: see `Aktoer.driver`."""

    _driftsherre, _tilbud = "driftsherre", "tilbud"

    def _synlige(self, aktoer: Aktoer) -> Self:
        return self.filter(self._egne(aktoer))

    def _egne(self, aktoer: Aktoer) -> Q:
        if aktoer.funktion is not Funktion.DRIFTSHERRE:
            return Q(pk__in=[])
        egne = Q(**{self._driftsherre: aktoer.organisation_id})
        return egne if aktoer.tilbud is None else egne & Q(**{f"{self._tilbud}__in": aktoer.tilbud})


class BudgetQuerySet(_Driftsherrens[M]):
    """Budgets."""


class BudgetlinjeQuerySet(_Driftsherrens[M]):
    """Their lines."""

    _driftsherre, _tilbud = "budget__driftsherre", "budget__tilbud"
