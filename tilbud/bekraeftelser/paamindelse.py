"""Mails that remind an operator of confirmations that are due. Their link opens the page; confirming takes a log-in and a press."""

import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from faelles.aktoer import Funktion, Rettighed
from faelles.brev import adresse, forsoeg
from faelles.fejl import Konflikt
from faelles.tid import idag, nu
from kommuner.models import Organisation, Tilknytning
from kommuner.roller import roller_med
from tilbud.friskhed import Friskhed, skal_paamindes
from tilbud.models import Afdeling, Bekraeftelsespaamindelse, Tilbud
from tilbud.queries import Stand, stande
from vilkaar.noegler import Noegle
from vilkaar.queries import gaeldende_pr_kommune

log = logging.getLogger(__name__)

I_GANG = timedelta(hours=1)  # longer than any run takes to send an operator's mails, shorter than until the next

# Those who can confirm.
ROLLER = roller_med(Rettighed.PLADSER_BEKRAEFT, Funktion.DRIFTSHERRE)


@dataclass(frozen=True, slots=True)
class Forfalden:
    """A department it is time to remind of."""

    afdeling: Afdeling
    stand: Stand

    @property
    def forfald(self) -> date | None:
        """The day the confirmation is due; None when there never was one."""
        return self.stand.frister.forfald if self.stand.frister else None


def send_paamindelser() -> int:
    """Remind every operator of what has become due, once for each due date; gives the number of mails that were sent.

    Safe to run at any time and twice at once: one run has an operator at a time. What a killed run had noted and not sent is sent by
    the next, to somebody perhaps for the second time; never is it lost.
    """
    driftsherrer = Tilbud.objects.aabne(idag()).order_by().values_list("driftsherre_id", flat=True).distinct()
    return sum(_paamind(driftsherre_id) for driftsherre_id in list(driftsherrer))


def _paamind(driftsherre_id: UUID) -> int:
    """Note what is reminded of, so that nobody else does it, then send, and note that; what could not be sent is for the next run."""
    with transaction.atomic():
        egne = Organisation.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=driftsherre_id)
        if egne.first() is None:
            return 0
        forfaldne = _forfaldne(driftsherre_id, nu(), idag())
        breve = list(_breve(driftsherre_id, forfaldne)) if forfaldne else []
        naevnte = {f.afdeling.pk: f for _, mine in breve for f in mine}
        if len(naevnte) < len(forfaldne):
            log.warning("paamindelse_uden_modtager", extra={"driftsherre": str(driftsherre_id)})
        _afbrudte(driftsherre_id, nu()).delete()
        noterede = Bekraeftelsespaamindelse.objects.bulk_create(
            Bekraeftelsespaamindelse(afdeling=f.afdeling, forfald=f.forfald) for f in naevnte.values()
        )
    sendte = [mine for email, mine in breve if _send(email, mine)]
    naaede = {f.afdeling.pk for mine in sendte for f in mine}
    noter = Bekraeftelsespaamindelse.objects.filter(pk__in=[note.pk for note in noterede])
    noter.filter(afdeling__in=naaede).update(sendt=nu())
    noter.exclude(afdeling__in=naaede).delete()
    return len(sendte)


def _afbrudte(driftsherre_id: UUID, nu: datetime) -> QuerySet[Bekraeftelsespaamindelse]:
    """The operator's notes of a run that was cut off before it had sent."""
    egne = Bekraeftelsespaamindelse.objects.filter(afdeling__tilbud__driftsherre=driftsherre_id)
    return egne.filter(sendt=None, noteret__lt=nu - I_GANG)


def _forfaldne(driftsherre_id: UUID, nu: datetime, dag: date) -> list[Forfalden]:
    """The operator's departments it is time to remind of and that nobody has been reminded of, in Danish order."""
    aabne = Tilbud.objects.aabne(dag).med_pladser().filter(driftsherre=driftsherre_id).order_by()
    afdelinger = list(
        Afdeling.objects.filter(tilbud__in=aabne)
        .select_related("tilbud")
        .order_by("tilbud__navn_sortering", "navn_sortering", "pk")
    )
    kommuner = {a.pk: a.tilbud.beliggenhedskommune_id for a in afdelinger}
    stand, dage_foer = stande(kommuner, nu, dag), _dage_foer(kommuner.values(), dag)
    noter = Bekraeftelsespaamindelse.objects.filter(afdeling__in=afdelinger)
    paamindet = set(noter.exclude(pk__in=_afbrudte(driftsherre_id, nu)).values_list("afdeling", "forfald"))
    fundne = [Forfalden(a, stand[a.pk]) for a in afdelinger if kommuner[a.pk] in dage_foer]
    return [
        f
        for f in fundne
        if (f.stand.tidspunkt is None or f.forfald is not None)
        and skal_paamindes(f.forfald, dag, dage_foer[kommuner[f.afdeling.pk]])
        and (f.afdeling.pk, f.forfald) not in paamindet
    ]


def _dage_foer(kommunekoder: Collection[str], dag: date) -> Mapping[str, int]:
    """How many days before the due date the terms want the reminder; where they do not say, none is sent, and the log tells."""
    resultat = {}
    for kode, vilkaar in gaeldende_pr_kommune(kommunekoder, dag).items():
        try:
            resultat[kode] = vilkaar.heltal(Noegle.BEKRAEFTELSE_PAAMINDELSE_DAGE)
        except Konflikt as fejl:
            log.warning("paamindelse_uden_vilkaar", extra={"kommune": kode, "grund": fejl.besked})
    return resultat


def _breve(driftsherre_id: UUID, forfaldne: Sequence[Forfalden]) -> Iterator[tuple[str, list[Forfalden]]]:
    """Who is written to, and about which departments: those she can confirm."""
    tilknytninger = Tilknytning.objects.paa(idag()).filter(
        organisation=driftsherre_id, rolle__in=ROLLER, bruger__is_active=True
    )
    for tilknytning in tilknytninger.select_related("bruger").order_by("bruger__email"):
        kun = set(tilknytning.kun_tilbud)
        if mine := [f for f in forfaldne if not kun or f.afdeling.tilbud_id in kun]:
            yield tilknytning.bruger.email, mine


def _send(email: str, forfaldne: Sequence[Forfalden]) -> bool:
    kontekst = {
        "forfaldne": forfaldne,
        "ukendte": sum(f.stand.friskhed is Friskhed.UKENDT for f in forfaldne),
        "link": adresse(reverse("tilbud:bekraeft_pladser")),
    }
    return forsoeg("tilbud/bekraeftelser/paamindelse.txt", email, kontekst, ellers="paamindelse_ikke_sendt")
