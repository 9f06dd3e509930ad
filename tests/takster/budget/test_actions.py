"""A budget's use cases, and what the database itself refuses."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.scope import UdenScope
from takster.budget import actions, queries
from takster.budget.indhold import Budgetindhold, Linje
from takster.models import Budget, Budgetlinje, Takstenhed
from tests import fabrik
from tests.takster.budget.situationer import EKSEMPEL, budget, oekonom

pytestmark = pytest.mark.django_db


def test_gem__what_is_written_is_what_is_read() -> None:
    oekonomen = oekonom()
    et = budget(af=oekonomen)
    laest = queries.indhold(oekonomen, queries.budget(oekonomen, et.pk))
    assert laest == EKSEMPEL
    assert laest.ejendomme == ("Nordhuset", "Sydhuset")


def test_gem__touches_only_the_lines_that_differ() -> None:
    oekonomen = oekonom()
    et = budget(af=oekonomen)
    foer = dict(Budgetlinje.objects.synlige_for(oekonomen).values_list("post", "pk"))
    linjer = {linje: beloeb for linje, beloeb in EKSEMPEL.linjer.items() if linje.post != "egen_husleje"}
    linjer[Linje("loen")] = Decimal(18_000_000)
    actions.gem(aktoer=oekonomen, budget_id=et.pk, enhed=Takstenhed.DAG, indhold=replace(EKSEMPEL, linjer=linjer))
    efter = dict(Budgetlinje.objects.synlige_for(oekonomen).values_list("post", "pk"))
    assert {post: foer[post] for post in efter} == efter
    assert set(foer) - set(efter) == {"egen_husleje"}
    laest = queries.budget(oekonomen, et.pk)
    assert laest.enhed == Takstenhed.DAG
    assert queries.indhold(oekonomen, laest).linjer[Linje("loen")] == Decimal(18_000_000)


@pytest.mark.parametrize(
    ("aendring", "felt"),
    [
        ({"aftalt_belaegning": Decimal(90)}, "aftalt_grund"),
        ({"aftalt_grund": "Styregruppen"}, "aftalt_grund"),
        ({"linjer": {Linje("loen"): Decimal(-1)}}, "linje_loen"),
        ({"linjer": {Linje("loen", "Nordhuset"): Decimal(1)}}, "linje_loen"),
        ({"linjer": {Linje("findes_ikke"): Decimal(1)}}, "linje_findes_ikke"),
    ],
)
def test_gem__content_the_database_would_refuse_is_an_error_at_its_field(
    aendring: dict[str, object], felt: str
) -> None:
    oekonomen = oekonom()
    et = budget(af=oekonomen)
    with pytest.raises(UgyldigtInput) as fejl:
        actions.gem(
            aktoer=oekonomen,
            budget_id=et.pk,
            enhed=Takstenhed.DOEGN,
            indhold=replace(EKSEMPEL, **aendring),  # type: ignore[arg-type]  # by name
        )
    assert list(fejl.value.felter) == [felt]
    assert queries.indhold(oekonomen, queries.budget(oekonomen, et.pk)) == EKSEMPEL


def test_opret__one_budget_per_offer_year_and_part() -> None:
    oekonomen = oekonom()
    afdeling = fabrik.afdeling(fabrik.tilbud(i="Gladsaxe"))
    tilbud = afdeling.tilbud
    budget(tilbud, af=oekonomen)
    budget(tilbud, af=oekonomen, aar=2027)
    budget(tilbud, af=oekonomen, del_={"afdeling_id": afdeling.pk})
    for afdeling_id in (None, afdeling.pk):
        with pytest.raises(Konflikt) as fejl:
            actions.opret(aktoer=oekonomen, tilbud_id=tilbud.pk, aar=2026, afdeling_id=afdeling_id)
        assert fejl.value.kode == "budget_findes"
    assert Budget.objects.synlige_for(oekonomen).count() == 3


def test_opret__a_part_the_offer_does_not_have_is_refused() -> None:
    oekonomen, tilbud = oekonom(), fabrik.tilbud(i="Gladsaxe")
    with pytest.raises(UgyldigtInput) as fejl:
        actions.opret(
            aktoer=oekonomen,
            tilbud_id=tilbud.pk,
            aar=2026,
            afdeling_id=fabrik.afdeling().pk,
            hjemmel=fabrik.hjemmel("SEL-108").pk,
        )
    assert set(fejl.value.felter) == {"afdeling", "hjemmel"}


def test_opret__day_offer_is_one_whose_places_are_all_day_places() -> None:
    oekonomen, dagtilbud, blandet = oekonom(), fabrik.afdeling(), fabrik.afdeling()
    fabrik.ledig_plads(dagtilbud, art="dag")
    fabrik.ledig_plads(blandet, art="dag")
    fabrik.ledig_plads(blandet)
    enheder = [actions.opret(aktoer=oekonomen, tilbud_id=a.tilbud_id, aar=2026).enhed for a in (dagtilbud, blandet)]
    assert enheder == [Takstenhed.DAG, Takstenhed.DOEGN]


def test_opret__closed_offer_has_no_budget_of_a_year_it_is_closed_in() -> None:
    oekonomen = oekonom()
    tilbud = fabrik.tilbud(i="Gladsaxe", lukket_fra=fabrik.date(2026, 7, 1))
    actions.opret(aktoer=oekonomen, tilbud_id=tilbud.pk, aar=2026)
    with pytest.raises(Konflikt) as fejl:
        actions.opret(aktoer=oekonomen, tilbud_id=tilbud.pk, aar=2027)
    assert fejl.value.kode == "tilbud_lukket"


def test_kopier__raises_by_the_pl_of_every_year_between() -> None:
    oekonomen = oekonom()
    et = budget(af=oekonomen, aar=2014)
    ny = actions.kopier(aktoer=oekonomen, budget_id=et.pk, aar=2016)  # 1.3 and 1.6 percent in the tests' terms
    indhold = queries.indhold(oekonomen, ny)
    assert indhold.linjer[Linje("loen")] == Decimal("18371362.80")  # 17850000 × 1.013 = 18082050; × 1.016
    assert indhold.linjer[Linje("husleje", "Sydhuset")] == Decimal("494019.84")  # 486240 × 1.016
    assert (ny.aar, ny.tilbud_id, ny.enhed) == (2016, et.tilbud_id, et.enhed)


def test_kopier__year_without_an_agreed_pl_is_refused_and_nothing_stored() -> None:
    oekonomen = oekonom()
    et = budget(af=oekonomen, aar=2018)
    with pytest.raises(Konflikt) as fejl:
        actions.kopier(aktoer=oekonomen, budget_id=et.pk, aar=2019)
    assert fejl.value.kode == "vilkaar_mangler"
    assert "PL for 2019" in fejl.value.besked
    assert "(vaekstloft, klausulen Udgiftsudvikling, sæt 1 i Testaftale)" in fejl.value.besked
    assert Budget.objects.synlige_for(oekonomen).count() == 1


def test_kopier__never_over_a_budget_that_is_there_or_back_in_time() -> None:
    oekonomen = oekonom()
    et = budget(af=oekonomen, aar=2014)
    budget(et.tilbud, af=oekonomen, aar=2015)
    with pytest.raises(Konflikt) as fejl:
        actions.kopier(aktoer=oekonomen, budget_id=et.pk, aar=2015)
    assert fejl.value.kode == "budget_findes"
    with pytest.raises(UgyldigtInput):
        actions.kopier(aktoer=oekonomen, budget_id=et.pk, aar=2014)


def test_slet__takes_the_lines_along() -> None:
    oekonomen = oekonom()
    et = budget(af=oekonomen)
    actions.slet(aktoer=oekonomen, budget_id=et.pk)
    assert Budgetlinje.objects.for_systemet("test").count() == 0


def test_budget__is_the_operators_own_and_a_leader_of_single_offers_sees_only_theirs() -> None:
    et = budget()
    andet = budget()
    fremmed, leder = oekonom("Herlev"), fabrik.tilbudsleder_for(et.tilbud)
    assert [b.pk for b in Budget.objects.synlige_for(leder)] == [et.pk]
    assert {linje.budget_id for linje in Budgetlinje.objects.synlige_for(leder)} == {et.pk}
    assert not Budget.objects.synlige_for(fremmed).exists()
    for aktoer, budget_id in ((fremmed, et.pk), (leder, andet.pk)):
        with pytest.raises(IkkeFundet):
            actions.gem(aktoer=aktoer, budget_id=budget_id, enhed=Takstenhed.DOEGN, indhold=Budgetindhold())
    with pytest.raises(IngenAdgang):
        actions.opret(aktoer=fabrik.sagsbehandler("Gladsaxe"), tilbud_id=et.tilbud_id, aar=2027)
    with pytest.raises(UdenScope):
        list(Budget.objects.all())


def test_budget__database_itself_hides_others() -> None:
    et, andet = budget(), budget()
    for aktoer, ventet in ((oekonom("Herlev"), set()), (fabrik.tilbudsleder_for(andet.tilbud), {andet.pk})):
        with transaction.atomic():
            fabrik.saet_database_aktoer(aktoer)
            with connection.cursor() as cursor:
                cursor.execute("select id from takster_budget")
                assert {raekke[0] for raekke in cursor.fetchall()} == ventet
                cursor.execute("select distinct budget_id from takster_budgetlinje")
                assert {raekke[0] for raekke in cursor.fetchall()} == ventet
    assert et.pk != andet.pk


@pytest.mark.parametrize(
    ("tabel", "saetning", "regel"),
    [
        ("budget", "pladser = 0", "budget_pladser_over_nul"),
        ("budget", "overhead = -1", "budget_beloeb_uden_minus"),
        ("budget", "aar = 1999", "budget_aar_rimeligt"),
        ("budget", "enhed = 'uge'", "budget_enhed_kendt"),
        ("budget", "belaegning_sidst = 201", "budget_belaegning_sidst_rimelig"),
        ("budget", "belaegning_foer = 0", "budget_belaegning_foer_rimelig"),
        ("budget", "aftalt_belaegning = 90", "budget_afvigelse_har_godkender"),
        ("budget", "aftalt_grund = 'Styregruppen'", "budget_afvigelse_har_godkender"),
        ("budgetlinje", "beloeb = -1", "budgetlinje_uden_minus"),
        ("budgetlinje", "post = 'andet'", "budgetlinje_post_kendt"),
        ("budgetlinje", "ejendom = 'Huset'", "budgetlinje_ejendom_kun_paa_ejendomsposter"),
    ],
)
def test_budget__database_refuses_what_is_none(tabel: str, saetning: str, regel: str) -> None:
    oekonomen = oekonom()
    budget(af=oekonomen)
    fabrik.saet_database_aktoer(oekonomen)
    with pytest.raises(IntegrityError, match=regel), connection.cursor() as cursor:
        cursor.execute(f"update takster_{tabel} set {saetning}")
