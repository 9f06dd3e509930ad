"""The vocabulary for reading agreements."""

from typing import Self, TypeVar

from django.db.models import Model, Q, QuerySet

from faelles.aktoer import Aktoer, Funktion
from faelles.scope import ScopedQuerySet

M = TypeVar("M", bound=Model)


class RammeaftaleQuerySet(QuerySet[M]):
    """Agreements."""

    def synlige_for(self, aktoer: Aktoer) -> Self:
        """Those the actor's organisation is party to, or whose secretariat it is."""
        return self.filter(
            Q(kkr__sekretariat=aktoer.organisation_id) | Q(parter__organisation=aktoer.organisation_id)
        ).distinct()


class PartQuerySet(QuerySet[M]):
    """Parties."""

    def fjern(self) -> None:
        """Take the rows out; the database refuses when something points at one.

        Django's own `delete` reads every table that may point at them first, also the one nobody may read unscoped.
        """
        self._raw_delete(self.db)


class HoeringQuerySet(QuerySet[M]):
    """Hearings."""

    def synlige_for(self, aktoer: Aktoer) -> Self:
        """Those of the agreements the actor's secretariat keeps, and of those its organisation is party to, when they have been sent."""
        parter = Q(version__aftale__parter__organisation=aktoer.organisation_id, sendt__isnull=False)
        return self.filter(Q(version__aftale__kkr__sekretariat=aktoer.organisation_id) | parter).distinct()


class UdmeldingsfaktumQuerySet(QuerySet[M]):
    """What happened with central calls."""

    def gaeldende(self) -> Self:
        """Those that are not annulled."""
        return self.filter(annullering=None)


class UdmeldingsantalQuerySet(ScopedQuerySet[M]):
    """How many citizens a municipality answers a call about: seen by the municipality itself and the agreement's secretariat."""

    def _synlige(self, aktoer: Aktoer) -> Self:
        egne = Q(part__organisation=aktoer.organisation_id)
        if aktoer.funktion is Funktion.SEKRETARIAT:
            egne |= Q(part__aftale__kkr__sekretariat=aktoer.organisation_id)
        return self.filter(egne)
