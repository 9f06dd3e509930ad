"""Reading reports."""

from typing import Self, TypeVar

from django.db.models import F, Model, Q, QuerySet

from faelles.aktoer import Aktoer
from rammeaftale.querysets import har_ikke_forladt

M = TypeVar("M", bound=Model)


class RapportQuerySet(QuerySet[M]):
    """Reports."""

    def soeg(self, tekst: str) -> Self:
        """Those whose agreement or KKR has the words in its name."""
        return self.filter(Q(version__aftale__titel__icontains=tekst) | Q(version__aftale__kkr__navn__icontains=tekst))

    def synlige_for(self, aktoer: Aktoer) -> Self:
        """All reports of the agreements of the actor's own secretariat; finished ones of the agreements it is party to.

        One that has left sees those of an adopted agreement, and of a version that was sent while it was a party.
        """
        part = "version__aftale__parter__"
        sendt = Q(version__sendt__lt=F(f"{part}periode__endswith"))
        vedtaget = Q(
            **{"version__aftale__tilstand": "vedtaget", f"{part}periode__overlap": F("version__aftale__periode")}
        )
        parter = Q(**{f"{part}organisation": aktoer.organisation_id}, job__status="faerdig")
        return self.filter(
            Q(version__aftale__kkr__sekretariat=aktoer.organisation_id)
            | (parter & (har_ikke_forladt(part) | sendt | vedtaget))
        ).distinct()
