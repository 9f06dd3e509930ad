"""Those who have waited too long: noted once each, and mailed to the municipality, whose duty it is. The database says which; a killed run loses none."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from faelles.aktoer import Funktion, Rettighed
from faelles.brev import adresse, forsoeg
from faelles.haendelser import publicer
from faelles.scope import som_systemet
from faelles.tid import idag, nu
from kommuner.models import Tilknytning
from kommuner.roller import roller_med
from reservationer.venteliste import queries
from reservationer.venteliste.begreber import ANSVAR
from reservationer.venteliste.models import Ventelistepost
from reservationer.venteliste.querysets import VentelistepostQuerySet
from vilkaar.kilde import kilder_i_ord

AFBRUDT = timedelta(minutes=10)  # longer than a municipality's mails take to be sent
GRUND = "waiting is counted by the clock, whoever waits"
ROLLER = roller_med(Rettighed.RESERVATIONER_SKRIV, Funktion.MYNDIGHED)


def eskaler(portion: int = 500) -> int:
    """Note those whose day has come, and mail what has not been mailed. Gives how many were noted. Safe to run at any time and twice at once."""
    with transaction.atomic():
        alle = Ventelistepost.objects.for_systemet(GRUND).venter()
        forfaldne = alle.filter(eskaleret=None, eskaleres__lte=idag()).order_by("pk")
        laaste = list(forfaldne.select_for_update(no_key=True, skip_locked=True, of=("self",))[:portion])
        for post in laaste:
            post.eskaleret = nu()
            post.save(update_fields=["eskaleret"])
            publicer("ventelistepost.eskaleret", "ventelistepost", post.pk)
    with som_systemet(GRUND):
        kommuner = sorted(set(_uden_brev().order_by().values_list("handlekommune", flat=True)))
    for kommune in kommuner:
        _send(kommune)
    return len(laaste)


def _uden_brev() -> VentelistepostQuerySet[Ventelistepost]:
    """Those nobody has been mailed about, and that are in no other run's hands."""
    ledige = Q(brev_noteret=None) | Q(brev_noteret__lt=nu() - AFBRUDT)
    return Ventelistepost.objects.for_systemet(GRUND).venter().filter(ledige, eskaleret__isnull=False, brev_sendt=None)


def _send(kommune: UUID) -> None:
    """Take them on, so that nobody else does, mail, and note that. Where nobody is there to write to they wait for somebody."""
    with transaction.atomic():
        laaste = _uden_brev().filter(handlekommune=kommune).select_related("tilbud", "henvendelse__forespoergsel")
        poster = list(laaste.select_for_update(no_key=True, skip_locked=True, of=("self",)).order_by("skrevet_op"))
        Ventelistepost.objects.for_systemet(GRUND).filter(pk__in=[post.pk for post in poster]).update(brev_noteret=nu())
        folk = Tilknytning.objects.paa(idag()).filter(organisation=kommune, rolle__in=ROLLER, bruger__is_active=True)
        modtagere = sorted(set(folk.values_list("bruger__email", flat=True))) if poster else []
        kilder = kilder_i_ord(map(queries.term, poster))
    sager = [(post, kilder[queries.term(post)]) for post in poster]
    sendte = sum(_brev(email, kommune, sager) for email in modtagere)
    if sendte:
        with transaction.atomic():
            stadig = Ventelistepost.objects.for_systemet(GRUND).venter().filter(pk__in=[post.pk for post in poster])
            stadig.update(brev_sendt=nu())


def _brev(email: str, kommune: UUID, sager: Sequence[tuple[Ventelistepost, str]]) -> bool:
    """`sager`: the entries, each with the clause and set that say when one has waited too long."""
    om = {"sager": sager, "ansvar": ANSVAR, "listen": adresse("/ventelister/")}
    return forsoeg("venteliste/brev.txt", email, om, ellers="ventelistebrev_ikke_sendt", kommune=str(kommune))
