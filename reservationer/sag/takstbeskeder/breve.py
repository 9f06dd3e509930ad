"""Mailing the changed prices municipalities have not been told of. The database says which; a killed run loses none."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from faelles.aktoer import Funktion, Rettighed
from faelles.brev import forsoeg
from faelles.scope import som_systemet
from faelles.tid import idag, nu
from kommuner.models import Tilknytning
from kommuner.roller import roller_med
from reservationer.sag.models import Takstbesked
from reservationer.sag.querysets import TakstbeskedQuerySet
from reservationer.sag.takstbeskeder.aendringer import Aendring, aendringer

AFBRUDT = timedelta(minutes=10)  # longer than a municipality's mails take to be sent
GRUND = "the clock tells municipalities of changed prices"
# Those who read stays; one of them may have no business with the price, but nobody is left out.
ROLLER = roller_med(Rettighed.RESERVATIONER_LAES, Funktion.MYNDIGHED)


def send_takstbeskeder() -> int:
    """Mail what waits, a municipality at a time; gives how many mails were sent. Safe to run at any time and twice at once."""
    with som_systemet(GRUND):
        kommuner = sorted(set(_ventende(nu()).order_by().values_list("kommune", flat=True)))
    return sum(_send(kommune) for kommune in kommuner)


def _ventende(oejeblik: datetime) -> TakstbeskedQuerySet[Takstbesked]:
    """Those nobody has been mailed, and that are in no other run's hands."""
    ledige = Q(noteret=None) | Q(noteret__lt=oejeblik - AFBRUDT)
    return Takstbesked.objects.for_systemet(GRUND).filter(ledige, sendt=None).aktuelle()


def _send(kommune: UUID) -> int:
    """Take them on, so that nobody else does, mail, and note that. Where nobody is there to write to they wait for somebody."""
    with transaction.atomic():
        laaste = _ventende(nu()).filter(kommune=kommune).select_for_update(no_key=True, skip_locked=True, of=("self",))
        beskeder = list(laaste.med_det_aendrede())
        Takstbesked.objects.for_systemet(GRUND).filter(pk__in=[en.pk for en in beskeder]).update(noteret=nu())
        folk = Tilknytning.objects.paa(idag()).filter(organisation=kommune, rolle__in=ROLLER, bruger__is_active=True)
        modtagere = sorted(set(folk.values_list("bruger__email", flat=True))) if beskeder else []
        aendrede = aendringer(beskeder)
    sendte = sum(_brev(email, kommune, aendrede) for email in modtagere)
    if sendte:
        with transaction.atomic():
            Takstbesked.objects.for_systemet(GRUND).filter(pk__in=[en.pk for en in beskeder]).update(sendt=nu())
    return sendte


def _brev(email: str, kommune: UUID, aendrede: Sequence[Aendring]) -> bool:
    skabelon = "sag/takstbeskeder/brev.txt"
    return forsoeg(skabelon, email, {"aendringer": aendrede}, ellers="takstbesked_ikke_sendt", kommune=str(kommune))
