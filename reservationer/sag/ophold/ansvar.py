"""Who is handlekommune and who pays on a day (retssikkerhedsloven § 9)."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from faelles.aktoer import Aktoer
from faelles.fejl import IngenAdgang
from faelles.scope import som_systemet
from faelles.tid import idag
from reservationer.sag.models import Opholdsansvar, Reservation


def kraev_handlekommune(aktoer: Aktoer, ophold_id: UUID) -> None:
    """Raise IngenAdgang for a municipality that pays, was responsible or will be, but is not today."""
    mine = _paa(Opholdsansvar.objects.synlige_for(aktoer).filter(ophold=ophold_id), idag())
    if aktoer.organisation_id not in mine.values_list("handlekommune_id", flat=True)[:1]:
        raise IngenAdgang(
            "ikke_handlekommune", "Kun opholdets handlekommune kan gøre det. Betalingskommunen kan se det."
        )


def reservationens_ansvar(reservation: Reservation, dag: date) -> tuple[UUID, UUID]:
    """Who is handlekommune and who pays: as on the day in the stay this one continues, else the buyer for both."""
    koeber = reservation.handlekommune_id
    if reservation.fortsaetter_id is None:
        return koeber, koeber
    with som_systemet("the new offer may not see the old stay, but who pays follows the citizen"):
        alle = Opholdsansvar.objects.for_systemet("as above").filter(ophold=reservation.fortsaetter_id)
        return _paa(alle, dag).values_list("handlekommune_id", "betalingskommune_id")[0]


def _paa(ansvar: QuerySet[Opholdsansvar], dag: date) -> QuerySet[Opholdsansvar]:
    """What holds on the day, or on the first day of a stay that begins later, first."""
    return ansvar.filter(Q(periode__contains=dag) | Q(periode__startswith__gt=dag)).order_by("periode")
