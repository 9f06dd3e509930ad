"""What the steps of an agreement's life do to the terms in force: preliminary and final sets, allonger, and mergers of KKRs."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from faelles.fejl import Konflikt, UgyldigtInput
from faelles.models import Haendelse
from faelles.tid import Periode
from kommuner.models import Kkr, KkrMedlemskab
from rammeaftale.actions import opret_allonge, udsend_foreloebigt
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.models import Rammeaftale
from takster.beregning.modeller import beregn as genberegn
from takster.fastsaettelse.actions import godkend as godkend_takst
from takster.fastsaettelse.actions import offentliggoer
from takster.fastsaettelse.dokumentation import dokumentation
from takster.fastsaettelse.queries import takst
from takster.models import Takst
from tests import fabrik
from tests.rammeaftale.aftaler import anbefal, godkend, kladde, klausul, saet, send, tag, tom_kladde, udvikling
from tests.rammeaftale.test_sider import klient
from tests.takster.budget.situationer import budget, oekonom
from tests.takster.fastsaettelse.situationer import anden, beregnet, beregning, offentliggjort
from tests.takster.regnskab.situationer import overskud
from vilkaar.kalender import vilkaarskalender
from vilkaar.models import Saetstatus, Vilkaarssaet
from vilkaar.noegler import Noegle
from vilkaar.queries import gaeldende, gaeldende_i_kommune, styrende_saet

pytestmark = pytest.mark.django_db
FRIST, TAERSKEL = Noegle.INDSIGELSE_FRIST, Noegle.EFTERREGULERING_TAERSKEL_PROCENT


def test_two_allonger_each_keep_what_the_other_changed() -> None:
    aftale = kladde("Rødovre", fra=date(2026, 1, 1), til=date(2028, 1, 1))
    anbefal(aftale)
    send(aftale)
    godkend(aftale)
    for fra, vilkaar in ((date(2027, 7, 1), {FRIST: "60"}), (date(2027, 3, 1), {Noegle.FORESPOERGSEL_SVARFRIST: "7"})):
        allonge = opret_allonge(aktoer=fabrik.sekretariat(), aftale_id=aftale.id, titel=f"Allonge {fra}", fra=fra)
        saet(allonge, klausul(allonge, f"9.{fra.month}"), vilkaar)
        anbefal(allonge)
        send(allonge)
        godkend(allonge)
    fundne = [
        (v.heltal(FRIST), v.heltal(Noegle.FORESPOERGSEL_SVARFRIST))
        for dag in (date(2027, 2, 28), date(2027, 3, 1), date(2027, 7, 1), date(2027, 12, 31))
        for v in (gaeldende(fabrik.kkr().id, dag),)
    ]
    assert fundne == [(30, 10), (30, 7), (60, 7), (60, 7)]


def test_autumn_terms_are_preliminary_then_final() -> None:
    aftale = kladde("Rødovre")
    anbefal(aftale)
    assert gaeldende(fabrik.kkr().id, date(2027, 1, 1)).endelig, "none yet: the previous set goes on"
    kkr = fabrik.kkr()
    Vilkaarssaet.objects.filter(kkr=kkr).update(periode=Periode(date(2007, 1, 1), date(2027, 1, 1)).som_range)
    (foreloebigt,) = udsend_foreloebigt(aktoer=fabrik.sekretariat(), aftale_id=aftale.id)
    nu = gaeldende(kkr.id, date(2027, 1, 1))
    assert (nu.saet_id, nu.endelig) == (foreloebigt.id, False)
    (rettet,) = udsend_foreloebigt(aktoer=fabrik.sekretariat(), aftale_id=aftale.id)
    assert gaeldende(kkr.id, date(2027, 1, 1)).saet_id == rettet.id, "the latest preliminary set"
    send(aftale)
    godkend(aftale)
    assert gaeldende(kkr.id, date(2027, 1, 1)).endelig
    endelige = Haendelse.objects.filter(type="vilkaar.endelige").values_list("entitet_id", flat=True)
    assert str(gaeldende(kkr.id, date(2027, 1, 1)).saet_id) in endelige


def test_set_of_an_agreement_with_a_long_title_names_its_version_and_its_clauses() -> None:
    aftale = kladde("Rødovre")
    anbefal(aftale)
    Rammeaftale.objects.filter(pk=aftale.pk).update(titel="Æ" * 160)
    (saet,) = udsend_foreloebigt(aktoer=fabrik.sekretariat(), aftale_id=aftale.id)
    assert (len(saet.aftale), saet.aftale[-12:]) == (120, "…, version 1")


def test_preliminary_terms_of_an_agreement_that_lapses_give_way_to_the_previous_set() -> None:
    aftale = kladde("Rødovre")
    anbefal(aftale)
    kkr = fabrik.kkr()
    foer = gaeldende(kkr.id, date(2026, 12, 31)).saet_id
    Vilkaarssaet.objects.filter(kkr=kkr).update(periode=Periode(date(2007, 1, 1), date(2027, 1, 1)).som_range)
    for _ in range(2):
        udsend_foreloebigt(aktoer=fabrik.sekretariat(), aftale_id=aftale.id)
    assert not gaeldende(kkr.id, date(2027, 6, 1)).endelig
    tag(aftale, Aftaletilstand.BORTFALDET)
    nu = gaeldende(kkr.id, date(2027, 6, 1))
    assert (nu.saet_id, nu.endelig) == (foer, True)
    assert gaeldende(kkr.id, date(2026, 6, 1)).saet_id == foer


def test_terms_are_not_published_before_kkr_and_not_for_an_allonge() -> None:
    aftale = kladde("Rødovre")
    with pytest.raises(Konflikt, match="når KKR har anbefalet"):
        udsend_foreloebigt(aktoer=fabrik.sekretariat(), aftale_id=aftale.id)
    anbefal(aftale)
    send(aftale)
    godkend(aftale)
    allonge = opret_allonge(aktoer=fabrik.sekretariat(), aftale_id=aftale.id, titel="Allonge", fra=date(2027, 7, 1))
    anbefal(allonge)
    with pytest.raises(Konflikt, match="først, når den er vedtaget"):
        udsend_foreloebigt(aktoer=fabrik.sekretariat(), aftale_id=allonge.id)


def test_agreement_that_lacks_a_term_is_not_sent_and_the_error_names_key_and_clause() -> None:
    aftale = tom_kladde("Rødovre")
    uden = {noegle: vaerdi for noegle, vaerdi in fabrik.VAERDIER.items() if noegle is not FRIST}
    saet(aftale, klausul(aftale), uden)
    udvikling(aftale)
    anbefal(aftale)
    with pytest.raises(UgyldigtInput) as fejl:
        send(aftale)
    (besked,) = fejl.value.felter["version"]
    assert "indsigelse_frist" in besked
    assert "klausulen Betaling" in besked


def sammenlaeg() -> Kkr:
    """Hovedstaden and Sjælland, each with terms of its own until 2027, become one KKR with terms of a third kind."""
    for navn, i, dage, procent in (
        ("Rødovre", "KKR Hovedstaden", "30", "5"),
        ("Roskilde", "KKR Sjælland", "60", "10"),
    ):
        fabrik.kommune(navn, i=i)
        kkr = fabrik.kkr(i)
        Vilkaarssaet.objects.filter(kkr=kkr).update(periode=Periode(date(2007, 1, 1), date(2025, 1, 1)).som_range)
        fabrik.vilkaar(kkr, fra=date(2025, 1, 1), til=date(2027, 1, 1), andre={FRIST: dage, TAERSKEL: procent})
    ny = Kkr.objects.create(navn="KKR Østdanmark (demo)", slug="kkr-oestdanmark-demo")
    for medlemskab in KkrMedlemskab.objects.select_related("kommune"):
        medlemskab.periode = Periode(date(2007, 1, 1), date(2027, 1, 1)).som_range
        medlemskab.save()
        KkrMedlemskab.objects.create(kkr=ny, kommune=medlemskab.kommune, periode=Periode(date(2027, 1, 1)).som_range)
    return ny


def test_merged_kkrs_have_their_own_terms_until_the_day_and_the_new_ones_after() -> None:
    ny = sammenlaeg()
    roedovre, roskilde = fabrik.kommune("Rødovre").kommunekode, fabrik.kommune("Roskilde").kommunekode
    for kode, dage in ((roedovre, 30), (roskilde, 60)):
        assert gaeldende_i_kommune(kode, date(2027, 5, 1)).tal(FRIST) == dage, "the new one has no set: the old goes on"
        fundet = styrende_saet(kode, date(2027, 5, 1))
        assert fundet is not None
        assert fundet[1].tidligere_kkr
    fabrik.vilkaar(ny, fra=date(2027, 1, 1), til=date(2029, 1, 1), andre={FRIST: "45"})
    for kode, dage in ((roedovre, 30), (roskilde, 60)):
        svar = [gaeldende_i_kommune(kode, dag).tal(FRIST) for dag in (date(2026, 12, 31), date(2027, 1, 1))]
        assert svar == [dage, 45]
        # In 2028 the accounts of 2026 are adjusted: by the terms its price was made under, whatever KKR it is in by then.
        assert gaeldende_i_kommune(kode, date(2026, 12, 31)).tal(FRIST) == dage


def test_price_of_2026_keeps_its_terms_when_its_accounts_are_adjusted_in_2028_after_the_merger() -> None:
    ny = sammenlaeg()
    faelles = fabrik.vilkaar(ny, fra=date(2027, 1, 1), til=date(2029, 1, 1), andre={TAERSKEL: "2"})
    # Rødovre's surplus of 1,322,560 is beyond the threshold it was made under (5 % of 22,694,814.12), Roskilde's within; by the new terms (2 %)
    # both would give 868,663.72 back.
    for navn, procent, tilbage in (("Rødovre", "5", "-187819.294"), ("Roskilde", "10", "0.00")):
        tilbud = fabrik.afdeling(fabrik.tilbud(i=navn)).tilbud
        oekonomen = oekonom(navn)
        prisen = beregning(budget(tilbud, af=oekonomen, aar=2026), af=oekonomen)
        for skridt in (godkend_takst, offentliggoer):
            skridt(aktoer=anden(prisen), beregning_id=prisen.pk)
        senere = beregnet(overskud(budget(tilbud, af=oekonomen, aar=2028), af=oekonomen, grundlag=None), af=oekonomen)
        inddata = senere.beregning["inddata"]
        assert senere.vilkaarssaet_id == faelles.pk != prisen.vilkaarssaet_id
        assert inddata["vilkaarssaet"]["saet"] == str(faelles.pk)
        assert inddata["efterregulering"]["vilkaarssaet"]["saet"] == str(prisen.vilkaarssaet_id)
        assert (inddata["efterregulering"]["taerskelProcent"], inddata["efterregulering"]["regnskabsaar"]) == (
            procent,
            2026,
        )
        assert senere.beregning["efterregulering"] == tilbage
        assert genberegn(inddata).som_json() == senere.beregning, "it can be computed again of what is stored"


def test_price_after_the_merger_and_before_the_new_terms_is_made_under_the_old_ones() -> None:
    sammenlaeg()
    tilbud = fabrik.afdeling(fabrik.tilbud(i="Roskilde")).tilbud
    en = beregnet(budget(tilbud, af=oekonom("Roskilde"), aar=2028), af=oekonom("Roskilde"))
    assert en.vilkaarssaet_id == gaeldende(fabrik.kkr("KKR Sjælland").id, date(2026, 12, 31)).saet_id


def test_evidence_pack_names_the_clauses_the_accounts_were_adjusted_under_beside_the_takstens_own() -> None:
    ny = sammenlaeg()
    fabrik.vilkaar(ny, fra=date(2027, 1, 1), til=date(2031, 1, 1), andre={FRIST: "45", TAERSKEL: "2"})
    gammelt = gaeldende(fabrik.kkr("KKR Sjælland").id, date(2026, 1, 1))
    tilbud, oekonomen = fabrik.afdeling(fabrik.tilbud(i="Roskilde")).tilbud, oekonom("Roskilde")
    med, uden = (
        offentliggjort(et, af=oekonomen)
        for et in (
            overskud(budget(tilbud, af=oekonomen, aar=2028), af=oekonomen),
            budget(tilbud, af=oekonomen, aar=2029),
        )
    )
    pakke = dokumentation(takst(Takst.objects.get(takstberegning=med).pk))
    assert pakke["vilkaar"]["nummer"] == med.vilkaarssaet.nummer
    brugt = pakke["efterreguleringensVilkaar"]
    assert (brugt["aftale"], brugt["nummer"]) == (gammelt.aftale, gammelt.nummer)
    taerskler = [
        {v["noegle"]: (v["vaerdi"], v["klausul"]) for v in saet_["vilkaar"]}[TAERSKEL]
        for saet_ in (pakke["vilkaar"], brugt)
    ]
    assert [vaerdi for vaerdi, _ in taerskler] == ["2", "10"]
    assert all(klausul for _, klausul in taerskler)
    assert dokumentation(takst(Takst.objects.get(takstberegning=uden).pk))["efterreguleringensVilkaar"] is None


def test_accounts_of_a_year_before_any_terms_are_adjusted_by_those_of_the_takst() -> None:
    kkr = Kkr.objects.create(navn="KKR Nyt", slug="kkr-nyt")
    saet_ = fabrik.vilkaar(kkr, fra=date(2026, 1, 1), andre={TAERSKEL: "2"})
    KkrMedlemskab.objects.filter(kommune=fabrik.kommune("Gladsaxe")).update(kkr=kkr)
    efterregulering = beregnet(overskud(budget(aar=2026))).beregning["inddata"]["efterregulering"]
    assert (efterregulering["regnskabsaar"], efterregulering["taerskelProcent"]) == (2024, "2")
    assert efterregulering["vilkaarssaet"]["saet"] == str(saet_.pk)


def test_page_of_an_offers_terms_shows_both_sets_side_by_side_across_the_merger() -> None:
    ny = sammenlaeg()
    fabrik.vilkaar(ny, fra=date(2027, 1, 1), til=date(2031, 1, 1), andre={FRIST: "45", TAERSKEL: "2"})
    tilbud = fabrik.tilbud(i="Roskilde")
    laeser = klient(fabrik.Rolle.LAESER, fabrik.kommune("Roskilde").organisation)
    for dag, kkr, procent, hvorfor in (
        ("2026-12-31", "KKR Sjælland", "10", "Kommunen hører ikke til KKR Østdanmark (demo) den dag."),
        ("2027-01-01", "KKR Østdanmark (demo)", "2", "Kommunen hører ikke til KKR Sjælland den dag."),
    ):
        aar, maaned, dag_ = dag.split("-")
        valgt = {"dag_dag": dag_, "dag_maaned": maaned, "dag_aar": aar}
        svar = laeser.get(reverse("rammeaftale:tilbudsvilkaar", args=[tilbud.pk]), valgt)
        assert str(svar.context["fundet"].saet.kkr) == kkr
        assert {raekke.noegle: raekke.vaerdi for raekke in svar.context["fundet"].vilkaar}[TAERSKEL] == procent
        assert hvorfor in {grund.grund for grund in svar.context["fundet"].andre}
        begge = svar.context["side_om_side"]
        assert [en.periode.fra.year for en in begge.stykker][-2:] == [2025, 2027]
        assert {en.noegle: list(en.vaerdier)[-2:] for en in begge.forskelle} == {
            FRIST: ["60 dage", "45 dage"],
            TAERSKEL: ["10 procent", "2 procent"],
        }
        assert "side om side" in svar.content.decode()


def test_calendar_reads_the_whole_country_in_one_statement_and_agrees_with_single_questions(
    django_assert_num_queries: object,
) -> None:
    ny = sammenlaeg()
    fabrik.vilkaar(ny, fra=date(2027, 1, 1), til=date(2029, 1, 1), andre={FRIST: "45"})
    with django_assert_num_queries(1):  # type: ignore[operator]  # pytest-django's fixture
        kalender = vilkaarskalender(Periode(date(2026, 7, 1), date(2027, 7, 1)))
    for navn in ("Rødovre", "Roskilde"):
        kode = fabrik.kommune(navn).kommunekode
        for dag in (date(2026, 7, 1), date(2026, 12, 31), date(2027, 1, 1), date(2027, 6, 30)):
            assert kalender.paa(kode, dag) == gaeldende_i_kommune(kode, dag)
        assert [str(periode.fra) for periode, _ in kalender.i_perioden(kode)] == ["2026-07-01", "2027-01-01"]
    with pytest.raises(Konflikt):
        kalender.paa("9999", date(2027, 1, 1))


def test_set_gives_up_days_and_never_takes_any() -> None:
    kkr = fabrik.kkr()
    (saet_,) = Vilkaarssaet.objects.filter(kkr=kkr)
    Vilkaarssaet.objects.filter(pk=saet_.pk).update(periode=Periode(date(2007, 1, 1), date(2027, 1, 1)).som_range)
    for aendring in (
        {"periode": Periode(date(2007, 1, 1), date(2028, 1, 1)).som_range},
        {"periode": Periode(date(2008, 1, 1), date(2027, 1, 1)).som_range},
        {"status": Saetstatus.FORELOEBIG},
        {"kkr": None},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            Vilkaarssaet.objects.filter(pk=saet_.pk).update(**aendring)
    assert Vilkaarssaet.objects.filter(
        pk=saet_.pk, status=Saetstatus.ENDELIG, periode__endswith=date(2027, 1, 1)
    ).exists()
