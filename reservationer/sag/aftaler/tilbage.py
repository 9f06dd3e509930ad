"""What is left to end: an agreement whose stay is over, or a stay that goes on after its agreement. Neither ends the other."""

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias, TypedDict

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from faelles.aktoer import Aktoer
from reservationer.sag.models import Opholdsansvar, Placeringsaftale
from reservationer.sag.models.placeringsaftale import AABNE, ENDELIGE, INDGAAEDE
from reservationer.sag.overgange import Tilstand

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class Mangler(StrEnum):
    """Why something is left to end."""

    OVERTAGET = "overtaget"
    UDSKREVET = "udskrevet"
    IKKE_BEGYNDT = "ikke_begyndt"
    UDEN_AFTALE = "uden_aftale"


class Tilbage(TypedDict):
    """What `tilbage` says of each version."""

    mangler: str


Tilbageblevne: TypeAlias = "QuerySet[WithAnnotations[Placeringsaftale, Tilbage]]"
ENDTE_UDEN = (Tilstand.ANNULLERET, Tilstand.UDEBLEVET)  # a confirmed reservation that became no stay
_OPHOLDET = Coalesce("ophold_id", "reservation__ophold__id")


def tilbage(aktoer: Aktoer, dag: date) -> Tilbageblevne:
    """The actor's agreements in force whose case has ended, or is another municipality's now, and those that have ended while the
    stay goes on without another, of these the last alone; the oldest first, each with why (`mangler`: a `Mangler`).

    A municipality that is no longer responsible is told that alone, not whether the stay has ended since (rules-reservation § 7).
    """
    paa = Q(periode__contains=dag) | Q(periode__startswith__gt=dag)
    ansvar = Opholdsansvar.objects.synlige_for(aktoer).filter(
        paa, ophold=OuterRef("opholdet"), handlekommune=OuterRef("handlekommune")
    )
    andre = Placeringsaftale.objects.synlige_for(aktoer).filter(
        Q(reservation=OuterRef("reservation")) | Q(ophold=OuterRef("ophold")),
        Q(tilstand__in=(Tilstand.AFTALT, *AABNE))
        | Q(ophoerer__gte=dag)
        | Q(tilstand__in=INDGAAEDE, nummer__gt=OuterRef("nummer")),
        handlekommune=OuterRef("handlekommune"),
    )
    # Not `gaelder_paa`: one of days to come is left to end too, and one that is replaced ends by itself.
    staar = Q(tilstand=Tilstand.AFTALT) | Q(tilstand=Tilstand.OPSAGT, ophoerer__gte=dag)
    udskrevet = Q(ophold__tilstand=Tilstand.UDSKREVET) | Q(reservation__ophold__tilstand=Tilstand.UDSKREVET)
    slut = {"tilstand__in": [Tilstand.OPSAGT, *ENDELIGE], "ophoerer__lt": dag}
    hvorfor = Case(
        When(staar, opholdet__isnull=False, er_ansvarlig=False, then=Value(Mangler.OVERTAGET.value)),
        When(staar & udskrevet, then=Value(Mangler.UDSKREVET.value)),
        When(
            staar, opholdet=None, reservation__tilstand__in=ENDTE_UDEN, then=Value(Mangler.IKKE_BEGYNDT.value)
        ),
        When(
            ~udskrevet, opholdet__isnull=False, er_ansvarlig=True, har_anden=False, **slut,
            then=Value(Mangler.UDEN_AFTALE.value),
        ),
        output_field=CharField(),
    )  # fmt: skip
    alle = Placeringsaftale.objects.synlige_for(aktoer).annotate(opholdet=_OPHOLDET)
    fundne = alle.annotate(er_ansvarlig=Exists(ansvar), har_anden=Exists(andre)).annotate(mangler=hvorfor)
    return (
        fundne.exclude(mangler=None)
        .select_related("tilbud", "handlekommune", "reservation", "ophold")
        .order_by(F("ophoerer").asc(nulls_last=True), "oprettet", "pk")
    )
