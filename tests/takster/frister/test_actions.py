"""Reminders ordered and mailed: to those who make the takster, about what they lack, once a day, whatever is killed or raced."""

from datetime import timedelta
from smtplib import SMTPException
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.db import DatabaseError, transaction

from faelles.aktoer import Aktoer
from faelles.fejl import IngenAdgang, Konflikt
from faelles.scope import saet_database_aktoer, som_systemet
from faelles.tid import nu
from kommuner.models import Rolle, Tilknytning
from takster.frister import actions, paamindelse
from takster.frister.queries import eget_kkr, tavle
from takster.models import Takstpaamindelse
from takster.tasks import send_takstpaamindelser
from tests import fabrik
from tests.kaploeb import loeb, nogle_overlappede
from tests.takster.fastsaettelse.situationer import offentliggjort
from tests.takster.frister.situationer import AAR, alle_stader, budget_for, oekonom, tilbud

pytestmark = pytest.mark.django_db


def paamind(*driftsherrer: UUID, af: Aktoer | None = None) -> list[Takstpaamindelse]:
    return actions.paamind(aktoer=af or fabrik.sekretariat(), aar=AAR, driftsherrer=driftsherrer)


def gladsaxe() -> UUID:
    return fabrik.kommune("Gladsaxe").organisation_id


def alle() -> list[Takstpaamindelse]:
    with som_systemet("the test looks at all of them"):
        return list(Takstpaamindelse.objects.for_systemet("the test looks at all of them"))


def aeldes(**felter: Any) -> None:
    with transaction.atomic():
        Takstpaamindelse.objects.for_systemet("the test lets time pass").update(**felter)


def test_mail_names_what_lacks_and_how_far_it_is() -> None:
    alle_stader()
    oekonom()
    paamind(gladsaxe())
    send_takstpaamindelser()
    (brev,) = [brev for brev in mail.outbox if brev.to == ["takst@example.dk"]]
    assert brev.subject == "Takster for 2027: 6 tilbud mangler"
    assert [linje for linje in brev.body.splitlines() if linje.startswith("- ")] == [
        "- Beregnet: beregnet",
        "- Budget: budget lagt",
        "- Delvis: kun en del af året",
        "- Godkendt: godkendt",
        "- Indsendt: venter på godkendelse",
        "- Ingen: ikke begyndt",
    ]
    assert "Fristen er 10.12.2026" in brev.body
    assert "/takster/?aar=2027" in brev.body
    (en,) = alle()
    assert en.sendt is not None


def test_leader_of_single_offers_is_written_to_about_those() -> None:
    hendes, andres = tilbud("Hendes"), tilbud("Andres")
    bruger = fabrik.bruger(Rolle.TILBUDSLEDER, andres.driftsherre, email="leder@example.dk")
    Tilknytning.objects.filter(bruger=bruger).update(kun_tilbud=[hendes.pk])
    paamind(gladsaxe())
    assert paamindelse.send_paamindelser() == 1
    assert "- Hendes" in mail.outbox[0].body
    assert "Andres" not in mail.outbox[0].body


def test_operator_is_reminded_once_a_day() -> None:
    tilbud("Ingen")
    oekonom()
    paamind(gladsaxe())
    for send in (False, True):
        if send:
            paamindelse.send_paamindelser()
        with pytest.raises(Konflikt) as fejl:
            paamind(gladsaxe())
        assert fejl.value.kode == "kan_ikke_paamindes"
    aeldes(sendt=nu() - timedelta(days=1))
    paamind(gladsaxe())
    assert paamindelse.send_paamindelser() == 1
    assert len(mail.outbox) == 2


@pytest.mark.parametrize("hvorfor", ["intet_mangler", "ingen_modtager", "anden_region"])
def test_operator_that_should_not_be_written_to_is_refused(hvorfor: str) -> None:
    hvor = tilbud("Et tilbud")
    if hvorfor != "ingen_modtager":
        oekonom()
    if hvorfor == "intet_mangler":
        offentliggjort(budget_for(hvor))
    af = fabrik.sekretariat("KKR Syddanmark") if hvorfor == "anden_region" else None
    with pytest.raises(Konflikt):
        paamind(gladsaxe(), af=af)
    assert not alle()


def test_only_the_secretariat_reminds_and_the_database_holds_it() -> None:
    tilbud("Ingen")
    oekonom()
    for aktoer in (fabrik.tilbudsleder(), fabrik.sagsbehandler()):
        with pytest.raises(IngenAdgang):
            paamind(gladsaxe(), af=aktoer)
    (en,) = paamind(gladsaxe())
    leder = fabrik.tilbudsleder()
    assert Takstpaamindelse.objects.synlige_for(leder).count() == 1
    assert not Takstpaamindelse.objects.synlige_for(fabrik.tilbudsleder("Herlev")).exists()
    with transaction.atomic():
        assert Takstpaamindelse.objects.synlige_for(leder).filter(pk=en.pk).delete()[0] == 0
    falsk = Takstpaamindelse(kkr=fabrik.kkr(), driftsherre_id=gladsaxe(), aar=AAR + 1, bestilt_af="x")
    with transaction.atomic():
        saet_database_aktoer(leder)
        with pytest.raises(DatabaseError), transaction.atomic():
            falsk.save(force_insert=True)


def test_what_was_published_meanwhile_is_not_written_about() -> None:
    hvor = tilbud("Udgives")
    oekonom()
    paamind(gladsaxe())
    offentliggjort(budget_for(hvor))
    assert paamindelse.send_paamindelser() == 0
    assert not mail.outbox
    assert not alle()


def test_mail_server_that_refuses_leaves_the_reminder_for_the_next_run(monkeypatch: pytest.MonkeyPatch) -> None:
    tilbud("Ingen")
    oekonom()
    paamind(gladsaxe())

    def nej(*_: object) -> None:
        raise SMTPException

    with monkeypatch.context() as m:
        m.setattr("faelles.brev.send_mail", nej)
        assert paamindelse.send_paamindelser() == 0
    assert [(en.noteret, en.sendt) for en in alle()] == [(None, None)]
    assert paamindelse.send_paamindelser() == 1


def test_killed_run_is_taken_up_by_a_later_one(monkeypatch: pytest.MonkeyPatch) -> None:
    tilbud("Ingen")
    oekonom()
    paamind(gladsaxe())

    def draebt(*_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as m:
        m.setattr("faelles.brev.send_mail", draebt)
        with pytest.raises(SystemExit):
            paamindelse.send_paamindelser()
    assert paamindelse.send_paamindelser() == 0  # still in the hands of the first, for all anybody knows
    aeldes(noteret=nu() - paamindelse.AFBRUDT)
    assert paamindelse.send_paamindelser() == 1


@pytest.mark.django_db(transaction=True)
def test_secretariat_pressing_twice_at_once_orders_one_reminder() -> None:
    tilbud("Ingen")
    oekonom()
    aktoer, hvem = fabrik.sekretariat(), gladsaxe()

    def tryk(_: int) -> None:
        paamind(hvem, af=aktoer)

    resultater = loeb(tryk, 4)
    assert nogle_overlappede(resultater)
    assert sorted(str(en.fejl) for en in resultater) == ["None", *["kan_ikke_paamindes"] * 3]


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_send_one_mail() -> None:
    tilbud("Ingen")
    oekonom()
    paamind(gladsaxe())

    def koer(_: int) -> None:
        paamindelse.send_paamindelser()

    resultater = loeb(koer, 4)
    assert nogle_overlappede(resultater)
    assert len(mail.outbox) == 1


def test_board_tells_that_a_reminder_is_on_its_way_and_then_when_it_went() -> None:
    tilbud("Ingen")
    oekonom()
    aktoer = fabrik.sekretariat()

    def paamindet() -> tuple[bool, bool]:
        (en,) = tavle(aktoer, eget_kkr(aktoer), AAR).driftsherrer
        return en.venter, en.paamindet is not None

    assert paamindet() == (False, False)
    paamind(gladsaxe())
    assert paamindet() == (True, False)
    paamindelse.send_paamindelser()
    assert paamindet() == (False, True)
