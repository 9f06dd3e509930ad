"""The vocabulary for reading memberships and what is done about them."""

from datetime import date
from typing import Self, TypeVar

from django.db.models import Model, Q

from faelles.aktoer import Aktoer, Funktion
from faelles.dateret import DateretQuerySet
from faelles.scope import ScopedQuerySet

M = TypeVar("M", bound=Model)


class TilknytningQuerySet(DateretQuerySet[M]):
    """Memberships. One that has been ended holds on no day, whatever its period says."""

    def paa(self, dag: date) -> Self:
        """Those that hold on the day."""
        return super().paa(dag).uafsluttede()

    def uafsluttede(self) -> Self:
        """Those nobody has ended."""
        return self.filter(afsluttet__isnull=True)

    def aktive(self, dag: date) -> Self:
        """Those that hold on the day or will later."""
        return self.uafsluttede().filter(Q(periode__endswith__gt=dag) | Q(periode__endswith__isnull=True))


class PersonstyringQuerySet(ScopedQuerySet[M]):
    """Invitations, proposals and help: for the organisation's own administrators, and for secretariats.

    Which organisations a secretariat helps is a dated fact that `kommuner.personer.maal` answers; it is asked there first.
    """

    def _synlige(self, aktoer: Aktoer) -> Self:
        if aktoer.funktion is Funktion.ADMINISTRATION:
            return self.filter(organisation=aktoer.organisation_id)
        return self.all() if aktoer.funktion is Funktion.SEKRETARIAT else self.none()
