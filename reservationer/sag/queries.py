"""Reading cases for pages: always for somebody, and with the state that holds at this instant."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias, TypedDict
from uuid import UUID

from django.contrib.postgres.fields import DateRangeField
from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Greatest, Least

from faelles.aktoer import Aktoer
from faelles.ids import laes_reference
from faelles.tid import Periode, midnat_efter
from reservationer.sag.models import Beslutning, Ophold, Opholdsplads, Reservation
from reservationer.sag.overgange import Tilstand
from reservationer.sag.querysets import mit_ansvar_til
from tilbud.belaegning.models import Optagelse
from vilkaar import kilde as vilkaarskilde
from vilkaar.kilde import Kilde
from vilkaar.noegler import Noegle
from vilkaar.queries import gaeldende_i_kommune

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

SNART = timedelta(days=3)
OPBEVARING = "retention runs by the calendar, whoever owns the case"


class Aktuel(TypedDict):
    """What the query adds to a reservation."""

    aktuel_tilstand: str
    mit_ansvar_til: date | None
    vist_periode: Any


_FOERSTE, _SLUT = "optagelse__periode__startswith", "optagelse__periode__endswith"
_DAGEN_EFTER = ExpressionWrapper(F(_FOERSTE) + 1, output_field=DateField())
_TIL_ANSVARET_SLUTTER = Func(
    F(_FOERSTE),
    Least(F(_SLUT), Greatest(F("mit_ansvar_til"), _DAGEN_EFTER)),
    function="daterange",
    output_field=DateRangeField(),
)
Aktuelle: TypeAlias = "QuerySet[WithAnnotations[Reservation, Aktuel]]"


def reservationer(aktoer: Aktoer, nu: datetime) -> Aktuelle:
    """The actor's reservations with `aktuel_tilstand`: an awaited one whose hold has run out is expired, tidied up or not.

    `vist_periode` are the days the place is taken, of a stay no longer than the municipality's responsibility for it.
    """
    udloebet = Q(tilstand=Tilstand.AFVENTER, optagelse__udloeber__lte=nu)
    return (
        Reservation.objects.synlige_for(aktoer)
        .select_related("optagelse__plads__afdeling", "tilbud", "handlekommune", "driftsherre", "hjemmel", "maalgruppe")
        .annotate(
            aktuel_tilstand=Case(
                When(udloebet, then=Value(Tilstand.UDLOEBET.value)), default=F("tilstand"), output_field=CharField()
            ),
            mit_ansvar_til=mit_ansvar_til(aktoer, "ophold__"),
        )
        .annotate(
            vist_periode=Case(When(mit_ansvar_til=None, then=F("optagelse__periode")), default=_TIL_ANSVARET_SLUTTER)
        )
    )


def med_reference(sager: Aktuelle, tekst: str) -> Aktuelle:
    """Those whose reference somebody has typed: the platform's own, or a piece of the municipality's."""
    return sager.filter(Q(reference=laes_reference(tekst)) | Q(sagsreference__icontains=tekst.strip()))


def laeste(reservationer: Iterable[Reservation]) -> dict[UUID, tuple[UUID, UUID]]:
    """Which cases have been seen and whose they are, for the read log."""
    return {r.pk: (r.handlekommune_id, r.driftsherre_id) for r in reservationer}


def afventende(aktoer: Aktoer, nu: datetime) -> Aktuelle:
    """Those that still await an answer, the first to run out first."""
    return reservationer(aktoer, nu).filter(aktuel_tilstand=Tilstand.AFVENTER).order_by("optagelse__udloeber", "pk")


def udloeber_snart(aktoer: Aktoer, nu: datetime) -> Aktuelle:
    """Those that run out within three days."""
    return afventende(aktoer, nu).filter(optagelse__udloeber__lte=nu + SNART)


def find(aktoer: Aktoer, reservation_id: UUID, nu: datetime) -> "WithAnnotations[Reservation, Aktuel] | None":
    """One reservation, or None when it does not exist or the actor is no party."""
    return reservationer(aktoer, nu).filter(pk=reservation_id).first()


def kilde(reservation: Reservation) -> Kilde | None:
    """The clause and set the length of the hold was last decided under."""
    return vilkaarskilde.kilder([term(reservation)]).get(term(reservation))


def term(reservation: Reservation) -> vilkaarskilde.Term:
    """The term the length of the hold follows from, in the set it was last decided under."""
    return reservation.vilkaarssaet_id, Noegle.RESERVATION_VARIGHED


def forlaengelsens_kilde(reservation: Reservation, dag: date) -> Kilde | None:
    """Where it is said, on the day, how long a reservation is extended and how many times."""
    kommunekode = reservation.tilbud.beliggenhedskommune_id
    return vilkaarskilde.i_kommune(kommunekode, dag, Noegle.RESERVATION_VARIGHED, Noegle.RESERVATION_FORLAENGELSER)


def betales_efter(reservation: Reservation) -> Kilde | None:
    """Where it is said whether a reservation is paid, of one not extended: the set it was made under."""
    sagt: vilkaarskilde.Term = (reservation.vilkaarssaet_id, Noegle.RESERVATION_BETALES)
    return vilkaarskilde.kilder([sagt]).get(sagt)


def forlaengelser(reservation: Reservation, dag: date) -> tuple[int, Kilde | None]:
    """How many times the hold can still be extended by the terms of the day, and where that is said; none and nowhere when they say nothing."""
    vilkaar = gaeldende_i_kommune(reservation.tilbud.beliggenhedskommune_id, dag)
    sagt = vilkaarskilde.kilde(vilkaar, Noegle.RESERVATION_FORLAENGELSER)
    hoejst = 0 if sagt is None else vilkaar.heltal(Noegle.RESERVATION_FORLAENGELSER)
    return max(0, hoejst - reservation.forlaengelser), sagt


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


def ophold_af(aktoer: Aktoer, reservation_id: UUID) -> UUID | None:
    """The stay a reservation became, or None."""
    return Ophold.objects.synlige_for(aktoer).filter(reservation=reservation_id).values_list("pk", flat=True).first()


def paa_plads(aktoer: Aktoer, plads_id: UUID, dag: date, nu: datetime) -> Ophold | Reservation | None:
    """The stay, or else the reservation, that has a place on a day, as far as the actor is a party; None when there is none.

    Where two share the place, it is that of the day's weekday. A municipality is told so for the days of its own time only.
    """
    i_min_tid = Q(mit_ansvar_til=None) | Q(mit_ansvar_til__gt=dag)
    taget = Q(plads=plads_id, periode__contains=dag)
    paa_ugedagen = Exists(Optagelse.objects.filter(pk=OuterRef("optagelse"), ugedage__contains=[dag.isoweekday()]))
    optagelser = Optagelse.objects.gaelder(nu).filter(taget)
    plads = (
        Opholdsplads.objects.synlige_for(aktoer)
        .alias(mit_ansvar_til=mit_ansvar_til(aktoer, "ophold__"))
        .filter(i_min_tid, optagelse__in=optagelser)
        .select_related("ophold")
        .order_by(paa_ugedagen.desc(), "optagelse__periode")
        .first()
    )
    if plads is not None:
        return plads.ophold
    mine = Reservation.objects.synlige_for(aktoer).alias(mit_ansvar_til=mit_ansvar_til(aktoer, "ophold__"))
    mine = mine.filter(i_min_tid, optagelse__in=optagelser)
    return mine.order_by(paa_ugedagen.desc(), "optagelse__periode").first()


def uaendrede_afsluttede(sidste_dag: date) -> QuerySet[Reservation]:
    """For the platform's upkeep: cases not yet anonymised whose last day is this one or earlier (`opbevaring`).

    The last day is that of the period for a stay that was, else of the decision or of the hold that ran out. An awaited case
    or a stay without a known end has none; nor has a case about which something was decided later.
    """
    slut = midnat_efter(sidste_dag)
    var_der = Q(tilstand=Tilstand.BEKRAEFTET, optagelse__periode__endswith__lte=sidste_dag + timedelta(days=1))
    indskrevet = Q(tilstand=Tilstand.INDSKREVET, ophold__betales_til__lte=sidste_dag)
    udloeb = Q(tilstand=Tilstand.UDLOEBET, optagelse__udloeber__lt=slut)
    afgjort = Q(tilstand__in=(Tilstand.AFVIST, Tilstand.ANNULLERET, Tilstand.UDEBLEVET))
    om_den = Q(reservation=OuterRef("pk")) | Q(ophold__reservation=OuterRef("pk"))
    senere = Beslutning.objects.for_systemet(OPBEVARING).filter(om_den, tidspunkt__gte=slut)
    return Reservation.objects.for_systemet(OPBEVARING).filter(
        var_der | indskrevet | udloeb | afgjort, ~Exists(senere), anonymiseret=None, oprettet__lt=slut
    )


def udskrevne_uden_reservation(sidste_dag: date) -> QuerySet[Ophold]:
    """As `uaendrede_afsluttede`, of the stays nobody had reserved: their last day is the last payable one."""
    slut = midnat_efter(sidste_dag)
    senere = Beslutning.objects.for_systemet(OPBEVARING).filter(ophold=OuterRef("pk"), tidspunkt__gte=slut)
    return Ophold.objects.for_systemet(OPBEVARING).filter(
        ~Exists(senere), reservation=None, anonymiseret=None, betales_til__lte=sidste_dag, oprettet__lt=slut
    )
