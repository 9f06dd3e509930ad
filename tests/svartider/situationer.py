"""Cases that reach their steps after so many days, made the way people make them."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from freezegun import freeze_time

from faelles.tid import KOEBENHAVN
from kommuner.models import Rolle
from reservationer.sag.actions import beslut
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.forespoergsler.actions import besvar
from reservationer.sag.forespoergsler.pladstilbud import afgoer_pladstilbud
from reservationer.sag.models import Henvendelse, Ophold, Reservation
from reservationer.sag.ophold.indskrivning import indskriv
from reservationer.sag.overgange import Data, Grund, Udfald
from tests import fabrik
from tilbud.models import Tilbud


def kl_ni(dag: date, efter: int = 0) -> datetime:
    """So many days after the day, in the morning in Denmark."""
    return datetime.combine(dag + timedelta(days=efter), time(9), KOEBENHAVN)


def afvist(hvor: Tilbud, navn: str, spurgt: date, efter: int, *, reference: str) -> Henvendelse:
    """An enquiry of the municipality's that was declined after so many days."""
    with freeze_time(kl_ni(spurgt)):
        henvendelse = fabrik.henvendelse(hvor, af=fabrik.sagsbehandler(navn), reference=reference)
    with freeze_time(kl_ni(spurgt, efter)):
        leder = fabrik.aktoer(Rolle.TILBUDSLEDER, hvor.driftsherre)
        besvar(aktoer=leder, henvendelse_id=henvendelse.pk, udfald=Udfald.AFVIS, indhold=Indhold(Grund.KOMPETENCE))
    return henvendelse


def flyttet_ind(hvor: Tilbud, spurgt: date, *, tilbudt: int, reserveret: int, indskrevet: int) -> Ophold:
    """An enquiry of Rødovre's all the way to a stay; each step so many days after it was asked, the stay from the first day of its reservation."""
    koeber, leder = fabrik.sagsbehandler(), fabrik.aktoer(Rolle.TILBUDSLEDER, hvor.driftsherre)
    with freeze_time(kl_ni(spurgt)):
        henvendelse = fabrik.henvendelse(hvor, af=koeber)
    with freeze_time(kl_ni(spurgt, tilbudt)):
        givet = fabrik.pladstilbud(henvendelse)
    with freeze_time(kl_ni(spurgt, reserveret)), transaction.atomic():
        afgoer_pladstilbud(aktoer=koeber, pladstilbud_id=givet.pk, udfald=Udfald.TAG_IMOD, indhold=Indhold())
        reservation = Reservation.objects.synlige_for(koeber).get(pladstilbud=givet)
        beslut(aktoer=leder, reservation_id=reservation.pk, udfald=Udfald.BEKRAEFT)
    with freeze_time(kl_ni(spurgt, indskrevet)), transaction.atomic():
        dag = spurgt + timedelta(days=indskrevet)
        return indskriv(aktoer=leder, reservation_id=reservation.pk, indhold=Indhold(data={Data.DATO: dag}))
