"""What happens while a stay runs, and how it ends; who may; what is refused; what others see."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from freezegun import freeze_time

from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.models import Haendelse
from faelles.tid import Periode, nu
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.models import Beslutning, Ophold
from reservationer.sag.ophold import queries
from reservationer.sag.ophold.forloeb import afgoer_ophold
from reservationer.sag.overgange import Data, Grund, Tilstand, Udfald
from takster.models import Takstenhed
from tests import fabrik
from tilbud.belaegning.models import Optagelse
from tilbud.models import Plads, Pladsart

pytestmark = pytest.mark.django_db

IDAG = fabrik.om(0)


@pytest.fixture
def leder() -> Aktoer:
    return fabrik.tilbudsleder()


@pytest.fixture
def koeber() -> Aktoer:
    return fabrik.sagsbehandler()


def nyt(plads: Plads | None = None, **felter: Any) -> Ophold:
    """A stay that begins today."""
    return fabrik.ophold(plads, **{"periode": Periode(IDAG), **felter})


def goer(
    hvem: Aktoer, ophold: Ophold, udfald: Udfald, grund: Grund | None = None, tekst: str = "", **data: Any
) -> Ophold:
    """One step; the data by the names of the table."""
    indhold = Indhold(grund, tekst, {Data(navn): vaerdi for navn, vaerdi in data.items()})
    return afgoer_ophold(aktoer=hvem, ophold_id=ophold.pk, udfald=udfald, indhold=indhold)


def perioder(hvem: Aktoer, ophold: Ophold) -> list[tuple[str, date, date | None]]:
    """Where the stay has been, from and to."""
    pladser = queries.historie(hvem, ophold).pladser
    return [(str(p.optagelse.plads), p.optagelse.periode.lower, p.optagelse.periode.upper) for p in pladser]


def test_move_within_the_offer_leaves_no_day_without_a_place_and_frees_the_old_one(leder: Aktoer) -> None:
    gammel = fabrik.plads_med_takst(betegnelse="Bolig 1")
    ny_plads = fabrik.ledig_plads(gammel.afdeling, betegnelse="Bolig 2")
    ophold = nyt(gammel)
    goer(leder, ophold, Udfald.FLYT, plads=ny_plads.pk, dato=fabrik.om(10))
    assert perioder(leder, ophold) == [("Bolig 1", IDAG, fabrik.om(10)), ("Bolig 2", fabrik.om(10), None)]
    fabrik.reservation(gammel, periode=Periode(fabrik.om(10)))
    assert Haendelse.objects.filter(type="ophold.flyttet").count() == 1


def test_move_is_refused_when_it_leaves_a_gap_or_meets_somebody_else(leder: Aktoer) -> None:
    plads = fabrik.plads_med_takst()
    anden = fabrik.ledig_plads(plads.afdeling)
    ophold = nyt(plads, periode=Periode(IDAG, fabrik.om(30)))
    for dag in (IDAG, fabrik.om(31)):
        with pytest.raises(Konflikt) as fejl:
            goer(leder, ophold, Udfald.FLYT, plads=anden.pk, dato=dag)
        assert fejl.value.kode == "hul_i_opholdet"
    fabrik.optag(anden, Periode(fabrik.om(40), fabrik.om(50)))
    with pytest.raises(Konflikt) as fejl:
        goer(leder, ophold, Udfald.FLYT, plads=anden.pk, dato=fabrik.om(10))
    assert fejl.value.kode == "pladsen_er_optaget"
    assert [fra for _, fra, _ in perioder(leder, ophold)] == [IDAG], "nothing half moved"
    with pytest.raises(UgyldigtInput):
        goer(leder, ophold, Udfald.FLYT, plads=fabrik.ledig_plads().pk, dato=fabrik.om(10))
    goer(leder, ophold, Udfald.FLYT, plads=plads.pk, dato=fabrik.om(30), til=fabrik.om(59))
    assert [til for *_, til in perioder(leder, ophold)] == [fabrik.om(30), fabrik.om(60)], "the same place for longer"


def test_absence_is_paid_by_the_term_of_its_kind_and_never_twice_on_a_day(leder: Aktoer, koeber: Aktoer) -> None:
    ophold = nyt()
    goer(leder, ophold, Udfald.MELD_FRAVAER, art="hospital", dato=fabrik.om(1), til=fabrik.om(5))
    goer(koeber, ophold, Udfald.MELD_FRAVAER, art="faengsel", dato=fabrik.om(6), til=fabrik.om(9))
    assert [f.betalingsprocent for f in queries.historie(leder, ophold).fravaer] == [Decimal(100), Decimal(0)]
    forkerte: tuple[dict[str, Any], ...] = (
        {"art": "ferie", "dato": fabrik.om(5), "til": fabrik.om(7)},
        {"art": "ferie", "dato": fabrik.om(20), "til": fabrik.om(19)},
        {"art": "ukendt", "dato": fabrik.om(20), "til": fabrik.om(21)},
        {"art": "ferie", "dato": fabrik.om(-1), "til": fabrik.om(0)},
        {"art": "ferie", "dato": fabrik.om(20)},
    )
    for data in forkerte:
        with pytest.raises(UgyldigtInput):
            goer(leder, ophold, Udfald.MELD_FRAVAER, **data)


def test_new_price_counts_when_the_municipality_has_accepted_it(leder: Aktoer, koeber: Aktoer) -> None:
    ophold = nyt()
    with pytest.raises(Konflikt) as fejl:
        goer(koeber, ophold, Udfald.ACCEPTER_PRIS)
    assert fejl.value.kode == "intet_prisforslag"
    goer(
        leder,
        ophold,
        Udfald.FORESLAA_PRIS,
        dato=fabrik.om(10),
        takst=Decimal("3000.00"),
        tillaeg={"en_til_en": "500.00"},
    )
    assert fabrik.pris(ophold) == Decimal("2687.00")
    goer(leder, ophold, Udfald.FORESLAA_PRIS, dato=fabrik.om(12), takst=Decimal("3100.00"))
    goer(koeber, ophold, Udfald.ACCEPTER_PRIS)
    priser = queries.historie(leder, ophold).priser
    assert [(p.samlet, p.periode.lower, p.periode.upper) for p in priser] == [
        (Decimal("2687.00"), IDAG, fabrik.om(12)), (Decimal("3100.00"), fabrik.om(12), None),
    ]  # fmt: skip
    goer(leder, ophold, Udfald.FORESLAA_PRIS, dato=fabrik.om(20), takst=Decimal("9000.00"))
    goer(koeber, ophold, Udfald.AFSLAA_PRIS, Grund.PRISEN)
    assert fabrik.pris(ophold) == Decimal("3100.00")
    with pytest.raises(UgyldigtInput) as fejl2:
        goer(leder, ophold, Udfald.FORESLAA_PRIS, dato=fabrik.om(20), takst=Decimal("1.005"), tillaeg={"gaet": "1.00"})
    assert set(fejl2.value.felter) == {"takst", "tillaeg"}


def test_new_price_is_per_what_the_agreed_one_is_per(leder: Aktoer, koeber: Aktoer) -> None:
    hvor = fabrik.afdeling(fabrik.tilbud(hjemler=("SEL-107",)))
    fabrik.takst(hvor, "812.50", enhed=Takstenhed.DAG, fra=fabrik.FOR_LAENGE_SIDEN, til=None)
    ophold = nyt(fabrik.ledig_plads(hvor, art=Pladsart.DAG))
    goer(leder, ophold, Udfald.FORESLAA_PRIS, dato=fabrik.om(10), takst=Decimal("900.00"))
    goer(koeber, ophold, Udfald.ACCEPTER_PRIS)
    priser = [(p.samlet, p.enhed) for p in queries.historie(leder, ophold).priser]
    assert priser == [(Decimal("812.50"), "dag"), (Decimal("900.00"), "dag")]


def test_change_of_municipality_is_a_dated_fact_and_the_payer_sees_but_does_not_decide(koeber: Aktoer) -> None:
    ophold = nyt()
    fabrik.skift_kommune(ophold, handle="Rødovre", betaler="Herlev", fra=fabrik.om(10))
    ansvar = queries.historie(koeber, ophold).ansvar
    assert [(a.betalingskommune.navn, a.periode.lower) for a in ansvar] == [("Rødovre Kommune", IDAG), ("Herlev Kommune", fabrik.om(10))]  # fmt: skip
    herlev = fabrik.sagsbehandler("Herlev")
    assert queries.find(herlev, ophold.pk, fabrik.om(10)) is not None
    with freeze_time(fabrik.samme_tid(11)), pytest.raises(IngenAdgang) as fejl:
        goer(herlev, ophold, Udfald.OPSIG, Grund.BEHOV_AENDRET, dato=fabrik.om(11))
    assert fejl.value.kode == "ikke_handlekommune"
    with pytest.raises(UgyldigtInput) as fejl2:
        goer(koeber, ophold, Udfald.SKIFT_KOMMUNE, Grund.AFGOERELSE, dato=fabrik.om(5), handlekommune="0000", betalingskommune="0000", dokument="")  # fmt: skip
    assert set(fejl2.value.felter) == {"dokument"}


def test_move_of_address_has_no_step_that_changes_the_payer(koeber: Aktoer, leder: Aktoer) -> None:
    ophold = nyt()
    with pytest.raises(Konflikt):
        goer(leder, ophold, Udfald.SKIFT_KOMMUNE, Grund.AFTALE)
    with pytest.raises(UgyldigtInput) as fejl:
        goer(koeber, ophold, Udfald.SKIFT_KOMMUNE, Grund.FRAFLYTTET, dato=IDAG)
    assert set(fejl.value.felter) == {"grund", "handlekommune", "betalingskommune", "dokument"}


def test_change_of_hjemmel_is_dated_and_must_be_one_of_the_offers(koeber: Aktoer) -> None:
    plads = fabrik.plads_med_takst()
    plads.afdeling.tilbud.hjemler.add(fabrik.hjemmel("SEL-108"))
    ophold = nyt(plads)
    goer(koeber, ophold, Udfald.SKIFT_HJEMMEL, dato=fabrik.om(30), hjemmel="SEL-108")
    assert [h.hjemmel_id for h in queries.historie(koeber, ophold).hjemler] == ["SEL-107", "SEL-108"]
    with pytest.raises(UgyldigtInput):
        goer(koeber, ophold, Udfald.SKIFT_HJEMMEL, dato=fabrik.om(40), hjemmel="SEL-104")


def test_notice_by_either_side_has_its_own_term_and_only_its_giver_takes_it_back(leder: Aktoer, koeber: Aktoer) -> None:
    with freeze_time("2026-11-30 09:00:00+00:00"):
        dag = date(2026, 11, 30)
        ophold, andet = (fabrik.ophold(periode=Periode(dag), reference=f"RK-{n}") for n in range(2))
        goer(leder, ophold, Udfald.OPSIG, Grund.KOMPETENCE, dato=dag)
        goer(koeber, andet, Udfald.OPSIG, Grund.BEHOV_AENDRET, dato=dag)
        (fra_tilbud,), (fra_kommune,) = (queries.historie(leder, o).opsigelser for o in (ophold, andet))
        assert (fra_tilbud.ophoer, fra_kommune.ophoer) == (date(2027, 2, 28), date(2026, 12, 31))
        with pytest.raises(Konflikt) as fejl:
            goer(koeber, ophold, Udfald.FORTRYD_OPSIGELSE, tekst="Vi er enige")
        assert fejl.value.kode == "anden_parts_opsigelse"
        goer(leder, ophold, Udfald.FORTRYD_OPSIGELSE, tekst="Vi er enige")
        goer(leder, ophold, Udfald.OPSIG, Grund.KOMPETENCE, dato=dag)
        assert len(queries.historie(leder, ophold).opsigelser) == 2
        with pytest.raises(UgyldigtInput):
            goer(koeber, fabrik.ophold(periode=Periode(dag)), Udfald.OPSIG, Grund.BEHOV_AENDRET, dato=date(2026, 12, 1))


def test_discharge_frees_the_place_at_once_and_payment_ends_with_the_notice_or_when_it_is_resold(leder: Aktoer, koeber: Aktoer) -> None:  # fmt: skip
    plads = fabrik.plads_med_takst()
    ophold = nyt(plads)
    with pytest.raises(UgyldigtInput):
        goer(leder, ophold, Udfald.UDSKRIV, Grund.FRAFLYTTET, dato=IDAG)
    goer(koeber, ophold, Udfald.OPSIG, Grund.BEHOV_BORTFALDET, dato=IDAG)
    opsagt_til = queries.historie(leder, ophold).opsigelser[0].ophoer
    udskrevet = goer(leder, ophold, Udfald.UDSKRIV, Grund.FRAFLYTTET, dato=IDAG)
    assert (udskrevet.sidste_dag, udskrevet.betales_til) == (IDAG, opsagt_til)
    assert perioder(leder, ophold) == [(str(plads), IDAG, fabrik.om(1))]
    naeste = nyt(plads, periode=Periode(fabrik.om(3)), af=fabrik.sagsbehandler("Herlev"))
    efter = Ophold.objects.synlige_for(leder).get(pk=ophold.pk)
    assert efter.betales_til == min(opsagt_til, fabrik.om(2))
    assert Haendelse.objects.filter(type="ophold.genbelagt", entitet_id=str(ophold.pk)).count() == 1
    assert naeste.tilstand == Tilstand.LOEBENDE
    with pytest.raises(Konflikt, match="Der kan ikke ændres mere"):
        goer(leder, ophold, Udfald.MELD_FRAVAER, art="ferie", dato=IDAG, til=IDAG)


def test_resale_ends_payment_for_the_one_who_had_the_place_last_on_the_same_weekdays_only(leder: Aktoer) -> None:
    plads = fabrik.plads_med_takst(art=Pladsart.DAG, ugedage=[1, 2, 3, 4, 5])
    anden, i_morgen, igen = fabrik.ledig_plads(plads.afdeling), fabrik.om(1), Periode(fabrik.om(3))
    mandag, torsdag = (nyt(plads, ugedage=dage, reference=f"RK-{dage[0]}") for dage in ([1, 2, 3], [4, 5]))
    flyttet = nyt(anden)
    goer(leder, flyttet, Udfald.FLYT, plads=fabrik.ledig_plads(plads.afdeling).pk, dato=i_morgen)
    with freeze_time(fabrik.samme_tid(1)):
        for ophold in (mandag, torsdag, flyttet):
            goer(leder, ophold, Udfald.UDSKRIV, Grund.DOED, dato=i_morgen)
        nyt(plads, periode=igen, ugedage=[4, 5])
        nyt(anden, periode=igen)
    til = dict(Ophold.objects.synlige_for(leder).values_list("pk", "betales_til"))
    assert [til[o.pk] for o in (mandag, torsdag, flyttet)] == [IDAG + timedelta(days=antal) for antal in (15, 2, 15)]


def test_death_ends_payment_after_the_days_of_the_term(leder: Aktoer) -> None:
    ophold = nyt()
    udskrevet = goer(leder, ophold, Udfald.UDSKRIV, Grund.DOED, dato=IDAG)
    assert udskrevet.betales_til == IDAG + timedelta(days=14)
    assert not Optagelse.objects.gaelder(nu()).i_perioden(Periode(fabrik.om(1))).exists()


def test_clock_is_extended_once_and_only_after_socialtilsyn_was_told(koeber: Aktoer) -> None:
    ophold = nyt()
    frist = ophold.akutfrist
    assert frist is not None
    with pytest.raises(Konflikt) as fejl:
        goer(koeber, ophold, Udfald.FORLAENG_AKUT, dokument="Tilladelse 7")
    assert fejl.value.kode == "tilsyn_ikke_orienteret"
    goer(koeber, ophold, Udfald.ORIENTER_TILSYN, dato=IDAG, dokument="Brev 3")
    assert goer(koeber, ophold, Udfald.FORLAENG_AKUT, dokument="Tilladelse 7").akutfrist == frist + timedelta(weeks=3)
    beslutninger = Beslutning.objects.synlige_for(koeber).filter(ophold=ophold)
    assert [b.dokument for b in beslutninger] == ["Brev 3", "Tilladelse 7"], "what the law asks for can be found again"
    with pytest.raises(Konflikt) as fejl:
        goer(koeber, ophold, Udfald.FORLAENG_AKUT, dokument="Tilladelse 8")
    assert fejl.value.kode == "akut_allerede_forlaenget"
    godkendt = fabrik.plads_med_takst()
    fabrik.godkendt(godkendt.afdeling.tilbud)
    with pytest.raises(Konflikt) as fejl:
        goer(koeber, nyt(godkendt), Udfald.ORIENTER_TILSYN, dato=IDAG, dokument="Brev 3")
    assert fejl.value.kode == "ophold_ikke_akut"


def test_every_step_is_written_down_and_nobody_else_finds_the_stay(leder: Aktoer) -> None:
    ophold = nyt()
    goer(leder, ophold, Udfald.MELD_FRAVAER, art="ferie", dato=IDAG, til=IDAG)
    assert Beslutning.objects.synlige_for(leder).filter(ophold=ophold).get().udfald == Udfald.MELD_FRAVAER
    for fremmed in (fabrik.sagsbehandler("Herlev"), fabrik.tilbudsleder("Herlev"), fabrik.sagsbehandler("Gladsaxe"), fabrik.tilbudsleder_for(fabrik.tilbud())):  # fmt: skip
        assert not queries.ophold(fremmed, IDAG).exists()
        with pytest.raises(IkkeFundet):
            goer(fremmed, ophold, Udfald.MELD_FRAVAER, art="ferie", dato=fabrik.om(3), til=fabrik.om(3))


def test_document_reference_holds_no_cpr_number(koeber: Aktoer) -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        goer(koeber, nyt(), Udfald.ORIENTER_TILSYN, dato=IDAG, dokument="sag 010203-1234")
    assert list(fejl.value.felter) == ["dokument"]
