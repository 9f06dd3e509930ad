"""Mailing the reminders of a year's takster that wait. The database says which; a killed run loses none."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from faelles.brev import adresse, forsoeg
from faelles.tid import idag, nu
from kommuner.models import Tilknytning
from takster.frister.queries import ROLLER, Frist, Tilbudsstade, frist, i_omraadet, stader
from takster.frister.regler import STADE_NAVN, Stade
from takster.models import Takstpaamindelse
from takster.querysets import TakstpaamindelseQuerySet

AFBRUDT = timedelta(minutes=10)  # longer than an operator's mails take to be sent
PAA_EN_GANG = 200  # operators of a run; the next comes a minute later
GRUND = "a secretariat has ordered the reminders; the clock sends them"


def send_paamindelser() -> int:
    """Mail every reminder that waits; gives how many mails were sent. Safe to run at any time and twice at once.

    What a killed run had taken on is sent by the next that comes ten minutes later, to somebody perhaps for the second time.
    """
    with transaction.atomic():
        ventende = list(_ventende(nu()).order_by("bestilt", "id").values_list("id", flat=True)[:PAA_EN_GANG])
    return sum(_send(pk) for pk in ventende)


def _ventende(oejeblik: datetime) -> TakstpaamindelseQuerySet[Takstpaamindelse]:
    """Those that have not been sent and are in no other run's hands."""
    ledige = Q(noteret=None) | Q(noteret__lt=oejeblik - AFBRUDT)
    return Takstpaamindelse.objects.for_systemet(GRUND).filter(ledige, sendt=None)


def _send(pk: UUID) -> int:
    """Take it on, so that nobody else does, mail, and note that; where nobody is left to write to, or nothing to write about, it goes."""
    with transaction.atomic():
        laast = _ventende(nu()).select_for_update(no_key=True, skip_locked=True, of=("self",))
        en = laast.select_related("kkr__sekretariat", "driftsherre").filter(pk=pk).first()
        if en is None:
            return 0
        en.noteret = nu()
        en.save(update_fields=["noteret"])
        breve, fristen = list(_breve(en)), frist(en.kkr_id, en.aar)
    sendte = sum(_brev(en, fristen, email, mine) for email, mine in breve)
    with transaction.atomic():
        raekken = Takstpaamindelse.objects.for_systemet(GRUND).filter(pk=pk)
        if not breve:
            raekken.delete()
        elif sendte:
            raekken.update(sendt=nu())
        else:
            raekken.update(noteret=None)
    return sendte


def _breve(en: Takstpaamindelse) -> Iterator[tuple[str, list[Tilbudsstade]]]:
    """Who is written to, and about which offers: those she makes the takst of."""
    egne = i_omraadet(en.kkr, en.aar).filter(driftsherre=en.driftsherre_id)
    mangler = [et for et in stader(None, egne, en.aar) if et.stade not in {None, Stade.OFFENTLIGGJORT}]
    folk = Tilknytning.objects.paa(idag()).filter(
        organisation=en.driftsherre_id, rolle__in=ROLLER, bruger__is_active=True
    )
    om: dict[str, set[UUID]] = {}  # one with two roles is written to once
    for email, kun in folk.order_by("bruger__email").values_list("bruger__email", "kun_tilbud"):
        om.setdefault(email, set()).update(et.tilbud_id for et in mangler if not kun or et.tilbud_id in kun)
    for email, hendes in om.items():
        if mine := [et for et in mangler if et.tilbud_id in hendes]:
            yield email, mine


def _brev(en: Takstpaamindelse, fristen: Frist, email: str, mangler: Sequence[Tilbudsstade]) -> bool:
    kontekst = {
        "aar": en.aar,
        "frist": fristen,
        "overskredet": fristen.dag is not None and fristen.dag < idag(),
        "mangler": [(et.navn, STADE_NAVN[et.stade]) for et in mangler if et.stade is not None],
        "sekretariat": en.kkr.sekretariat or en.kkr,
        "link": adresse(f"{reverse('takster:liste')}?{urlencode({'aar': en.aar})}"),
    }
    skabelon = "takster/frister/paamindelse.txt"
    return forsoeg(skabelon, email, kontekst, ellers="takstpaamindelse_ikke_sendt", paamindelse=str(en.pk))
