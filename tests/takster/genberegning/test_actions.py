"""What was computed with preliminary terms when they become final: confirmed, or a draft for two persons, or told why not."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F

from faelles.afsender import afsender
from faelles.dokument.tal import kr
from faelles.fejl import Konflikt
from faelles.ids import uuid7
from faelles.models import Haendelse
from faelles.tid import Periode
from takster.fastsaettelse import actions as fastsaettelse
from takster.fastsaettelse.dokumentation import dokumentation
from takster.fastsaettelse.queries import takst
from takster.genberegning import actions
from takster.genberegning.actions import genberegn_ventende
from takster.genberegning.queries import aabne, omraadets, ventende
from takster.models import Beregningstilstand, Genberegning, Takst, Takstberegning
from takster.queries import takster_paa
from tests import fabrik
from tests.kaploeb import loeb
from tests.takster.budget.situationer import budget, oekonom
from tests.takster.fastsaettelse.situationer import anden, beregnet, beregning, godkendt, offentliggjort, scenarie
from tests.takster.genberegning.situationer import (
    AAR,
    FOERSTE,
    LAVERE_LOFT,
    endeligt,
    ens,
    foreloebigt,
    fyldt,
    fyldt_budget,
    genberegnet,
    indtil_aaret,
    kladder,
    taksten,
    tilbud,
)
from tests.takster.regnskab.situationer import overskud
from vilkaar.actions import traek_foreloebige, udsend_saet
from vilkaar.models import Saetstatus
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db


def test_same_amount_confirms_the_takst_and_another_becomes_a_draft() -> None:
    foreloebigt()
    uaendret, aendret = ens(), fyldt()
    assert taksten(uaendret).foreloebig
    saet = endeligt(LAVERE_LOFT)
    assert set(ventende(oekonom())) == {("beregning", uaendret.pk), ("beregning", aendret.pk)}
    assert genberegn_ventende() == 2
    bekraeftet = taksten(uaendret)
    assert (bekraeftet.foreloebig, bekraeftet.vilkaarsstatus) == (False, f"Endelig, efter sæt {saet.nummer}")
    assert genberegnet(uaendret).bekraefter
    assert Haendelse.objects.get(type="takst.bekraeftet").entitet_id == str(bekraeftet.pk)
    (ny,) = kladder()
    assert (ny.budget_id, ny.vilkaarssaet_id, ny.periode) == (aendret.budget_id, saet.pk, aendret.periode)
    assert (ny.beloeb, ny.belaegningsprocent) == (genberegnet(aendret).beloeb, Decimal(97))
    assert ny.beloeb > aendret.beloeb
    assert f"Testaftale, sæt {saet.nummer}" in ny.begrundelse
    assert taksten(aendret).foreloebig
    assert [g.beregning_id for g in aabne(oekonom())] == [aendret.pk]
    assert not ventende(oekonom())


def test_draft_takes_two_persons_and_replaces_the_preliminary_takst() -> None:
    foreloebigt()
    aendret = fyldt()
    foer = aendret.beregning
    endeligt(LAVERE_LOFT)
    genberegn_ventende()
    (ny,) = kladder()
    fastsaettelse.indsend(aktoer=oekonom(), beregning_id=ny.pk)
    fastsaettelse.godkend(aktoer=anden(ny), beregning_id=ny.pk)
    fastsaettelse.offentliggoer(aktoer=anden(ny), beregning_id=ny.pk)
    nu = Takst.objects.gaeldende().get(afdeling__tilbud=aendret.tilbud_id)
    assert (nu.takstberegning_id, nu.foreloebig, nu.erstatter.takstberegning_id) == (ny.pk, False, aendret.pk)  # type: ignore[union-attr]
    assert Takstberegning.objects.egne(oekonom()).get(pk=aendret.pk).beregning == foer
    assert not aabne(oekonom())
    assert (genberegn_ventende(), len(kladder())) == (0, 0)


def test_nothing_happens_while_the_terms_are_preliminary_or_when_the_previous_set_goes_on() -> None:
    indtil_aaret()
    efter_det_forrige = ens("Forrige")
    assert not taksten(efter_det_forrige).foreloebig
    fabrik.vilkaar(fabrik.kkr(), fra=FOERSTE, status=Saetstatus.FORELOEBIG)
    uaendret = ens()
    assert (genberegn_ventende(), taksten(uaendret).foreloebig) == (0, True)
    assert not Genberegning.objects.for_systemet("test").exists()


def test_set_that_is_recalled_leaves_its_takster_to_the_previous_final_one() -> None:
    version = uuid7()
    foer = indtil_aaret()
    udsend_saet(
        kkr=fabrik.kkr(),
        periode=Periode(FOERSTE),
        status=Saetstatus.FORELOEBIG,
        aftale="Bortfalder",
        vaerdier={**fabrik.VAERDIER, **LAVERE_LOFT},
        demo=True,
        version_id=version,
    )
    uaendret, aendret = ens(), fyldt()
    traek_foreloebige([version])
    assert genberegn_ventende() == 2
    assert taksten(uaendret).bekraeftet_id == foer.pk
    (ny,) = kladder()
    assert (ny.beloeb < aendret.beloeb, ny.vilkaarssaet_id) == (True, foer.pk)


def test_term_that_is_missing_is_told_and_nothing_else_happens() -> None:
    foreloebigt()
    en = ens()
    endeligt(uden=Noegle.OVERHEAD_PROCENT)
    genberegn_ventende()
    fundet = genberegnet(en)
    assert fundet.beloeb is None
    assert "overhead_procent" in fundet.fejl
    assert (kladder(), taksten(en).foreloebig) == ([], True)
    assert [g.pk for g in aabne(oekonom())] == [fundet.pk]


def test_method_the_budget_was_not_made_for_is_told() -> None:
    foreloebigt()
    en = ens()
    endeligt({Noegle.OVERHEAD_METODE: "konkret"})
    genberegn_ventende()
    assert "konkret" in genberegnet(en).fejl


def test_accounts_are_adjusted_again_by_the_terms_of_their_year_and_the_short_stays_bound_is_kept() -> None:
    foreloebigt()
    med_regnskab = offentliggjort(overskud(budget(tilbud("Regnskab"), aar=AAR)))
    kort = offentliggjort(
        budget(tilbud("Kort"), aar=AAR, kort=True, belaegning_foer=Decimal(80), belaegning_sidst=Decimal(80))
    )
    endeligt({Noegle.BELAEGNING_MIN: "96", Noegle.EFTERREGULERING_TAERSKEL_PROCENT: "1"})
    genberegn_ventende()
    assert genberegnet(med_regnskab).bekraefter, "the accounts of 2025 keep the threshold of 2025"
    assert genberegnet(kort).bekraefter, "90 for short stays, in both sets"


def test_bound_that_was_the_same_for_all_stays_is_told_by_the_budget() -> None:
    foreloebigt({Noegle.BELAEGNING_MIN_KORT: "95"})
    kort, lang = (
        offentliggjort(
            budget(tilbud(str(er)), aar=AAR, kort=er, belaegning_foer=Decimal(80), belaegning_sidst=Decimal(80))
        )
        for er in (True, False)
    )
    endeligt()
    genberegn_ventende()
    assert (genberegnet(kort).bekraefter, genberegnet(lang).bekraefter) == (False, True)


def test_only_the_days_the_takst_still_holds_are_taken() -> None:
    foreloebigt()
    et = fyldt_budget()
    offentliggjort(et)
    offentliggjort(et, fra=date(2027, 7, 1), begrundelse="Ny normering")
    endeligt(LAVERE_LOFT)
    assert genberegn_ventende() == 2
    (ny,) = kladder()  # the budget has one on its way at a time; the first in order
    assert Periode.af_range(ny.periode) in {
        Periode(FOERSTE, date(2027, 7, 1)),
        Periode(date(2027, 7, 1), date(2028, 1, 1)),
    }
    assert len(aabne(oekonom())) == 2


@pytest.mark.parametrize("skridt", [beregnet, beregning, godkendt])
def test_one_under_way_that_changes_is_not_taken_further(skridt: Any) -> None:
    foreloebigt()
    en = skridt(fyldt_budget())
    endeligt(LAVERE_LOFT)
    naeste = {
        "kladde": fastsaettelse.indsend,
        "indsendt": fastsaettelse.godkend,
        "godkendt": fastsaettelse.offentliggoer,
    }
    handling, hvem = naeste[en.tilstand], oekonom() if en.tilstand == "kladde" else anden(en)
    for _ in range(2):  # before it is computed again, and after
        with pytest.raises(Konflikt, match="nu gælder Testaftale, sæt") as fejl:
            handling(aktoer=hvem, beregning_id=en.pk)
        assert fejl.value.kode == "vilkaar_blevet_endelige"
        assert f"i stedet for {kr(en.beloeb)}" in fejl.value.besked
        genberegn_ventende()
    assert genberegnet(en).beloeb != en.beloeb
    assert not Takst.objects.filter(takstberegning=en).exists()
    assert [k.pk for k in kladder()] == ([en.pk] if en.tilstand == Beregningstilstand.KLADDE else [])


def test_one_under_way_that_stays_the_same_is_published_as_final() -> None:
    foreloebigt()
    en = godkendt(budget(tilbud("Solbakken"), aar=AAR))
    saet = endeligt()
    fastsaettelse.offentliggoer(aktoer=anden(en), beregning_id=en.pk)
    assert taksten(en).bekraeftet_id == saet.pk
    assert genberegn_ventende() == 0


def test_before_the_terms_are_final_one_is_published_as_preliminary() -> None:
    foreloebigt()
    assert taksten(ens()).foreloebig


def test_draft_that_is_computed_anew_takes_what_was_made_of_it_along() -> None:
    foreloebigt()
    et = fyldt_budget()
    scenarie(beregnet(et))
    saet = endeligt(LAVERE_LOFT)
    genberegn_ventende()
    ny = beregnet(et)
    assert ny.vilkaarssaet_id == saet.pk
    assert not Genberegning.objects.for_systemet("test").exists()


def test_one_cut_off_in_the_middle_is_done_whole_the_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    foreloebigt()
    uaendret, aendret = ens(), fyldt()
    endeligt(LAVERE_LOFT)

    def draebt(*_args: Any, **_kwargs: Any) -> None:
        raise SystemExit  # the worker is told to stop between the two writings

    with monkeypatch.context() as patch:
        patch.setattr(actions, "ny_kladde", draebt)
        with pytest.raises(SystemExit):
            genberegn_ventende()
    assert not Genberegning.objects.for_systemet("test").filter(beregning=aendret).exists()
    genberegn_ventende()
    genberegn_ventende()
    assert (taksten(uaendret).foreloebig, len(kladder())) == (False, 1)
    assert Genberegning.objects.for_systemet("test").count() == 2


def test_one_that_goes_wrong_stops_none_of_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    foreloebigt()
    uaendret, aendret = ens(), fyldt()
    endeligt(LAVERE_LOFT)
    monkeypatch.setattr(actions, "ny_kladde", lambda *_args, **_kwargs: 1 / 0)
    assert genberegn_ventende() == 1
    assert not taksten(uaendret).foreloebig
    assert ventende(oekonom()) == [("beregning", aendret.pk)]


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_give_one_result() -> None:
    foreloebigt()
    aendret = fyldt()
    endeligt(LAVERE_LOFT)
    resultater = loeb(lambda _: _koer(), 4)
    assert [r.fejl for r in resultater] == [None] * 4
    with transaction.atomic():
        assert Genberegning.objects.for_systemet("test").filter(beregning=aendret).count() == len(kladder()) == 1


def _koer() -> None:
    with afsender("opgave:test", kilde="test"):
        genberegn_ventende()


def test_another_operator_sees_nothing_and_the_secretariat_only_outcomes() -> None:
    foreloebigt()
    ens(), fyldt()
    endeligt(LAVERE_LOFT)
    genberegn_ventende()
    for hvem in (oekonom("Herlev"), fabrik.sagsbehandler(), fabrik.sekretariat()):
        assert not Genberegning.objects.synlige_for(hvem).exists()
        assert not aabne(hvem)
    udfald = omraadets(fabrik.sekretariat(), AAR)
    assert udfald.antal == {"bekraeftet": 1, "aendret": 1, "fejl": 0}
    assert [hvad for _, *hvad in udfald.mangler] == [["Fyldt", "beregning", "aendret"]]
    assert omraadets(fabrik.sekretariat(), AAR + 1).i_alt == 0
    fabrik.kommune("Roskilde", i="KKR Sjælland")
    assert omraadets(fabrik.sekretariat("KKR Sjælland"), AAR).i_alt == 0
    assert omraadets(fabrik.sagsbehandler(), AAR).i_alt == 0


def test_search_no_longer_calls_a_confirmed_takst_preliminary() -> None:
    foreloebigt()
    en = ens()
    afdeling = taksten(en).afdeling_id
    assert takster_paa([afdeling], FOERSTE)[afdeling].foreloebig
    saet = endeligt()
    genberegn_ventende()
    assert not takster_paa([afdeling], FOERSTE)[afdeling].foreloebig
    pakke = dokumentation(takst(taksten(en).pk))
    assert (pakke["vilkaar"]["status"], pakke["bekraeftetAf"]["nummer"]) == ("foreloebig", saet.nummer)
    assert pakke["genberegnet"]


def test_database_keeps_what_came_of_it() -> None:
    foreloebigt()
    en = ens()
    saet = endeligt()
    genberegn_ventende()
    fundet = genberegnet(en)
    faste = {"beregning": en, "driftsherre": en.driftsherre, "tilbud": en.tilbud}
    for andre, navn in (
        ({"vilkaarssaet": saet, "beloeb": 1}, "genberegning_en_pr_beregning_og_saet"),
        ({"vilkaarssaet": en.vilkaarssaet}, "genberegning_beloeb_eller_fejl"),
        ({"vilkaarssaet": en.vilkaarssaet, "beloeb": 0}, "genberegning_over_nul"),
    ):
        with pytest.raises(IntegrityError, match=navn), transaction.atomic():
            Genberegning.objects.create(**faste, **andre)
    fundet.beloeb = Decimal(1)
    with pytest.raises(DatabaseError, match="genberegning"), transaction.atomic():
        fundet.save()
    for bekraeftet in (None, en.vilkaarssaet_id):
        with pytest.raises(DatabaseError), transaction.atomic():
            Takst.objects.filter(takstberegning=en).update(bekraeftet=bekraeftet)
    with pytest.raises(IntegrityError, match="takst_bekraeftet_af_et_andet_saet"), transaction.atomic():
        Takst.objects.filter(pk=fabrik.takst(fabrik.afdeling()).pk).update(bekraeftet=F("vilkaarssaet"))
