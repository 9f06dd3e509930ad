"""A stay that passes from one municipality to the next and the next, each change on its own day in the logs as well."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max
from django.urls import reverse
from freezegun import freeze_time

from faelles.afsender import afsender, er_aktoer
from faelles.aktoer import Aktoer
from faelles.scope import som_systemet
from faelles.spor import maa_rettes, slags
from faelles.tid import Periode
from kommuner.models import Rolle
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.models import Fravaer, Ophold, Placeringsaftale
from reservationer.sag.ophold.forloeb import afgoer_ophold
from reservationer.sag.overgange import Data, Grund, Udfald
from tests import fabrik
from tests.kommuner.spor.situationer import klient
from tests.sag.aftaler.situationer import aftalt, kladde

SKIFT = 10  # days from now until Rødovre's time is over


def goer(
    hvem: Aktoer, ophold: Ophold, udfald: Udfald, grund: Grund | None = None, tekst: str = "", **data: Any
) -> Ophold:
    """One step of a stay, by one whom the logs know."""
    indhold = Indhold(grund, tekst, {Data(navn): vaerdi for navn, vaerdi in data.items()})
    with afsender("test", kilde="test"):
        er_aktoer(hvem)
        return afgoer_ophold(aktoer=hvem, ophold_id=ophold.pk, udfald=udfald, indhold=indhold)


def meldt_fravaer(ophold: Ophold, kommune: str = "Gladsaxe") -> Fravaer:
    """A day of holiday in a while, reported by the offer."""
    dag = fabrik.om(20)
    goer(fabrik.tilbudsleder(kommune), ophold, Udfald.MELD_FRAVAER, art="ferie", dato=dag, til=dag)
    with transaction.atomic():
        return Fravaer.objects.for_systemet("test").get(ophold=ophold)


def skift(ophold: Ophold, *, til: str, fra: date, af: Aktoer | None = None) -> Ophold:
    """Another municipality responsible for a stay, by a decision of the one that is (Rødovre)."""
    kode = fabrik.kommune(til).kommunekode
    return goer(
        af or fabrik.sagsbehandler(), ophold, Udfald.SKIFT_KOMMUNE, Grund.AFGOERELSE,
        dato=fra, handlekommune=kode, betalingskommune=kode, dokument="AST 2026-17",
    )  # fmt: skip


@contextmanager
def om_dage(antal: int) -> Iterator[None]:
    """So many days from now, for the logs too: the database dates what is changed by its own clock."""
    with transaction.atomic(), som_systemet("test"):
        hidtil = {en: en.spor.objects.for_systemet("test").aggregate(n=Max("pgh_id"))["n"] or 0 for en in slags()}
    with freeze_time(fabrik.samme_tid(antal), tick=True):  # two decisions are never of one instant
        yield
    with transaction.atomic(), som_systemet("test"):
        for en, nummer in hidtil.items():
            nye: dict[str, Any] = {"pgh_created_at": F("pgh_created_at") + timedelta(days=antal)}
            if en.sagen:
                nye["vedroerer"] = F("vedroerer")
            with maa_rettes(en.spor):
                en.spor.objects.for_systemet("test").filter(pgh_id__gt=nummer).update(**nye)


def laes_ophold(ophold: Ophold) -> None:
    """Gladsaxe's leader opens the stay's page."""
    leder = fabrik.bruger(Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation)
    assert klient(leder).get(reverse("ophold:detalje", args=[ophold.pk])).status_code == 200


def i_roedovres_tid() -> tuple[Ophold, Placeringsaftale, Placeringsaftale]:
    """Rødovre's stay with an agreement, a draft of the next, an absence and a notice; Herlev takes it over on the day `SKIFT`."""
    ophold = fabrik.ophold(periode=Periode(fabrik.om(0)))
    roedovre, leder = fabrik.sagsbehandler(), fabrik.tilbudsleder()
    with om_dage(1):
        aftale = aftalt(ophold, gaelder_fra=fabrik.om(0))
        foraeldet = kladde(ophold, gaelder_fra=fabrik.om(1))
    with om_dage(2):
        goer(roedovre, ophold, Udfald.MELD_FRAVAER, tekst="I Rødovres tid", art="hospital", dato=fabrik.om(0), til=fabrik.om(0))  # fmt: skip
        laes_ophold(ophold)
    with om_dage(3):
        goer(leder, ophold, Udfald.OPSIG, Grund.TILBUD_LUKKER, dato=fabrik.om(0))
    with om_dage(4):
        skift(ophold, til="Herlev", fra=fabrik.om(SKIFT - 4))
    return ophold, aftale, foraeldet


def fravaer(ophold: Ophold, **om: Any) -> list[UUID]:
    """The ids of its absences like that."""
    with transaction.atomic(), som_systemet("test"):
        return list(ophold.fravaer.for_systemet("test").filter(**om).values_list("pk", flat=True))


def siden(ophold: Ophold) -> None:
    """All that Rødovre is to know nothing of: prison that was not prison, a new price, no notice after all, another place, Gladsaxe's, and a death."""
    leder, herlev = fabrik.tilbudsleder(), fabrik.sagsbehandler("Herlev")
    with om_dage(12):
        goer(herlev, ophold, Udfald.MELD_FRAVAER, tekst="Varetægt", art="faengsel", dato=fabrik.om(0), til=fabrik.om(2))
        (varetaegt,) = fravaer(ophold, art="faengsel")
        goer(herlev, ophold, Udfald.RET_FRAVAER, Grund.FEJLREGISTRERET, fravaer=varetaegt, art="andet", dato=fabrik.om(0), til=fabrik.om(1))  # fmt: skip
        goer(leder, ophold, Udfald.FORTRYD_OPSIGELSE, tekst="Tilbuddet lukker ikke")
        goer(leder, ophold, Udfald.FORESLAA_PRIS, dato=fabrik.om(1), takst="3000.00")
        goer(herlev, ophold, Udfald.ACCEPTER_PRIS)
        laes_ophold(ophold)
    with om_dage(14):
        with transaction.atomic():
            afdeling = ophold.pladser.synlige_for(leder).select_related("optagelse__plads__afdeling")[0].optagelse.plads
        goer(leder, ophold, Udfald.FLYT, plads=fabrik.ledig_plads(afdeling.afdeling).pk, dato=fabrik.om(0))
    with om_dage(15):
        skift(ophold, til="Gladsaxe", fra=fabrik.om(1), af=herlev)
    with om_dage(18):
        goer(leder, ophold, Udfald.UDSKRIV, Grund.DOED, dato=fabrik.om(0))
