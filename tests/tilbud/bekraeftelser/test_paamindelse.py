"""Reminders: when the terms say so, once for each due date, to those who can confirm, and never for nothing."""

from datetime import timedelta
from smtplib import SMTPException
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from faelles.tid import Periode, nu
from kommuner.models import Kkr, Rolle, Tilknytning
from tests import fabrik
from tilbud.bekraeftelser.paamindelse import send_paamindelser
from tilbud.bekraeftelser.queries import egne_afdelinger
from tilbud.friskhed import skal_paamindes
from tilbud.models import Afdeling, Bekraeftelsespaamindelse
from tilbud.tasks import paamind_bekraeftelser
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db


def afdeling(navn: str = "Solbakken", **felter: Any) -> Afdeling:
    return fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(navn, **felter))).afdeling


def leder(*, i: str = "Gladsaxe", email: str = "leder@example.dk") -> None:
    fabrik.bruger(Rolle.TILBUDSLEDER, fabrik.kommune(i).organisation, email=email)


@pytest.mark.parametrize(
    ("dage_siden", "sendes"), [(4, False), (5, True), (6, True), (7, True), (29, True), (30, True)]
)
def test_reminder_goes_out_the_number_of_days_before_the_due_date_the_terms_say(dage_siden: int, sendes: bool) -> None:
    fabrik.bekraeftet(afdeling(), dage_siden=dage_siden)
    leder()
    assert send_paamindelser() == len(mail.outbox) == sendes


def test_offer_without_places_has_nothing_to_confirm_and_is_not_reminded_of() -> None:
    fabrik.afdeling(fabrik.tilbud(uden_pladser=True))
    leder()
    assert not send_paamindelser()
    assert not egne_afdelinger(fabrik.tilbudsleder(), fabrik.om(0)).exists()


def test_skal_paamindes_begins_on_the_very_day() -> None:
    forfald = fabrik.om(10)
    assert not skal_paamindes(forfald, fabrik.om(7), 2)
    assert skal_paamindes(forfald, fabrik.om(8), 2)
    assert not skal_paamindes(forfald, fabrik.om(9), 0)
    assert skal_paamindes(None, fabrik.om(0), 0)


def test_mail_names_what_is_due_and_leads_to_the_page_and_nothing_else_changes() -> None:
    fabrik.bekraeftet(afdeling("Solbakken"), dage_siden=5)
    fabrik.bekraeftet(afdeling("Engen"), dage_siden=31)
    afdeling("Æblehaven")
    fabrik.bekraeftet(afdeling("Frisk"), dage_siden=1)
    leder()
    paamind_bekraeftelser()
    (brev,) = mail.outbox
    assert (brev.to, brev.subject) == (["leder@example.dk"], "Bekræft jeres pladser")
    linjer = brev.body.splitlines()
    efter = "(Ledige pladser, sæt 1 i Testaftale)"
    assert f"- Solbakken, Hovedhuset: forfalder {fabrik.om(2):%d.%m.%Y} {efter}" in linjer
    assert f"- Engen, Hovedhuset: ukendt siden {fabrik.om(-1):%d.%m.%Y} {efter}" in linjer
    assert "- Æblehaven, Hovedhuset: aldrig bekræftet" in linjer
    assert "Frisk" not in brev.body
    assert reverse("tilbud:bekraeft_pladser") in brev.body
    assert not any(a.bekraeftelser.filter(tidspunkt__date=fabrik.om(0)).exists() for a in Afdeling.objects.all())


def test_reminder_is_sent_once_for_each_due_date() -> None:
    fundet = afdeling()
    leder()
    fabrik.bekraeftet(fundet, dage_siden=40)
    assert [send_paamindelser() for _ in range(3)] == [1, 0, 0]
    fabrik.bekraeftet(fundet, dage_siden=6)
    assert [send_paamindelser() for _ in range(2)] == [1, 0]
    aldrig = afdeling("Aldrig")
    assert [send_paamindelser() for _ in range(2)] == [1, 0]
    assert Bekraeftelsespaamindelse.objects.get(afdeling=aldrig).forfald is None


def test_reminder_goes_to_those_who_can_confirm_and_about_what_they_can() -> None:
    egen, anden = afdeling("Solbakken"), afdeling("Engen")
    afdeling("Lukket", lukket_fra=fabrik.om(0))
    leder(email="alle@example.dk")
    leder(i="Herlev", email="herlev@example.dk")
    en = fabrik.Bruger.objects.create_user("en@example.dk", fabrik.ADGANGSKODE)
    fabrik.tilknyt(en, Rolle.TILBUDSLEDER, egen.tilbud.driftsherre, kun=(egen.tilbud,))
    fabrik.bruger(Rolle.DRIFTSHERRE_OEKONOMI, egen.tilbud.driftsherre, email="oekonomi@example.dk")
    fabrik.bruger(Rolle.TILBUDSLEDER, egen.tilbud.driftsherre, email="spaerret@example.dk")
    fabrik.Bruger.objects.filter(email="spaerret@example.dk").update(is_active=False)
    tidligere = fabrik.bruger(Rolle.TILBUDSLEDER, egen.tilbud.driftsherre, email="tidligere@example.dk")
    Tilknytning.objects.filter(bruger=tidligere).update(periode=Periode(fabrik.om(-9), fabrik.om(0)).som_range)
    send_paamindelser()
    breve = {brev.to[0]: brev.body for brev in mail.outbox}
    assert set(breve) == {"alle@example.dk", "en@example.dk"}
    assert "Engen" in breve["alle@example.dk"]
    assert "Lukket" not in breve["alle@example.dk"]
    assert "Solbakken" in breve["en@example.dk"]
    assert "Engen" not in breve["en@example.dk"]
    assert Bekraeftelsespaamindelse.objects.filter(afdeling__in=[egen, anden]).count() == 2


def test_nobody_to_remind_leaves_no_note_so_that_the_next_leader_is_reminded(caplog: pytest.LogCaptureFixture) -> None:
    afdeling()
    assert send_paamindelser() == 0
    assert "paamindelse_uden_modtager" in caplog.messages
    leder()
    assert send_paamindelser() == 1


def test_mail_that_could_not_be_sent_is_sent_by_the_next_run(monkeypatch: pytest.MonkeyPatch) -> None:
    afdeling()
    leder()

    def nede(*_args: Any) -> None:
        raise SMTPException("nede")

    with monkeypatch.context() as afbrydelse:
        afbrydelse.setattr("faelles.brev.send_mail", nede)
        assert send_paamindelser() == 0
    assert not Bekraeftelsespaamindelse.objects.exists()
    assert send_paamindelser() == 1


def test_terms_that_do_not_say_when_send_nothing_and_the_log_tells(caplog: pytest.LogCaptureFixture) -> None:
    kkr = Kkr.objects.create(navn="KKR Prøve", slug="kkr-proeve")
    fabrik.vilkaar(kkr, uden=Noegle.BEKRAEFTELSE_PAAMINDELSE_DAGE)
    fabrik.kommune("Gladsaxe", i="KKR Prøve")
    fundet = afdeling()
    leder()
    assert send_paamindelser() == 0
    assert "paamindelse_uden_vilkaar" in caplog.messages
    assert not fundet.paamindelser.exists()


def test_mail_of_a_killed_run_is_sent_by_a_later_one_and_by_none_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    fundet = afdeling()
    leder()

    class Draebt(BaseException):
        pass

    def draebes(*_args: Any) -> None:
        raise Draebt

    with monkeypatch.context() as afbrydelse:
        afbrydelse.setattr("faelles.brev.send_mail", draebes)
        with pytest.raises(Draebt):
            send_paamindelser()
    assert Bekraeftelsespaamindelse.objects.get(afdeling=fundet).sendt is None
    assert send_paamindelser() == 0, "the run may still be at it"
    Bekraeftelsespaamindelse.objects.update(noteret=nu() - timedelta(hours=2))
    assert [send_paamindelser() for _ in range(2)] == [1, 0]
    assert Bekraeftelsespaamindelse.objects.get(afdeling=fundet).sendt is not None
    assert len(mail.outbox) == 1
