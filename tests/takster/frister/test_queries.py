"""The board: every offer of municipalities and regions in the KKR, how far it is, and never what a draft says."""

from datetime import date

import pytest
from django.db import connection, transaction

from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet
from faelles.scope import saet_database_aktoer
from faelles.tid import Periode
from kommuner.models import Organisationsart
from takster.frister.queries import aktuel, eget_kkr, egne_frister, frist, stader, tavle
from takster.frister.regler import Stade
from takster.models import Budget, Takstberegning
from tests import fabrik
from tests.takster.budget.situationer import budget
from tests.takster.fastsaettelse.situationer import offentliggjort
from tests.takster.frister.situationer import AAR, alle_stader, budget_for, oekonom, tilbud
from tilbud.models import Tilbud
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db


def paa_tavlen(af: Aktoer | None = None) -> dict[str, Stade | None]:
    """The board's offers and how far they are."""
    aktoer = af or fabrik.sekretariat()
    en = tavle(aktoer, eget_kkr(aktoer), AAR)
    return {et.navn: et.stade for d in en.driftsherrer for et in d.tilbud}


def test_board_tells_how_far_every_offer_is() -> None:
    alle_stader()
    assert paa_tavlen() == dict(
        zip(["Ingen", "Budget", "Beregnet", "Indsendt", "Godkendt", "Delvis", "Udgivet"], Stade, strict=True)
    )


def test_board_counts_what_lacks_by_operator_in_danish_order() -> None:
    alle_stader()
    tilbud("Ådalen", i="Ballerup")
    tilbud("Zebra", i="Ballerup")
    aktoer = fabrik.sekretariat()
    en = tavle(aktoer, eget_kkr(aktoer), AAR)
    assert [(d.navn, len(d.tilbud), len(d.mangler)) for d in en.driftsherrer] == [
        ("Ballerup Kommune", 2, 2),
        ("Gladsaxe Kommune", 7, 6),
    ]
    assert [et.navn for et in en.driftsherrer[0].tilbud] == ["Zebra", "Ådalen"]
    assert (en.i_alt, en.mangler, en.antal(Stade.IKKE_BEGYNDT)) == (9, 8, 3)


def test_department_added_after_publication_lacks_its_takst() -> None:
    hvor = tilbud("Udgivet")
    offentliggjort(budget_for(hvor))
    assert paa_tavlen() == {"Udgivet": Stade.OFFENTLIGGJORT}
    fabrik.afdeling(hvor, navn="Den nye")
    assert paa_tavlen() == {"Udgivet": Stade.BUDGET}


def test_department_needs_a_takst_on_the_days_its_places_are_open_and_no_others() -> None:
    hvor = tilbud("Udgivet")
    fabrik.ledig_plads(hvor.afdelinger.get(), til=date(AAR, 9, 1))
    offentliggjort(budget_for(hvor), fra=date(AAR, 3, 1))
    assert paa_tavlen() == {"Udgivet": Stade.DEL_AF_AARET}
    fabrik.Plads.objects.update(periode=Periode(date(AAR, 3, 1), date(AAR, 9, 1)).som_range)
    assert paa_tavlen() == {"Udgivet": Stade.OFFENTLIGGJORT}
    fabrik.ledig_plads(fabrik.afdeling(hvor, navn="Nedlagt"), til=date(AAR, 1, 1))
    assert paa_tavlen() == {"Udgivet": Stade.OFFENTLIGGJORT}
    fabrik.ledig_plads(fabrik.afdeling(hvor, navn="Ny"), fra=date(AAR, 12, 31))
    assert paa_tavlen() == {"Udgivet": Stade.BUDGET}


def test_offers_closed_elsewhere_or_private_are_not_on_the_board() -> None:
    tilbud("Her")
    tilbud("Langt væk", i="Odense")
    fabrik.KkrMedlemskab.objects.filter(kommune__kortnavn="Odense").update(kkr=fabrik.kkr("KKR Syddanmark"))
    Tilbud.objects.filter(pk=tilbud("Lukket").pk).update(lukket_fra=date(AAR, 1, 1))
    Tilbud.objects.filter(pk=tilbud("Lukker i året").pk).update(lukket_fra=date(AAR, 1, 2))
    privat = tilbud("Privat", i="Lyngby-Taarbæk")
    fabrik.Organisation.objects.filter(pk=privat.driftsherre_id).update(art=Organisationsart.PRIVAT)
    assert paa_tavlen() == {"Her": Stade.IKKE_BEGYNDT, "Lukker i året": Stade.IKKE_BEGYNDT}


def test_offer_without_departments_stands_apart() -> None:
    fabrik.tilbud("Uden afdelinger", i="Gladsaxe")
    aktoer = fabrik.sekretariat()
    en = tavle(aktoer, eget_kkr(aktoer), AAR)
    assert (en.i_alt, [et.navn for et in en.uden_dele]) == (0, ["Uden afdelinger"])


def test_another_years_budget_says_nothing() -> None:
    budget(tilbud("Sidste år"), aar=AAR - 1)
    assert paa_tavlen() == {"Sidste år": Stade.IKKE_BEGYNDT}


def test_database_tells_each_only_of_its_own_business_and_no_amounts() -> None:
    alle_stader()
    budgetter = {"sekretariat": 6, "driftsherre": 6, "andre": 0}
    fabrik.kommune("Odense", i="KKR Syddanmark")
    for aktoer, ser in [
        (fabrik.sekretariat(), budgetter["sekretariat"]),
        (fabrik.tilbudsleder("Gladsaxe"), budgetter["driftsherre"]),
        (fabrik.tilbudsleder("Herlev"), budgetter["andre"]),
        (fabrik.sagsbehandler("Gladsaxe"), budgetter["andre"]),
        (fabrik.sekretariat("KKR Syddanmark"), budgetter["andre"]),
    ]:
        with transaction.atomic(), connection.cursor() as cursor:
            saet_database_aktoer(aktoer)
            cursor.execute("SELECT * FROM takster_stader(%s)", [AAR])
            assert len(cursor.fetchall()) == ser
            assert [kolonne.name for kolonne in cursor.description] == [
                "tilbud_id",
                "afdeling_id",
                "hjemmel_id",
                "tilstand",
            ]


def test_secretariat_that_sees_the_stages_still_sees_no_draft() -> None:
    alle_stader()
    aktoer = fabrik.sekretariat()
    assert paa_tavlen(aktoer)["Indsendt"] is Stade.INDSENDT
    assert not Budget.objects.synlige_for(aktoer).exists()
    saet_database_aktoer(aktoer)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM takster_budget")
        assert cursor.fetchone() == (0,)
    assert set(Takstberegning.objects.synlige_for(aktoer).values_list("tilstand", flat=True)) == {"offentliggjort"}


def test_leader_of_single_offers_sees_the_stages_of_those() -> None:
    fundne = alle_stader()
    leder = fabrik.tilbudsleder_for(fundne["Godkendt"])
    alle = Tilbud.objects.filter(pk__in=[fundne["Godkendt"].pk, fundne["Indsendt"].pk])
    assert {et.navn: et.stade for et in stader(leder, alle, AAR)} == {
        "Godkendt": Stade.GODKENDT,
        "Indsendt": Stade.IKKE_BEGYNDT,
    }


def test_deadline_is_the_day_of_the_year_before_with_clause_and_set() -> None:
    kkr = fabrik.kkr()
    fundet = frist(kkr.pk, AAR)
    assert fundet.dag == date(2026, 12, 10)
    assert "sæt 1" in fundet.kilde
    assert aktuel(kkr.pk, date(2026, 11, 29))[0] == 2027
    assert aktuel(kkr.pk, date(2026, 5, 1))[0] == 2026


def test_missing_deadline_is_told_and_never_guessed() -> None:
    kkr = fabrik.Kkr.objects.create(navn="KKR Andet", slug="kkr-andet")
    assert "Der er ingen vilkår for 2027" in frist(kkr.pk, AAR).hvorfor_ikke
    fabrik.vilkaar(kkr, uden=Noegle.TAKST_FRIST)
    fundet = frist(kkr.pk, AAR)
    assert fundet.dag is None
    assert "takst_frist" in fundet.hvorfor_ikke
    assert aktuel(kkr.pk, date(2026, 11, 29))[0] == 2027


def test_only_a_secretariat_has_a_board() -> None:
    with pytest.raises(IkkeFundet):
        eget_kkr(fabrik.sagsbehandler())


def test_operator_can_be_reminded_when_somebody_makes_its_takster() -> None:
    tilbud("Ingen")
    aktoer = fabrik.sekretariat()
    (uden,) = tavle(aktoer, eget_kkr(aktoer), AAR).driftsherrer
    assert not uden.kan_paamindes(date(2026, 11, 29))
    oekonom()
    (med,) = tavle(aktoer, eget_kkr(aktoer), AAR).driftsherrer
    assert med.kan_paamindes(date(2026, 11, 29))


def test_operator_is_told_the_deadline_of_each_kkr_its_offers_lie_in() -> None:
    leder = fabrik.tilbudsleder()
    assert egne_frister(leder, AAR) == []
    tilbud("Hjemme")
    kommune = fabrik.kommune("Odense", i="KKR Syddanmark")
    fabrik.tilbud("Ude", i="Odense", driftsherre=fabrik.kommune("Gladsaxe").organisation)
    assert [(kkr.navn, en.dag) for kkr, en in egne_frister(leder, AAR)] == [
        ("KKR Hovedstaden", date(2026, 12, 10)),
        ("KKR Syddanmark", date(2026, 12, 10)),
    ]
    assert egne_frister(fabrik.tilbudsleder(kommune.kortnavn), AAR) == []
