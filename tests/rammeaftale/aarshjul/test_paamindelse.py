"""Reminders of the wheel: to those who owe a step or a milestone, before and after its day, each once, whatever is killed or run again."""

from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from freezegun import freeze_time

from faelles.tid import idag, nu
from kommuner.models import Rolle, Tilknytning
from rammeaftale.aarshjul.actions import ret_trin
from rammeaftale.aarshjul.paamindelse import send_paamindelser
from rammeaftale.aarshjul.regler import Ansvar
from rammeaftale.actions import ret_frist
from rammeaftale.fokus.actions import Milepaelsindhold, gennemse, ret_milepael
from rammeaftale.fokus.regler import Milepaelsstand
from rammeaftale.livscyklus import Aftaletilstand, Partsstatus
from rammeaftale.models import Aarshjulspaamindelse, Aarshjulstrin, Fokusomraade, Rammeaftale
from rammeaftale.tasks import paamind_aarshjul
from rammeaftale.udmeldinger.regler import Udmeldingsart
from tests import fabrik
from tests.kaploeb import loeb, nogle_overlappede
from tests.rammeaftale.aarshjul.situationer import indhold, trin, udfoert
from tests.rammeaftale.aftaler import godkend, sendt
from tests.rammeaftale.fokus.situationer import indsats, meldt, milepael, omraade
from tests.rammeaftale.rapporter.situationer import beslut
from tests.rammeaftale.test_sider import sekretariat
from tests.rammeaftale.test_trin import ny as aabn_ny_version
from tests.rammeaftale.udmeldinger.situationer import sket, svaret, udmelding

pytestmark = pytest.mark.django_db


def visitator(i: str = "Herlev", email: str = "herlev@example.dk") -> None:
    fabrik.bruger(Rolle.VISITATOR, fabrik.kommune(i).organisation, email=email)


@pytest.mark.parametrize(("om", "sendes"), [(15, 0), (14, 1), (0, 1), (-1, 1), (-90, 1)])
def test_reminder_goes_out_from_its_number_of_days_before(om: int, sendes: int) -> None:
    trin(fabrik.aftale(), om=om)
    visitator()
    assert send_paamindelser() == len(mail.outbox) == sendes
    assert Aarshjulspaamindelse.objects.count() == sendes


def test_mail_names_what_is_owed_and_leads_to_the_wheel() -> None:
    aftale = fabrik.aftale()
    trin(aftale, "Indberet kapacitet", om=-2)
    trin(aftale, "Offentliggør & send", om=3)
    trin(aftale, "Senere", om=40)
    trin(aftale, "Uden påmindelse", om=1, paamind_dage=None)
    trin(aftale, "Sekretariatets", om=1, ansvar=Ansvar.SEKRETARIAT)
    udfoert(trin(aftale, "Udført", om=2), "Herlev")
    visitator()
    paamind_aarshjul()
    (brev,) = [brev for brev in mail.outbox if brev.to == ["herlev@example.dk"]]
    assert brev.subject == "Rammeaftale 2027–2028: 2 opgaver i årshjulet"
    assert [linje for linje in brev.body.splitlines() if linje.startswith("- ")] == [
        f"- Indberet kapacitet: fristen var {fabrik.om(-2):%d.%m.%Y}",
        f"- Offentliggør & send: senest {fabrik.om(3):%d.%m.%Y}",
    ]
    assert reverse("rammeaftale:aarshjul", args=[aftale.slug]) in brev.body


@pytest.mark.parametrize(("om", "paamind_dage", "sendes"), [(15, 14, 0), (14, 14, 1), (-1, 14, 1), (-1, None, 0)])
def test_milestone_reminds_the_one_responsible_and_nobody_else(om: int, paamind_dage: int | None, sendes: int) -> None:
    aftale = fabrik.aftale()
    milepael(indsats(omraade(aftale)), ansvarlig="Herlev", om=om, paamind_dage=paamind_dage)
    visitator()
    visitator("Gladsaxe", "gladsaxe@example.dk")
    assert [send_paamindelser() for _ in range(2)] == [sendes, 0]
    assert [brev.to for brev in mail.outbox] == [["herlev@example.dk"]] * sendes
    assert Aarshjulspaamindelse.objects.filter(milepael__isnull=False, sendt__isnull=False).count() == sendes


def test_step_and_milestone_stand_in_one_mail_and_what_is_reached_or_given_up_in_none() -> None:
    aftale = fabrik.aftale()
    trin(aftale, om=3)
    arbejde = indsats(omraade(aftale))
    milepael(arbejde, "Skabelonen er afprøvet", ansvarlig="Herlev", om=-2)
    meldt(milepael(arbejde, "Nået", ansvarlig="Herlev", om=-2))
    meldt(milepael(arbejde, "Opgivet", ansvarlig="Herlev", om=-2), Milepaelsstand.OPGIVET)
    meldt(milepael(arbejde, "I gang", ansvarlig="Herlev", om=5), Milepaelsstand.I_GANG)
    visitator()
    assert send_paamindelser() == 1
    (brev,) = mail.outbox
    assert [linje for linje in brev.body.splitlines() if linje.startswith("- ")] == [
        f"- Milepæl: Skabelonen er afprøvet: fristen var {fabrik.om(-2):%d.%m.%Y}",
        f"- Indberet kapacitet: senest {fabrik.om(3):%d.%m.%Y}",
        f"- Milepæl: I gang: senest {fabrik.om(5):%d.%m.%Y}",
    ]
    assert "giv sekretariatet besked" in brev.body
    assert "melder I selv" in brev.body


def test_milestone_is_reminded_of_again_when_its_day_or_its_owner_is_another() -> None:
    aftale = fabrik.aftale()
    hvad = milepael(indsats(omraade(aftale)), ansvarlig="Herlev", om=5)
    visitator()
    visitator("Gladsaxe", "gladsaxe@example.dk")
    assert [send_paamindelser() for _ in range(2)] == [1, 0]
    for hvem, dage, sendes in (("Herlev", 7, [1, 0]), ("Gladsaxe", 7, [1, 0]), ("Herlev", 7, [0, 0])):
        skrevet = Milepaelsindhold(hvad.navn, fabrik.om(dage), fabrik.kommune(hvem).organisation.pk, 14)
        ret_milepael(aktoer=fabrik.sekretariat(), milepael_id=hvad.pk, indhold=skrevet)
        assert [send_paamindelser() for _ in range(2)] == sendes


def test_milestone_a_killed_run_had_noted_is_reminded_of_by_a_later_one() -> None:
    hvad = milepael(indsats(omraade(fabrik.aftale())), ansvarlig="Herlev", om=5)
    visitator()
    Aarshjulspaamindelse.objects.create(
        milepael=hvad, organisation=hvad.ansvarlig, frist=hvad.frist, anledning="foer", noteret=nu()
    )
    assert send_paamindelser() == 0, "the run may still be at it"
    Aarshjulspaamindelse.objects.update(noteret=nu() - timedelta(hours=2))
    assert [send_paamindelser() for _ in range(2)] == [1, 0]


def test_note_is_of_exactly_one_thing() -> None:
    aftale = fabrik.aftale()
    hvad = milepael(indsats(omraade(aftale)))
    for om in ({}, {"milepael": hvad, "trin": trin(aftale)}, {"milepael": hvad, "version": aftale.versioner.get()}):
        with pytest.raises(IntegrityError, match="aarshjulspaamindelse_om_netop_et"), transaction.atomic():
            Aarshjulspaamindelse.objects.create(organisation=hvad.ansvarlig, frist=hvad.frist, anledning="foer", **om)


def test_each_occasion_is_reminded_of_once_and_a_moved_deadline_is_another() -> None:
    aftale = fabrik.aftale()
    skrevet = trin(aftale, om=5)
    visitator()
    assert [send_paamindelser() for _ in range(3)] == [1, 0, 0]
    for dage, sendes in ((7, [1, 0]), (-1, [1, 0]), (5, [0, 0])):
        flyttet = indhold(frist=fabrik.om(dage))
        ret_trin(aktoer=fabrik.sekretariat(), aftale_id=aftale.id, trin_id=skrevet.id, indhold=flyttet)
        assert [send_paamindelser() for _ in range(2)] == sendes


def test_those_who_speak_for_the_organisation_are_written_to_once_each() -> None:
    aftale = fabrik.aftale()
    trin(aftale, om=1)
    trin(aftale, "Sekretariatets", om=1, ansvar=Ansvar.SEKRETARIAT)
    visitator()
    visitator("Odense", "odense@example.dk")
    herlev = fabrik.kommune("Herlev").organisation
    to_roller = fabrik.bruger(Rolle.OEKONOMI, herlev, email="to@example.dk")
    fabrik.tilknyt(to_roller, Rolle.VISITATOR, herlev)
    fabrik.bruger(Rolle.SAGSBEHANDLER, herlev, email="sagsbehandler@example.dk")
    fabrik.bruger(Rolle.VISITATOR, herlev, email="spaerret@example.dk")
    fabrik.Bruger.objects.filter(email="spaerret@example.dk").update(is_active=False)
    send_paamindelser()
    sekretariatets = Tilknytning.objects.filter(rolle=Rolle.SEKRETARIAT).values_list("bruger__email", flat=True)
    ventede = ["herlev@example.dk", "to@example.dk", *sekretariatets]
    assert sekretariatets
    assert sorted(brev.to[0] for brev in mail.outbox) == sorted(ventede)


def test_nobody_to_remind_leaves_no_note_so_that_the_next_one_is_reminded(caplog: pytest.LogCaptureFixture) -> None:
    trin(fabrik.aftale(), om=1)
    assert send_paamindelser() == 0
    assert "aarshjulspaamindelse_uden_modtager" in caplog.messages
    visitator()
    assert send_paamindelser() == 1


def test_mail_that_could_not_be_sent_is_sent_by_the_next_run(monkeypatch: pytest.MonkeyPatch) -> None:
    trin(fabrik.aftale(), om=1)
    visitator()

    def nede(*_args: Any) -> None:
        raise SMTPException("nede")

    with monkeypatch.context() as afbrydelse:
        afbrydelse.setattr("faelles.brev.send_mail", nede)
        assert send_paamindelser() == 0
    assert not Aarshjulspaamindelse.objects.exists()
    assert send_paamindelser() == 1


def test_run_that_was_killed_while_it_sent_is_never_followed_by_a_second_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    trin(fabrik.aftale(), om=1)
    visitator("Gladsaxe", "a@example.dk")
    visitator("Herlev", "b@example.dk")
    sendt = mail.send_mail

    def draebt_efter_den_foerste(*args: Any) -> None:
        sendt(*args)
        raise KeyboardInterrupt

    with monkeypatch.context() as afbrydelse:
        afbrydelse.setattr("faelles.brev.send_mail", draebt_efter_den_foerste)
        with pytest.raises(KeyboardInterrupt):
            send_paamindelser()
    assert len(mail.outbox) == 1
    assert send_paamindelser() == 0


def test_abandoned_agreement_reminds_of_nothing() -> None:
    aftale = fabrik.aftale()
    trin(aftale, om=1)
    visitator()
    Rammeaftale.objects.update(tilstand=Aftaletilstand.BORTFALDET)
    assert send_paamindelser() == 0


def _en_koersel(_: int) -> None:
    send_paamindelser()


@pytest.mark.django_db(transaction=True)
def test_runs_at_once_send_each_mail_once() -> None:
    trin(fabrik.aftale(), om=1)
    visitator()
    resultater = loeb(_en_koersel)
    assert nogle_overlappede(resultater)
    assert [en.fejl for en in resultater] == [None] * len(resultater)
    assert len(mail.outbox) == Aarshjulspaamindelse.objects.count() == 1
    assert Aarshjulstrin.objects.count() == 1


def test_mail_of_a_killed_run_is_sent_by_a_later_one_and_by_none_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    trin(fabrik.aftale(), om=1)
    visitator()

    class Draebt(BaseException):
        pass

    def draebes(*_args: Any) -> None:
        raise Draebt

    with monkeypatch.context() as afbrydelse:
        afbrydelse.setattr("faelles.brev.send_mail", draebes)
        with pytest.raises(Draebt):
            send_paamindelser()
    assert Aarshjulspaamindelse.objects.get().sendt is None
    assert send_paamindelser() == 0, "the run may still be at it"
    Aarshjulspaamindelse.objects.update(noteret=nu() - timedelta(hours=2))
    assert [send_paamindelser() for _ in range(2)] == [1, 0]
    assert Aarshjulspaamindelse.objects.get().sendt is not None
    assert len(mail.outbox) == 1


def frist(aftale: Rammeaftale, om: int, paamind_dage: int | None = 14) -> None:
    ret_frist(aktoer=fabrik.sekretariat(), aftale_id=aftale.id, frist=fabrik.om(om), paamind_dage=paamind_dage)


@pytest.mark.parametrize(("om", "paamind_dage", "sendes"), [(15, 14, 0), (14, 14, 1), (0, 0, 1), (5, None, 0)])
def test_party_that_has_not_decided_is_reminded_of_the_deadline_once(
    om: int, paamind_dage: int | None, sendes: int
) -> None:
    aftale = sendt("Rødovre", "Gladsaxe", "Herlev")
    frist(aftale, om, paamind_dage)
    visitator()
    assert [send_paamindelser() for _ in range(2)] == [sendes, 0]
    assert Aarshjulspaamindelse.objects.filter(version=aftale.versioner.get()).count() == sendes
    for brev in mail.outbox:
        assert f"- Parternes godkendelse: senest {fabrik.om(om):%d.%m.%Y}" in brev.body
        assert "har I besluttet jer om aftalen, så giv sekretariatet besked" in brev.body


@pytest.mark.parametrize(
    ("status", "sendes"),
    [(Partsstatus.GODKENDT, 0), (Partsstatus.AFVIST, 0), (Partsstatus.UDVALG, 1)],
)
def test_only_those_who_still_owe_a_decision_are_reminded(status: Partsstatus, sendes: int) -> None:
    aftale = sendt("Rødovre", "Gladsaxe", "Herlev")
    frist(aftale, 3)
    visitator()
    beslut(aftale, aftale.parter.get(organisation__navn="Herlev Kommune"), status, dato=idag())
    assert send_paamindelser() == sendes


def test_late_approval_is_reminded_of_once_more_and_a_moved_deadline_anew() -> None:
    aftale = sendt("Rødovre", "Gladsaxe", "Herlev")
    visitator()
    frist(aftale, 3)
    with freeze_time(fabrik.samme_tid(4)):
        assert [send_paamindelser() for _ in range(2)] == [1, 0]
        assert "fristen var" in mail.outbox[-1].body
        frist(aftale, 10)
        assert [send_paamindelser() for _ in range(2)] == [1, 0]
    assert list(Aarshjulspaamindelse.objects.order_by("frist").values_list("anledning", flat=True)) == [
        "efter",
        "foer",
    ]


@pytest.mark.parametrize("luk", [aabn_ny_version, godkend])
def test_nobody_is_reminded_of_a_version_that_is_called_back_or_adopted(luk: Callable[[Rammeaftale], None]) -> None:
    aftale = sendt("Rødovre", "Gladsaxe", "Herlev")
    visitator()
    frist(aftale, 3)
    luk(aftale)
    assert send_paamindelser() == 0


def test_municipality_that_has_not_answered_a_call_is_reminded_and_nobody_when_the_report_is_sent() -> None:
    aftale = fabrik.aftale()
    hvad = udmelding(aftale, svarfrist=fabrik.om(5), paamind_dage=7)
    visitator()
    visitator("Gladsaxe", "gladsaxe@example.dk")
    svaret(hvad, "Gladsaxe", 7)
    assert [send_paamindelser() for _ in range(2)] == [1, 0]
    (brev,) = mail.outbox
    assert brev.to == ["herlev@example.dk"]
    assert f"- Svar på udmelding: Udviklingshæmmede med dom: senest {fabrik.om(5):%d.%m.%Y}" in brev.body
    assert "svaret på en udmelding, melder I selv" in brev.body
    assert "giv sekretariatet besked" not in brev.body
    sket(hvad, Udmeldingsart.RAPPORT_SENDT)
    with freeze_time(fabrik.samme_tid(6)):
        assert send_paamindelser() == 0


def test_call_is_reminded_of_to_those_who_can_answer_it_and_a_step_to_operators_too() -> None:
    aftale = fabrik.aftale()
    udmelding(aftale, svarfrist=fabrik.om(5), paamind_dage=7)
    herlev = fabrik.kommune("Herlev").organisation
    fabrik.bruger(Rolle.DRIFTSHERRE_OEKONOMI, herlev, email="driftsherre@example.dk")
    assert send_paamindelser() == 0, "noted by none, so that who comes to the role is reminded"
    visitator()
    trin(aftale, om=3)
    assert send_paamindelser() == 2
    om_udmeldingen = {brev.to[0]: "Svar på udmelding" in brev.body for brev in mail.outbox}
    assert om_udmeldingen == {"herlev@example.dk": True, "driftsherre@example.dk": False}


def test_call_without_days_is_not_reminded_of() -> None:
    udmelding(fabrik.aftale(), svarfrist=fabrik.om(5))
    visitator()
    assert send_paamindelser() == 0


def test_date_carried_over_from_the_previous_agreement_is_reminded_of_when_it_has_been_looked_at() -> None:
    aftale = fabrik.aftale()
    skrevet = trin(aftale, om=3)
    Aarshjulstrin.objects.update(gennemgaas=True)
    gammelt = omraade(fabrik.aftale(slug="den-forrige"), "Det gamle")
    nyt = omraade(aftale, "Fortsat")
    hvad = milepael(indsats(nyt), "Skabelonen", ansvarlig="Herlev", om=3)
    Fokusomraade.objects.filter(pk=nyt.pk).update(gennemgaa=True, fortsaetter=gammelt)
    visitator()
    assert send_paamindelser() == 0
    side = sekretariat().get(reverse("rammeaftale:aarshjul", args=[aftale.slug]))
    assert side.content.decode().count("Ingen påmindes, før datoen er gennemgået") == 2
    ret_trin(aktoer=fabrik.sekretariat(), aftale_id=aftale.id, trin_id=skrevet.id, indhold=indhold(frist=fabrik.om(3)))
    assert send_paamindelser() == 1
    assert "Skabelonen" not in mail.outbox[0].body
    gennemse(aktoer=fabrik.sekretariat(), omraade_id=nyt.pk, frister={hvad.pk: hvad.frist})
    assert send_paamindelser() == 1
    assert "Skabelonen" in mail.outbox[1].body
