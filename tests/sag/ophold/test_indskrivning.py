"""How a stay begins: after a reservation, by the citizen herself, in an emergency; with its dated facts and its clock."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from freezegun import freeze_time

from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.tid import Periode, nu
from kommuner.models import Kkr
from reservationer.sag.actions import beslut, reserver
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.forespoergsler.pladstilbud import afgoer_pladstilbud, giv_pladstilbud, udloeb_pladstilbud
from reservationer.sag.models import Indgang, Ophold, Pladstilbud, Reservation
from reservationer.sag.ophold import queries
from reservationer.sag.ophold.forloeb import afgoer_ophold
from reservationer.sag.ophold.indskrivning import indskriv, indskriv_uden_reservation
from reservationer.sag.overgange import Data, Grund, Tilstand, Udfald
from reservationer.sag.priser import Prisaftale, Tillaegsart
from tests import fabrik
from tilbud.belaegning.models import Optagelse
from tilbud.models import Pladsart
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db

PRIS = Prisaftale(Decimal("2500.00"), niveau=2, tillaeg={Tillaegsart.NATTEVAGT: Decimal("300.00")})
FRA = fabrik.om(7)


def test_indskriv_begins_the_stay_with_its_dated_facts() -> None:
    ophold = fabrik.ophold()
    koeber = fabrik.sagsbehandler()
    set_ = queries.find(koeber, ophold.pk, fabrik.om(0))
    assert set_ is not None
    historie = queries.historie(koeber, set_)
    (ansvar,), (hjemmel,), (pris,), (plads,) = historie.ansvar, historie.hjemler, historie.priser, historie.pladser
    assert ansvar.handlekommune_id == ansvar.betalingskommune_id == koeber.organisation_id
    assert (hjemmel.hjemmel_id, pris.samlet) == ("SEL-107", Decimal("2687.00"))
    assert plads.optagelse.art == "ophold"
    assert Reservation.objects.synlige_for(koeber).get().tilstand == Tilstand.INDSKREVET


def test_indskriv_first_payable_day_is_the_term() -> None:
    reservation = fabrik.bekraeftet_reservation()
    sen = Indhold(data={Data.DATO: FRA + timedelta(days=3)})
    leder = fabrik.tilbudsleder()
    ophold = indskriv(aktoer=leder, reservation_id=reservation.pk, indhold=sen)
    assert (ophold.foerste_dag, ophold.betales_fra) == (FRA + timedelta(days=3), FRA)
    andet = Kkr.objects.create(navn="KKR Andet", slug="kkr-andet")
    fabrik.vilkaar(andet, andre={Noegle.FOERSTE_BETALINGSDAG: "indskrivning"})
    fabrik.kommune("Ishøj", i="KKR Andet")
    reservation = fabrik.bekraeftet_reservation(fabrik.plads_med_takst(i="Ishøj"))
    ophold = indskriv(aktoer=fabrik.tilbudsleder("Ishøj"), reservation_id=reservation.pk, indhold=sen)
    assert ophold.betales_fra == FRA + timedelta(days=3)


def test_indskriv_outside_the_agreed_days_or_without_a_price_is_refused_with_all_faults() -> None:
    reservation = fabrik.bekraeftet_reservation(fabrik.ledig_plads())
    with pytest.raises(UgyldigtInput) as fejl:
        indskriv(
            aktoer=fabrik.tilbudsleder(), reservation_id=reservation.pk, indhold=Indhold(data={Data.DATO: fabrik.om(6)})
        )
    assert set(fejl.value.felter) == {"dato", "takst"}
    sagt = Indhold(data={Data.DATO: FRA, Data.TAKST: Decimal("1999.00"), Data.TILLAEG: {"andet": "100.00"}})
    ophold = indskriv(aktoer=fabrik.tilbudsleder(), reservation_id=reservation.pk, indhold=sagt)
    assert fabrik.pris(ophold) == Decimal("2099.00")


def test_indskriv_is_for_the_operator_and_for_confirmed_reservations_once() -> None:
    reservation, leder = fabrik.reservation(fabrik.plads_med_takst()), fabrik.tilbudsleder()
    sagt = Indhold(data={Data.DATO: FRA})
    with pytest.raises(IngenAdgang):
        indskriv(aktoer=fabrik.sagsbehandler(), reservation_id=reservation.pk, indhold=sagt)
    with pytest.raises(IkkeFundet):
        indskriv(aktoer=fabrik.tilbudsleder("Herlev"), reservation_id=reservation.pk, indhold=sagt)
    with pytest.raises(Konflikt, match="Du kan bekræfte eller afvise den"):
        indskriv(aktoer=leder, reservation_id=reservation.pk, indhold=sagt)
    beslut(aktoer=leder, reservation_id=reservation.pk, udfald=Udfald.BEKRAEFT)
    indskriv(aktoer=leder, reservation_id=reservation.pk, indhold=sagt)
    with pytest.raises(Konflikt, match="indskrevet"):
        indskriv(aktoer=leder, reservation_id=reservation.pk, indhold=sagt)
    assert Ophold.objects.for_systemet("test").count() == 1


def test_confirmed_reservation_can_be_cancelled_until_the_stay_begins() -> None:
    reservation = fabrik.bekraeftet_reservation()
    beslut(
        aktoer=fabrik.sagsbehandler(),
        reservation_id=reservation.pk,
        udfald=Udfald.ANNULLER,
        grund=Grund.BEHOV_BORTFALDET,
    )
    assert not Optagelse.objects.gaelder(nu()).exists()
    anden = fabrik.ophold()
    with pytest.raises(Konflikt):
        beslut(
            aktoer=fabrik.sagsbehandler(),
            reservation_id=anden.reservation_id,  # type: ignore[arg-type]  # it has one
            udfald=Udfald.ANNULLER,
            grund=Grund.BEHOV_BORTFALDET,
        )


def test_reservation_is_extended_as_many_times_as_the_terms_allow() -> None:
    reservation, koeber = fabrik.reservation(), fabrik.sagsbehandler()
    foer = reservation.optagelse.udloeber
    assert foer is not None
    beslut(aktoer=koeber, reservation_id=reservation.pk, udfald=Udfald.FORLAENG)
    assert Optagelse.objects.get().udloeber == foer + timedelta(days=14)
    with pytest.raises(Konflikt) as fejl:
        beslut(aktoer=koeber, reservation_id=reservation.pk, udfald=Udfald.FORLAENG)
    assert fejl.value.kode == "reservation_forlaenget"
    udloebet = fabrik.reservation(af=koeber)
    with freeze_time(fabrik.samme_tid(15)), pytest.raises(Konflikt) as fejl:
        beslut(aktoer=koeber, reservation_id=udloebet.pk, udfald=Udfald.FORLAENG)
    assert fejl.value.kode == "hold_udloebet"


def test_any_place_of_a_department_is_held_and_a_taken_one_names_the_next() -> None:
    afdeling, koeber = fabrik.afdeling(), fabrik.sagsbehandler()
    foerste, anden = (fabrik.ledig_plads(afdeling, betegnelse=f"Bolig {n}") for n in (1, 2))
    fabrik.ledig_plads(afdeling, betegnelse="Bolig 0", forbeholdt_egne=True)
    hvad: dict[str, Any] = {"aktoer": koeber, "periode": Periode(FRA), "hjemmel": "SEL-107", "sagsreference": "A"}
    assert reserver(afdeling_id=afdeling.pk, **hvad).optagelse.plads == foerste
    with pytest.raises(Konflikt) as fejl:
        reserver(plads_id=foerste.pk, **hvad)
    assert (fejl.value.kode, str(anden.pk) in fejl.value.felter["pladsId"][0]) == ("pladsen_er_optaget", True)
    assert reserver(afdeling_id=afdeling.pk, **hvad).optagelse.plads == anden
    with pytest.raises(Konflikt) as fejl:
        reserver(afdeling_id=afdeling.pk, **hvad)
    assert fejl.value.kode == "ingen_ledig_plads"
    with freeze_time(fabrik.samme_tid(15)):
        hvad["periode"] = Periode(fabrik.om(30))
        assert reserver(afdeling_id=afdeling.pk, **hvad).optagelse.plads == foerste, "an expired hold is free at once"


def test_place_closed_for_a_time_is_passed_over_and_names_the_next() -> None:
    afdeling, koeber = fabrik.afdeling(), fabrik.sagsbehandler()
    lukket, aaben = (fabrik.ledig_plads(afdeling, betegnelse=f"Bolig {n}") for n in (1, 2))
    fabrik.lukning(afdeling, lukket, fra=10, til=20)
    hvad: dict[str, Any] = {"aktoer": koeber, "periode": Periode(FRA), "hjemmel": "SEL-107", "sagsreference": "A"}
    with pytest.raises(Konflikt) as fejl:
        reserver(plads_id=lukket.pk, **hvad)
    assert (fejl.value.kode, str(aaben.pk) in fejl.value.felter["pladsId"][0]) == ("plads_midlertidigt_lukket", True)
    assert reserver(afdeling_id=afdeling.pk, **hvad).optagelse.plads == aaben


def test_place_kept_for_own_citizens_is_not_offered_to_another_municipality() -> None:
    plads = fabrik.plads_med_takst(forbeholdt_egne=True)
    with pytest.raises(UgyldigtInput) as fejl:
        giv(plads=plads, plads_id=plads.pk)
    assert set(fejl.value.felter) == {"plads"}
    egen = fabrik.henvendelse(plads.afdeling.tilbud, af=fabrik.sagsbehandler("Gladsaxe"))
    assert giv(plads=plads, plads_id=plads.pk, henvendelse=egen).plads_id == plads.pk


def test_place_kept_for_own_citizens_is_neither_begun_nor_moved_into_by_others() -> None:
    egne = fabrik.plads_med_takst(selvhenvendelse=True, kode="SEL-110", forbeholdt_egne=True)
    with pytest.raises(Konflikt) as fejl:
        fabrik.ophold_uden_reservation(egne)
    assert fejl.value.kode == "plads_forbeholdt_egne"
    assert not Optagelse.objects.exists()
    aaben = fabrik.ledig_plads(egne.afdeling)
    flyt: dict[str, Any] = {
        "udfald": Udfald.FLYT,
        "indhold": Indhold(data={Data.PLADS: egne.pk, Data.DATO: fabrik.om(1)}),
    }
    fremmed = fabrik.ophold_uden_reservation(aaben)
    with pytest.raises(Konflikt) as fejl:
        afgoer_ophold(aktoer=fabrik.tilbudsleder(), ophold_id=fremmed.pk, **flyt)
    assert fejl.value.kode == "plads_forbeholdt_egne"
    eget = fabrik.ophold_uden_reservation(fabrik.ledig_plads(egne.afdeling), handle="Gladsaxe")
    afgoer_ophold(aktoer=fabrik.tilbudsleder(), ophold_id=eget.pk, **flyt)
    assert egne.optagelser.filter(aktiv=True).count() == 1


def test_one_who_lives_in_a_place_that_is_kept_for_own_citizens_later_may_stay_longer() -> None:
    plads, leder = fabrik.plads_med_takst(), fabrik.tilbudsleder()
    ophold = fabrik.ophold(plads, periode=Periode(fabrik.om(0), fabrik.om(10)))
    type(plads).objects.filter(pk=plads.pk).update(forbeholdt_egne=True)
    laengere = Indhold(data={Data.PLADS: plads.pk, Data.DATO: fabrik.om(10)})
    afgoer_ophold(aktoer=leder, ophold_id=ophold.pk, udfald=Udfald.FLYT, indhold=laengere)
    assert plads.optagelser.filter(aktiv=True, periode__contains=fabrik.om(100)).exists()


def test_own_citizens_get_the_place_kept_for_them_by_any_place_of_the_department() -> None:
    plads = fabrik.ledig_plads(fabrik.afdeling(), forbeholdt_egne=True)
    hvad: dict[str, Any] = {
        "afdeling_id": plads.afdeling_id,
        "periode": Periode(FRA),
        "hjemmel": "SEL-107",
        "sagsreference": "A",
    }
    with pytest.raises(Konflikt) as fejl:
        reserver(aktoer=fabrik.sagsbehandler(), **hvad)
    assert fejl.value.kode == "ingen_ledig_plads"
    assert reserver(aktoer=fabrik.sagsbehandler("Gladsaxe"), **hvad).optagelse.plads == plads


def test_part_time_weekdays_share_a_place() -> None:
    afdeling, koeber = fabrik.afdeling(), fabrik.sagsbehandler()
    plads = fabrik.ledig_plads(afdeling, art=Pladsart.DAG, ugedage=[1, 2, 3, 4, 5])
    hvad: dict[str, Any] = {"aktoer": koeber, "periode": Periode(FRA), "hjemmel": "SEL-107", "sagsreference": "A"}
    reserver(plads_id=plads.pk, ugedage=[1, 2, 3], **hvad)
    with pytest.raises(Konflikt):
        reserver(plads_id=plads.pk, ugedage=[3, 4], **hvad)
    assert reserver(afdeling_id=afdeling.pk, ugedage=[4, 5], **hvad).optagelse.ugedage == [4, 5]
    with pytest.raises(Konflikt) as fejl:
        reserver(plads_id=plads.pk, ugedage=[6], **hvad)
    assert fejl.value.kode == "plads_ikke_aaben"


def giv(**felter: Any) -> Pladstilbud:
    """An offer of a place at a new enquiry, by the leader of Gladsaxe."""
    plads = felter.pop("plads", None) or fabrik.plads_med_takst()
    henvendelse = felter.pop("henvendelse", None) or fabrik.henvendelse(plads.afdeling.tilbud)
    felter = {"afdeling_id": plads.afdeling_id, "periode": Periode(FRA), "pris": PRIS, **felter}
    return giv_pladstilbud(aktoer=fabrik.tilbudsleder(), henvendelse_id=henvendelse.pk, **felter)


def test_offered_place_is_taken_at_its_price_and_becomes_a_stay_at_it() -> None:
    tilbudt, koeber, leder = giv(), fabrik.sagsbehandler(), fabrik.tilbudsleder()
    assert tilbudt.henvendelse.tilstand == Tilstand.ACCEPTERET
    afgoer_pladstilbud(aktoer=koeber, pladstilbud_id=tilbudt.pk, udfald=Udfald.TAG_IMOD, indhold=Indhold())
    reservation = Reservation.objects.synlige_for(koeber).get()
    assert (reservation.pladstilbud_id, reservation.sagsreference) == (tilbudt.pk, "RK-2026-1")
    beslut(aktoer=leder, reservation_id=reservation.pk, udfald=Udfald.BEKRAEFT)
    ophold = indskriv(aktoer=leder, reservation_id=reservation.pk, indhold=Indhold(data={Data.DATO: FRA}))
    assert fabrik.pris(ophold) == Decimal("2800.00")


@pytest.mark.parametrize("netop_den", [True, False])
def test_day_place_kept_for_the_residents_is_taken_when_the_offer_has_offered_just_that(netop_den: bool) -> None:
    plads, koeber = fabrik.plads_med_takst(art="dag", forbeholdt_beboere=True), fabrik.sagsbehandler()
    tilbudt = giv(plads=plads, plads_id=plads.pk if netop_den else None)
    tag: dict[str, Any] = {"pladstilbud_id": tilbudt.pk, "udfald": Udfald.TAG_IMOD, "indhold": Indhold()}
    if netop_den:
        afgoer_pladstilbud(aktoer=koeber, **tag)
        assert Reservation.objects.synlige_for(koeber).get().optagelse.plads == plads
    else:
        with pytest.raises(Konflikt) as fejl:
            afgoer_pladstilbud(aktoer=koeber, **tag)
        assert fejl.value.kode == "ingen_ledig_plads"


def test_offered_place_holds_nothing_and_runs_out() -> None:
    plads, koeber = fabrik.plads_med_takst(), fabrik.sagsbehandler()
    tilbudt = giv(plads=plads, plads_id=plads.pk)
    fabrik.reservation(plads, af=fabrik.sagsbehandler("Herlev"), periode=Periode(FRA))
    tag: dict[str, Any] = {
        "aktoer": koeber,
        "pladstilbud_id": tilbudt.pk,
        "udfald": Udfald.TAG_IMOD,
        "indhold": Indhold(),
    }
    with pytest.raises(Konflikt, match="netop blevet optaget"):
        afgoer_pladstilbud(**tag)
    with freeze_time(tilbudt.gyldig_til):
        with pytest.raises(Konflikt) as fejl:
            afgoer_pladstilbud(**tag)
        assert fejl.value.kode == "pladstilbud_udloebet"
        assert (udloeb_pladstilbud(), udloeb_pladstilbud()) == (1, 0)
        with pytest.raises(Konflikt, match="udløbet"):
            afgoer_pladstilbud(**tag)


def test_one_open_offer_of_a_place_at_a_time_with_a_reason_when_it_is_declined() -> None:
    plads = fabrik.plads_med_takst()
    henvendelse = fabrik.henvendelse(plads.afdeling.tilbud)
    tilbudt = giv(plads=plads, henvendelse=henvendelse)
    with pytest.raises(Konflikt) as fejl:
        giv(plads=plads, henvendelse=henvendelse)
    assert fejl.value.kode == "pladstilbud_findes"
    hvad: dict[str, Any] = {"aktoer": fabrik.sagsbehandler(), "pladstilbud_id": tilbudt.pk, "udfald": Udfald.AFVIS}
    with pytest.raises(UgyldigtInput):
        afgoer_pladstilbud(indhold=Indhold(), **hvad)
    afgoer_pladstilbud(indhold=Indhold(Grund.PRISEN), **hvad)
    giv(plads=plads, henvendelse=henvendelse)
    with pytest.raises(UgyldigtInput) as fejl2:
        giv(afdeling_id=fabrik.afdeling().pk, periode=Periode(fabrik.om(-1)))
    assert set(fejl2.value.felter) == {"fra", "afdeling"}
    with pytest.raises(IkkeFundet):
        afgoer_pladstilbud(**{**hvad, "aktoer": fabrik.sagsbehandler("Herlev")}, indhold=Indhold(Grund.PRISEN))


def test_self_referral_needs_no_reservation_under_109_and_110_only() -> None:
    ophold = fabrik.ophold_uden_reservation()
    assert queries.find(fabrik.sagsbehandler(), ophold.pk, fabrik.om(0)) is not None, "the municipality sees it at once"
    for felter, felt in (
        ({"plads": fabrik.plads_med_takst(selvhenvendelse=True), "hjemmel": "SEL-107"}, "hjemmel"),
        ({"plads": fabrik.plads_med_takst(kode="SEL-110")}, "hjemmel"),
        ({"indgang": Indgang.RESERVATION}, "indgang"),
        ({"handlekommune": "0000"}, "handlekommune"),
        ({"fra": fabrik.om(1)}, "fra"),
        ({"plads_id": None}, "plads"),
        ({"plads_id": fabrik.ledig_plads().pk}, "plads"),
        ({"sagsreference": "010203-1234"}, "sagsreference"),
    ):
        with pytest.raises(UgyldigtInput) as fejl:
            fabrik.ophold_uden_reservation(**felter)
        assert felt in fejl.value.felter
    with pytest.raises(IkkeFundet):
        fabrik.ophold_uden_reservation(aktoer=fabrik.tilbudsleder("Herlev"))


def test_stay_nobody_reserved_costs_the_takst_of_the_places_own_department() -> None:
    plads = fabrik.plads_med_takst(selvhenvendelse=True, kode="SEL-110")
    nabo = fabrik.afdeling(plads.afdeling.tilbud, navn="Bihuset")
    uden_takst = fabrik.ledig_plads(nabo)
    with pytest.raises(UgyldigtInput) as fejl:
        fabrik.ophold_uden_reservation(uden_takst)
    assert set(fejl.value.felter) == {"takst"}, "the takst of another department is not this place's"
    fabrik.takst(nabo, "3999.00", kode="SEL-110", fra=FRA - timedelta(days=400))
    assert fabrik.pris(fabrik.ophold_uden_reservation(plads)) == Decimal("2687.00")
    assert fabrik.pris(fabrik.ophold_uden_reservation(uden_takst, reference="FH-2")) == Decimal("3999.00")


def test_offer_without_places_begins_stays_without_claims() -> None:
    tilbud = fabrik.tilbud(uden_pladser=True, selvhenvendelse=True, hjemler=("SEL-110",))
    ophold = indskriv_uden_reservation(
        aktoer=fabrik.tilbudsleder(),
        tilbud_id=tilbud.pk,
        indgang=Indgang.SELVHENVENDELSE,
        handlekommune=fabrik.kommune("Rødovre").kommunekode,
        hjemmel="SEL-110",
        sagsreference="FH-2",
        fra=fabrik.om(-1),
        pris=PRIS,
    )
    assert not ophold.pladser.synlige_for(fabrik.tilbudsleder()).exists()


def test_clock_runs_in_an_unapproved_offer_and_on_an_emergency_place_and_not_in_an_approved_one() -> None:
    plads = fabrik.plads_med_takst()
    assert fabrik.ophold(plads).akutfrist == FRA + timedelta(days=20)
    godkendt = fabrik.plads_med_takst()
    fabrik.godkendt(godkendt.afdeling.tilbud)
    assert fabrik.ophold(godkendt).akutfrist is None
    akut = fabrik.plads_med_takst(art=Pladsart.AKUT)
    fabrik.godkendt(akut.afdeling.tilbud)
    assert fabrik.ophold(akut).akutfrist is not None
    fri = fabrik.plads_med_takst(kode="SEL-104")
    assert fabrik.ophold(fri, hjemmel="SEL-104").akutfrist is None
    leder = fabrik.tilbudsleder()
    assert queries.overskredne(leder, FRA + timedelta(days=20)).count() == 0
    assert queries.overskredne(leder, FRA + timedelta(days=21)).count() == 2


def test_only_the_handlekommune_of_the_day_moves_a_stay_and_the_payer_of_the_day_goes_with_it() -> None:
    gammelt, sted = fabrik.ophold(periode=Periode(fabrik.om(0))), fabrik.plads_med_takst(i="Herlev")
    fabrik.skift_kommune(gammelt, handle="Rødovre", betaler="Herlev", fra=fabrik.om(1))
    fabrik.skift_kommune(gammelt, handle="Gladsaxe", betaler="Gladsaxe", fra=fabrik.om(40))

    def reserver_som(navn: str) -> Reservation:
        return reserver(aktoer=fabrik.sagsbehandler(navn), plads_id=sted.pk, periode=Periode(fabrik.om(20)), hjemmel="SEL-107", sagsreference="A", fortsaetter=gammelt.pk)  # fmt: skip

    for navn in ("Herlev", "Gladsaxe"):  # one that pays, and one that is handlekommune later
        with pytest.raises(IngenAdgang) as fejl:
            reserver_som(navn)
        assert fejl.value.kode == "ikke_handlekommune"
    assert not Optagelse.objects.filter(plads=sted).exists()
    reservation, leder = reserver_som("Rødovre"), fabrik.tilbudsleder("Herlev")
    beslut(aktoer=leder, reservation_id=reservation.pk, udfald=Udfald.BEKRAEFT)
    nyt = indskriv(aktoer=leder, reservation_id=reservation.pk, indhold=Indhold(data={Data.DATO: fabrik.om(20)}))
    (ansvar,) = nyt.ansvar.synlige_for(leder).select_related("handlekommune", "betalingskommune")
    assert (str(ansvar.handlekommune), str(ansvar.betalingskommune)) == ("Rødovre Kommune", "Herlev Kommune")


def test_transfer_between_offers_keeps_the_one_who_pays() -> None:
    gammelt, koeber = fabrik.ophold(), fabrik.sagsbehandler()
    fabrik.skift_kommune(gammelt, handle="Rødovre", betaler="Herlev", fra=gammelt.foerste_dag)
    nyt_sted = fabrik.plads_med_takst(i="Herlev")
    with pytest.raises(IkkeFundet):
        reserver(aktoer=fabrik.sagsbehandler("Gladsaxe"), plads_id=nyt_sted.pk, periode=Periode(fabrik.om(20)), hjemmel="SEL-107", sagsreference="A", fortsaetter=gammelt.pk)  # fmt: skip
    reservation = reserver(aktoer=koeber, plads_id=nyt_sted.pk, periode=Periode(fabrik.om(20)), hjemmel="SEL-107", sagsreference="A", fortsaetter=gammelt.pk)  # fmt: skip
    leder = fabrik.tilbudsleder("Herlev")
    beslut(aktoer=leder, reservation_id=reservation.pk, udfald=Udfald.BEKRAEFT)
    nyt = indskriv(aktoer=leder, reservation_id=reservation.pk, indhold=Indhold(data={Data.DATO: fabrik.om(20)}))
    (ansvar,) = nyt.ansvar.synlige_for(koeber).select_related("betalingskommune")
    assert (nyt.indgang, ansvar.betalingskommune.navn) == (Indgang.OVERFLYTNING, "Herlev Kommune")
    assert queries.find(leder, gammelt.pk, fabrik.om(0)) is None, "the new offer sees nothing of the old stay"
