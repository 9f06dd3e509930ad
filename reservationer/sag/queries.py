"""Reading cases for pages: always for somebody, and with the state that holds at this instant."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias, TypedDict
from uuid import UUID

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When

from faelles.aktoer import Aktoer
from faelles.tid import Periode
from reservationer.sag.models import Beslutning, Reservation
from reservationer.sag.overgange import Tilstand

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

SNART = timedelta(days=3)


class Aktuel(TypedDict):
    """What the query adds to a reservation."""

    aktuel_tilstand: str


Aktuelle: TypeAlias = "QuerySet[WithAnnotations[Reservation, Aktuel]]"


def reservationer(aktoer: Aktoer, nu: datetime) -> Aktuelle:
    """The actor's reservations with `aktuel_tilstand`: an awaited one whose hold has run out is expired, tidied up or not."""
    udloebet = Q(tilstand=Tilstand.AFVENTER, optagelse__udloeber__lte=nu)
    return (
        Reservation.objects.synlige_for(aktoer)
        .select_related("optagelse__plads__afdeling", "tilbud", "handlekommune", "driftsherre", "hjemmel", "maalgruppe")
        .annotate(
            aktuel_tilstand=Case(
                When(udloebet, then=Value(Tilstand.UDLOEBET.value)), default=F("tilstand"), output_field=CharField()
            )
        )
    )


def afventende(aktoer: Aktoer, nu: datetime) -> Aktuelle:
    """Those that still await an answer, the first to run out first."""
    return reservationer(aktoer, nu).filter(aktuel_tilstand=Tilstand.AFVENTER).order_by("optagelse__udloeber", "pk")


def udloeber_snart(aktoer: Aktoer, nu: datetime) -> Aktuelle:
    """Those that run out within three days."""
    return afventende(aktoer, nu).filter(optagelse__udloeber__lte=nu + SNART)


def find(aktoer: Aktoer, reservation_id: UUID, nu: datetime) -> "WithAnnotations[Reservation, Aktuel] | None":
    """One reservation, or None when it does not exist or the actor is no party."""
    return reservationer(aktoer, nu).filter(pk=reservation_id).first()


def allerede(
    aktoer: Aktoer, *, plads_id: UUID, periode: Periode, sagsreference: str, nu: datetime
) -> "WithAnnotations[Reservation, Aktuel] | None":
    """The very same reservation if the actor has made it already: a form sent twice is not a conflict."""
    return (
        afventende(aktoer, nu)
        .filter(optagelse__plads=plads_id, optagelse__periode=periode.som_range, sagsreference=sagsreference.strip())
        .first()
    )


def beslutninger(aktoer: Aktoer, reservation_id: UUID) -> QuerySet[Beslutning]:
    """The decisions about it, in order."""
    return Beslutning.objects.synlige_for(aktoer).filter(reservation=reservation_id).select_related("organisation")
