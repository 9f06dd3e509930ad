"""From budget to published takst: who may do what when, and that nothing half is stored."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, InternalError, connection, transaction
from django.db.utils import DatabaseError

from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.models import Haendelse
from faelles.tid import Periode, nu
from takster.beregning.modeller import beregn as genberegn
from takster.budget.actions import slet
from takster.budget.indhold import Linje
from takster.fastsaettelse import actions, queries
from takster.fastsaettelse.dokumentation import dokumentation
from takster.models import Beregningstilstand, Takst, Takstberegning
from tests import fabrik
from tests.kaploeb import Loeb, loeb, overlappede
from tests.takster.budget.situationer import EKSEMPEL, budget, oekonom
from tests.takster.fastsaettelse.situationer import anden, beregnet, beregning, godkendt, offentliggjort
from tests.takster.regnskab.situationer import overskud
from tilbud.models import Tilbud
from vilkaar.models import Vilkaar
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db


def haendelser(type_: str) -> int:
    return Haendelse.objects.filter(type=type_).count()


def med_andre_vilkaar(tilbud: Tilbud, **saet: Any) -> None:
    """Let the offer lie in a KKR with other terms."""
    kkr = fabrik.Kkr.objects.create(navn="KKR Andet", slug="kkr-andet")
    fabrik.vilkaar(kkr, **saet)
    fabrik.KkrMedlemskab.objects.filter(kommune=tilbud.beliggenhedskommune).update(kkr=kkr)


def test_beregn__gives_the_worked_example_with_terms_and_inputs() -> None:
    en = beregnet()
    assert (en.beloeb, en.belaegningsprocent, en.nummer, en.tilstand) == (Decimal(2687), Decimal("96.4"), 1, "kladde")
    assert en.beregning["takstUafrundet"].startswith("2687.4815")
    assert en.beregning["grundlag"] == "22694814.12"
    assert genberegn(en.beregning["inddata"]).som_json() == en.beregning
    assert en.egenbetaling == [{"art": "Husleje", "beloeb": "4500.00"}]
    assert Periode.af_range(en.periode) == Periode.aar(2026)
    assert en.beregning["inddata"]["vilkaarssaet"]["saet"] == str(en.vilkaarssaet_id)


def test_beregn__accounts_of_two_years_before_lower_the_takst_by_what_exceeds_the_threshold() -> None:
    en = beregnet(overskud(budget()))
    assert en.beloeb == Decimal(2652)
    assert en.beregning["inddata"]["efterregulering"]["regnskabsaar"] == 2024


def test_beregn__what_the_budget_lacks_is_told_all_at_once_and_nothing_stored() -> None:
    oekonomen = oekonom()
    et = budget(af=oekonomen, pladser=None, belaegning_sidst=None, linjer={Linje("loen"): Decimal(1)})
    with pytest.raises(UgyldigtInput) as fejl:
        actions.beregn(aktoer=oekonomen, budget_id=et.pk)
    assert set(fejl.value.felter) == {
        "pladser", "belaegning_sidst", "linje_pension", "linje_husleje", "linje_aktivitet", "linje_tilsyn",
    }  # fmt: skip
    assert not Takstberegning.objects.for_systemet("test").exists()


def test_beregn__budget_of_nothing_and_incomes_above_costs_give_no_takst() -> None:
    oekonomen = oekonom()
    nul = {linje: Decimal(0) for linje in EKSEMPEL.linjer}
    for linjer in (nul, {**EKSEMPEL.linjer, Linje("salg"): Decimal(30_000_000)}):
        et = budget(af=oekonomen, linjer=linjer)
        with pytest.raises(UgyldigtInput) as fejl:
            actions.beregn(aktoer=oekonomen, budget_id=et.pk)
        assert fejl.value.kode == "takst_ikke_positiv"
    assert not Takstberegning.objects.for_systemet("test").exists()


def test_beregn__missing_term_is_named_and_nothing_stored() -> None:
    oekonomen = oekonom()
    et = budget(af=oekonomen)
    med_andre_vilkaar(et.tilbud, uden=Noegle.OVERHEAD_METODE)
    with pytest.raises(Konflikt) as fejl:
        actions.beregn(aktoer=oekonomen, budget_id=et.pk)
    assert fejl.value.kode == "vilkaar_mangler"
    assert "overhead_metode" in fejl.value.besked
    assert not Takstberegning.objects.for_systemet("test").exists()


def test_beregn__draft_gives_way_to_the_next_and_what_is_on_its_way_does_not() -> None:
    oekonomen = oekonom()
    et = budget(af=oekonomen)
    foerste, anden_ = beregnet(et, af=oekonomen), beregnet(et, af=oekonomen)
    assert [en.pk for en in Takstberegning.objects.egne(oekonomen)] == [anden_.pk]
    assert foerste.pk != anden_.pk
    actions.indsend(aktoer=oekonomen, beregning_id=anden_.pk)
    with pytest.raises(Konflikt) as fejl:
        beregnet(et, af=oekonomen)
    assert fejl.value.kode == "beregning_undervejs"


def test_budget_that_something_is_computed_of_cannot_be_deleted() -> None:
    en = beregnet()
    with pytest.raises(Konflikt) as fejl:
        slet(aktoer=oekonom(), budget_id=en.budget_id)
    assert fejl.value.kode == "budget_i_brug"


def test_godkend__never_by_the_one_who_computed_or_submitted_it() -> None:
    oekonomen, leder = oekonom(), fabrik.tilbudsleder()
    en = beregnet(af=oekonomen)
    actions.indsend(aktoer=leder, beregning_id=en.pk)
    for selv in (oekonomen, leder):
        with pytest.raises(Konflikt) as fejl:
            actions.godkend(aktoer=selv, beregning_id=en.pk)
        assert fejl.value.kode == "to_personer"
        with pytest.raises(Konflikt):
            actions.afvis(aktoer=selv, beregning_id=en.pk, grund="Nej")
    assert actions.godkend(aktoer=oekonom(), beregning_id=en.pk).tilstand == "godkendt"


def test_godkend__database_itself_demands_two_persons() -> None:
    en = beregning()
    fabrik.saet_database_aktoer(None)
    with pytest.raises(IntegrityError, match="takstberegning_to_personer"), transaction.atomic():
        Takstberegning.objects.for_systemet("test").filter(pk=en.pk).update(
            tilstand="godkendt", afgjort=nu(), afgjort_af=en.indsendt_af
        )


@pytest.mark.parametrize("handling", ["godkend", "offentliggoer", "indsend", "traek"])
def test_calculation_of_somebody_else_does_not_exist(handling: str) -> None:
    en = beregning()
    for fremmed in (oekonom("Herlev"), fabrik.tilbudsleder_for(fabrik.tilbud(i="Gladsaxe"))):
        with pytest.raises(IkkeFundet):
            getattr(actions, handling)(aktoer=fremmed, beregning_id=en.pk)
    with pytest.raises(IngenAdgang):
        getattr(actions, handling)(aktoer=fabrik.sagsbehandler("Gladsaxe"), beregning_id=en.pk)


def test_every_step_is_taken_from_the_state_before_it_only() -> None:
    kladde, indsendt_, godkendt_, udgivet = beregnet(), beregning(), godkendt(), offentliggjort()
    forsoeg: list[tuple[Any, Takstberegning]] = [
        (actions.godkend, kladde), (actions.offentliggoer, kladde), (actions.offentliggoer, indsendt_), (actions.indsend, indsendt_),
        (actions.godkend, godkendt_), (actions.traek, godkendt_), (actions.offentliggoer, udgivet), (actions.godkend, udgivet),
    ]  # fmt: skip
    for handling, en in forsoeg:
        with pytest.raises(Konflikt) as fejl:
            handling(aktoer=anden(en), beregning_id=en.pk)
        assert fejl.value.kode == "beregning_afgjort"


def test_afvis__with_a_reason_and_the_budget_can_be_computed_again() -> None:
    en = beregning()
    with pytest.raises(UgyldigtInput):
        actions.afvis(aktoer=anden(en), beregning_id=en.pk, grund=" ")
    with pytest.raises(UgyldigtInput):
        actions.afvis(aktoer=anden(en), beregning_id=en.pk, grund="010203-1234")
    afvist = actions.afvis(aktoer=anden(en), beregning_id=en.pk, grund="Lønnen er for lav")
    assert (afvist.tilstand, afvist.afvist_grund) == ("afvist", "Lønnen er for lav")
    assert actions.beregn(aktoer=oekonom(), budget_id=en.budget_id).nummer == 2


def test_offentliggoer__a_takst_for_every_department_and_legal_basis_and_an_event_for_each() -> None:
    tilbud = fabrik.tilbud(i="Gladsaxe", hjemler=("SEL-107", "SEL-108"))
    for navn in ("Nord", "Syd"):
        fabrik.afdeling(tilbud, navn=navn)
    en = offentliggjort(budget(tilbud))
    takster = list(Takst.objects.gaeldende())
    assert len(takster) == 4
    assert {(t.beloeb, t.takstberegning_id, t.vilkaarssaet_id) for t in takster} == {
        (Decimal(2687), en.pk, en.vilkaarssaet_id)
    }
    assert all(t.beregning == en.beregning for t in takster)
    assert (haendelser("takst.offentliggjort"), haendelser("takst.aendret")) == (4, 0)


def test_offentliggoer__budget_of_a_part_prices_that_part_alone() -> None:
    tilbud = fabrik.tilbud(i="Gladsaxe", hjemler=("SEL-107", "SEL-108"))
    nord, _ = fabrik.afdeling(tilbud, navn="Nord"), fabrik.afdeling(tilbud, navn="Syd")
    offentliggjort(budget(tilbud, del_={"afdeling_id": nord.pk, "hjemmel": "SEL-108"}))
    assert list(Takst.objects.values_list("afdeling_id", "hjemmel_id")) == [(nord.pk, "SEL-108")]


def test_offentliggoer__over_a_takst_that_stands_there_needs_a_reason_and_nothing_is_stored_without() -> None:
    afdeling = fabrik.afdeling(fabrik.tilbud(i="Gladsaxe"))
    gammel = fabrik.takst(afdeling, "2500.00")
    en = godkendt(budget(afdeling.tilbud))
    with pytest.raises(Konflikt) as fejl:
        actions.offentliggoer(aktoer=anden(en), beregning_id=en.pk)
    assert fejl.value.kode == "takst_findes"
    assert [t.pk for t in Takst.objects.all()] == [gammel.pk]
    assert Takstberegning.objects.egne(oekonom()).get(pk=en.pk).tilstand == "godkendt"


def test_offentliggoer__change_inside_the_year_leaves_the_days_before_and_after_as_they_were() -> None:
    afdeling = fabrik.afdeling(fabrik.tilbud(i="Gladsaxe"))
    gammel = fabrik.takst(afdeling, "2500.00", fra=date(2026, 1, 1), til=date(2028, 1, 1))
    foer = nu()
    en = offentliggjort(budget(afdeling.tilbud), fra=date(2026, 7, 1), begrundelse="Ny normering")
    perioder = {Periode.af_range(t.periode): (t.beloeb, t.erstatter_id) for t in Takst.objects.gaeldende()}
    assert perioder == {
        Periode(date(2026, 1, 1), date(2026, 7, 1)): (Decimal("2500.00"), gammel.pk),
        Periode(date(2026, 7, 1), date(2027, 1, 1)): (Decimal(2687), gammel.pk),
        Periode(date(2027, 1, 1), date(2028, 1, 1)): (Decimal("2500.00"), gammel.pk),
    }
    assert haendelser("takst.aendret") == 1
    ny = Takst.objects.gaeldende().get(takstberegning=en)
    assert Haendelse.objects.get(type="takst.aendret").entitet_id == str(ny.pk)
    for dag, beloeb in ((date(2026, 6, 30), "2500.00"), (date(2026, 7, 1), "2687.00"), (date(2027, 1, 1), "2500.00")):
        assert Takst.objects.paa(dag).get().beloeb == Decimal(beloeb)
        assert Takst.objects.kendt(foer).filter(periode__contains=dag).get().pk == gammel.pk


def test_offentliggoer__correction_of_a_whole_year_replaces_it() -> None:
    et = budget()
    foerste = offentliggjort(et)
    rettet = offentliggjort(et, begrundelse="Forkert løn")
    assert {t.takstberegning_id for t in Takst.objects.gaeldende()} == {rettet.pk}
    assert {t.takstberegning_id for t in Takst.objects.filter(ophoert__isnull=False)} == {foerste.pk}
    assert [en.nummer for en in Takstberegning.objects.egne(oekonom()).order_by("nummer")] == [1, 2]


def test_offentliggoer__change_inside_the_year_only_where_the_agreement_has_it() -> None:
    afdeling = fabrik.afdeling(fabrik.tilbud(i="Gladsaxe"))
    med_andre_vilkaar(afdeling.tilbud, andre={Noegle.MIDTAARSAENDRING: "nej"})
    et = budget(afdeling.tilbud)
    offentliggjort(et)
    en = godkendt(et, fra=date(2026, 7, 1), begrundelse="Ny normering")
    with pytest.raises(Konflikt) as fejl:
        actions.offentliggoer(aktoer=anden(en), beregning_id=en.pk)
    assert fejl.value.kode == "midtaarsaendring_ikke_aftalt"
    vilkaar = Vilkaar.objects.select_related("saet").get(saet=en.vilkaarssaet_id, noegle=Noegle.MIDTAARSAENDRING)
    kilde = f"{vilkaar.klausul}, sæt {vilkaar.saet.nummer} i {vilkaar.saet.aftale}"
    assert fejl.value.besked.startswith(f"{kilde}, tillader ikke, at taksten")
    assert Takst.objects.filter(ophoert__isnull=False).count() == 0


def test_closed_offer__has_no_takst_from_the_day_it_closes() -> None:
    tilbud = fabrik.afdeling(fabrik.tilbud(i="Gladsaxe", lukket_fra=date(2026, 9, 1))).tilbud
    et = budget(tilbud)
    assert Periode.af_range(beregnet(et).periode) == Periode(date(2026, 1, 1), date(2026, 9, 1))
    with pytest.raises(Konflikt) as fejl:
        beregnet(et, fra=date(2026, 9, 1))
    assert fejl.value.kode == "tilbud_lukket"
    en = godkendt(et)
    tilbud.lukket_fra = date(2026, 5, 1)
    tilbud.save()
    with pytest.raises(Konflikt) as fejl:
        actions.offentliggoer(aktoer=anden(en), beregning_id=en.pk)
    assert fejl.value.kode == "tilbud_lukket"
    assert not Takst.objects.exists()


@pytest.mark.parametrize(
    ("saetning", "regel"),
    [
        ("update takster_takst set beloeb = 1", "takst_uforanderlig"),
        ("update takster_takst set periode = daterange('2026-02-01', '2026-03-01')", "takst_uforanderlig"),
        ("update takster_takst set beregning = '{}'", "takst_uforanderlig"),
        ("delete from takster_takst", "takst_slettes_ikke"),
        ("update takster_takstberegning set beloeb = 1", "takstberegning_uforanderlig"),
        ("update takster_takstberegning set beregning = '{}'", "takstberegning_uforanderlig"),
        ("delete from takster_takstberegning", "takstberegning_bliver"),
    ],
)
def test_published_takst_cannot_be_changed_by_any_path(saetning: str, regel: str) -> None:
    offentliggjort()
    fabrik.saet_database_aktoer(None)
    with (
        pytest.raises((InternalError, DatabaseError), match=regel.split("_", maxsplit=1)[0]),
        connection.cursor() as cursor,
    ):
        cursor.execute(saetning)


def test_takst_stops_counting_once_only() -> None:
    et = budget()
    offentliggjort(et)
    offentliggjort(et, begrundelse="Rettelse")
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("update takster_takst set ophoert = null where ophoert is not null")


def test_database_refuses_two_takster_on_one_day() -> None:
    afdeling = fabrik.afdeling()
    fabrik.takst(afdeling)
    with pytest.raises(IntegrityError, match="takst_en_ad_gangen"):
        fabrik.takst(afdeling, fra=date(2027, 12, 31), til=None)


def test_published_calculation_is_everybodys_to_read_and_nobody_elses_to_write() -> None:
    udgivet, venter = offentliggjort(), beregning()
    laeser, fremmed = fabrik.aktoer(fabrik.Rolle.LAESER, fabrik.kommune("Herlev").organisation), oekonom("Herlev")
    for aktoer in (laeser, fremmed):
        assert {en.pk for en in Takstberegning.objects.synlige_for(aktoer)} == {udgivet.pk}
        with pytest.raises(IkkeFundet):
            queries.beregning(aktoer, venter.pk)
        with connection.cursor() as cursor:
            cursor.execute("select id from takster_takstberegning")
            assert cursor.fetchall() == [(udgivet.pk,)]
            cursor.execute("update takster_takstberegning set offentliggjort_rolle = 'x'")
            assert cursor.rowcount == 0
            cursor.execute("delete from takster_takstberegning")
            assert cursor.rowcount == 0


def test_dokumentation__says_everything_and_names_nobody() -> None:
    et = budget(aar=2027)
    fabrik.takst(et.tilbud.afdelinger.get(), "2500.00", fra=date(2026, 1, 1), til=date(2027, 1, 1))
    en = offentliggjort(et)
    pakke = dokumentation(queries.takst(Takst.objects.get(takstberegning=en).pk))
    assert pakke["genberegnet"] is True
    assert pakke["beregning"]["takst"] == "2687"
    assert [skridt["trin"] for skridt in pakke["forloeb"]] == ["beregnet", "indsendt", "godkendt", "offentliggjort"]
    assert {skridt["organisation"] for skridt in pakke["forloeb"]} == {"Gladsaxe Kommune"}
    assert "bruger:" not in str(pakke)
    assert {v["noegle"] for v in pakke["vilkaar"]["vilkaar"]} >= {"overhead_procent", "belaegning_maks", "afrunding"}
    assert pakke["sammenligning"] is None  # the year before has no stored calculation
    assert "basisår 2014" in pakke["vaekstloft"]["hvorforIkke"]


def test_dokumentation__compares_with_the_year_before() -> None:
    et = budget()
    offentliggjort(et)
    naeste = budget(et.tilbud, aar=2027, linjer={**EKSEMPEL.linjer, Linje("loen"): Decimal(18_000_000)})
    en = offentliggjort(naeste)
    sammenligning = dokumentation(queries.takst(Takst.objects.get(takstberegning=en).pk))["sammenligning"]
    assert (sammenligning["foer"]["pris"]["beloeb"], sammenligning["nu"]["beloeb"]) == ("2687", "2706")
    assert sum(Decimal(skridt["virkning"]) for skridt in sammenligning["skridt"]) == Decimal(sammenligning["forskel"])
    assert [skridt["navn"] for skridt in sammenligning["skridt"]] == ["Personale", "Afrunding"]


def test_genberegn_takster__finds_no_difference_and_tells_of_one(capsys: pytest.CaptureFixture[str]) -> None:
    et = budget()
    offentliggjort(et)
    offentliggjort(et, begrundelse="Rettelse")
    fabrik.takst(fabrik.afdeling())
    call_command("genberegn_takster")
    assert "3 takster genberegnet, 0 med forskel, 1 uden gemt beregning" in capsys.readouterr().out
    skaev = {**Takst.objects.gaeldende().filter(takstberegning__isnull=False)[0].beregning, "takst": "2688"}
    fabrik.takst(fabrik.afdeling(), beregning=skaev)
    with pytest.raises(CommandError, match="takst er '2688', men bliver '2687'"):
        call_command("genberegn_takster")


@pytest.mark.django_db(transaction=True)
def test_of_several_who_approve_at_once_one_does_and_the_others_are_told() -> None:
    en = beregning()
    ledere = [anden(en) for _ in range(4)]
    resultater = loeb(lambda nummer: _godkend(ledere[nummer], en), len(ledere))
    assert overlappede(resultater)
    assert sorted(str(r.fejl) for r in resultater) == [
        "None",
        "beregning_afgjort",
        "beregning_afgjort",
        "beregning_afgjort",
    ]


def _godkend(aktoer: Any, en: Takstberegning) -> None:
    actions.godkend(aktoer=aktoer, beregning_id=en.pk)


@pytest.mark.django_db(transaction=True)
def test_two_calculations_of_parts_that_overlap_are_published_once() -> None:
    tilbud = fabrik.afdeling(fabrik.tilbud(i="Gladsaxe")).tilbud
    hele, delen = godkendt(budget(tilbud)), godkendt(budget(tilbud, del_={"hjemmel": "SEL-107"}))
    lederen = anden(hele)
    begge = (hele, delen)
    resultater: list[Loeb] = loeb(lambda nummer: _offentliggoer(lederen, begge[nummer]), 2)
    assert sorted(str(r.fejl) for r in resultater) == ["None", "takst_findes"]
    assert Takst.objects.gaeldende().count() == 1
    with transaction.atomic():
        assert set(Takstberegning.objects.for_systemet("test").values_list("tilstand", flat=True)) == {
            Beregningstilstand.GODKENDT, Beregningstilstand.OFFENTLIGGJORT,
        }  # fmt: skip


def _offentliggoer(aktoer: Any, en: Takstberegning) -> None:
    actions.offentliggoer(aktoer=aktoer, beregning_id=en.pk)
