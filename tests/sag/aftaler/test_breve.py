"""Both parties are mailed what is decided about their agreement: once, those who may decide, and not the one who just did."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse
from freezegun import freeze_time

from faelles.aktoer import Aktoer
from faelles.brev import adresse
from faelles.tid import Periode, idag, nu
from kommuner.models import Bruger, Rolle
from reservationer.sag.aftaler.actions import afgoer
from reservationer.sag.aftaler.breve import send_aftalebreve
from reservationer.sag.aftaler.takstfoelger import foelg_takster
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.models import Aftalebrev, Placeringsaftale
from reservationer.sag.overgange import Data, Grund, Udfald
from tests import fabrik
from tests.sag.aftaler.situationer import aftalt, goer, kladde
from tests.sag.aftaler.test_takstfoelger import ny_takst

pytestmark = pytest.mark.django_db


@pytest.fixture
def koeber() -> Aktoer:
    return fabrik.sagsbehandler()


@pytest.fixture
def saelger() -> Aktoer:
    return fabrik.tilbudsleder()


def adressen(hvem: Aktoer) -> str:
    return Bruger.objects.get(pk=hvem.identitet.removeprefix("bruger:")).email


def sendt() -> dict[str, str]:
    """What has been sent since last: the subject by the address."""
    send_aftalebreve()
    breve = {brev.to[0]: str(brev.subject) for brev in mail.outbox}
    mail.outbox.clear()
    return breve


def slut(hvem: Aktoer, aftale: Placeringsaftale, udfald: Udfald, grund: Grund) -> None:
    dag = idag() if udfald is Udfald.OPSIG else aftale.gaelder_fra
    sagt = Indhold(grund, "Grunden står kun på siden", {Data.DATO: dag})
    afgoer(aktoer=hvem, aftale_id=aftale.pk, udfald=udfald, indhold=sagt)


def test_each_step_is_mailed_to_the_others_of_both_parties_once(koeber: Aktoer, saelger: Aktoer) -> None:
    kollega = fabrik.sagsbehandler()
    aftale = kladde(fabrik.bekraeftet_reservation(af=koeber), af=koeber)
    assert sendt() == {}, "a draft is nobody's business yet"
    andre = {adressen(kollega)} | {
        *Bruger.objects.filter(tilknytninger__rolle=Rolle.TILBUDSLEDER).values_list("email", flat=True)
    }
    goer(koeber, aftale, Udfald.FREMSAET)
    foerst = sendt()
    assert set(foerst.values()) == {"Placeringsaftale: fremsat og godkendt"}
    assert andre <= set(foerst)
    assert adressen(koeber) not in foerst
    assert sendt() == {}
    goer(saelger, aftale, Udfald.AFVIS, "Prisen er en anden")
    assert adressen(koeber) in sendt()
    goer(koeber, aftale, Udfald.FREMSAET)
    goer(saelger, aftale, Udfald.GODKEND)
    assert sendt()[adressen(koeber)] == "Placeringsaftale: godkendt"
    slut(saelger, aftale, Udfald.OPSIG, Grund.KOMPETENCE)
    assert sendt()[adressen(koeber)] == "Placeringsaftale: opsagt"
    slut(koeber, aftale, Udfald.AFSLUT, Grund.ENIGE)
    assert sendt()[adressen(saelger)] == "Placeringsaftale: afsluttet"


def test_mail_names_offer_reference_day_and_page_and_neither_reason_nor_case(koeber: Aktoer, saelger: Aktoer) -> None:
    aftale = aftalt()
    sendt()
    slut(saelger, aftale, Udfald.OPSIG, Grund.KOMPETENCE)
    send_aftalebreve()
    tekst = mail.outbox[0].body
    with transaction.atomic():
        opsagt = Placeringsaftale.objects.for_systemet("test").select_related("reservation", "tilbud").get(pk=aftale.pk)
    assert opsagt.reservation is not None
    assert opsagt.ophoerer is not None
    side = adresse(reverse("aftaler:detalje", args=[aftale.pk]))
    for ventet in (
        opsagt.tilbud.navn,
        str(opsagt.reservation.reference),
        "Opholdet slutter ikke af det",
        side,
        "Gladsaxe",
    ):
        assert ventet in tekst
    for skjult in ("Grunden", "kompetencer", opsagt.reservation.sagsreference):
        assert skjult not in tekst


def test_regulated_version_is_told_to_both_parties() -> None:
    hvor = fabrik.plads_med_takst()
    aftalt(fabrik.ophold(hvor, periode=Periode(fabrik.om(0))), gaelder_fra=fabrik.om(0))
    sendt()
    ny_takst(hvor, "2800.00", fabrik.om(30))
    foelg_takster()
    breve = sendt()
    assert set(breve.values()) == {"Placeringsaftale: prisen reguleret efter taksten"}
    roller = set(Bruger.objects.filter(email__in=breve).values_list("tilknytninger__rolle", flat=True))
    assert {"sagsbehandler", "tilbudsleder"} <= roller


def test_leader_of_other_offers_alone_is_not_told(koeber: Aktoer) -> None:
    aftale = kladde(af=koeber)
    andet = fabrik.tilbudsleder_for(fabrik.tilbud(i="Gladsaxe"))
    eget = fabrik.tilbudsleder_for(aftale.tilbud)
    goer(koeber, aftale, Udfald.FREMSAET)
    breve = sendt()
    assert adressen(eget) in breve
    assert adressen(andet) not in breve


def test_mail_is_rolled_back_with_the_decision_and_taken_over_from_a_run_that_died(koeber: Aktoer) -> None:
    aftale = kladde(af=koeber)
    with transaction.atomic():
        goer(koeber, aftale, Udfald.FREMSAET)
        transaction.set_rollback(True)
    assert sendt() == {}
    goer(koeber, aftale, Udfald.FREMSAET)
    with transaction.atomic():
        Aftalebrev.objects.for_systemet("test").update(noteret=nu())
    assert sendt() == {}, "another run has it"
    with freeze_time(nu() + timedelta(minutes=11)):
        assert sendt()


def test_nobody_reads_the_mails_themselves(koeber: Aktoer) -> None:
    goer(koeber, kladde(af=koeber), Udfald.FREMSAET)
    assert not Aftalebrev.objects.synlige_for(koeber).exists()
