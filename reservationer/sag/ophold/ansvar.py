"""Who is handlekommune and who pays on a day (retssikkerhedsloven § 9)."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from faelles.aktoer import Aktoer, Funktion
from faelles.fejl import IngenAdgang
from faelles.scope import som_systemet
from faelles.tid import idag
from reservationer.sag.models import Ophold, Opholdsansvar, Reservation
from reservationer.sag.querysets import mit_ansvar_til

LAESES = "who reads need not see whom else it is told to"


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


def sluttede(aktoer: Aktoer, ophold_id: UUID) -> date | None:
    """The first day the actor had no part in a stay any more; None for one who has a part in it today."""
    if aktoer.funktion is not Funktion.MYNDIGHED:
        return None
    til = mit_ansvar_til(aktoer)
    mit = Ophold.objects.synlige_for(aktoer).filter(pk=ophold_id).annotate(til=til).values_list("til", flat=True)
    slut: date | None = mit.first()
    return slut if slut is not None and slut <= idag() else None


def dagens_parter(ophold: Mapping[UUID, UUID]) -> dict[UUID, list[UUID]]:
    """Of stays with the operator of each: the operator and who is responsible or pays today, whoever asks.

    To them it is told who reads a stay. A municipality whose time is over is told no more (as of changes, `parter_den_dag`).
    """
    parter = {pk: [driftsherre] for pk, driftsherre in ophold.items()}
    with som_systemet(LAESES):
        ansvar = _paa(Opholdsansvar.objects.for_systemet(LAESES).filter(ophold__in=parter), idag())
        foerste = ansvar.order_by("ophold", "periode").distinct("ophold")
        for pk, *kommuner in foerste.values_list("ophold", "handlekommune", "betalingskommune"):
            parter[pk] += kommuner
    return parter


def _paa(ansvar: QuerySet[Opholdsansvar], dag: date) -> QuerySet[Opholdsansvar]:
    """What holds on the day, or on the first day of a stay that begins later, first."""
    return ansvar.filter(Q(periode__contains=dag) | Q(periode__startswith__gt=dag)).order_by("periode")
