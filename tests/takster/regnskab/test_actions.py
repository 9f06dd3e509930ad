"""The use cases of accounts, the worked example's among them, and what the database itself refuses."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.models import Haendelse
from faelles.scope import UdenScope
from faelles.tid import Periode, idag
from takster.budget.indhold import Linje
from takster.models import Regnskab, Regnskabslinje
from takster.regnskab import actions, queries
from takster.regnskab.indhold import Regnskabsindhold
from tests import fabrik
from tests.takster.budget.situationer import oekonom
from tests.takster.regnskab.situationer import AAR, BELAGT, EKSEMPEL, TAKST, afsluttet, belagt, kladde, solgt
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db


def vilkaar(**andre: str) -> None:
    """Other terms than the tests' usual, from the accounts' year on."""
    kkr = fabrik.kkr()
    kkr.vilkaarssaet.update(periode=f"[2007-01-01,{AAR}-01-01)")
    fabrik.vilkaar(kkr, fra=date(AAR, 1, 1), andre={Noegle(navn): vaerdi for navn, vaerdi in andre.items()})


def test_afslut__worked_example_case_b_to_the_oere() -> None:
    et = afsluttet()
    assert (et.belagte_doegn, et.provenu, et.omkostninger) == (BELAGT, Decimal(21_072_560), Decimal(19_750_000))
    assert (et.taerskelgrundlag, et.resultat) == (Decimal(20_400_000), Decimal(1_322_560))
    assert (et.beholdt, et.efterregulering, et.indgaar_aar) == (Decimal(1_020_000), Decimal(-302_560), 2026)
    assert et.anvendes_senest is None


def test_afslut__worked_example_case_a_is_within_the_threshold() -> None:
    et = afsluttet(overhead=Decimal(1_550_000))  # accounts of 20,150,000: 4.52 percent
    assert (et.resultat, et.beholdt, et.efterregulering) == (Decimal(922_560), Decimal(922_560), Decimal(0))


@pytest.mark.parametrize(
    ("andre", "andet", "ventet"),
    [
        ({"efterregulering_metode": "alt"}, {}, (0, -1_322_560, None)),
        ({"efterregulering_metode": "alt"}, {"overhead": 1_550_000, "overfoert": 500_000}, (500_000, -422_560, None)),
        ({"efterregulering_metode": "hensaettelse"}, {}, (1_020_000, -302_560, 2029)),
        ({"efterregulering_metode": "hensaettelse"}, {"overfoert": 20_000}, (20_000, -1_302_560, 2029)),
        ({}, {"overhead": 5_000_000}, (1_020_000, 1_507_440, None)),
        ({"underskud_regel": "baeres"}, {"overhead": 5_000_000}, (2_527_440, 0, None)),
    ],
)
def test_afslut__every_method_of_the_agreement(
    andre: dict[str, str], andet: dict[str, int], ventet: tuple[int, int, int | None]
) -> None:
    tilbud = solgt()
    vilkaar(**andre)
    oekonomen = oekonom()
    et = kladde(tilbud, af=oekonomen, **{felt: Decimal(beloeb) for felt, beloeb in andet.items()})  # type: ignore[arg-type]  # by name
    lukket = actions.afslut(aktoer=oekonomen, regnskab_id=et.pk)
    assert (lukket.beholdt, lukket.efterregulering, lukket.anvendes_senest) == tuple(
        None if tal is None else Decimal(tal) for tal in ventet
    )


def test_afslut__terms_are_those_of_the_accounts_own_first_day() -> None:
    tilbud, kkr = solgt(), fabrik.kkr()
    kkr.vilkaarssaet.update(periode=f"[2007-01-01,{AAR}-01-02)")
    fabrik.vilkaar(kkr, fra=date(AAR, 1, 2), andre={Noegle.EFTERREGULERING_AARSFORSKYDNING: "1"})
    et = afsluttet(tilbud)
    assert et.vilkaarssaet is not None
    assert (et.indgaar_aar, et.vilkaarssaet.nummer) == (AAR + 2, 1)


def test_afslut__only_stays_that_count_are_sold() -> None:
    tilbud = solgt(doegn=10)
    afdeling = tilbud.afdelinger.get()
    uge = Periode(date(AAR, 1, 1), date(AAR, 1, 8))
    for art in ("lukket", "forbeholdt"):
        fabrik.optag(fabrik.ledig_plads(afdeling), uge, art=art)  # type: ignore[arg-type]  # by value
    opgivet = fabrik.optag(fabrik.ledig_plads(afdeling), uge)
    opgivet.aktiv = False
    opgivet.save()
    belagt(fabrik.afdeling(tilbud, navn="Sydhuset"), 5)
    fabrik.takst(tilbud.afdelinger.get(navn="Sydhuset"), "3000.00", fra=date(AAR, 1, 1))
    et = afsluttet(tilbud)
    assert (et.belagte_doegn, et.provenu) == (15, Decimal(39_800))


def test_afslut__part_of_the_offer_sells_its_own_departments_doegn() -> None:
    tilbud = solgt(doegn=10)
    syd = fabrik.afdeling(tilbud, navn="Sydhuset")
    fabrik.takst(syd, "3000.00", fra=date(AAR, 1, 1))
    belagt(syd, 5)
    et = afsluttet(tilbud, del_={"afdeling_id": syd.pk})
    assert (et.belagte_doegn, et.provenu) == (5, Decimal(15_000))


def test_afslut__doegn_without_one_takst_are_told_and_what_they_gave_is_an_amount_with_its_reason() -> None:
    tilbud, oekonomen = solgt(doegn=10), oekonom()
    nyt = fabrik.afdeling(tilbud, navn="Uden takst")
    belagt(nyt, 3)
    et = kladde(tilbud, af=oekonomen)
    with pytest.raises(UgyldigtInput) as fejl:
        actions.afslut(aktoer=oekonomen, regnskab_id=et.pk)
    assert fejl.value.felter == {
        "oevrigt_provenu": ["3 belagte døgn har ikke netop én takst. Skriv, hvad de er solgt for, og hvad beløbet er."]
    }
    oplyst = replace(EKSEMPEL, oevrigt_provenu=Decimal(7_500), oevrigt_grund="Afdelingen havde en aftalt pris")
    actions.gem(aktoer=oekonomen, regnskab_id=et.pk, indhold=oplyst)
    lukket = actions.afslut(aktoer=oekonomen, regnskab_id=et.pk)
    assert (lukket.belagte_doegn, lukket.provenu) == (10, Decimal(32_300))


def test_afslut__what_the_years_takst_says_of_its_basis_is_not_typed() -> None:
    oekonomen, afdeling = oekonom(), fabrik.afdeling(fabrik.tilbud(i="Gladsaxe"))
    fabrik.takst(
        afdeling,
        TAKST,
        fra=date(AAR, 1, 1),
        til=date(AAR + 1, 1, 1),
        beregning={"grundlag": "20400000.00", "inddata": {}},
    )
    belagt(afdeling)
    et = kladde(afdeling.tilbud, af=oekonomen)
    with pytest.raises(UgyldigtInput) as fejl:
        actions.afslut(aktoer=oekonomen, regnskab_id=et.pk)
    assert fejl.value.felter == {"grundlag": ["Årets takst siger allerede grundlaget. Slet beløbet."]}
    actions.gem(aktoer=oekonomen, regnskab_id=et.pk, indhold=replace(EKSEMPEL, grundlag=None))
    assert actions.afslut(aktoer=oekonomen, regnskab_id=et.pk).efterregulering == Decimal(-302_560)


def test_afslut__everything_that_lacks_is_said_at_once_and_nothing_stored() -> None:
    oekonomen = oekonom()
    et = kladde(af=oekonomen, linjer={Linje("loen"): Decimal(1)}, overhead=None, grundlag=None)
    with pytest.raises(UgyldigtInput) as fejl:
        actions.afslut(aktoer=oekonomen, regnskab_id=et.pk)
    assert set(fejl.value.felter) == {
        "linje_pension", "linje_husleje", "linje_aktivitet", "linje_tilsyn", "overhead", "grundlag",
    }  # fmt: skip
    assert queries.regnskab(oekonomen, et.pk).afsluttet is None


def test_afslut__more_carried_than_the_threshold_allows_is_refused() -> None:
    oekonomen, tilbud = oekonom(), solgt()
    vilkaar(efterregulering_metode="hensaettelse")
    et = kladde(tilbud, af=oekonomen, overfoert=Decimal(1_020_001))
    with pytest.raises(UgyldigtInput) as fejl:
        actions.afslut(aktoer=oekonomen, regnskab_id=et.pk)
    assert list(fejl.value.felter) == ["overfoert"]


def test_afslut__not_before_the_year_is_over() -> None:
    oekonomen = oekonom()
    et = kladde(fabrik.tilbud(i="Gladsaxe"), af=oekonomen, aar=idag().year)
    with pytest.raises(Konflikt) as fejl:
        actions.afslut(aktoer=oekonomen, regnskab_id=et.pk)
    assert fejl.value.kode == "aaret_er_ikke_slut"


def test_afslut__later_changes_of_the_ledger_change_nothing_and_opening_again_reads_it_anew() -> None:
    oekonomen, tilbud = oekonom(), solgt()
    et = afsluttet(tilbud, af=oekonomen)
    belagt(tilbud.afdelinger.get(), 1)
    assert queries.regnskab(oekonomen, et.pk).belagte_doegn == BELAGT
    for handling in (actions.afslut, actions.slet):
        with pytest.raises(Konflikt) as fejl:
            handling(aktoer=oekonomen, regnskab_id=et.pk)
        assert fejl.value.kode == "regnskab_afsluttet"
    with pytest.raises(Konflikt):
        actions.gem(aktoer=oekonomen, regnskab_id=et.pk, indhold=EKSEMPEL)
    assert actions.genaabn(aktoer=oekonomen, regnskab_id=et.pk).provenu is None
    with pytest.raises(Konflikt) as fejl:
        actions.genaabn(aktoer=oekonomen, regnskab_id=et.pk)
    assert fejl.value.kode == "regnskab_ikke_afsluttet"
    assert actions.afslut(aktoer=oekonomen, regnskab_id=et.pk).belagte_doegn == BELAGT + 1
    typer = Haendelse.objects.filter(entitet_id=str(et.pk)).order_by("tidspunkt").values_list("type", flat=True)
    assert list(typer) == ["regnskab.afsluttet", "regnskab.genaabnet", "regnskab.afsluttet"]


def test_afslut__day_places_are_sold_by_their_days_a_week() -> None:
    tilbud = fabrik.tilbud(i="Gladsaxe")
    afdeling = fabrik.afdeling(tilbud)
    fabrik.takst(afdeling, "600.00", fra=date(AAR, 1, 1), enhed="dag")  # type: ignore[arg-type]  # by value
    plads = fabrik.ledig_plads(afdeling, art="dag", ugedage=[1, 2, 3, 4, 5])
    halvdel = Periode(date(AAR, 1, 1), date(AAR, 1, 1) + timedelta(days=100))
    fabrik.optag(plads, halvdel, ugedage=[1, 2, 3])
    fabrik.optag(plads, halvdel, ugedage=[4, 5])
    et = afsluttet(tilbud)
    assert (et.belagte_doegn, et.provenu) == (200, Decimal(100 * 510 + 100 * 360))  # 85 and 60 percent


def test_gem__what_is_written_is_what_is_read() -> None:
    oekonomen = oekonom()
    et = kladde(af=oekonomen)
    foer = dict(Regnskabslinje.objects.synlige_for(oekonomen).values_list("pk", "beloeb"))
    assert queries.indhold(oekonomen, queries.regnskab(oekonomen, et.pk)) == EKSEMPEL
    actions.gem(aktoer=oekonomen, regnskab_id=et.pk, indhold=EKSEMPEL)
    assert dict(Regnskabslinje.objects.synlige_for(oekonomen).values_list("pk", "beloeb")) == foer
    actions.slet(aktoer=oekonomen, regnskab_id=et.pk)
    assert not Regnskabslinje.objects.for_systemet("test").exists()


@pytest.mark.parametrize(
    ("indhold", "felt"),
    [
        (Regnskabsindhold(oevrigt_provenu=Decimal(1)), "oevrigt_grund"),
        (Regnskabsindhold(oevrigt_grund="Salg"), "oevrigt_grund"),
        (Regnskabsindhold(linjer={Linje("loen"): Decimal(-1)}), "linje_loen"),
        (Regnskabsindhold(linjer={Linje("egen_kost"): Decimal(1)}), "linje_egen_kost"),
        (Regnskabsindhold(linjer={Linje("loen", "Nordhuset"): Decimal(1)}), "linje_loen"),
    ],
)
def test_gem__content_the_database_would_refuse_is_an_error_at_its_field(indhold: Regnskabsindhold, felt: str) -> None:
    oekonomen = oekonom()
    et = kladde(af=oekonomen)
    with pytest.raises(UgyldigtInput) as fejl:
        actions.gem(aktoer=oekonomen, regnskab_id=et.pk, indhold=indhold)
    assert list(fejl.value.felter) == [felt]


def test_opret__one_per_offer_year_and_part_while_the_offer_was_open() -> None:
    oekonomen, tilbud = oekonom(), fabrik.tilbud(i="Gladsaxe", lukket_fra=date(AAR, 7, 1))
    afdeling = fabrik.afdeling(tilbud)
    actions.opret(aktoer=oekonomen, tilbud_id=tilbud.pk, aar=AAR)
    actions.opret(aktoer=oekonomen, tilbud_id=tilbud.pk, aar=AAR, afdeling_id=afdeling.pk)
    for aar, kode in ((AAR, "regnskab_findes"), (AAR + 1, "tilbud_lukket")):
        with pytest.raises(Konflikt) as konflikt:
            actions.opret(aktoer=oekonomen, tilbud_id=tilbud.pk, aar=aar)
        assert konflikt.value.kode == kode
    with pytest.raises(UgyldigtInput) as fejl:
        actions.opret(aktoer=oekonomen, tilbud_id=tilbud.pk, aar=AAR, afdeling_id=fabrik.afdeling().pk)
    assert list(fejl.value.felter) == ["afdeling"]


def test_regnskab__draft_is_the_operators_own_and_closed_is_read_by_its_secretariat() -> None:
    et, aabent = afsluttet(), kladde()
    sekretariat, fremmed = fabrik.sekretariat(), fabrik.sekretariat("KKR Nordjylland")
    leder = fabrik.tilbudsleder_for(aabent.tilbud)
    assert set(Regnskab.objects.synlige_for(oekonom())) == {et, aabent}
    assert set(Regnskab.objects.synlige_for(leder)) == {aabent}
    assert set(Regnskab.objects.synlige_for(sekretariat)) == {et}
    for ingen in (fremmed, oekonom("Herlev"), fabrik.sagsbehandler("Gladsaxe")):
        assert not Regnskab.objects.synlige_for(ingen).exists()
    assert not Regnskabslinje.objects.synlige_for(sekretariat).exists()
    for aktoer in (leder, oekonom("Herlev")):
        with pytest.raises(IkkeFundet):
            actions.genaabn(aktoer=aktoer, regnskab_id=et.pk)
    with pytest.raises(IngenAdgang):
        actions.genaabn(aktoer=sekretariat, regnskab_id=et.pk)
    with pytest.raises(UdenScope):
        list(Regnskab.objects.all())


def test_regnskab__database_itself_hides_others() -> None:
    et, aabent = afsluttet(), kladde()
    for aktoer, ser, linjer in (
        (oekonom("Herlev"), set(), set()),
        (fabrik.tilbudsleder_for(aabent.tilbud), {aabent.pk}, {aabent.pk}),
        (fabrik.sekretariat(), {et.pk}, set()),
        (fabrik.sekretariat("KKR Nordjylland"), set(), set()),
        (fabrik.sagsbehandler("Gladsaxe"), set(), set()),
    ):
        with transaction.atomic():
            fabrik.saet_database_aktoer(aktoer)
            with connection.cursor() as cursor:
                cursor.execute("select id from takster_regnskab")
                assert {raekke[0] for raekke in cursor.fetchall()} == ser
                cursor.execute("select distinct regnskab_id from takster_regnskabslinje")
                assert {raekke[0] for raekke in cursor.fetchall()} == linjer
                cursor.execute("delete from takster_regnskabslinje where regnskab_id = %s", [aabent.pk])
                assert (cursor.rowcount > 0) == bool(linjer)


def test_regnskab__private_offers_accounts_are_their_own() -> None:
    privat = fabrik.Organisation.objects.create(art="privat", navn="Privat")
    oekonomen = fabrik.aktoer(fabrik.Rolle.DRIFTSHERRE_OEKONOMI, privat)
    et = afsluttet(solgt(fabrik.tilbud(i="Gladsaxe", driftsherre=privat)), af=oekonomen)
    sekretariat = fabrik.sekretariat()
    assert list(Regnskab.objects.synlige_for(oekonomen)) == [et]
    assert not Regnskab.objects.synlige_for(sekretariat).exists()
    with transaction.atomic():
        fabrik.saet_database_aktoer(sekretariat)
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from takster_regnskab")
            assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    ("tabel", "saetning", "regel"),
    [
        ("regnskab", "overhead = -1", "regnskab_beloeb_uden_minus"),
        ("regnskab", "grundlag = 0", "regnskab_grundlag_over_nul"),
        ("regnskab", "aar = 1999", "regnskab_aar_rimeligt"),
        ("regnskab", "oevrigt_provenu = 1", "regnskab_oevrigt_provenu_er_forklaret"),
        ("regnskab", "oevrigt_grund = 'x'", "regnskab_oevrigt_provenu_er_forklaret"),
        ("regnskab", "provenu = 1", "regnskab_opgjort_naar_det_er_afsluttet"),
        ("regnskab", "afsluttet = now()", "regnskab_opgjort_naar_det_er_afsluttet"),
        ("regnskabslinje", "beloeb = -1", "regnskabslinje_uden_minus"),
        ("regnskabslinje", "post = 'egen_kost'", "regnskabslinje_post_kendt"),
        ("regnskabslinje", "ejendom = 'Huset'", "regnskabslinje_ejendom_kun_paa_ejendomsposter"),
    ],
)
def test_regnskab__database_refuses_what_is_none(tabel: str, saetning: str, regel: str) -> None:
    oekonomen = oekonom()
    kladde(af=oekonomen)
    fabrik.saet_database_aktoer(oekonomen)
    with pytest.raises(IntegrityError, match=regel), connection.cursor() as cursor:
        cursor.execute(f"update takster_{tabel} set {saetning}")


@pytest.mark.parametrize(
    "saetning",
    [
        "update takster_regnskab set provenu = 1",
        "update takster_regnskab set indgaar_aar = 2027",
        "delete from takster_regnskab",
        "update takster_regnskabslinje set beloeb = 1",
        "delete from takster_regnskabslinje",
    ],
)
def test_regnskab__closed_stands_fast_in_the_database_too(saetning: str) -> None:
    oekonomen = oekonom()
    afsluttet(af=oekonomen)
    fabrik.saet_database_aktoer(oekonomen)
    with pytest.raises((ProgrammingError, IntegrityError)), connection.cursor() as cursor:
        cursor.execute(saetning)
