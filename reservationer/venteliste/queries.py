"""Reading waiting lists: one's own entries, and the order of those who wait, which nobody sees but as a number."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from faelles.aktoer import Aktoer
from faelles.scope import som_systemet
from faelles.tid import idag, nu
from reservationer.sag.models import Pladstilbud, Reservation
from reservationer.sag.overgange import Tilstand
from reservationer.venteliste import raekkefoelge
from reservationer.venteliste.begreber import Regel
from reservationer.venteliste.models import Alternativ, Forbigaaelse, Venteliste, Ventelistepost
from reservationer.venteliste.querysets import VentelistepostQuerySet
from reservationer.venteliste.raekkefoelge import Ventende
from tilbud.models import Tilbud
from vilkaar import kilde as vilkaarskilde
from vilkaar.kilde import Kilde
from vilkaar.noegler import Noegle

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

ORDENEN = "the order follows from everybody who waits; what leaves this module is a number, or goes to the operator"


class Venter(TypedDict):
    """Of an offer: how many wait, since when the first of them has, and how many past their day of escalation."""

    venter: int
    laengst: datetime | None
    for_laenge: int


def lister() -> QuerySet[Venteliste]:
    """Every list there is a rule for; the rule is seen by all who may see the offer."""
    return Venteliste.objects.select_related("tilbud__driftsherre")


def egne(aktoer: Aktoer) -> QuerySet[Tilbud]:
    """The offers the actor runs, or works with some of."""
    fundne = Tilbud.objects.filter(driftsherre=aktoer.organisation_id)
    return fundne if aktoer.tilbud is None else fundne.filter(pk__in=aktoer.tilbud)


def ventet_paa(aktoer: Aktoer) -> "QuerySet[WithAnnotations[Tilbud, Venter]]":
    """Of those somebody waits for, the one that has been waited for longest first."""
    return egne_tilbud(aktoer).filter(venter__gt=0).order_by("laengst", "pk")


def egne_tilbud(aktoer: Aktoer) -> "QuerySet[WithAnnotations[Tilbud, Venter]]":
    """As `egne`, with who waits for each; those that most wait for first."""
    paa = Ventelistepost.objects.synlige_for(aktoer).venter().filter(tilbud=OuterRef("pk")).order_by().values("tilbud")
    sent = Q(eskaleres__lte=idag())
    return (
        egne(aktoer)
        .select_related("venteliste")
        .annotate(
            venter=Coalesce(Subquery(paa.annotate(antal=Count("pk")).values("antal")), 0),
            laengst=Subquery(paa.annotate(foerst=Min("skrevet_op")).values("foerst")),
            for_laenge=Coalesce(Subquery(paa.annotate(antal=Count("pk", filter=sent)).values("antal")), 0),
        )
        .order_by("-venter", "navn_sortering", "pk")
    )


def poster(aktoer: Aktoer) -> VentelistepostQuerySet[Ventelistepost]:
    """The entries the actor is a party to, with the need and the offer; those that have ended too."""
    return Ventelistepost.objects.synlige_for(aktoer).select_related(
        "henvendelse__forespoergsel__hjemmel",
        "henvendelse__forespoergsel__maalgruppe",
        "tilbud",
        "afdeling",
        "venteliste",
    )


def for_laenge(aktoer: Aktoer) -> QuerySet[Ventelistepost]:
    """Those that still wait past their day of escalation, whether or not it has been noted yet; the longest first."""
    return (
        Ventelistepost.objects.synlige_for(aktoer)
        .venter()
        .filter(eskaleres__lte=idag())
        .select_related("henvendelse__forespoergsel", "tilbud")
        .order_by("skrevet_op", "pk")
    )


def find(aktoer: Aktoer, post_id: UUID) -> Ventelistepost | None:
    """One entry, or None when it does not exist or the actor is no party."""
    return poster(aktoer).filter(pk=post_id).first()


def forbigaaelser(aktoer: Aktoer, poster: Collection[UUID]) -> QuerySet[Forbigaaelse]:
    """When these were passed over and why, in order."""
    return (
        Forbigaaelse.objects.synlige_for(aktoer)
        .filter(post__in=poster)
        .select_related("afdeling")
        .order_by("tidspunkt", "pk")
    )


def alternativer(aktoer: Aktoer, poster: Collection[UUID]) -> QuerySet[Alternativ]:
    """What else these were offered, in order; nothing for the operator."""
    return (
        Alternativ.objects.synlige_for(aktoer)
        .filter(post__in=poster)
        .select_related("tilbud")
        .order_by("dato", "tidspunkt", "pk")
    )


def laeste(fundne: Iterable[Ventelistepost]) -> Mapping[UUID, tuple[UUID, UUID]]:
    """Which entries have been seen and whose they are, for the read log."""
    return {post.pk: (post.handlekommune_id, post.driftsherre_id) for post in fundne}


def ventende(lister: Collection[UUID]) -> Mapping[UUID, list[Ventende]]:
    """Those who wait on each list, in no order; one statement however many. For the rule alone: they are other municipalities' too."""
    fundne: dict[UUID, list[Ventende]] = defaultdict(list)
    with som_systemet(ORDENEN):
        tilbudte = Pladstilbud.objects.for_systemet(ORDENEN).filter(
            henvendelse=OuterRef("henvendelse"), tilstand=Tilstand.TILBUDT, gyldig_til__gt=nu()
        )
        holdte = Reservation.objects.for_systemet(ORDENEN).filter(
            Q(pladstilbud__henvendelse=OuterRef("henvendelse"))
            | Q(
                tilbud=OuterRef("tilbud"),
                handlekommune=OuterRef("handlekommune"),
                sagsreference=OuterRef("henvendelse__forespoergsel__sagsreference"),
            ),
            tilstand=Tilstand.AFVENTER,
            optagelse__udloeber__gt=nu(),
        )
        raekker = (
            Ventelistepost.objects.for_systemet(ORDENEN)
            .venter()
            .filter(venteliste__in=lister)
            .annotate(tilbudt=Exists(tilbudte) | Exists(holdte))
            .values_list(
                "venteliste", "pk", "henvendelse", "skrevet_op", "handlekommune", "driftsherre", "afdeling", "tilbudt"
            )
        )
        for liste, pk, henvendelse, skrevet_op, koeber, saelger, afdeling, tilbudt in raekker:
            fundne[liste].append(Ventende(pk, henvendelse, skrevet_op, koeber == saelger, afdeling, tilbudt))
    return fundne


def positioner(fundne: Collection[Ventelistepost]) -> Mapping[UUID, int]:
    """The number in the queue of each of these that still waits."""
    koer = ventende({post.venteliste_id for post in fundne})
    return {
        post.pk: raekkefoelge.position(Regel(post.venteliste.regel), koer[post.venteliste_id], post.pk)
        for post in fundne
        if post.afsluttet is None
    }


def kilde(post: Ventelistepost) -> Kilde | None:
    """The clause and set the day of escalation was decided under."""
    return vilkaarskilde.kilder([term(post)]).get(term(post))


def term(post: Ventelistepost) -> vilkaarskilde.Term:
    """The term the day of escalation follows from, in the set it was decided under."""
    return post.vilkaarssaet_id, Noegle.VENTELISTE_ESKALERING_DAGE
