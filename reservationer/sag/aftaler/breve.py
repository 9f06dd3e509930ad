"""Mailing both parties what is decided about their agreement. Noted in the transaction of the decision, so that no run that dies loses one."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from faelles.aktoer import Funktion, Rettighed
from faelles.brev import adresse, forsoeg
from faelles.haendelser import ved
from faelles.scope import som_systemet
from faelles.tid import idag, nu
from kommuner.models import Tilknytning
from kommuner.roller import roller_med
from reservationer.sag.models import Aftalebrev, Beslutning, Placeringsaftale
from reservationer.sag.overgange import UDFALD_SKETE, Udfald
from reservationer.sag.querysets import AftalebrevQuerySet

AFBRUDT = timedelta(minutes=10)  # longer than a party's mails take to be sent
GRUND = "both parties are told, and the platform writes to them"
FORTAELLES = ("fremsat", "godkendt", "afvist", "opsagt", "afsluttet", "reguleret")
PARTER = (Funktion.MYNDIGHED, Funktion.DRIFTSHERRE)
ROLLER = {part: roller_med(Rettighed.RESERVATIONER_SKRIV, part) for part in PARTER}


def _noter(aftale_id: str) -> None:
    with som_systemet(GRUND):
        om = Beslutning.objects.for_systemet(GRUND).filter(placeringsaftale=UUID(aftale_id))
        beslutning = om.latest("tidspunkt", "pk")
        Aftalebrev.objects.bulk_create([Aftalebrev(beslutning=beslutning, til=part) for part in PARTER])


for _hvad in FORTAELLES:
    ved(f"placeringsaftale.{_hvad}")(_noter)


def send_aftalebreve() -> int:
    """Mail what waits, a letter at a time; gives how many mails were sent. Safe to run at any time and twice at once."""
    with som_systemet(GRUND):
        ider = list(_ventende().values_list("pk", flat=True))
    return sum(_send(brev_id) for brev_id in ider)


def _ventende() -> AftalebrevQuerySet[Aftalebrev]:
    """Those that have not gone out and are in no other run's hands; none about what has been anonymised since."""
    ledige = Q(noteret=None) | Q(noteret__lt=nu() - AFBRUDT)
    alle = Aftalebrev.objects.for_systemet(GRUND)
    return alle.filter(ledige, sendt=None, beslutning__placeringsaftale__anonymiseret=None)


def _send(brev_id: UUID) -> int:
    """Take it on, so that nobody else does, mail, and note that. Where nobody is there to write to it waits for somebody."""
    with som_systemet(GRUND):
        laaste = _ventende().filter(pk=brev_id).select_related(
            "beslutning__organisation", *(f"beslutning__placeringsaftale__{om}" for om in ("tilbud", "reservation", "ophold"))
        )  # fmt: skip
        brev = laaste.select_for_update(no_key=True, skip_locked=True, of=("self",)).first()
        if brev is None:
            return 0
        Aftalebrev.objects.for_systemet(GRUND).filter(pk=brev_id).update(noteret=nu())
        beslutning = brev.beslutning
        aftale = beslutning.placeringsaftale
        if aftale is None:
            raise TypeError("beslutning_om_netop_en")
        modtagere = _modtagere(aftale, Funktion(brev.til), beslutning.identitet)
    sendte = sum(_brev(email, aftale, beslutning) for email in modtagere)
    if sendte:
        with som_systemet(GRUND):
            Aftalebrev.objects.for_systemet(GRUND).filter(pk=brev_id).update(sendt=nu())
    return sendte


def _modtagere(aftale: Placeringsaftale, part: Funktion, uden: str) -> Sequence[str]:
    """The addresses of those who may decide about it in the party, for this offer; not of the one who just did."""
    koeber = part is Funktion.MYNDIGHED
    folk = Tilknytning.objects.paa(idag()).filter(
        Q(kun_tilbud=[]) | Q(kun_tilbud__contains=[aftale.tilbud_id]),
        organisation=aftale.handlekommune_id if koeber else aftale.driftsherre_id,
        rolle__in=ROLLER[part],
        bruger__is_active=True,
    )
    fundne = folk.values_list("bruger_id", "bruger__email")
    return sorted({email for bruger, email in fundne if f"bruger:{bruger}" != uden})


def _brev(email: str, aftale: Placeringsaftale, beslutning: Beslutning) -> bool:
    sag = aftale.ophold or aftale.reservation
    om = {
        "aftale": aftale,
        "beslutning": beslutning,
        "skete": UDFALD_SKETE[Udfald(beslutning.udfald)].lower(),
        "reference": sag.reference if sag else "",
        "adresse": adresse(reverse("aftaler:detalje", args=[aftale.pk])),
    }
    return forsoeg("aftaler/brev.txt", email, om, ellers="aftalebrev_ikke_sendt", aftale=str(aftale.pk))
