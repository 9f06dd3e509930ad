"""Reserving a place: claim, case and event in one transaction, and everything that is refused."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.ids import REFERENCE
from faelles.models import Haendelse
from faelles.tid import Periode, nu
from kommuner.models import Kkr, KkrMedlemskab, Rolle
from reservationer.sag.actions import reserver
from reservationer.sag.models import Reservation
from reservationer.sag.overgange import Tilstand
from tests import fabrik
from tilbud.belaegning.models import Optagelse, Optagelsesart
from tilbud.models import Plads
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db


def bestilling(plads: Plads, af: Aktoer, **andet: Any) -> dict[str, Any]:
    """A request that would succeed, with something changed."""
    return {
        "aktoer": af,
        "plads_id": plads.id,
        "periode": Periode(fabrik.om(3), fabrik.om(10)),
        "hjemmel": "SEL-107",
        "sagsreference": "RK-2026-17",
        **andet,
    }


def intet_er_skrevet(af: Aktoer) -> bool:
    """Neither claim, case nor event."""
    return not (
        Optagelse.objects.exists()
        or Reservation.objects.synlige_for(af).exists()
        or Haendelse.objects.filter(entitet="reservation")
    )


def test_reserver_writes_claim_case_and_event_together() -> None:
    plads, af = fabrik.ledig_plads(), fabrik.sagsbehandler()
    reservation = reserver(**bestilling(plads, af))
    optagelse = Optagelse.objects.get(plads=plads)
    assert reservation.optagelse == optagelse
    assert (optagelse.art, optagelse.aktiv, optagelse.ugedage) == (Optagelsesart.HOLD, True, [1, 2, 3, 4, 5, 6, 7])
    assert Periode.af_range(optagelse.periode) == Periode(fabrik.om(3), fabrik.om(10))
    assert (reservation.tilstand, reservation.handlekommune_id) == (Tilstand.AFVENTER, af.organisation_id)
    haendelser = Haendelse.objects.filter(entitet_id=str(reservation.id))
    assert [haendelse.type for haendelse in haendelser] == ["reservation.oprettet"]


def test_reserver_holds_the_place_for_the_days_the_term_says() -> None:
    udloeber = fabrik.reservation().optagelse.udloeber
    assert udloeber is not None
    assert abs(udloeber - nu() - timedelta(days=14)) < timedelta(minutes=1)


def test_reserver_without_the_term_names_key_and_clause_and_writes_nothing() -> None:
    uden = Kkr.objects.create(navn="KKR Uden", slug="kkr-uden")
    fabrik.vilkaar(uden, uden=Noegle.RESERVATION_VARIGHED)
    plads = fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(i="Gladsaxe")))
    KkrMedlemskab.objects.filter(kommune__kortnavn="Gladsaxe").update(kkr=uden)
    af = fabrik.sagsbehandler()
    with pytest.raises(Konflikt, match="reservation_varighed, klausulen Reservation"):
        reserver(**bestilling(plads, af))
    assert intet_er_skrevet(af)


def test_reserver_taken_place_is_refused_and_the_first_stays() -> None:
    plads = fabrik.ledig_plads()
    foerste = fabrik.reservation(plads, periode=Periode(fabrik.om(3), fabrik.om(10)))
    with pytest.raises(Konflikt) as fejl:
        reserver(**bestilling(plads, fabrik.sagsbehandler("Herlev"), periode=Periode(fabrik.om(9), fabrik.om(20))))
    assert fejl.value.kode == "pladsen_er_optaget"
    assert Optagelse.objects.get() == foerste.optagelse


def test_reserver_the_day_another_claim_ends_succeeds() -> None:
    plads = fabrik.ledig_plads()
    fabrik.optag(plads, Periode(fabrik.om(0), fabrik.om(3)))
    reserver(**bestilling(plads, fabrik.sagsbehandler()))
    assert Optagelse.objects.filter(plads=plads, aktiv=True).count() == 2


def test_reserver_a_place_whose_hold_has_run_out_succeeds_and_ends_it() -> None:
    plads = fabrik.ledig_plads()
    gammel = fabrik.optag(
        plads, Periode(fabrik.om(3), fabrik.om(10)), art=Optagelsesart.HOLD, udloeber=nu() - timedelta(seconds=1)
    )
    reserver(**bestilling(plads, fabrik.sagsbehandler()))
    gammel.refresh_from_db()
    assert gammel.aktiv is False


def test_reserver_two_part_time_claims_on_different_weekdays_share_a_day_place() -> None:
    plads = fabrik.ledig_plads(art="dag", ugedage=[1, 2, 3, 4, 5])
    fabrik.optag(plads, Periode(fabrik.om(0), fabrik.om(30)), ugedage=[1, 2, 3])
    fabrik.optag(plads, Periode(fabrik.om(0), fabrik.om(30)), ugedage=[4, 5])
    with pytest.raises(Konflikt):
        reserver(**bestilling(plads, fabrik.sagsbehandler()))


@pytest.mark.parametrize(
    ("andet", "felt"),
    [
        ({"periode": Periode(fabrik.om(-1), fabrik.om(5))}, "fra"),
        ({"hjemmel": "SEL-110"}, "hjemmel"),
        ({"maalgruppe": uuid4()}, "maalgruppe"),
        ({"sagsreference": "   "}, "sagsreference"),
        ({"sagsreference": "sag 010203-1234"}, "sagsreference"),
    ],
)
def test_reserver_bad_input_is_refused_at_its_field_and_writes_nothing(andet: dict[str, Any], felt: str) -> None:
    plads, af = fabrik.ledig_plads(), fabrik.sagsbehandler()
    with pytest.raises(UgyldigtInput) as fejl:
        reserver(**bestilling(plads, af, **andet))
    assert list(fejl.value.felter) == [felt]
    assert intet_er_skrevet(af)


def test_reserver_tells_all_faults_at_once() -> None:
    plads = fabrik.ledig_plads()
    with pytest.raises(UgyldigtInput) as fejl:
        reserver(**bestilling(plads, fabrik.sagsbehandler(), hjemmel="X", sagsreference=""))
    assert set(fejl.value.felter) == {"hjemmel", "sagsreference"}


def test_reserver_cpr_error_does_not_repeat_the_value() -> None:
    plads = fabrik.ledig_plads()
    with pytest.raises(UgyldigtInput) as fejl:
        reserver(**bestilling(plads, fabrik.sagsbehandler(), sagsreference="0102031234"))
    assert "0102031234" not in str(fejl.value.felter) + str(fejl.value)


def test_reserver_closed_place_or_offer_is_refused() -> None:
    lukker = fabrik.ledig_plads(til=fabrik.om(5))
    med_lukning = fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(lukket_fra=fabrik.om(5))))
    for plads, kode in ((lukker, "plads_ikke_aaben"), (med_lukning, "tilbud_lukker")):
        with pytest.raises(Konflikt) as fejl:
            reserver(**bestilling(plads, fabrik.sagsbehandler()))
        assert fejl.value.kode == kode
    assert not Optagelse.objects.exists()


def test_reserver_place_that_has_been_closed_names_the_next_free_one() -> None:
    lukker = fabrik.ledig_plads(til=fabrik.om(5))
    anden = fabrik.ledig_plads(lukker.afdeling, betegnelse="Bolig 2")
    with pytest.raises(Konflikt, match="I samme afdeling er Bolig 2 ledig") as fejl:
        reserver(**bestilling(lukker, fabrik.sagsbehandler()))
    assert fejl.value.felter == {"pladsId": [f"Næste ledige plads: {anden.pk}"]}


def test_reserver_unknown_place_is_not_found() -> None:
    with pytest.raises(IkkeFundet):
        reserver(**bestilling(fabrik.ledig_plads(), fabrik.sagsbehandler(), plads_id=uuid4()))


@pytest.mark.parametrize("rolle", [Rolle.TILBUDSLEDER, Rolle.SEKRETARIAT, Rolle.LAESER])
def test_reserver_is_for_case_workers_only(rolle: Rolle) -> None:
    plads, af = fabrik.ledig_plads(), fabrik.aktoer(rolle, fabrik.hjemsted(rolle))
    with pytest.raises(IngenAdgang):
        reserver(**bestilling(plads, af))
    assert not Optagelse.objects.exists()


def test_reserver_gives_a_random_reference_of_its_own() -> None:
    plads, af = fabrik.ledig_plads(), fabrik.sagsbehandler()
    referencer = {
        reserver(**bestilling(plads, af, periode=Periode(fabrik.om(nr * 10 + 1), fabrik.om(nr * 10 + 5)))).reference
        for nr in range(5)
    }
    assert len(referencer) == 5
    assert all(re.fullmatch(REFERENCE, str(reference)) for reference in referencer)


def test_reserver_some_weekdays_leaves_the_others_free() -> None:
    plads, af = fabrik.ledig_plads(art="dag", ugedage=[1, 2, 3, 4, 5]), fabrik.sagsbehandler()
    fabrik.optag(plads, Periode(fabrik.om(3), fabrik.om(10)), ugedage=[4, 5])
    reservation = reserver(**bestilling(plads, af, ugedage=[3, 1]))
    assert reservation.optagelse.ugedage == [1, 3]
    with pytest.raises(Konflikt) as fejl:
        reserver(**bestilling(plads, af, ugedage=[2, 3]))
    assert fejl.value.kode == "pladsen_er_optaget"
    reserver(**bestilling(plads, af, ugedage=[2]))


def test_reserver_weekdays_the_place_is_closed_on_is_refused() -> None:
    plads, af = fabrik.ledig_plads(art="dag", ugedage=[1, 2, 3, 4, 5]), fabrik.sagsbehandler()
    with pytest.raises(Konflikt) as fejl:
        reserver(**bestilling(plads, af, ugedage=[5, 6]))
    assert fejl.value.kode == "plads_ikke_aaben"
    assert intet_er_skrevet(af)


def test_reserver_place_kept_for_own_citizens_is_refused_to_all_but_its_operator() -> None:
    afdeling = fabrik.afdeling(fabrik.tilbud(i="Gladsaxe"))
    plads, fremmed = fabrik.ledig_plads(afdeling, forbeholdt_egne=True), fabrik.sagsbehandler()
    with pytest.raises(Konflikt) as fejl:
        reserver(**bestilling(plads, fremmed))
    assert fejl.value.kode == "plads_forbeholdt_egne"
    assert intet_er_skrevet(fremmed)
    assert reserver(**bestilling(plads, fabrik.sagsbehandler("Gladsaxe"))).tilstand == Tilstand.AFVENTER


def test_reserver_day_place_kept_for_the_residents_is_refused_to_all_but_one_who_lives_there() -> None:
    bolig = fabrik.plads_med_takst()
    plads = fabrik.ledig_plads(bolig.afdeling, betegnelse="Dag 1", art="dag", forbeholdt_beboere=True)
    af = fabrik.sagsbehandler()
    for hvem in (af, fabrik.sagsbehandler("Gladsaxe")):
        with pytest.raises(Konflikt) as fejl:
            reserver(**bestilling(plads, hvem))
        assert fejl.value.kode == "plads_forbeholdt_beboere"
        assert intet_er_skrevet(hvem)
    fabrik.ophold(bolig, reference="RK-2026-17")
    beboer = bestilling(plads, af)
    with pytest.raises(Konflikt):
        reserver(**beboer | {"sagsreference": "En anden borger"})
    assert reserver(**beboer).tilstand == Tilstand.AFVENTER
