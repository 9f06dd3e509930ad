"""Sending, answering, reminding of and escalating enquiries; messages between the parties; nothing to others."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from freezegun import freeze_time

from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.models import Haendelse
from faelles.tid import Periode, midnat_efter, nu
from kommuner.models import Kkr
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.forespoergsler import queries
from reservationer.sag.forespoergsler.actions import (
    HOEJST,
    aabn,
    besvar,
    eskaler_ubesvarede,
    send_forespoergsel,
    skriv_besked,
)
from reservationer.sag.forespoergsler.behov import Behov
from reservationer.sag.models import Aldersgruppe, Besked, Beslutning, Forespoergsel, Henvendelse
from reservationer.sag.overgange import OVERGANGE, Data, Grund, Tilstand, Udfald
from tests import fabrik
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db

JA = Indhold(data={Data.KAN_FRA: fabrik.om(20)})


def svar(hvem: Aktoer, henvendelse: Henvendelse, udfald: Udfald, **indhold: Any) -> Henvendelse:
    """One decision, read again as the actor sees it."""
    besvar(aktoer=hvem, henvendelse_id=henvendelse.pk, udfald=udfald, indhold=Indhold(**indhold))
    return Henvendelse.objects.synlige_for(hvem).get(pk=henvendelse.pk)


def test_send_asks_every_offer_once_with_its_own_deadline_and_an_event_each() -> None:
    andet = Kkr.objects.create(navn="KKR Sjælland", slug="kkr-sjaelland")
    fabrik.vilkaar(andet, andre={Noegle.FORESPOERGSEL_SVARFRIST: "3"})
    fabrik.kommune("Roskilde", i="KKR Sjælland")
    foerste, anden = fabrik.tilbud(i="Gladsaxe"), fabrik.tilbud(i="Roskilde")
    forespoergsel = fabrik.forespoergsel(foerste, anden)
    dage = {h.tilbud_id: h.svarfrist for h in queries.henvendelser(fabrik.sagsbehandler())}
    assert dage == {foerste.pk: midnat_efter(fabrik.om(10)), anden.pk: midnat_efter(fabrik.om(3))}
    assert Haendelse.objects.filter(type="henvendelse.sendt").count() == 2
    assert forespoergsel.reference


def test_send_reports_all_faults_at_once_and_writes_nothing() -> None:
    lukket = fabrik.tilbud("Lukket hus", lukket_fra=fabrik.om(1))
    andet = fabrik.tilbud("Andet hus", hjemler=("SEL-108",))
    behov = Behov("SEL-107", Periode(fabrik.om(-1)), maalgruppe=uuid4(), aldersgruppe="ukendt")
    with pytest.raises(UgyldigtInput) as fejl:
        send_forespoergsel(
            aktoer=fabrik.sagsbehandler(),
            behov=behov,
            tilbud=[andet.pk],
            sagsreference=" ",
            bemaerkning="010203-1234",
        )
    assert set(fejl.value.felter) == {"tilbud", "fra", "maalgruppe", "aldersgruppe", "sagsreference", "bemaerkning"}
    with pytest.raises(UgyldigtInput, match="rettet") as fejl:
        fabrik.forespoergsel(lukket, andet, periode=Periode(fabrik.om(5)))
    assert [tekst.split(" ")[0] for tekst in fejl.value.felter["tilbud"]] == ["Andet", "Lukket"]
    assert Forespoergsel.objects.for_systemet("test").count() == 0


def test_send_to_none_too_many_or_an_unknown_offer_is_refused() -> None:
    with pytest.raises(UgyldigtInput, match="rettet"):
        fabrik.forespoergsel(*[fabrik.tilbud() for _ in range(HOEJST + 1)])
    af = fabrik.sagsbehandler()
    with pytest.raises(UgyldigtInput):
        send_forespoergsel(aktoer=af, behov=Behov("SEL-107", Periode(fabrik.om(5))), tilbud=[], sagsreference="A")
    with pytest.raises(IkkeFundet):
        send_forespoergsel(
            aktoer=af, behov=Behov("SEL-107", Periode(fabrik.om(5))), tilbud=[uuid4()], sagsreference="A"
        )


def test_send_without_the_term_names_it_and_writes_nothing() -> None:
    fabrik.kommune("Gladsaxe")
    uden = Kkr.objects.create(navn="KKR Uden", slug="kkr-uden")
    fabrik.vilkaar(uden, uden=Noegle.FORESPOERGSEL_SVARFRIST)
    fabrik.kommune("Ishøj", i="KKR Uden")
    with pytest.raises(Konflikt, match="forespoergsel_svarfrist"):
        fabrik.forespoergsel(fabrik.tilbud(), fabrik.tilbud(i="Ishøj"))
    assert Henvendelse.objects.for_systemet("test").count() == 0


def test_only_an_authority_sends() -> None:
    for hvem in (fabrik.tilbudsleder(), fabrik.sekretariat(), fabrik.aktoer(fabrik.Rolle.OEKONOMI, fabrik.kommune().organisation)):  # fmt: skip
        with pytest.raises(IngenAdgang):
            fabrik.forespoergsel(fabrik.tilbud(), af=hvem)


def test_answers_by_the_offer_and_what_the_table_asks_for() -> None:
    leder, henvendelse = fabrik.tilbudsleder(), fabrik.henvendelse()
    with pytest.raises(UgyldigtInput) as fejl:
        svar(leder, henvendelse, Udfald.ACCEPTER)
    assert list(fejl.value.felter) == ["kan_fra"]
    with pytest.raises(UgyldigtInput) as fejl:
        svar(leder, henvendelse, Udfald.ACCEPTER, data={Data.KAN_FRA: fabrik.om(-1)})
    assert list(fejl.value.felter) == ["kan_fra"]
    with pytest.raises(UgyldigtInput) as fejl:
        svar(leder, henvendelse, Udfald.AFVIS, grund=Grund.BEHOV_BORTFALDET)
    assert "Der er ingen plads" in fejl.value.felter["grund"][0]
    efter = svar(leder, henvendelse, Udfald.ACCEPTER, data={Data.KAN_FRA: fabrik.om(20)})
    assert (efter.tilstand, efter.kan_fra) == (Tilstand.ACCEPTERET, fabrik.om(20))
    assert efter.besvaret is not None
    assert Haendelse.objects.filter(type="henvendelse.accepteret", entitet_id=str(efter.pk)).count() == 1


def test_need_more_pauses_and_the_elaboration_gives_a_new_deadline() -> None:
    leder, koeber, henvendelse = fabrik.tilbudsleder(), fabrik.sagsbehandler(), fabrik.henvendelse()
    with pytest.raises(UgyldigtInput):
        svar(leder, henvendelse, Udfald.BED_OM_MERE)
    assert svar(leder, henvendelse, Udfald.BED_OM_MERE, bemaerkning="Hvilken støtte?").tilstand == "mere_oenskes"
    with freeze_time(fabrik.samme_tid(30)):
        assert eskaler_ubesvarede() == 0, "it waits for the buyer, not for the offer"
        efter = svar(koeber, henvendelse, Udfald.UDDYB, bemaerkning="Støtte om natten")
        assert (efter.tilstand, efter.svarfrist) == (Tilstand.AFVENTER, midnat_efter(fabrik.om(10)))


def test_impossible_step_is_refused_with_the_possible_ones() -> None:
    henvendelse, koeber = fabrik.henvendelse(), fabrik.sagsbehandler()
    with pytest.raises(Konflikt) as fejl:
        svar(koeber, henvendelse, Udfald.ACCEPTER)
    assert fejl.value.kode == "overgang_ikke_mulig"
    assert "Du kan påminde om eller eskalere eller tilbagekalde den." in fejl.value.besked
    svar(koeber, henvendelse, Udfald.TRAEK, grund=Grund.BEHOV_BORTFALDET)
    with pytest.raises(Konflikt, match="Der kan ikke ændres mere"):
        svar(fabrik.tilbudsleder(), henvendelse, Udfald.ACCEPTER, data=JA.data)


def test_reminder_and_escalation_by_people_and_by_the_clock() -> None:
    koeber, henvendelse, anden = fabrik.sagsbehandler(), fabrik.henvendelse(), fabrik.henvendelse()
    assert svar(koeber, henvendelse, Udfald.PAAMIND).paamindet is not None
    with pytest.raises(Konflikt) as fejl:
        svar(koeber, henvendelse, Udfald.ESKALER)
    assert fejl.value.kode == "svarfrist_ikke_udloebet"
    with freeze_time(henvendelse.svarfrist - timedelta(seconds=1)):
        assert eskaler_ubesvarede() == 0
    with freeze_time(henvendelse.svarfrist):
        assert svar(koeber, henvendelse, Udfald.ESKALER).eskaleret is not None
        assert (eskaler_ubesvarede(), eskaler_ubesvarede()) == (1, 0), "once each, and not what people have done"
        (uret,) = Beslutning.objects.synlige_for(koeber).filter(henvendelse=anden)
        assert (uret.udfald, uret.organisation_id, uret.identitet) == (Udfald.ESKALER, None, "")
        assert {h.pk for h in queries.ubesvarede(koeber, nu())} == {henvendelse.pk, anden.pk}


def test_third_parties_and_leaders_of_other_offers_get_what_does_not_exist() -> None:
    egen, anden = fabrik.tilbud(i="Gladsaxe"), fabrik.tilbud(i="Gladsaxe")
    henvendelse = fabrik.henvendelse(egen)
    for hvem in (
        fabrik.sagsbehandler("Herlev"),
        fabrik.tilbudsleder("Herlev"),
        fabrik.sagsbehandler("Gladsaxe"),
        fabrik.tilbudsleder_for(anden),
    ):
        with pytest.raises(IkkeFundet):
            svar(hvem, henvendelse, Udfald.ACCEPTER, data=JA.data)
        with pytest.raises(IkkeFundet):
            skriv_besked(aktoer=hvem, henvendelse_id=henvendelse.pk, tekst="Hej")
        assert not queries.forespoergsler(hvem).exists()
        assert not queries.henvendelser(hvem).exists()
    assert queries.forespoergsler(fabrik.tilbudsleder_for(egen)).count() == 1


def test_offers_asked_at_once_do_not_see_each_other() -> None:
    egen, andres = fabrik.tilbud(i="Gladsaxe"), fabrik.tilbud(i="Herlev")
    fabrik.forespoergsel(egen, andres)
    assert [h.tilbud_id for h in queries.henvendelser(fabrik.tilbudsleder())] == [egen.pk]
    assert queries.henvendelser(fabrik.sagsbehandler()).count() == 2


def test_messages_are_read_when_the_other_party_opens_and_stay_as_they_were_written() -> None:
    koeber, leder, henvendelse = fabrik.sagsbehandler(), fabrik.tilbudsleder(), fabrik.henvendelse()
    besked = skriv_besked(aktoer=koeber, henvendelse_id=henvendelse.pk, tekst=" Kan I svare i dag? ")
    aabn(aktoer=koeber, henvendelse_id=henvendelse.pk)
    assert Besked.objects.synlige_for(koeber).get().laest is None, "one's own reading marks nothing"
    assert queries.find(leder, henvendelse.pk).ulaeste == 1  # type: ignore[union-attr]  # annotated
    aabn(
        aktoer=fabrik.aktoer(fabrik.Rolle.DRIFTSHERRE_OEKONOMI, henvendelse.driftsherre), henvendelse_id=henvendelse.pk
    )
    assert Besked.objects.synlige_for(koeber).get().laest is None, "nor does that of somebody who cannot answer"
    aabn(aktoer=leder, henvendelse_id=henvendelse.pk)
    laest = Besked.objects.synlige_for(koeber).get()
    assert (laest.tekst, laest.laest is not None) == ("Kan I svare i dag?", True)
    assert queries.find(leder, henvendelse.pk).ulaeste == 0  # type: ignore[union-attr]  # annotated
    assert Henvendelse.objects.synlige_for(koeber).get().foerst_set is not None
    with pytest.raises(Exception, match="besked"):
        Besked.objects.synlige_for(koeber).filter(pk=besked.pk).update(tekst="Andet")


@pytest.mark.parametrize("tekst", ["", "   ", "borger 010203-1234", "x" * 2001])
def test_message_that_cannot_be_sent_is_refused(tekst: str) -> None:
    henvendelse = fabrik.henvendelse()
    with pytest.raises(UgyldigtInput) as fejl:
        skriv_besked(aktoer=fabrik.sagsbehandler(), henvendelse_id=henvendelse.pk, tekst=tekst)
    assert list(fejl.value.felter) == ["tekst"]


@pytest.mark.parametrize(
    ("alder", "gruppe"), [(0, "0-12"), (12, "0-12"), (13, "13-17"), (17, "13-17"), (18, "18-24"), (64, "40-64"), (65, "65-"), (104, "65-")]
)  # fmt: skip
def test_age_becomes_its_group(alder: int, gruppe: str) -> None:
    assert Aldersgruppe.for_alder(alder) == gruppe


def test_every_event_of_the_table_is_its_things_own() -> None:
    assert all(overgang.haendelse.startswith(f"{overgang.emne}.") for overgang in OVERGANGE)


def test_wanted_period_may_begin_today_at_the_earliest() -> None:
    with freeze_time("2028-02-29 11:00:00+00:00"):
        fabrik.forespoergsel(fabrik.tilbud(), periode=Periode(date(2028, 2, 29), date(2028, 3, 1)))
