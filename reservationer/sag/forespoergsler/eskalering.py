"""Mailing operators the enquiries that were sent on to them. The database says which; a killed run loses none."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from faelles.aktoer import Funktion, Rettighed
from faelles.brev import adresse, forsoeg
from faelles.scope import som_systemet
from faelles.tid import idag, nu
from kommuner.models import Tilknytning
from kommuner.roller import roller_med
from reservationer.sag.forespoergsler.queries import term
from reservationer.sag.models import Henvendelse
from reservationer.sag.overgange import Tilstand
from reservationer.sag.querysets import HenvendelseQuerySet
from vilkaar.kilde import kilder_i_ord

AFBRUDT = timedelta(minutes=10)  # longer than an operator's mails take to be sent
GRUND = "an enquiry is sent on by the clock or the buyer, and mailed by the clock"
ROLLER = roller_med(Rettighed.RESERVATIONER_SKRIV, Funktion.DRIFTSHERRE)


def send_eskaleringer() -> int:
    """Mail the escalated enquiries nobody has answered, an operator at a time; gives how many mails were sent. Safe to run twice at once."""
    with som_systemet(GRUND):
        driftsherrer = sorted(set(_uden_brev().order_by().values_list("driftsherre", flat=True)))
    return sum(_send(driftsherre) for driftsherre in driftsherrer)


def _uden_brev() -> HenvendelseQuerySet[Henvendelse]:
    """Those that still wait, nobody has been mailed about, and that are in no other run's hands."""
    ledige = Q(brev_noteret=None) | Q(brev_noteret__lt=nu() - AFBRUDT)
    alle = Henvendelse.objects.for_systemet(GRUND)
    return alle.filter(
        ledige, tilstand=Tilstand.AFVENTER, eskaleret__isnull=False, svarfrist__lte=nu(), brev_sendt=None
    )


def _send(driftsherre: UUID) -> int:
    """Take them on, so that nobody else does, mail, and note that. Where nobody is there to write to they wait for somebody."""
    with transaction.atomic():
        laaste = _uden_brev().filter(driftsherre=driftsherre).select_related("tilbud", "forespoergsel")
        fundne = list(laaste.select_for_update(no_key=True, skip_locked=True, of=("self",)).order_by("svarfrist", "pk"))
        mine = [en.pk for en in fundne]
        Henvendelse.objects.for_systemet(GRUND).filter(pk__in=mine).update(brev_noteret=nu())
        modtagere = _ledere(driftsherre) if fundne else []
        kilder = kilder_i_ord(map(term, fundne))
    sendte = sum(_brev(email, driftsherre, [(en, kilder[term(en)]) for en in fundne]) for email in modtagere)
    if sendte:
        with transaction.atomic():
            Henvendelse.objects.for_systemet(GRUND).filter(pk__in=mine).update(brev_sendt=nu())
    return sendte


def _ledere(driftsherre: UUID) -> Sequence[str]:
    """The addresses of those who answer for all of the operator's offers: not of the people of a single one, who did not answer."""
    folk = Tilknytning.objects.paa(idag()).filter(organisation=driftsherre, rolle__in=ROLLER, bruger__is_active=True)
    return sorted(set(folk.filter(kun_tilbud=[]).values_list("bruger__email", flat=True)))


def _brev(email: str, driftsherre: UUID, henvendelser: Sequence[tuple[Henvendelse, str]]) -> bool:
    """`henvendelser`: each with the clause and set its deadline follows from."""
    om = {
        "henvendelser": henvendelser,
        "listen": adresse(f"{reverse('forespoergsler:liste')}?tilstand={Tilstand.AFVENTER.value}"),
    }
    return forsoeg(
        "forespoergsler/brev_eskaleret.txt",
        email,
        om,
        ellers="eskaleringsbrev_ikke_sendt",
        driftsherre=str(driftsherre),
    )
