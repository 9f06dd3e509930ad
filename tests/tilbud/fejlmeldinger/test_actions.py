"""Reporting and answering: whose they are, when they are due, and what the database holds to."""

from datetime import date
from importlib import import_module
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from faelles.aktoer import Aktoer, Rettighed
from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.models import Haendelse
from faelles.scope import saet_database_aktoer, som_systemet
from faelles.tid import Periode, idag
from kommuner.models import Kkr, KkrMedlemskab, Organisation, Rolle
from tests import fabrik
from tilbud.fejlmeldinger import queries
from tilbud.fejlmeldinger.actions import behandl, meld
from tilbud.fejlmeldinger.overgange import Fejltilstand, Skridt
from tilbud.fejlmeldinger.tillid import Fejltal
from tilbud.models import AFDELINGENS, TILBUDDETS, Faktum, Fejlmelding, Fejlsag
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db


def sag(fejl: Fejlmelding, aktoer: Aktoer) -> Fejlsag | None:
    return Fejlsag.objects.synlige_for(aktoer).filter(pk=fejl.pk).first()


def test_meld_keeps_what_stood_there_and_gives_the_deadline_of_the_terms() -> None:
    tilbud = fabrik.tilbud("Solbakken", adresse="Solvej 1")
    melder = fabrik.sagsbehandler()
    fejl = meld(aktoer=melder, tilbud_id=tilbud.pk, faktum=Faktum.ADRESSE, besked="  Det er nr. 5 ")
    assert (fejl.frist, fejl.tilstand) == (fabrik.om(14), Fejltilstand.MODTAGET)
    fundet = sag(fejl, melder)
    assert fundet is not None
    assert (fundet.vist, fundet.besked, fundet.driftsherre) == ("Solvej 1", "Det er nr. 5", tilbud.driftsherre)
    assert Haendelse.objects.get(type="fejlmelding.oprettet").entitet_id == str(fejl.pk)


@pytest.mark.parametrize("faktum", sorted(TILBUDDETS - AFDELINGENS))
def test_meld_keeps_every_fact_of_the_offer_in_words(faktum: Faktum) -> None:
    melder = fabrik.sagsbehandler()
    fejl = fabrik.fejlmelding(fabrik.tilbud(), af=melder, faktum=faktum)
    fundet = sag(fejl, melder)
    assert fundet is not None
    assert fundet.vist


@pytest.mark.parametrize(
    ("dage_siden", "ordet"),
    [(0, "1 ledig"), (90, "1 ukendt siden {for_60_dage_siden}"), (None, "1 ukendt, aldrig bekræftet")],
)
def test_meld_about_places_names_the_department_and_what_the_ledger_said(dage_siden: int | None, ordet: str) -> None:
    plads = fabrik.ledig_plads()
    if dage_siden is not None:
        fabrik.bekraeftet(plads.afdeling, dage_siden=dage_siden)
    fabrik.optag(fabrik.ledig_plads(plads.afdeling), Periode(fabrik.om(-1), fabrik.om(3)))
    melder = fabrik.sagsbehandler()
    tilbud_id = plads.afdeling.tilbud_id
    fejl = meld(
        aktoer=melder, tilbud_id=tilbud_id, faktum=Faktum.PLADSER, afdeling_id=plads.afdeling_id, besked="Der er fuldt"
    )
    fundet = sag(fejl, melder)
    assert fundet is not None
    ordet = ordet.format(for_60_dage_siden=f"{fabrik.om(-60):%d.%m.%Y}")
    assert fundet.vist == f"Pladser den {idag():%d.%m.%Y}: {ordet}, 1 optaget"


def test_meld_protected_address_stays_protected_in_what_is_kept() -> None:
    melder = fabrik.sagsbehandler()
    fejl = fabrik.fejlmelding(fabrik.tilbud(beskyttet_adresse=True), af=melder)
    fundet = sag(fejl, melder)
    assert fundet is not None
    assert fundet.vist == "Beskyttet"


@pytest.mark.parametrize(
    ("mere", "felt"),
    [
        ({"besked": " "}, "besked"),
        ({"besked": "Ring om 010203-1234"}, "besked"),
        ({"faktum": Faktum.PLADSER}, "afdeling"),
    ],
)
def test_meld_says_what_is_wrong_at_its_field_and_keeps_nothing(mere: dict[str, Any], felt: str) -> None:
    tilbud = fabrik.tilbud()
    felter = {"faktum": Faktum.ADRESSE, "besked": "Forkert", **mere}
    with pytest.raises(UgyldigtInput) as fejl:
        meld(aktoer=fabrik.sagsbehandler(), tilbud_id=tilbud.pk, **felter)
    assert list(fejl.value.felter) == [felt]
    assert not Fejlmelding.objects.exists()


def test_meld_department_of_another_offer_is_refused() -> None:
    anden = fabrik.afdeling()
    with pytest.raises(UgyldigtInput):
        meld(
            aktoer=fabrik.sagsbehandler(),
            tilbud_id=fabrik.tilbud().pk,
            faktum=Faktum.TAKST,
            afdeling_id=anden.pk,
            besked="Forkert",
        )


def test_meld_the_same_twice_is_refused_until_the_first_is_answered_and_others_may() -> None:
    tilbud, melder = fabrik.tilbud(), fabrik.sagsbehandler()
    foerste = fabrik.fejlmelding(tilbud, af=melder)
    with pytest.raises(Konflikt, match="allerede meldt"):
        fabrik.fejlmelding(tilbud, af=fabrik.aktoer(Rolle.VISITATOR, fabrik.kommune("Rødovre").organisation))
    fabrik.fejlmelding(tilbud, af=melder, faktum=Faktum.KONTAKT)
    fabrik.fejlmelding(tilbud, af=fabrik.sagsbehandler("Herlev"))
    behandl(aktoer=melder, fejlmelding_id=foerste.pk, skridt=Skridt.TRAEK)
    fabrik.fejlmelding(tilbud, af=melder)


def test_meld_needs_the_right_and_a_term() -> None:
    tilbud = fabrik.tilbud()
    with pytest.raises(IngenAdgang):
        fabrik.fejlmelding(tilbud, af=fabrik.aktoer(Rolle.LAESER, fabrik.kommune("Rødovre").organisation))
    kkr = Kkr.objects.create(navn="KKR Prøve", slug="kkr-proeve")
    fabrik.vilkaar(kkr, uden=Noegle.FEJLMELDING_FRIST_DAGE)
    fabrik.kommune("Prøveby", i="KKR Prøve")
    with pytest.raises(Konflikt, match="fejlmelding_frist_dage"):
        fabrik.fejlmelding(fabrik.tilbud(i="Prøveby"))


def test_behandl_owner_answers_and_reporter_sees_it_once_and_for_all() -> None:
    melder, ejer = fabrik.sagsbehandler(), fabrik.tilbudsleder()
    fejl = fabrik.fejlmelding(af=melder)
    assert behandl(aktoer=ejer, fejlmelding_id=fejl.pk, skridt=Skridt.BEGYND).tilstand == Fejltilstand.I_GANG
    with pytest.raises(UgyldigtInput):
        behandl(aktoer=ejer, fejlmelding_id=fejl.pk, skridt=Skridt.RET, svar=" ")
    with pytest.raises(UgyldigtInput):
        behandl(aktoer=ejer, fejlmelding_id=fejl.pk, skridt=Skridt.RET, svar="Spørg 0102031234")
    besvaret = behandl(aktoer=ejer, fejlmelding_id=fejl.pk, skridt=Skridt.RET, svar="Rettet til nr. 5")
    assert (besvaret.tilstand, besvaret.er_aaben) == (Fejltilstand.RETTET, False)
    fundet = sag(fejl, melder)
    assert fundet is not None
    assert (fundet.svar, fundet.svaret_rolle) == ("Rettet til nr. 5", "Tilbudsleder")
    for aktoer, skridt in ((ejer, Skridt.AFVIS), (melder, Skridt.TRAEK)):
        with pytest.raises(Konflikt, match="rettet"):
            behandl(aktoer=aktoer, fejlmelding_id=fejl.pk, skridt=skridt, svar="Nej")


def test_behandl_each_party_does_its_own() -> None:
    melder, ejer = fabrik.sagsbehandler(), fabrik.tilbudsleder()
    fejl = fabrik.fejlmelding(af=melder)
    with pytest.raises(Konflikt):
        behandl(aktoer=melder, fejlmelding_id=fejl.pk, skridt=Skridt.RET, svar="Rettet")
    with pytest.raises(Konflikt):
        behandl(aktoer=ejer, fejlmelding_id=fejl.pk, skridt=Skridt.TRAEK)
    trukket = behandl(aktoer=melder, fejlmelding_id=fejl.pk, skridt=Skridt.TRAEK)
    assert trukket.tilstand == Fejltilstand.TRUKKET


def fremmede() -> dict[str, Aktoer]:
    """Everybody who is no party to Rødovre's report as authority about Gladsaxe's offer."""
    return {
        "a third municipality": fabrik.sagsbehandler("Herlev"),
        "another operator": fabrik.tilbudsleder("Herlev"),
        "the reporter's own operator side": fabrik.tilbudsleder("Rødovre"),
        "the operator's authority side": fabrik.sagsbehandler("Gladsaxe"),
        "the secretariat": fabrik.sekretariat(),
        "the operator's leader of another offer": fabrik.tilbudsleder_for(fabrik.tilbud("Engen")),
    }


@pytest.mark.parametrize("hvem", list(range(6)))
def test_no_third_party_sees_or_touches_the_case_and_everybody_sees_the_number(hvem: int) -> None:
    tilbud = fabrik.tilbud("Solbakken")
    fejl = fabrik.fejlmelding(tilbud)
    navn, fremmed = list(fremmede().items())[hvem]
    assert sag(fejl, fremmed) is None, navn
    with pytest.raises(IkkeFundet):
        behandl(aktoer=fremmed, fejlmelding_id=fejl.pk, skridt=Skridt.TRAEK)
    assert _fejltal([tilbud.pk], idag()) == {tilbud.pk: Fejltal(1, 0)}
    assert hver_mur(fremmed) == (0, 0), navn


def hver_mur(aktoer: Aktoer) -> tuple[int, int]:
    """How many cases each of the two walls lets the actor see without the other."""
    foerste = Fejlsag.objects.synlige_for(aktoer)
    saet_database_aktoer(None)
    antal = foerste.count()
    saet_database_aktoer(aktoer)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from tilbud_fejlsag")
        (uden_foerste,) = cursor.fetchone() or (0,)
    return antal, uden_foerste


def uden_for_sekretariatets_sag() -> dict[str, Aktoer]:
    """Everybody who is no party to Rødovre's report about the level of Gladsaxe's offer."""
    return {
        "the offer's operator": fabrik.tilbudsleder(),
        "another KKR's secretariat": fabrik.sekretariat("KKR Syddanmark"),
        "the secretariat's administrator": fabrik.aktoer(Rolle.ADMINISTRATOR, sekretariatet()),
        "a third municipality": fabrik.sagsbehandler("Herlev"),
    }


def sekretariatet(navn: str = "KKR Hovedstaden") -> Organisation:
    fundet = fabrik.kkr(navn).sekretariat
    assert fundet is not None
    return fundet


@pytest.mark.parametrize("faktum", [Faktum.SPECIALISERING, Faktum.KLYNGER])
def test_report_about_what_the_secretariat_decides_is_its_own_to_answer(faktum: Faktum) -> None:
    melder, sekretariat = fabrik.sagsbehandler(), fabrik.sekretariat()
    fejl = fabrik.fejlmelding(af=melder, faktum=faktum)
    fundet = sag(fejl, sekretariat)
    assert fundet is not None
    assert (fundet.modtager, fejl.frist) == (sekretariatet(), fabrik.om(14))
    assert queries.til_startsiden(sekretariat, idag(), 5) == ([fundet], [])
    behandl(aktoer=sekretariat, fejlmelding_id=fejl.pk, skridt=Skridt.BEGYND)
    behandl(aktoer=sekretariat, fejlmelding_id=fejl.pk, skridt=Skridt.RET, svar="Niveauet er rettet")
    set_af_melder = sag(fejl, melder)
    assert set_af_melder is not None
    assert (set_af_melder.svar, set_af_melder.svaret_rolle) == ("Niveauet er rettet", "Sekretariatsmedarbejder")
    assert queries.til_startsiden(sekretariat, idag(), 5) == ([], [])


@pytest.mark.parametrize("hvem", list(range(4)))
def test_nobody_but_the_reporter_and_the_secretariat_sees_or_answers_its_case(hvem: int) -> None:
    fejl = fabrik.fejlmelding(faktum=Faktum.SPECIALISERING)
    navn, fremmed = list(uden_for_sekretariatets_sag().items())[hvem]
    assert sag(fejl, fremmed) is None, navn
    if fremmed.maa(Rettighed.FEJLMELDINGER_SKRIV):
        with pytest.raises(IkkeFundet):
            behandl(aktoer=fremmed, fejlmelding_id=fejl.pk, skridt=Skridt.RET, svar="Rettet")
    assert hver_mur(fremmed) == (0, 0), navn
    assert hver_mur(fabrik.sekretariat()) == (1, 1)


def test_secretariat_is_that_of_the_kkr_the_offer_lies_in_that_day() -> None:
    tilbud, melder = fabrik.tilbud(), fabrik.sagsbehandler()
    foer = fabrik.fejlmelding(tilbud, af=melder, faktum=Faktum.SPECIALISERING)
    i_gaar = Periode(fabrik.FOR_LAENGE_SIDEN, idag()).som_range
    KkrMedlemskab.objects.filter(kommune=tilbud.beliggenhedskommune).update(periode=i_gaar)
    KkrMedlemskab.objects.create(
        kkr=fabrik.kkr("KKR Syddanmark"), kommune=tilbud.beliggenhedskommune, periode=Periode(idag()).som_range
    )
    efter = fabrik.fejlmelding(tilbud, af=melder, faktum=Faktum.KLYNGER)
    for fejl, navn in ((foer, "KKR Hovedstaden"), (efter, "KKR Syddanmark")):
        fundet = sag(fejl, melder)
        assert fundet is not None
        assert fundet.modtager == sekretariatet(navn)


def test_operator_answers_for_everything_where_the_kkr_has_no_secretariat() -> None:
    tilbud, ejer = fabrik.tilbud(), fabrik.tilbudsleder()
    Kkr.objects.update(sekretariat=None)
    fejl = fabrik.fejlmelding(tilbud, faktum=Faktum.SPECIALISERING)
    behandl(aktoer=ejer, fejlmelding_id=fejl.pk, skridt=Skridt.AFVIS, svar="Det afgør kommunerne selv hos os")
    fundet = sag(fejl, ejer)
    assert fundet is not None
    assert fundet.modtager == tilbud.driftsherre


def test_migration_moves_the_open_reports_about_the_secretariats_facts_to_it() -> None:
    tilbud, melder = fabrik.tilbud(), fabrik.sagsbehandler()
    niveau, klynger, adresse = (
        fabrik.fejlmelding(tilbud, af=melder, faktum=faktum)
        for faktum in (Faktum.SPECIALISERING, Faktum.KLYNGER, Faktum.ADRESSE)
    )
    with som_systemet("prøve"):  # as they stood before the secretariat received any
        Fejlsag.objects.for_systemet("prøve").update(sekretariat=None)
    behandl(aktoer=fabrik.tilbudsleder(), fejlmelding_id=klynger.pk, skridt=Skridt.AFVIS, svar="Klyngen er rigtig")
    flyt = import_module("tilbud.migrations.0033_gamle_fejl_til_sekretariatet").FLYT
    with som_systemet("som migrationens ejer"), connection.cursor() as cursor:
        cursor.execute(flyt)
    saet_database_aktoer(melder)
    modtagere = {fejl.faktum: sag(fejl, melder) for fejl in (niveau, klynger, adresse)}
    driftsherre = tilbud.driftsherre
    assert {faktum: fundet and fundet.modtager for faktum, fundet in modtagere.items()} == {
        Faktum.SPECIALISERING: sekretariatet(), Faktum.KLYNGER: driftsherre, Faktum.ADRESSE: driftsherre,
    }  # fmt: skip


def test_secretariat_reports_to_itself_and_to_the_operator_and_does_each_partys_steps() -> None:
    tilbud, sekretariat = fabrik.tilbud(), fabrik.sekretariat()
    egen = fabrik.fejlmelding(tilbud, af=sekretariat, faktum=Faktum.SPECIALISERING)
    behandl(aktoer=sekretariat, fejlmelding_id=egen.pk, skridt=Skridt.RET, svar="Rettet")
    driftsherrens = fabrik.fejlmelding(tilbud, af=sekretariat, faktum=Faktum.ADRESSE)
    with pytest.raises(Konflikt):
        behandl(aktoer=sekretariat, fejlmelding_id=driftsherrens.pk, skridt=Skridt.RET, svar="Rettet")
    behandl(aktoer=sekretariat, fejlmelding_id=driftsherrens.pk, skridt=Skridt.TRAEK)


def test_leader_of_the_offer_alone_sees_what_is_reported_about_it() -> None:
    tilbud = fabrik.tilbud("Solbakken")
    fejl = fabrik.fejlmelding(tilbud)
    assert sag(fejl, fabrik.tilbudsleder_for(tilbud)) is not None
    fabrik.fejlmelding(fabrik.tilbud("Engen"))
    assert queries.sager(fabrik.tilbudsleder_for(tilbud)).count() == 1


def _fejltal(tilbud: list[UUID], dag: date) -> dict[UUID, Fejltal]:
    return {tal.pop("tilbud"): Fejltal(**tal) for tal in queries.fejltal(tilbud, dag)}


def test_fejltal_counts_open_and_overdue_reports() -> None:
    tilbud, uden = fabrik.tilbud(), fabrik.tilbud()
    foerste = fabrik.fejlmelding(tilbud)
    fabrik.fejlmelding(tilbud, faktum=Faktum.ALDER)
    Fejlmelding.objects.filter(pk=foerste.pk).update(frist=fabrik.om(0))
    assert _fejltal([tilbud.pk, uden.pk], fabrik.om(0)) == {tilbud.pk: Fejltal(2, 0)}
    assert _fejltal([tilbud.pk], fabrik.om(1)) == {tilbud.pk: Fejltal(2, 1)}
    behandl(aktoer=fabrik.tilbudsleder(), fejlmelding_id=foerste.pk, skridt=Skridt.AFVIS, svar="Det passer")
    assert _fejltal([tilbud.pk], fabrik.om(1)) == {tilbud.pk: Fejltal(1, 0)}


@pytest.mark.parametrize(
    "felter",
    [
        {"tilstand": "rettet"},
        {"tilstand": "glemt"},
        {"faktum": "andet"},
        {"afsluttet": "2026-01-01T00:00Z"},
    ],
)
def test_database_refuses_a_report_that_cannot_be(felter: dict[str, str]) -> None:
    fejl = fabrik.fejlmelding()
    with pytest.raises(IntegrityError), transaction.atomic():
        Fejlmelding.objects.filter(pk=fejl.pk).update(**felter)
