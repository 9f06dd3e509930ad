"""Mailing the links, and reminding those who have not answered. The database says what is to be mailed; a killed run loses nothing.

The key of a link exists only while it is mailed, so it is made here and not where the link is ordered.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from faelles.brev import adresse, forsoeg
from faelles.tid import idag, nu
from kommuner.personer.noegle import fingeraftryk
from rammeaftale.hoering.actions.forloeb import bestil_link, ny_noegle
from rammeaftale.hoering.queries import ubesvarede
from rammeaftale.hoering.regler import UDEN_SVAR, VENTETIDER, Anledning, skal_paamindes, ventetid
from rammeaftale.models import Hoering, Hoeringslink, Hoeringssvar

AFBRUDT = timedelta(minutes=10)  # longer than a mail takes to be sent
PAA_EN_GANG = 200  # links of a run; the next comes a minute later


def send_links() -> int:
    """Mail every link that waits; gives how many were mailed. Safe to run at any time and twice at once: one run has a link at a time.

    What a killed run had given a key and perhaps mailed is withdrawn, and another link is mailed; never is it lost. Those that have
    failed stand behind the others.
    """
    ventende = list(_ventende(nu()).order_by("forsoeg", "bestilt", "id").values_list("id", flat=True)[:PAA_EN_GANG])
    return sum(_send(link_id) for link_id in ventende)


def _ventende(oejeblik: datetime) -> QuerySet[Hoeringslink]:
    """Those to be mailed: of a hearing that can be answered, and neither withdrawn, nor in the hands of another run, nor newly failed."""
    hoering = {
        "modtager__hoering__sendt__isnull": False,
        "modtager__hoering__afsluttet": None,
        "modtager__hoering__frist__gte": idag(),
    }
    ledige = Q(noteret=None) | Q(noteret__lt=oejeblik - AFBRUDT)
    kan_proeves = Q(forsoeg=0) | Q(sidst_fejlet__lte=oejeblik - VENTETIDER[-1])
    for fejlede in range(1, len(VENTETIDER)):
        kan_proeves |= Q(forsoeg=fejlede, sidst_fejlet__lte=oejeblik - ventetid(fejlede))
    return Hoeringslink.objects.filter(ledige, kan_proeves, sendt=None, trukket=None, **hoering)


def _send(link_id: UUID) -> bool:
    with transaction.atomic():
        laast = _ventende(nu()).select_for_update(no_key=True, skip_locked=True, of=("self",))
        link = laast.select_related("modtager__hoering__version__aftale__kkr__sekretariat").filter(pk=link_id).first()
        if link is None:
            return False
        if _er_overfloedigt(link):
            link.trukket = nu()
            link.save(update_fields=["trukket"])
            return False
        if link.noteret is not None:
            link = _i_stedet_for(link)
        noegle = ny_noegle()
        link.noegle_hash, link.noteret = fingeraftryk(noegle), nu()
        link.save(update_fields=["noegle_hash", "noteret"])
    sendt = _brev(link, noegle)
    with transaction.atomic():
        _noter(link, sendt=sendt)
    return sendt


def _er_overfloedigt(link: Hoeringslink) -> bool:
    """Whether it asks for an answer that came after it was ordered."""
    return link.anledning in UDEN_SVAR and Hoeringssvar.objects.filter(link__modtager=link.modtager_id).exists()


def _i_stedet_for(afbrudt: Hoeringslink) -> Hoeringslink:
    """Another link for one whose mail may or may not have gone out: whoever opens the old one is told to use the newest."""
    afbrudt.trukket = nu()
    afbrudt.save(update_fields=["trukket"])
    return bestil_link(afbrudt.modtager, Anledning(afbrudt.anledning))


def _noter(link: Hoeringslink, *, sendt: bool) -> None:
    """It is mailed; or it is for a later run, with another key. Only a link the secretariat sends on purpose replaces the older ones:
    the recipient may be writing in the one a reminder or a later deadline is about.
    """
    if not sendt:
        Hoeringslink.objects.filter(pk=link.pk).update(noteret=None, forsoeg=F("forsoeg") + 1, sidst_fejlet=nu())
        return
    Hoeringslink.objects.filter(pk=link.pk).update(sendt=nu())
    if link.anledning != Anledning.IGEN:
        return
    aeldre = {"modtager": link.modtager_id, "bestilt__lte": link.bestilt, "sendt__isnull": False, "trukket": None}
    Hoeringslink.objects.filter(**aeldre).exclude(pk=link.pk).update(trukket=nu())


def _brev(link: Hoeringslink, noegle: str) -> bool:
    hoering = link.modtager.hoering
    kontekst = {
        "hoering": hoering,
        "modtager": link.modtager,
        "paamindelse": link.anledning == Anledning.PAAMINDELSE,
        "forlaenget": link.anledning == Anledning.FORLAENGET,
        "sekretariat": hoering.version.aftale.kkr.sekretariat,
        "link": adresse(f"{reverse('hoeringssvar')}?{urlencode({'noegle': noegle})}"),
    }
    skabelon, til = "rammeaftale/hoering/brev.txt", link.modtager.email
    return forsoeg(skabelon, til, kontekst, ellers="hoeringslink_ikke_sendt", link=str(link.pk))


def bestil_paamindelser() -> int:
    """Order a link for each who has not answered a hearing whose reminder is due, once for each deadline; gives how many.

    Whoever was sent a link since the reminder fell due, or has one on its way, is reminded by that one.
    """
    dag = idag()
    aabne = Hoering.objects.filter(sendt__isnull=False, afsluttet=None, frist__gte=dag, paamind_dage__isnull=False)
    return sum(_paamind(hoering_id, dag) for hoering_id in list(aabne.order_by("id").values_list("id", flat=True)))


def _paamind(hoering_id: UUID, dag: date) -> int:
    with transaction.atomic():
        laast = Hoering.objects.select_for_update(no_key=True, skip_locked=True)
        hoering = laast.filter(pk=hoering_id, afsluttet=None).first()
        if hoering is None or not skal_paamindes(hoering.frist, hoering.paamind_dage, dag):
            return 0
        begynder = hoering.frist - timedelta(days=hoering.paamind_dage or 0)
        har_et_nyt = hoering.modtagere.filter(
            Q(links__bestilt__date__gte=begynder)
            | Q(links__sendt__date__gte=begynder)
            | Q(links__sendt=None, links__trukket=None)
        )
        nye = list(ubesvarede(hoering).exclude(pk__in=har_et_nyt.order_by().values("pk")))
        for modtager in nye:
            bestil_link(modtager, Anledning.PAAMINDELSE)
        return len(nye)
