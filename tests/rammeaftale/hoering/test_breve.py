"""The mails with links: each sent once, none lost when a run is killed, and a key is in the mail alone."""

from dataclasses import replace
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

import pytest
from django.core import mail
from django.db.models import F
from freezegun import freeze_time

from faelles.fejl import IkkeFundet, Konflikt
from faelles.spor import historik
from faelles.templatetags.dansk import dato
from faelles.tid import idag, nu
from kommuner.personer.noegle import fingeraftryk
from rammeaftale.hoering import breve
from rammeaftale.hoering.actions import afslut, nyt_link, ret_hoering, ret_postkasse, send_hoering, traek_link
from rammeaftale.hoering.breve import bestil_paamindelser, send_links
from rammeaftale.hoering.queries import find_link, linkets_stand, vis
from rammeaftale.hoering.regler import Linkstand
from rammeaftale.models import Hoering, Hoeringslink
from rammeaftale.tasks import paamind_hoeringer, send_hoeringslinks
from tests import fabrik
from tests.kaploeb import loeb
from tests.rammeaftale.hoering.situationer import (
    HANDICAPRAAD,
    ORGANISATION,
    besvar,
    frist_gik,
    indhold,
    kladde,
    noegle,
    sendt,
    udkast,
)

pytestmark = pytest.mark.django_db


def _afvist(*_args: Any) -> None:
    raise SMTPException("nede")


@pytest.fixture
def nede(monkeypatch: pytest.MonkeyPatch) -> None:
    """No mail can be sent."""
    monkeypatch.setattr("faelles.brev.send_mail", _afvist)


def stand(noeglen: str) -> Linkstand:
    link = find_link(noeglen)
    assert link is not None
    return linkets_stand(link, idag())


def test_each_recipient_is_mailed_a_link_of_its_own_when_the_task_runs() -> None:
    hoering = send_hoering(aktoer=fabrik.sekretariat(), hoering_id=kladde().pk)
    assert mail.outbox == []
    send_hoeringslinks()
    assert sorted(b.to[0] for b in mail.outbox) == [HANDICAPRAAD.email, ORGANISATION.email]
    assert [send_links() for _ in range(2)] == [0, 0]
    for modtager in (HANDICAPRAAD, ORGANISATION):
        link = find_link(noegle(modtager))
        assert link is not None
        assert (link.modtager.navn, linkets_stand(link, idag())) == (modtager.navn, Linkstand.AABENT)
    (brev,) = [b for b in mail.outbox if b.to == [HANDICAPRAAD.email]]
    assert hoering.titel in brev.body
    assert HANDICAPRAAD.navn in brev.body


def test_key_is_256_bits_of_chance_and_only_its_hash_is_stored() -> None:
    sendt()
    noegler = [noegle(HANDICAPRAAD), noegle(ORGANISATION)]
    assert all(len(n) >= 43 for n in noegler)
    assert len(set(noegler)) == 2
    assert {fingeraftryk(n) for n in noegler} == set(Hoeringslink.objects.values_list("noegle_hash", flat=True))
    assert not hasattr(historik(Hoeringslink), "noegle_hash")


def test_draft_is_mailed_to_nobody() -> None:
    kladde()
    assert (send_links(), mail.outbox) == (0, [])


def test_new_link_replaces_the_old_when_it_is_mailed_and_not_before() -> None:
    hoering = sendt()
    gammel = noegle()
    nyt_link(aktoer=fabrik.sekretariat(), modtager_id=hoering.modtagere.get(navn=HANDICAPRAAD.navn).pk)
    assert stand(gammel) is Linkstand.AABENT
    send_links()
    assert (stand(gammel), stand(noegle())) == (Linkstand.TRUKKET, Linkstand.AABENT)


def test_withdrawn_link_is_worth_nothing_and_one_on_its_way_is_not_mailed() -> None:
    hoering = sendt()
    modtager = hoering.modtagere.get(navn=HANDICAPRAAD.navn)
    nyt_link(aktoer=fabrik.sekretariat(), modtager_id=modtager.pk)
    traek_link(aktoer=fabrik.sekretariat(), modtager_id=modtager.pk)
    assert send_links() == 0
    assert stand(noegle()) is Linkstand.TRUKKET
    with pytest.raises(Konflikt):
        besvar(noegle())
    nyt_link(aktoer=fabrik.sekretariat(), modtager_id=modtager.pk)
    assert send_links() == 1
    besvar(noegle())


def test_new_link_needs_a_deadline_ahead() -> None:
    hoering = sendt()
    frist_gik(hoering)
    with pytest.raises(Konflikt) as fejl:
        nyt_link(aktoer=fabrik.sekretariat(), modtager_id=hoering.modtagere.all()[0].pk)
    assert fejl.value.kode == "hoering_frist_passeret"
    ret_hoering(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk, indhold=indhold(om=3))
    assert stand(noegle()) is Linkstand.AABENT, "the deadline is the hearing's, so the old link works again"


def test_mail_that_could_not_be_sent_is_sent_by_the_next_run(monkeypatch: pytest.MonkeyPatch) -> None:
    send_hoering(aktoer=fabrik.sekretariat(), hoering_id=kladde().pk)
    with monkeypatch.context() as afbrydelse:
        afbrydelse.setattr("faelles.brev.send_mail", _afvist)
        assert send_links() == 0
    assert send_links() == 2
    assert stand(noegle()) is Linkstand.AABENT


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("naaede_ud", [True, False])
def test_killed_run_is_made_good_by_another_link(monkeypatch: pytest.MonkeyPatch, *, naaede_ud: bool) -> None:
    """Killed while the mail was sent, so nobody knows whether it was: another goes out, and the first names the newest."""
    send_hoering(aktoer=fabrik.sekretariat(), hoering_id=kladde(udkast(), HANDICAPRAAD).pk)
    rigtig = mail.send_mail

    def draebt(*args: Any) -> None:
        if naaede_ud:
            rigtig(*args)
        raise KeyboardInterrupt

    with monkeypatch.context() as afbrydelse:
        afbrydelse.setattr("faelles.brev.send_mail", draebt)
        with pytest.raises(KeyboardInterrupt):
            send_links()
    assert send_links() == 0, "it may still be at work"
    Hoeringslink.objects.update(noteret=nu() - breve.AFBRUDT - timedelta(seconds=1))
    assert send_links() == 1
    assert stand(noegle()) is Linkstand.AABENT
    if naaede_ud:
        assert stand(noegle(brev=0)) is Linkstand.TRUKKET
    assert send_links() == 0


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_mail_each_link_once() -> None:
    send_hoering(aktoer=fabrik.sekretariat(), hoering_id=kladde().pk)

    def koer(_nummer: int) -> None:
        send_links()

    loeb(koer, 4)
    assert len(mail.outbox) == 2


def test_those_who_have_not_answered_are_reminded_once_with_a_new_link() -> None:
    hoering = sendt(om=7, siden=1)
    besvar(noegle(ORGANISATION), ingen=True)
    gammel = noegle()
    paamind_hoeringer()
    assert [bestil_paamindelser(), send_links(), send_links(), bestil_paamindelser()] == [0, 1, 0, 0]
    assert mail.outbox[-1].subject.startswith("Påmindelse: ")
    assert (mail.outbox[-1].to, stand(gammel), stand(noegle())) == (
        [HANDICAPRAAD.email],
        Linkstand.AABENT,
        Linkstand.AABENT,
    ), "whoever was writing in the first link goes on in it"
    besvar(gammel)
    assert stand(noegle()) is Linkstand.BESVARET
    Hoering.objects.filter(pk=hoering.pk).update(frist=fabrik.om(30))
    assert bestil_paamindelser() == 0


@pytest.mark.parametrize(("om", "dage", "mindes"), [(8, 7, 0), (7, 7, 2), (0, 7, 2), (3, None, 0)])
def test_reminder_goes_out_from_its_day(om: int, dage: int | None, mindes: int) -> None:
    sendt(om=om, paamind_dage=dage, siden=8)
    assert bestil_paamindelser() == mindes


@pytest.mark.parametrize(("om", "siden"), [(7, 0), (5, 2), (3, 0)])
def test_link_mailed_since_the_reminder_fell_due_is_not_withdrawn_by_one(om: int, siden: int) -> None:
    sendt(om=om, siden=siden)
    assert (bestil_paamindelser(), send_links()) == (0, 0)
    assert stand(noegle()) is Linkstand.AABENT


def test_closed_hearing_and_withdrawn_recipient_are_not_reminded() -> None:
    hoering = sendt(om=2, siden=6)
    traek_link(aktoer=fabrik.sekretariat(), modtager_id=hoering.modtagere.get(navn=HANDICAPRAAD.navn).pk)
    assert bestil_paamindelser() == 1
    afslut(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk)
    assert (bestil_paamindelser(), send_links()) == (0, 0)


def test_link_that_has_no_mail_yet_opens_nothing() -> None:
    send_hoering(aktoer=fabrik.sekretariat(), hoering_id=kladde().pk)
    with pytest.raises(IkkeFundet):
        besvar("")
    assert find_link("") is None


def gik(tid: timedelta) -> None:
    """Let so long have passed since mails were refused."""
    Hoeringslink.objects.filter(sidst_fejlet__isnull=False).update(sidst_fejlet=F("sidst_fejlet") - tid)


@pytest.mark.usefixtures("nede")
def test_mail_that_is_refused_again_and_again_waits_longer_each_time() -> None:
    hoering = send_hoering(aktoer=fabrik.sekretariat(), hoering_id=kladde(udkast(), HANDICAPRAAD).pk)
    link = Hoeringslink.objects.get()
    forsoegt = []
    for tid in (timedelta(), timedelta(), timedelta(), timedelta(minutes=5), timedelta(minutes=5), timedelta(days=1)):
        gik(tid)
        send_links()
        link.refresh_from_db()
        forsoegt.append(link.forsoeg)
    assert forsoegt == [1, 2, 2, 3, 3, 4]
    assert vis(hoering).modtagere[0].tekst == "Kunne ikke sendes, prøvet 4 gange"


def test_mails_that_always_fail_do_not_stop_those_that_can_be_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(breve, "PAA_EN_GANG", 1)
    send_hoering(aktoer=fabrik.sekretariat(), hoering_id=kladde().pk)
    rigtig = mail.send_mail

    def afviser(emne: str, tekst: str, fra: None, til: list[str]) -> None:
        if til == [HANDICAPRAAD.email]:
            raise SMTPException("ukendt postkasse")
        rigtig(emne, tekst, fra, til)

    Hoeringslink.objects.filter(modtager__navn=HANDICAPRAAD.navn).update(bestilt=nu() - timedelta(hours=1))
    monkeypatch.setattr("faelles.brev.send_mail", afviser)
    assert [send_links() for _ in range(2)] == [0, 1]


def test_mail_is_not_tried_once_the_deadline_has_passed() -> None:
    hoering = send_hoering(aktoer=fabrik.sekretariat(), hoering_id=kladde().pk)
    frist_gik(hoering)
    assert send_links() == 0
    ret_hoering(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk, indhold=indhold(om=3))
    assert send_links() == 2


def test_corrected_mailbox_is_mailed_a_link_and_the_old_ones_are_worth_nothing() -> None:
    hoering = sendt()
    gammel = noegle()
    modtager = hoering.modtagere.get(navn=HANDICAPRAAD.navn)
    ret_postkasse(aktoer=fabrik.sekretariat(), modtager_id=modtager.pk, email=" Raad@Herlev.example ")
    assert stand(gammel) is Linkstand.TRUKKET, "at once: it is in the wrong hands"
    assert send_links() == 1
    assert mail.outbox[-1].to == ["raad@herlev.example"]
    assert stand(noegle(replace(HANDICAPRAAD, email="raad@herlev.example"))) is Linkstand.AABENT


def test_link_mailed_late_does_not_withdraw_the_one_ordered_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The mail to the wrong mailbox is under way while it is corrected, and the right one is mailed first."""
    hoering = send_hoering(aktoer=fabrik.sekretariat(), hoering_id=kladde(udkast(), HANDICAPRAAD).pk)
    modtager = hoering.modtagere.get()
    rigtig = mail.send_mail

    def langsom(*args: Any) -> None:
        monkeypatch.setattr("faelles.brev.send_mail", rigtig)
        ret_postkasse(aktoer=fabrik.sekretariat(), modtager_id=modtager.pk, email="raad@herlev.example")
        send_links()
        rigtig(*args)

    monkeypatch.setattr("faelles.brev.send_mail", langsom)
    send_links()
    assert stand(noegle(replace(HANDICAPRAAD, email="raad@herlev.example"))) is Linkstand.AABENT
    assert stand(noegle()) is Linkstand.TRUKKET


def test_reminder_is_not_mailed_to_one_who_answers_first() -> None:
    hoering = sendt(om=7, siden=1)
    assert bestil_paamindelser() == 2
    besvar(noegle())
    assert send_links() == 1
    assert mail.outbox[-1].to == [ORGANISATION.email]
    assert stand(noegle()) is Linkstand.BESVARET
    nyt_link(aktoer=fabrik.sekretariat(), modtager_id=hoering.modtagere.get(navn=HANDICAPRAAD.navn).pk)
    assert send_links() == 1, "a link the secretariat sends on purpose takes another answer"


def test_those_who_have_not_answered_are_told_of_a_later_deadline() -> None:
    hoering = sendt()
    besvar(noegle(ORGANISATION), ingen=True)
    gammel = noegle()
    for om in (20, 30, 31):  # the same day is nothing to write about; a letter on its way says the latest
        ret_hoering(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk, indhold=indhold(om=om))
    assert (send_links(), mail.outbox[-1].to) == (1, [HANDICAPRAAD.email])
    assert mail.outbox[-1].subject.startswith("Fristen er forlænget: ")
    assert dato(fabrik.om(31)) in mail.outbox[-1].body
    assert (stand(gammel), stand(noegle())) == (Linkstand.AABENT, Linkstand.AABENT)
    besvar(noegle())
    assert stand(gammel) is Linkstand.BESVARET, "there is still one answer"


def test_reminder_does_not_take_the_place_of_a_link_on_its_way_that_replaces_the_old() -> None:
    hoering = sendt(udkast(), HANDICAPRAAD, om=9)
    gammel = noegle()
    nyt_link(aktoer=fabrik.sekretariat(), modtager_id=hoering.modtagere.get().pk)
    with freeze_time(fabrik.samme_tid(3)):
        assert (bestil_paamindelser(), send_links()) == (0, 1)
        assert stand(gammel) is Linkstand.TRUKKET


def test_withdrawn_recipient_is_not_told_of_a_later_deadline() -> None:
    hoering = sendt(udkast(), HANDICAPRAAD)
    traek_link(aktoer=fabrik.sekretariat(), modtager_id=hoering.modtagere.get().pk)
    ret_hoering(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk, indhold=indhold(om=30))
    assert send_links() == 0


def test_first_letter_that_is_still_to_be_mailed_says_the_later_deadline_itself() -> None:
    hoering = sendt()
    modtager = hoering.modtagere.get(navn=HANDICAPRAAD.navn)
    nyt_link(aktoer=fabrik.sekretariat(), modtager_id=modtager.pk)
    ret_hoering(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk, indhold=indhold(om=30))
    assert send_links() == 2
    (brev,) = [b for b in mail.outbox[2:] if b.to == [HANDICAPRAAD.email]]
    assert brev.subject.startswith("Høring om ")
    assert dato(fabrik.om(30)) in brev.body
