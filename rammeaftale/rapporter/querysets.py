"""Reading reports."""

from typing import Self, TypeVar

from django.db.models import Model, Q, QuerySet

from faelles.aktoer import Aktoer

M = TypeVar("M", bound=Model)


class RapportQuerySet(QuerySet[M]):
    """Reports."""

    def soeg(self, tekst: str) -> Self:
        """Those whose agreement or KKR has the words in its name."""
        return self.filter(Q(version__aftale__titel__icontains=tekst) | Q(version__aftale__kkr__navn__icontains=tekst))

    def synlige_for(self, aktoer: Aktoer) -> Self:
        """All reports of the agreements of the actor's own secretariat; finished ones of the agreements it is party to."""
        return self.filter(
            Q(version__aftale__kkr__sekretariat=aktoer.organisation_id)
            | Q(version__aftale__parter__organisation=aktoer.organisation_id, job__status="faerdig")
        ).distinct()
