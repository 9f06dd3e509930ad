"""Levels and supplements: from a calculation to published prices, by two persons, and never two of the same on one day."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError, ProgrammingError

from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.ids import uuid7
from faelles.models import Haendelse
from faelles.scope import saet_database_aktoer
from faelles.tid import Periode, nu
from takster.budget.actions import gem
from takster.models import Prisblad, Takst, Takstenhed
from takster.prisarter import Prisart
from takster.prisblade import actions, queries, udgivelse
from takster.prisblade.inddata import Tillaegsbudget, genberegn
from tests import fabrik
from tests.kaploeb import Loeb, loeb, overlappede
from tests.takster.budget.situationer import EKSEMPEL, oekonom
from tests.takster.fastsaettelse.situationer import offentliggjort as takst_offentliggjort
from tests.takster.prisblade.situationer import (
    FRA,
    NATTEVAGT,
    anden,
    delt,
    gladsaxes,
    niveauer,
    offentliggjort,
    tillaeg,
    udgivet,
    ved,
)
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db


def gaeldende(takst: Takst) -> list[tuple[str, Periode]]:
    blade = queries.for_tilbud(oekonom(), takst.afdeling.tilbud_id)
    return sorted(((str(blad), Periode.af_range(blad.periode)) for blad in blade), key=lambda par: par[1].fra)


def test_foreslaa_niveauer__splits_the_takst_on_its_days_and_waits_unseen_by_others() -> None:
    blad = niveauer(gladsaxes())
    assert [linje.beloeb for linje in blad.linjer] == [2179, 2614, 3268]
    assert (blad.tilstand, Periode.af_range(blad.periode)) == ("indsendt", Periode.aar(2026))
    blad = Prisblad.objects.egne(oekonom()).get()
    assert blad.grundtakst == Decimal("2687.00")
    assert genberegn(Prisart.NIVEAUER, blad.beregning) == blad.beregning
    assert blad.beregning["inddata"]["vilkaarssaet"]["saet"] == str(blad.vilkaarssaet_id)
    for fremmed in (fabrik.sagsbehandler("Rødovre"), oekonom("Herlev"), fabrik.sekretariat()):
        assert not Prisblad.objects.synlige_for(fremmed).exists()


def test_foreslaa_tillaeg__costs_and_overhead_over_the_days_it_is_given() -> None:
    blad = tillaeg()
    # 730,000 × 1.06 over 2 places of 365 days
    assert [(linje.navn, linje.beloeb) for linje in blad.linjer] == [("Vågen nattevagt", Decimal(1060))]
    assert blad.beregning["belaegningsprocent"] == "100"
    assert genberegn(Prisart.TILLAEG, blad.beregning) == blad.beregning


def test_godkend__publishes_to_everybody_and_says_so_once() -> None:
    blad = offentliggjort()
    assert [b.pk for b in Prisblad.objects.synlige_for(fabrik.sagsbehandler("Rødovre"))] == [blad.pk]
    assert Haendelse.objects.filter(type="prisblad.offentliggjort", entitet_id=str(blad.pk)).count() == 1
    with pytest.raises(Konflikt) as fejl:
        actions.godkend(aktoer=anden(blad), prisblad_id=blad.pk)
    assert fejl.value.kode == "prisblad_afgjort"


def test_godkend__own_proposal_is_refused_by_action_and_database() -> None:
    af = oekonom()
    blad = tillaeg(af=af)
    with pytest.raises(Konflikt) as fejl:
        actions.godkend(aktoer=af, prisblad_id=blad.pk)
    assert fejl.value.kode == "to_personer"
    with pytest.raises(IntegrityError, match="prisblad_to_personer"), transaction.atomic():
        Prisblad.objects.for_systemet("test").filter(pk=blad.pk).update(
            tilstand="offentliggjort", afgjort=blad.indsendt, afgjort_af=blad.indsendt_af
        )


def test_prisblad__others_and_those_without_the_right_get_nothing() -> None:
    blad = tillaeg()
    with pytest.raises(IkkeFundet):
        actions.godkend(aktoer=oekonom("Herlev"), prisblad_id=blad.pk)
    with pytest.raises(IngenAdgang):
        actions.godkend(aktoer=fabrik.sagsbehandler("Gladsaxe"), prisblad_id=blad.pk)
    with pytest.raises(IkkeFundet):
        tillaeg(gladsaxes(), af=oekonom("Herlev"))


def test_prisblad__nobody_writes_for_another_operator_past_the_policy() -> None:
    blad = offentliggjort()
    saet_database_aktoer(oekonom("Herlev"))
    with connection.cursor() as cursor:
        cursor.execute("update takster_prisblad set ophoert = now() where id = %s", [blad.pk])
        assert cursor.rowcount == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            cursor.execute(
                "insert into takster_prisblad (id, driftsherre_id, tilbud_id, afdeling_id, hjemmel_id, art, navn, enhed, periode, beregning,"
                " vilkaarssaet_id, begrundelse, tilstand, indsendt, indsendt_af, indsendt_rolle, afgjort_af, afgjort_rolle, afvist_grund, oprettet)"
                " select gen_random_uuid(), driftsherre_id, tilbud_id, afdeling_id, hjemmel_id, art, 'Andet', enhed, periode, beregning, vilkaarssaet_id,"
                " '', 'indsendt', now(), 'x', 'x', '', '', '', now() from takster_prisblad"
            )


def test_godkend__a_change_needs_a_reason_and_leaves_the_days_before_as_they_were() -> None:
    takst, af = gladsaxes(), oekonom()
    udgivet(tillaeg(takst))
    uden = tillaeg(takst, af=af, fra=date(2026, 7, 1))
    with pytest.raises(Konflikt) as fejl:
        udgivet(uden)
    assert fejl.value.kode == "prisblad_findes"
    actions.traek(aktoer=af, prisblad_id=uden.pk)
    dyrere = Tillaegsbudget(navn=NATTEVAGT.navn, omkostning=Decimal(800_000), pladser=Decimal(2))
    nyt = udgivet(tillaeg(takst, fra=date(2026, 7, 1), begrundelse="Ny overenskomst", budget=dyrere))
    assert nyt.erstatter is not None
    assert [periode for _, periode in gaeldende(takst)] == [
        Periode(FRA, date(2026, 7, 1)),
        Periode(date(2026, 7, 1), date(2027, 1, 1)),
    ]
    foer, nu_ = (queries.paa(oekonom(), dag).get().linjer[0].beloeb for dag in (date(2026, 6, 30), date(2026, 7, 1)))
    assert (foer, nu_) == (Decimal(1060), Decimal(1162))


def test_godkend__no_change_inside_the_year_where_the_agreement_has_none() -> None:
    takst = gladsaxes()
    udgivet(tillaeg(takst))
    kkr = fabrik.Kkr.objects.create(navn="KKR Andet", slug="kkr-andet")
    saet = fabrik.vilkaar(kkr, andre={Noegle.MIDTAARSAENDRING: "nej"})
    fabrik.KkrMedlemskab.objects.filter(kommune=takst.afdeling.tilbud.beliggenhedskommune).update(kkr=kkr)
    with pytest.raises(Konflikt) as fejl:
        udgivet(tillaeg(takst, fra=date(2026, 7, 1), begrundelse="Ny overenskomst"))
    assert fejl.value.kode == "midtaarsaendring_ikke_aftalt"
    klausul = saet.vilkaar.get(noegle=Noegle.MIDTAARSAENDRING).klausul
    assert fejl.value.besked.startswith(f"{klausul}, sæt {saet.nummer} i {saet.aftale}, tillader ikke, at priser")
    assert [periode for _, periode in gaeldende(takst)] == [Periode.aar(2026)]


def test_niveauer__another_takst_ends_them_from_its_day_and_the_same_does_not() -> None:
    beregning = takst_offentliggjort()
    takst = beregning.takster.get()
    blad = udgivet(niveauer(takst))
    takst_offentliggjort(beregning.budget, fra=date(2026, 4, 1), begrundelse="Samme pris")
    assert [blad_.pk for blad_ in queries.for_tilbud(oekonom(), takst.afdeling.tilbud_id)] == [blad.pk]
    gem(
        aktoer=oekonom(),
        budget_id=beregning.budget_id,
        enhed=Takstenhed.DOEGN,
        indhold=replace(EKSEMPEL, pladser=Decimal(23)),
    )
    takst_offentliggjort(beregning.budget, fra=date(2026, 7, 1), begrundelse="Færre pladser")
    assert gaeldende(takst) == [("Takstniveauer", Periode(FRA, date(2026, 7, 1)))]
    assert Haendelse.objects.filter(type="prisblad.ophoert", entitet_id=str(blad.pk)).count() == 1


def test_godkend__prices_made_under_other_terms_than_those_that_govern_now_are_refused() -> None:
    blad = tillaeg()
    kkr = fabrik.Kkr.objects.create(navn="KKR Andet", slug="kkr-andet")
    fabrik.vilkaar(kkr)
    fabrik.KkrMedlemskab.objects.filter(kommune=blad.tilbud.beliggenhedskommune).update(kkr=kkr)
    with pytest.raises(Konflikt) as fejl:
        udgivet(blad)
    assert fejl.value.kode == "vilkaar_aendret"


def test_godkend__levels_of_a_takst_that_was_changed_meanwhile_are_refused() -> None:
    takst = gladsaxes()
    blad = niveauer(takst)
    Takst.objects.filter(pk=takst.pk).update(ophoert=nu())
    fabrik.takst(takst.afdeling, "2700.00", fra=FRA, til=date(2027, 1, 1))
    with pytest.raises(Konflikt) as fejl:
        udgivet(blad)
    assert fejl.value.kode == "takst_aendret"


@pytest.mark.parametrize(
    ("hvad", "felt"),
    [
        ({"fra": date(2027, 6, 1)}, "fra"),
        ({"takst": "anden"}, "takst"),
        ({"begrundelse": "CPR 010203-1234"}, "begrundelse"),
    ],
)
def test_foreslaa__what_is_wrong_is_told_at_its_field_and_nothing_stored(hvad: dict[str, Any], felt: str) -> None:
    takst, andens = gladsaxes(), gladsaxes()
    hvor = ved(takst, hvad.get("fra"), hvad.get("begrundelse", ""))
    if hvad.get("takst"):
        hvor = actions.Hvor(takst.afdeling.tilbud_id, andens.pk, FRA)
    with pytest.raises(UgyldigtInput) as fejl:
        actions.foreslaa_tillaeg(aktoer=oekonom(), hvor=hvor, budget=NATTEVAGT)
    assert set(fejl.value.felter) == {felt}
    assert not Prisblad.objects.for_systemet("test").exists()


def test_foreslaa__one_level_and_a_second_proposal_are_refused() -> None:
    takst = gladsaxes()
    with pytest.raises(UgyldigtInput):
        actions.foreslaa_niveauer(aktoer=oekonom(), hvor=ved(takst), niveauer=delt("1"))
    niveauer(takst)
    with pytest.raises(Konflikt) as fejl:
        niveauer(takst)
    assert fejl.value.kode == "prisblad_undervejs"


def test_foreslaa__a_closed_offer_gets_no_prices_and_one_that_closes_has_them_till_then() -> None:
    takst = gladsaxes()
    tilbud = takst.afdeling.tilbud
    tilbud.lukket_fra = date(2026, 9, 1)
    tilbud.save(update_fields=["lukket_fra"])
    assert Periode.af_range(udgivet(tillaeg(takst)).periode) == Periode(FRA, date(2026, 9, 1))
    with pytest.raises(Konflikt) as fejl:
        niveauer(takst, fra=date(2026, 10, 1))
    assert fejl.value.kode == "tilbud_lukket"


def test_afvis__needs_a_reason_and_another_person() -> None:
    af = oekonom()
    blad = tillaeg(af=af)
    with pytest.raises(UgyldigtInput):
        actions.afvis(aktoer=anden(blad), prisblad_id=blad.pk, grund=" ")
    with pytest.raises(Konflikt):
        actions.afvis(aktoer=af, prisblad_id=blad.pk, grund="Forkert antal pladser")
    assert actions.afvis(aktoer=anden(blad), prisblad_id=blad.pk, grund="Forkert antal pladser").tilstand == "afvist"
    assert tillaeg(Takst.objects.get(), fra=FRA).tilstand == "indsendt"


def test_traek__only_by_who_sent_it_in() -> None:
    af = oekonom()
    blad = tillaeg(af=af)
    with pytest.raises(Konflikt) as fejl:
        actions.traek(aktoer=anden(blad), prisblad_id=blad.pk)
    assert fejl.value.kode == "kun_indsenderen"
    assert actions.traek(aktoer=af, prisblad_id=blad.pk).tilstand == "trukket"


@pytest.mark.parametrize(
    "aendring",
    [{"beregning": {"inddata": {}}}, {"navn": "Andet"}, {"tilstand": "indsendt", "afgjort": None, "afgjort_af": ""}],
)
def test_prisblad__once_published_it_is_never_changed_or_deleted(aendring: dict[str, Any]) -> None:
    blad = offentliggjort()
    alle = Prisblad.objects.for_systemet("test").filter(pk=blad.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        alle.update(**aendring)
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute("delete from takster_prisblad")


def test_prisblad__the_database_refuses_two_of_the_same_on_one_day() -> None:
    blad = offentliggjort()
    blad.pk, blad._state.adding = uuid7(), True
    with pytest.raises(IntegrityError, match="prisblad_et_ad_gangen"), transaction.atomic():
        blad.save()


def test_genberegn_takster__counts_prisblade_and_tells_of_one_that_differs(capsys: pytest.CaptureFixture[str]) -> None:
    blad = offentliggjort()
    call_command("genberegn_takster")
    assert "1 prisblade genberegnet, 0 med forskel" in capsys.readouterr().out
    skaev = {felt: getattr(blad, felt) for felt in udgivelse._BLIVER}
    skaev |= {"navn": "Skævt", "periode": blad.periode, "beregning": {**blad.beregning, "takst": "1061"}}
    with transaction.atomic():
        saet_database_aktoer(oekonom())
        Prisblad.objects.create(**skaev)
    with pytest.raises(CommandError, match="beregningen giver noget andet"):
        call_command("genberegn_takster")


@pytest.mark.django_db(transaction=True)
def test_godkend__of_several_at_once_one_does_and_the_others_are_told() -> None:
    blad = tillaeg()
    ledere = [anden(blad) for _ in range(4)]
    resultater: list[Loeb] = loeb(lambda nummer: _godkend(ledere[nummer], blad), len(ledere))
    assert overlappede(resultater)
    assert sorted(str(r.fejl) for r in resultater) == ["None", *["prisblad_afgjort"] * 3]


def _godkend(aktoer: Any, blad: Prisblad) -> None:
    actions.godkend(aktoer=aktoer, prisblad_id=blad.pk)
