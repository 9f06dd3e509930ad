"""Reading enquiries: always for somebody, with what waits and how late it is."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict
from uuid import UUID

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When

from faelles.aktoer import Aktoer, Funktion
from faelles.ids import laes_reference
from reservationer.sag.models import Besked, Beslutning, Forespoergsel, Henvendelse, Pladstilbud, Reservation
from reservationer.sag.overgange import Tilstand
from reservationer.sag.queries import SNART, reservationer
from vilkaar import kilde as vilkaarskilde
from vilkaar.kilde import Kilde
from vilkaar.noegler import Noegle

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class Udbudt(TypedDict):
    """What the query adds to an offer of a place."""

    aktuel_tilstand: str
    reserveret: UUID | None


def forespoergsler(aktoer: Aktoer) -> QuerySet[Forespoergsel]:
    """Those the actor has sent, or has an offer that is asked in."""
    return Forespoergsel.objects.synlige_for(aktoer).select_related("handlekommune", "hjemmel", "maalgruppe")


def henvendelser(aktoer: Aktoer) -> QuerySet[Henvendelse]:
    """The actor's enquiries, one row per offer, with `ulaeste`: messages of the other party nobody here has opened."""
    ulaeste = Q(beskeder__laest=None, beskeder__isnull=False) & ~Q(beskeder__funktion=aktoer.funktion)
    return (
        Henvendelse.objects.synlige_for(aktoer)
        .select_related("forespoergsel__hjemmel", "forespoergsel__maalgruppe", "tilbud", "handlekommune", "driftsherre")
        .annotate(ulaeste=Count("beskeder", filter=ulaeste))
    )


def med_reference(fundne: QuerySet[Henvendelse], aktoer: Aktoer, tekst: str) -> QuerySet[Henvendelse]:
    """Those whose reference somebody has typed: the platform's own, or, for the buyer, a piece of the municipality's."""
    reference = Q(forespoergsel__reference=laes_reference(tekst))
    if aktoer.funktion is Funktion.MYNDIGHED:
        reference |= Q(forespoergsel__sagsreference__icontains=tekst.strip())
    return fundne.filter(reference)


def find(aktoer: Aktoer, henvendelse_id: UUID) -> Henvendelse | None:
    """One enquiry at one offer, or None when it does not exist or the actor is no party."""
    return henvendelser(aktoer).filter(pk=henvendelse_id).first()


def beslutninger(aktoer: Aktoer, henvendelser: Collection[UUID]) -> QuerySet[Beslutning]:
    """The decisions about these, in order."""
    return Beslutning.objects.synlige_for(aktoer).filter(henvendelse__in=henvendelser).select_related("organisation")


def forloeb(aktoer: Aktoer, henvendelse: UUID) -> QuerySet[Beslutning]:
    """The decisions about an enquiry at one offer and about the places offered after it, in order."""
    om_den = Q(henvendelse=henvendelse) | Q(pladstilbud__henvendelse=henvendelse)
    return Beslutning.objects.synlige_for(aktoer).filter(om_den).select_related("organisation")


def reserveret(aktoer: Aktoer, henvendelse: UUID, nu: datetime) -> Reservation | None:
    """What has been reserved by a place that was offered after it, as long as it holds."""
    holder = reservationer(aktoer, nu).filter(aktuel_tilstand__in=(Tilstand.AFVENTER, Tilstand.BEKRAEFTET))
    return holder.filter(pladstilbud__henvendelse=henvendelse).order_by("-oprettet", "-pk").first()


def beskeder(aktoer: Aktoer, henvendelser: Collection[UUID]) -> QuerySet[Besked]:
    """The messages about these, in order."""
    return Besked.objects.synlige_for(aktoer).filter(henvendelse__in=henvendelser).select_related("organisation")


def laeste(fundne: Iterable[Henvendelse]) -> Mapping[UUID, tuple[UUID, UUID]]:
    """Which enquiries have been seen and whose they are, for the read log."""
    return {h.pk: (h.handlekommune_id, h.driftsherre_id) for h in fundne}


def pladstilbud(aktoer: Aktoer) -> QuerySet[Pladstilbud]:
    """Offers of a place the actor has given or been given, the latest first."""
    return Pladstilbud.objects.synlige_for(aktoer).select_related(
        "afdeling",
        "plads",
        "henvendelse__forespoergsel__hjemmel",
        "henvendelse__forespoergsel__maalgruppe",
        "henvendelse__forespoergsel__handlekommune",
        "henvendelse__tilbud",
    )


def udbudte(aktoer: Aktoer, nu: datetime) -> "QuerySet[WithAnnotations[Pladstilbud, Udbudt]]":
    """As `pladstilbud`, with the state that holds at this instant, and what has been reserved by each."""
    udloebet = When(tilstand=Tilstand.TILBUDT, gyldig_til__lte=nu, then=Value(Tilstand.UDLOEBET.value))
    return pladstilbud(aktoer).annotate(
        aktuel_tilstand=Case(udloebet, default=F("tilstand"), output_field=CharField()), reserveret=F("reservation")
    )


def tilbudte(aktoer: Aktoer, nu: datetime) -> QuerySet[Pladstilbud]:
    """Places that can still be taken, the first to run out first: all of the buyer's; of the offer's those that run out soon."""
    aabne = Pladstilbud.objects.synlige_for(aktoer).filter(tilstand=Tilstand.TILBUDT, gyldig_til__gt=nu)
    if aktoer.funktion is Funktion.DRIFTSHERRE:
        aabne = aabne.filter(gyldig_til__lte=nu + SNART)
    om = ("afdeling", "plads", "henvendelse__tilbud", "henvendelse__forespoergsel__handlekommune")
    return aabne.select_related(*om).order_by("gyldig_til", "pk")


def til_svar(aktoer: Aktoer) -> QuerySet[Henvendelse]:
    """What waits for an answer from the actor's side, the first deadline first: the offer's answer, or the buyer's elaboration."""
    venter = Tilstand.AFVENTER if aktoer.funktion is Funktion.DRIFTSHERRE else Tilstand.MERE_OENSKES
    return henvendelser(aktoer).filter(tilstand=venter).order_by("svarfrist", "pk")


def ubesvarede(aktoer: Aktoer, nu: datetime) -> QuerySet[Henvendelse]:
    """The buyer's enquiries whose deadline has passed without an answer, the oldest first."""
    return henvendelser(aktoer).filter(tilstand=Tilstand.AFVENTER, svarfrist__lte=nu).order_by("svarfrist", "pk")


def kilder(
    hvad: Henvendelse, tilbudte: Sequence[Pladstilbud]
) -> tuple[Kilde | None, list[tuple[Pladstilbud, Kilde | None]]]:
    """The clause and set the deadline was made under, and beside each offer of a place those of its last day. One statement however many."""
    svar = term(hvad)
    gyldige = [(en.vilkaarssaet_id, Noegle.PLADSTILBUD_GYLDIGHED) for en in tilbudte]
    fundne = vilkaarskilde.kilder([svar, *gyldige])
    return fundne.get(svar), [(en, fundne.get(gyldig)) for en, gyldig in zip(tilbudte, gyldige, strict=True)]


def term(hvad: Henvendelse) -> vilkaarskilde.Term:
    """The term the deadline follows from, in the set it was decided under."""
    return hvad.vilkaarssaet_id, Noegle.FORESPOERGSEL_SVARFRIST
