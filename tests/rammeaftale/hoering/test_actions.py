"""Hearings as the secretariat prepares, sends and closes them, and what becomes of the answers."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core import mail
from django.db import DatabaseError, transaction

from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.tid import nu
from rammeaftale.hoering.actions import (
    Modtagerindhold,
    afslut,
    behandl,
    fjern_modtager,
    nyt_link,
    opret_hoering,
    ret_hoering,
    ret_postkasse,
    send_hoering,
    tilfoej_modtagere,
    traek_link,
)
from rammeaftale.hoering.breve import send_links
from rammeaftale.hoering.queries import mulige_versioner, vis
from rammeaftale.hoering.queries import udkast as udkastet
from rammeaftale.hoering.regler import Anledning, Behandlingsudfald, Modtagerart
from rammeaftale.models import Hoering, Hoeringsbehandling, Hoeringslink, Hoeringssvar, Klausuludgave, Version
from tests import fabrik
from tests.rammeaftale.hoering.situationer import (
    HANDICAPRAAD,
    ORGANISATION,
    besvar,
    frist_gik,
    indhold,
    kladde,
    klausuler,
    med_svar,
    noegle,
    sendt,
    skrevet_om,
    udkast,
)

pytestmark = pytest.mark.django_db


def test_hearing_is_about_the_draft_that_is_being_written() -> None:
    aftale = udkast()
    hoering = kladde(aftale)
    assert (hoering.version.nummer, hoering.sendt, hoering.modtagere.count()) == (1, None, 2)
    ikke_kladde = fabrik.aftale()
    with pytest.raises(Konflikt) as fejl:
        opret_hoering(aktoer=fabrik.sekretariat(), aftale_id=ikke_kladde.pk, indhold=indhold())
    assert fejl.value.kode == "ikke_kladde"


def test_every_fault_of_a_hearing_is_named_at_once() -> None:
    daarlige = (
        Modtagerindhold(Modtagerart.ANDEN, "", "a@example.dk"),
        Modtagerindhold(Modtagerart.ANDEN, "Rådet", "ingen adresse"),
        Modtagerindhold(Modtagerart.ANDEN, "Om 010203-1234", "a@example.dk"),
    )
    with pytest.raises(UgyldigtInput) as fejl:
        opret_hoering(
            aktoer=fabrik.sekretariat(),
            aftale_id=udkast().pk,
            indhold=indhold(" ", om=-1, foelgebrev="x" * 5_001, paamind_dage=400),
            modtagere=daarlige,
        )
    assert set(fejl.value.felter) == {"titel", "frist", "foelgebrev", "paamind_dage", "modtagere"}
    assert len(fejl.value.felter["modtagere"]) == 3
    assert not Hoering.objects.exists()


REGION = Modtagerindhold(Modtagerart.REGION, "Regionen", "Post@Region.example")


def test_recipient_stands_once_and_is_taken_out_of_a_draft_only() -> None:
    hoering = kladde()
    for forkerte in ([HANDICAPRAAD], []):
        with pytest.raises(UgyldigtInput):
            tilfoej_modtagere(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk, modtagere=forkerte)
    (ny,) = tilfoej_modtagere(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk, modtagere=[REGION])
    assert (ny.email, ny.links.exists()) == ("post@region.example", False)
    fjern_modtager(aktoer=fabrik.sekretariat(), modtager_id=ny.pk)
    send_hoering(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk)
    for goer in (
        lambda: fjern_modtager(aktoer=fabrik.sekretariat(), modtager_id=hoering.modtagere.all()[0].pk),
        lambda: send_hoering(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk),
    ):
        with pytest.raises(Konflikt):
            goer()
    assert hoering.modtagere.count() == 2


def test_forgotten_recipient_is_mailed_a_link_while_the_hearing_can_be_answered() -> None:
    hoering = sendt()
    (ny,) = tilfoej_modtagere(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk, modtagere=[REGION])
    assert ny.links.get().anledning == Anledning.AFSENDELSE
    send_links()
    assert (len(mail.outbox), mail.outbox[-1].to) == (3, ["post@region.example"])
    anden = Modtagerindhold(Modtagerart.ANDEN, "Rådet", "raad@example.dk")
    frist_gik(hoering)
    with pytest.raises(Konflikt) as fejl:
        tilfoej_modtagere(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk, modtagere=[anden])
    assert fejl.value.kode == "hoering_frist_passeret"
    afslut(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk)
    with pytest.raises(Konflikt):
        tilfoej_modtagere(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk, modtagere=[anden])
    assert hoering.modtagere.count() == 3


def test_mailbox_is_corrected_until_the_deadline_and_never_to_nonsense() -> None:
    hoering = kladde(udkast(), HANDICAPRAAD)
    modtager = hoering.modtagere.get()
    for forkert in ("", "ingen adresse", HANDICAPRAAD.email.upper()):
        with pytest.raises(UgyldigtInput) as fejl:
            ret_postkasse(aktoer=fabrik.sekretariat(), modtager_id=modtager.pk, email=forkert)
        assert set(fejl.value.felter) == {"email"}
    rettet = ret_postkasse(aktoer=fabrik.sekretariat(), modtager_id=modtager.pk, email="raad@herlev.example")
    assert (rettet.email, rettet.links.exists()) == ("raad@herlev.example", False)
    send_hoering(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk)
    frist_gik(hoering)
    with pytest.raises(Konflikt):
        ret_postkasse(aktoer=fabrik.sekretariat(), modtager_id=modtager.pk, email="en.anden@herlev.example")
    modtager.refresh_from_db()
    assert modtager.email == "raad@herlev.example"


def test_database_knows_when_a_link_failed() -> None:
    sendt(udkast(), HANDICAPRAAD)
    for uden in ({"forsoeg": 1}, {"sidst_fejlet": nu()}):
        with pytest.raises(DatabaseError, match="hoeringslink_fejlede_forsoeg_har_tid"), transaction.atomic():
            Hoeringslink.objects.update(**uden)


def test_sent_hearing_can_only_have_its_deadline_extended() -> None:
    hoering = sendt()
    for forkert, felt in ((indhold(om=19), "frist"), (indhold("Et andet navn"), "titel")):
        with pytest.raises(UgyldigtInput) as fejl:
            ret_hoering(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk, indhold=forkert)
        assert set(fejl.value.felter) == {felt}
    ret_hoering(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk, indhold=indhold(om=30, paamind_dage=None))
    hoering.refresh_from_db()
    assert (hoering.frist, hoering.paamind_dage) == (fabrik.om(30), None)


def test_letter_with_another_kind_of_line_break_is_the_same_letter() -> None:
    hoering = kladde()
    brev = {"med formular": "Kære alle\r\n\r\nSvar venligst.", "over REST": "Kære alle\n\nSvar venligst."}
    ret_hoering(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk, indhold=indhold(foelgebrev=brev["med formular"]))
    hoering.refresh_from_db()
    assert hoering.foelgebrev == brev["over REST"]
    Hoering.objects.filter(pk=hoering.pk).update(foelgebrev=brev["med formular"])  # as it was kept before
    send_hoering(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk)
    for om, foelgebrev in ((30, brev["med formular"]), (31, brev["over REST"])):
        ret_hoering(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk, indhold=indhold(om=om, foelgebrev=foelgebrev))
        hoering.refresh_from_db()
        assert (hoering.frist, hoering.foelgebrev) == (fabrik.om(om), brev["med formular"])
    with pytest.raises(UgyldigtInput) as fejl:
        ret_hoering(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk, indhold=indhold(om=32, foelgebrev="Et andet"))
    assert set(fejl.value.felter) == {"titel"}


def test_hearing_without_recipients_text_or_time_is_not_sent() -> None:
    uden_parter = opret_hoering(aktoer=fabrik.sekretariat(), aftale_id=udkast().pk, indhold=indhold())
    for_sent = kladde(uden_parter.version.aftale)
    frist_gik(for_sent)
    uden_tekst = kladde(udkast(slug="uden-tekst"))
    for udgave in uden_tekst.version.klausuludgaver.all():
        Klausuludgave.objects.create(
            klausul=udgave.klausul, version=udgave.version, udgave=2, nummer=udgave.nummer, udgaar=True,
            organisation=udgave.organisation, identitet="test",
        )  # fmt: skip
    koder = []
    for hoering in (uden_parter, for_sent, uden_tekst):
        with pytest.raises(Konflikt) as fejl:
            send_hoering(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk)
        koder.append(fejl.value.kode)
    assert koder == ["hoering_uden_modtagere", "hoering_frist_passeret", "hoering_uden_tekst"]
    assert not Hoeringslink.objects.exists()


def test_text_of_a_hearing_is_what_it_was_when_it_was_sent() -> None:
    hoering = sendt()
    foer = hoering.version.klausuludgaver.get(nummer="2.1")
    Klausuludgave.objects.create(
        klausul=foer.klausul, version=foer.version, udgave=2, nummer="2.1", overskrift="Skrevet siden", tekst="Nyt.",
        organisation=foer.organisation, identitet="test",
    )  # fmt: skip
    assert [k.udgave.overskrift for k in udkastet(hoering)] == ["Emne 1", "Emne 2"]
    assert [k.udgave.overskrift for k in udkastet(kladde(hoering.version.aftale))] == ["Skrevet siden", "Emne 2"]


HANDLINGER: list[Callable[[Aktoer, Hoering], object]] = [
    lambda hvem, h: opret_hoering(aktoer=hvem, aftale_id=h.version.aftale_id, indhold=indhold()),
    lambda hvem, h: ret_hoering(aktoer=hvem, hoering_id=h.pk, indhold=indhold()),
    lambda hvem, h: tilfoej_modtagere(aktoer=hvem, hoering_id=h.pk, modtagere=[HANDICAPRAAD]),
    lambda hvem, h: ret_postkasse(aktoer=hvem, modtager_id=h.modtagere.all()[0].pk, email="ny@herlev.example"),
    lambda hvem, h: fjern_modtager(aktoer=hvem, modtager_id=h.modtagere.all()[0].pk),
    lambda hvem, h: send_hoering(aktoer=hvem, hoering_id=h.pk),
    lambda hvem, h: nyt_link(aktoer=hvem, modtager_id=h.modtagere.all()[0].pk),
    lambda hvem, h: traek_link(aktoer=hvem, modtager_id=h.modtagere.all()[0].pk),
    lambda hvem, h: afslut(aktoer=hvem, hoering_id=h.pk),
]


@pytest.mark.parametrize("goer", HANDLINGER)
def test_only_the_agreements_own_secretariat_holds_its_hearings(goer: Callable[[Aktoer, Hoering], object]) -> None:
    hoering = kladde()
    with pytest.raises(IngenAdgang):
        goer(fabrik.sagsbehandler(), hoering)
    with pytest.raises(IkkeFundet):
        goer(fabrik.sekretariat("KKR Syddanmark"), hoering)


def test_remark_is_handled_by_its_own_secretariat_and_the_last_counts() -> None:
    hoering, bemaerkning = med_svar(udkast())
    with pytest.raises(IkkeFundet):
        behandl(aktoer=fabrik.sekretariat("KKR Syddanmark"), bemaerkning_id=bemaerkning.pk, udfald=Behandlingsudfald.TIL_EFTERRETNING)  # fmt: skip
    with pytest.raises(IkkeFundet):
        behandl(aktoer=fabrik.sekretariat(), bemaerkning_id=uuid4(), udfald=Behandlingsudfald.TIL_EFTERRETNING)
    for udfald, version, felt in (
        (Behandlingsudfald.INDARBEJDET, None, "version"),
        (Behandlingsudfald.INDARBEJDET, 7, "version"),
        (Behandlingsudfald.IKKE_IMOEDEKOMMET, None, "begrundelse"),
    ):
        with pytest.raises(UgyldigtInput) as fejl:
            behandl(aktoer=fabrik.sekretariat(), bemaerkning_id=bemaerkning.pk, udfald=udfald, version=version)
        assert set(fejl.value.felter) == {felt}
    assert vis(hoering).ubehandlede == 1
    behandl(aktoer=fabrik.sekretariat(), bemaerkning_id=bemaerkning.pk, udfald=Behandlingsudfald.TIL_EFTERRETNING)
    behandl(aktoer=fabrik.sekretariat(), bemaerkning_id=bemaerkning.pk, udfald=Behandlingsudfald.INDARBEJDET, version=1)
    (afsnit,) = vis(hoering).med_bemaerkninger
    (vist,) = afsnit.bemaerkninger
    assert vist.behandling is not None
    assert (vist.behandling.udfald, vist.behandling.version, vis(hoering).ubehandlede) == (
        "indarbejdet",
        hoering.version,
        0,
    )
    assert Hoeringsbehandling.objects.count() == 2


def test_remark_is_worked_into_no_version_older_than_the_one_that_was_heard() -> None:
    aftale = udkast()
    hoert = skrevet_om(aftale, "Nyt.").version
    hoering, bemaerkning = med_svar(aftale)
    assert hoering.version == hoert
    senere = Version.objects.create(aftale=aftale, nummer=3)
    assert list(mulige_versioner(hoering)) == [hoert, senere]

    def indarbejd(version: int) -> Hoeringsbehandling:
        udfald = Behandlingsudfald.INDARBEJDET
        return behandl(aktoer=fabrik.sekretariat(), bemaerkning_id=bemaerkning.pk, udfald=udfald, version=version)

    with pytest.raises(UgyldigtInput) as fejl:
        indarbejd(1)
    assert set(fejl.value.felter) == {"version"}
    assert [indarbejd(nummer).version for nummer in (2, 3)] == [hoert, senere]


def test_closed_hearing_is_closed_for_good() -> None:
    hoering = sendt()
    med = noegle()
    afslut(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk)
    for goer in (
        lambda: besvar(med),
        lambda: afslut(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk),
        lambda: nyt_link(aktoer=fabrik.sekretariat(), modtager_id=hoering.modtagere.all()[0].pk),
        lambda: ret_hoering(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk, indhold=indhold()),
    ):
        with pytest.raises(Konflikt):
            goer()


def test_database_takes_no_answer_by_a_link_that_is_over_and_changes_none() -> None:
    hoering = sendt()
    svar = besvar(noegle())
    trukket = Hoeringslink.objects.exclude(pk=svar.link_id).get()
    Hoeringslink.objects.filter(pk=trukket.pk).update(trukket=nu())
    for goer in (
        lambda: Hoeringssvar.objects.create(link=trukket),
        lambda: Hoeringssvar.objects.create(link=svar.link),
        lambda: Hoeringssvar.objects.filter(pk=svar.pk).update(ingen_bemaerkninger=True),
        lambda: svar.bemaerkninger.all().delete(),
        lambda: Hoering.objects.filter(pk=hoering.pk).update(sendt=None),
        lambda: Hoering.objects.filter(pk=hoering.pk).update(afsluttet=hoering.oprettet),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            goer()


def test_parties_see_a_hearing_once_it_is_sent() -> None:
    hoering = kladde()
    part, fremmed = fabrik.sagsbehandler("Herlev"), fabrik.sagsbehandler("Gladsaxe")
    synlige = Hoering.objects.synlige_for
    assert (synlige(fabrik.sekretariat()).get(), synlige(part).exists()) == (hoering, False)
    send_hoering(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk)
    assert (synlige(part).get(), synlige(fremmed).exists()) == (hoering, False)


def test_who_has_answered_who_has_nothing_to_remark_and_who_has_not_answered() -> None:
    hoering = sendt()
    assert [m.modtager.navn for m in vis(hoering).mangler] == [HANDICAPRAAD.navn, ORGANISATION.navn]
    besvar(noegle(), {None: "Enig.", klausuler(hoering)[1]: "Skriv mere."})
    besvar(noegle(ORGANISATION), ingen=True)
    visning = vis(hoering)
    assert (visning.svaret, visning.mangler) == (2, [])
    assert [m.modtager.navn for m in visning.uden_bemaerkninger] == [ORGANISATION.navn]
    assert [(a.navn, [b.bemaerkning.tekst for b in a.bemaerkninger]) for a in visning.med_bemaerkninger] == [
        ("Udkastet som helhed", ["Enig."]),
        ("2.2 Emne 2", ["Skriv mere."]),
    ]
    assert len(mail.outbox) == 2
