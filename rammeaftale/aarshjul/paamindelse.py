"""Mails that remind those who owe something on one of the wheel's dates: some days ahead, and once more when the deadline has passed."""

import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from faelles.aktoer import Funktion, Rettighed
from faelles.brev import adresse, forsoeg
from faelles.tid import idag, nu
from kommuner.models import Tilknytning
from kommuner.roller import ROLLEINDHOLD
from rammeaftale.aarshjul.queries import Hjulpunkt, hjul
from rammeaftale.aarshjul.regler import Anledning, Emne, anledning
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.models import Aarshjulspaamindelse, Rammeaftale

log = logging.getLogger(__name__)

I_GANG = timedelta(hours=1)  # longer than any run takes to send an agreement's mails, shorter than until the next

# Those who speak for their organisation about the agreement.
ROLLER = [rolle for rolle, indhold in ROLLEINDHOLD.items() if Rettighed.KOMMENTARER_SKRIV in indhold.rettigheder]

# Of those, who can answer a call: that is the municipality's as authority, and none of its operators'.
_SVARER = frozenset(rolle for rolle in ROLLER if ROLLEINDHOLD[rolle].funktion is Funktion.MYNDIGHED)

# What its owner answers on its own page; the rest the secretariat registers.
_MELDES = frozenset({Emne.MILEPAEL, Emne.UDMELDING})

Note = tuple[Emne, UUID, UUID, date, Anledning]  # what it is about, organisation, deadline, occasion


@dataclass(frozen=True, slots=True)
class Mangel:
    """A date of the wheel an organisation is to be reminded of, and why now."""

    organisation_id: UUID
    punkt: Hjulpunkt
    anledning: Anledning

    @property
    def note(self) -> Note:
        """What makes it one occasion: a moved deadline is another."""
        punkt = self.punkt
        return (punkt.emne, punkt.emne_id, self.organisation_id, punkt.frist, self.anledning)


def send_paamindelser() -> int:
    """Remind of every agreement's dates, each occasion once; gives the number of mails that were sent.

    Safe to run at any time and twice at once: one run has an agreement at a time, and one somebody is writing is for the next run.
    What a killed run had noted and not sent is sent by the next, to somebody perhaps for the second time; never is it lost.
    """
    aftaler = Rammeaftale.objects.exclude(tilstand=Aftaletilstand.BORTFALDET).filter(
        Q(paamind_dage__isnull=False)
        | Q(aarshjul__paamind_dage__isnull=False)
        | Q(fokusomraader__indsatser__milepaele__paamind_dage__isnull=False)
        | Q(udmeldinger__paamind_dage__isnull=False, udmeldinger__annulleret=None)
    )
    return sum(
        _paamind(aftale_id) for aftale_id in list(aftaler.order_by("id").values_list("id", flat=True).distinct())
    )


def _paamind(aftale_id: UUID) -> int:
    """Note what is reminded of, so that nobody else does it, then send, and note that; what could not be sent is for the next run."""
    with transaction.atomic():
        laast = Rammeaftale.objects.select_related("kkr").select_for_update(no_key=True, skip_locked=True, of=("self",))
        aftale = laast.filter(pk=aftale_id).first()
        if aftale is None:
            return 0
        _afbrudte(aftale, nu()).delete()
        mangler = _mangler(aftale, idag())
        breve = list(_breve(mangler))
        skrives_til = {mangel.note for _, mine in breve for mangel in mine}
        if len(skrives_til) < len(mangler):
            log.warning("aarshjulspaamindelse_uden_modtager", extra={"aftale": str(aftale_id)})
        noterede = Aarshjulspaamindelse.objects.bulk_create(_note(m) for m in mangler if m.note in skrives_til)
    sendte = [mine for email, mine in breve if _send(aftale, email, mine)]
    naaede = {mangel.note for mine in sendte for mangel in mine}
    sendt = [note.pk for note in noterede if _noteret(note) in naaede]
    Aarshjulspaamindelse.objects.filter(pk__in=sendt).update(sendt=nu())
    Aarshjulspaamindelse.objects.filter(pk__in={note.pk for note in noterede} - set(sendt)).delete()
    return len(sendte)


def _afbrudte(aftale: Rammeaftale, nu: datetime) -> QuerySet[Aarshjulspaamindelse]:
    """The agreement's notes of a run that was cut off before it had sent."""
    return _noter(aftale).filter(sendt=None, noteret__lt=nu - I_GANG)


def _noter(aftale: Rammeaftale) -> QuerySet[Aarshjulspaamindelse]:
    return Aarshjulspaamindelse.objects.filter(
        Q(trin__aftale=aftale)
        | Q(milepael__indsats__fokusomraade__aftale=aftale)
        | Q(version__aftale=aftale)
        | Q(udmelding__aftale=aftale)
    )


def _mangler(aftale: Rammeaftale, dag: date) -> list[Mangel]:
    """Everything somebody owes, should be reminded of on the day, and has not been."""
    noterede = {_noteret(note) for note in _noter(aftale)}
    alle = (
        Mangel(skyldig.organisation.id, punkt, hvorfor)
        for punkt in hjul(aftale, dag).punkter
        if punkt.paamind_dage is not None and not punkt.gennemgaas
        for skyldig in punkt.skyldige
        if (hvorfor := anledning(skyldig.stand))
    )
    return [mangel for mangel in alle if mangel.note not in noterede]


def _note(mangel: Mangel) -> Aarshjulspaamindelse:
    emne, emne_id, organisation_id, frist, anledning = mangel.note
    return Aarshjulspaamindelse(
        **{f"{emne}_id": emne_id}, organisation_id=organisation_id, frist=frist, anledning=anledning
    )


def _noteret(note: Aarshjulspaamindelse) -> Note:
    emne, emne_id = next((emne, pk) for emne in Emne if (pk := getattr(note, f"{emne}_id")))
    return (emne, emne_id, note.organisation_id, note.frist, Anledning(note.anledning))


def _breve(mangler: Collection[Mangel]) -> Iterator[tuple[str, list[Mangel]]]:
    """Who is written to, and about which steps: those her organisation owes, a call only to one who can answer it."""
    egne: dict[UUID, list[Mangel]] = {}
    for mangel in mangler:
        egne.setdefault(mangel.organisation_id, []).append(mangel)
    for (organisation_id, email), roller in sorted(_modtagere(egne).items()):
        mine = [m for m in egne[organisation_id] if m.punkt.emne is not Emne.UDMELDING or roller & _SVARER]
        if mine:
            yield email, mine


def _modtagere(organisationer: Mapping[UUID, object]) -> dict[tuple[UUID, str], set[str]]:
    """The roles each has there; one with two such is written to once."""
    tilknytninger = Tilknytning.objects.paa(idag()).filter(
        organisation__in=list(organisationer), rolle__in=ROLLER, bruger__is_active=True
    )
    fundne: dict[tuple[UUID, str], set[str]] = {}
    for organisation_id, email, rolle in tilknytninger.values_list("organisation_id", "bruger__email", "rolle"):
        fundne.setdefault((organisation_id, email), set()).add(rolle)
    return fundne


def _send(aftale: Rammeaftale, email: str, mangler: Sequence[Mangel]) -> bool:
    kontekst = {
        "aftale": aftale,
        "mangler": mangler,
        "meldes": [mangel for mangel in mangler if mangel.punkt.emne in _MELDES],
        "link": adresse(reverse("rammeaftale:aarshjul", args=[aftale.slug])),
    }
    return forsoeg("rammeaftale/aarshjul/paamindelse.txt", email, kontekst, ellers="aarshjulspaamindelse_ikke_sendt")
