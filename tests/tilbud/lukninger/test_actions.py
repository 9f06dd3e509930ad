"""Closing a place or a department for a time, and opening it again."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.models import Haendelse
from faelles.tid import Periode, nu
from kommuner.models import Kkr
from tests import fabrik
from tests.tilbud.registerimport.situationer import bog, ventende_import
from tilbud.belaegning.models import Lukningsgrund, Optagelse, Optagelsesart, Pladslukning
from tilbud.belaegning.querysets import er_ledig
from tilbud.lukninger.actions import Lukket, aabn, luk
from tilbud.models import Afdeling, Plads, Registerimport
from tilbud.registerimport.actions import godkend
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db


@pytest.fixture
def huset() -> Afdeling:
    return fabrik.afdeling(fabrik.tilbud(i="Gladsaxe", ekstern_id="T1"))


def lukket(hvor: Afdeling, plads: Plads | None = None, **felter: Any) -> Pladslukning:
    """Closed for renovation from the fifth day ahead until the tenth, all of it at once."""
    svar = bedt(hvor, plads, **felter)
    assert svar.straks
    assert not svar.venter
    return svar.straks


def bedt(hvor: Afdeling, plads: Plads | None = None, **felter: Any) -> Lukket:
    """What comes of asking for it."""
    valgt: dict[str, Any] = {
        "aktoer": fabrik.tilbudsleder(),
        "fra": fabrik.om(5),
        "til": fabrik.om(10),
        "grund": Lukningsgrund.RENOVERING,
    }
    return luk(afdeling_id=hvor.pk, plads_id=plads.pk if plads else None, **valgt | felter)


def ledige(fra: int, til: int) -> set[Plads]:
    return set(Plads.objects.filter(er_ledig(Optagelse.objects.all(), Periode(fabrik.om(fra), fabrik.om(til)), nu())))


def test_closed_place_is_not_free_on_its_days_and_free_on_the_days_beside_them(huset: Afdeling) -> None:
    lukkes, anden = fabrik.ledig_plads(huset), fabrik.ledig_plads(huset)
    lukket(huset, lukkes)
    assert ledige(4, 5) == {lukkes, anden}
    assert ledige(5, 6) == {anden}
    assert ledige(9, 10) == {anden}
    assert ledige(10, 11) == {lukkes, anden}


def test_department_closes_all_its_places_on_all_weekdays_and_tells_about_each(huset: Afdeling) -> None:
    pladser = [fabrik.ledig_plads(huset), fabrik.ledig_plads(huset, ugedage=[1, 2], til=fabrik.om(7))]
    andens = fabrik.ledig_plads(fabrik.afdeling(huset.tilbud, navn="Annekset"))
    lukningen = lukket(huset)
    optagelser = lukningen.optagelser.all()
    assert {o.plads for o in optagelser} == set(pladser)
    assert all(
        (o.art, o.periode, o.ugedage) == ("lukket", lukningen.periode, [1, 2, 3, 4, 5, 6, 7]) for o in optagelser
    )
    assert ledige(6, 7) == {andens}
    hvem = Haendelse.objects.filter(type="plads.optaget").values_list("entitet_id", flat=True)
    assert set(hvem) == {str(plads.pk) for plads in pladser}


def test_place_made_in_a_closed_department_is_closed_too(huset: Afdeling) -> None:
    huset.ekstern_id = "A1"
    huset.save()
    lukket(huset)
    ny = {"Tilbud": "T1", "Afdeling": "A1", "Id": "P9", "Betegnelse": "Bolig 9", "Art": "Døgnplads"}
    ventende = ventende_import(bog([], [], [{**ny, "Åben fra": fabrik.om(0).isoformat()}]))
    godkend(aktoer=fabrik.tilbudsleder(), import_id=ventende.pk)
    assert ledige(5, 6) == set()
    assert {p.betegnelse for p in ledige(10, 11)} == {"Bolig 9"}


def test_refusal_names_the_places_and_what_lies_in_the_period_and_closes_nothing(huset: Afdeling) -> None:
    to, tre = fabrik.ledig_plads(huset, betegnelse="Bolig 2"), fabrik.ledig_plads(huset, betegnelse="Bolig 3")
    fabrik.optag(to, Periode(fabrik.om(1), fabrik.om(6)))
    fabrik.optag(tre, Periode(fabrik.om(9)), art=Optagelsesart.HOLD, udloeber=nu() + timedelta(days=1))
    with pytest.raises(Konflikt) as afslag:
        lukket(huset)
    assert afslag.value.kode == "plads_i_brug"
    foerste, sidste = f"{fabrik.om(1):%d.%m.%Y}", f"{fabrik.om(5):%d.%m.%Y}"
    assert f"Bolig 2: optaget {foerste} til {sidste}; Bolig 3: reserveret fra" in afslag.value.besked
    assert not Pladslukning.objects.exists()
    assert not Optagelse.objects.filter(art="lukket").exists()


def test_stay_that_ends_the_day_it_closes_and_a_hold_that_has_run_out_do_not_stand_in_the_way(huset: Afdeling) -> None:
    plads = fabrik.ledig_plads(huset)
    fabrik.optag(plads, Periode(fabrik.om(1), fabrik.om(5)))
    fabrik.optag(plads, Periode(fabrik.om(10), fabrik.om(12)))
    fabrik.optag(
        plads, Periode(fabrik.om(6), fabrik.om(7)), art=Optagelsesart.HOLD, udloeber=nu() - timedelta(minutes=1)
    )
    assert lukket(huset, plads).optagelser.count() == 1


def test_second_closure_of_the_same_days_is_refused_also_in_a_department_without_places(huset: Afdeling) -> None:
    lukket(huset)
    with pytest.raises(Konflikt, match="allerede registreret"):
        lukket(huset, fra=fabrik.om(9), til=fabrik.om(12))
    assert lukket(huset, fra=fabrik.om(10), til=fabrik.om(12)).dage == Periode(fabrik.om(10), fabrik.om(12))


def test_all_faults_are_told_at_once(huset: Afdeling) -> None:
    with pytest.raises(UgyldigtInput) as afslag:
        lukket(huset, fra=fabrik.om(-1), til=fabrik.om(-1), grund=Lukningsgrund.ANDET)
    assert set(afslag.value.felter) == {"fra", "til", "bemaerkning"}
    with pytest.raises(UgyldigtInput) as afslag:
        lukket(huset, bemaerkning="010203-1234")
    assert set(afslag.value.felter) == {"bemaerkning"}
    with pytest.raises(UgyldigtInput) as afslag:
        lukket(huset, fabrik.ledig_plads())
    assert set(afslag.value.felter) == {"plads"}


def test_opening_early_gives_the_places_free_from_that_day(huset: Afdeling) -> None:
    pladser = {fabrik.ledig_plads(huset), fabrik.ledig_plads(huset)}
    lukningen = lukket(huset)
    aabn(aktoer=fabrik.tilbudsleder(), lukning_id=lukningen.pk, fra=fabrik.om(7))
    assert (ledige(6, 7), ledige(7, 8)) == (set(), pladser)
    lukningen.refresh_from_db()
    assert (lukningen.dage, lukningen.ophaevet) == (Periode(fabrik.om(5), fabrik.om(7)), None)
    assert Haendelse.objects.filter(type="plads.frigivet").count() == len(pladser)


def test_opening_before_it_has_begun_lifts_it_for_good(huset: Afdeling) -> None:
    plads = fabrik.ledig_plads(huset)
    lukningen = lukket(huset, plads)
    aabn(aktoer=fabrik.tilbudsleder(), lukning_id=lukningen.pk, fra=fabrik.om(0))
    assert ledige(5, 10) == {plads}
    with pytest.raises(IkkeFundet):
        aabn(aktoer=fabrik.tilbudsleder(), lukning_id=lukningen.pk, fra=fabrik.om(0))
    assert lukket(huset, plads).ophaevet is None


def fordelt(svar: Lukket) -> tuple[Periode | None, Periode | None]:
    """The days that are closed at once, and those a second person is asked for."""
    straks = svar.straks.dage if svar.straks else None
    if svar.venter is None:
        return straks, None
    (aendring,) = svar.venter.indhold["aendringer"]
    fra, sidste = (date.fromisoformat(aendring["felter"][felt][1]) for felt in ("fra", "sidste_dag"))
    return straks, Periode(fra, sidste + timedelta(days=1))


def dage(fra: int, til: int) -> Periode:
    return Periode(fabrik.om(fra), fabrik.om(til))


def test_closing_for_longer_than_the_terms_let_one_person_say_closes_those_days_and_asks_for_the_rest(
    huset: Afdeling,
) -> None:
    plads, anden = fabrik.ledig_plads(huset), fabrik.ledig_plads(huset)
    assert fordelt(bedt(huset, plads, fra=fabrik.om(0), til=fabrik.om(36_500))) == (dage(0, 90), dage(90, 36_500))
    assert fordelt(bedt(huset, anden, fra=fabrik.om(0), til=fabrik.om(60))) == (dage(0, 60), None)
    assert fordelt(bedt(huset, anden, fra=fabrik.om(70), til=fabrik.om(101))) == (dage(70, 100), dage(100, 101))
    assert fordelt(bedt(huset, fra=fabrik.om(200), til=fabrik.om(201))) == (None, dage(200, 201))
    assert (ledige(0, 1), ledige(65, 66), ledige(100, 101)) == (set(), {anden}, {plads, anden})


def test_place_closed_by_one_person_is_not_closed_a_day_longer_every_day(huset: Afdeling) -> None:
    plads = fabrik.ledig_plads(huset)
    hele = lukket(huset, plads, fra=fabrik.om(0), til=fabrik.om(90))
    Pladslukning.objects.filter(pk=hele.pk).update(periode=dage(-85, 5).som_range)
    Optagelse.objects.update(periode=dage(-85, 5).som_range)
    assert fordelt(bedt(huset, plads, fra=fabrik.om(5), til=fabrik.om(6))) == (None, dage(5, 6))
    assert fordelt(bedt(huset, plads, fra=fabrik.om(6), til=fabrik.om(7))) == (None, dage(6, 7))  # a day open between
    assert fordelt(bedt(huset, plads, fra=fabrik.om(96), til=fabrik.om(97))) == (dage(96, 97), None)


def test_where_no_terms_say_how_long_nobody_closes_alone(huset: Afdeling) -> None:
    kkr = Kkr.objects.create(navn="KKR Prøve", slug="kkr-proeve")
    fabrik.vilkaar(kkr, uden=Noegle.LUKNING_ALENE_DAGE)
    fabrik.kommune("Prøveby", i="KKR Prøve")
    sted = fabrik.afdeling(fabrik.tilbud(i="Prøveby"))
    assert fordelt(bedt(sted, aktoer=fabrik.tilbudsleder("Prøveby"))) == (None, dage(5, 10))
    assert not Pladslukning.objects.exists()


def aarelang(hvem: Aktoer, hvor: Afdeling, plads: Plads | None = None) -> Registerimport:
    """What is sent for approval of a closure of two years from the fifth day ahead."""
    svar = bedt(hvor, plads, aktoer=hvem, til=fabrik.om(735))
    assert svar.venter
    return svar.venter


def test_rest_of_a_long_closure_waits_for_a_second_person_and_closes_then(huset: Afdeling) -> None:
    plads, anden = fabrik.ledig_plads(huset, betegnelse="Bolig 2"), fabrik.ledig_plads(huset)
    foerste = fabrik.tilbudsleder()
    venter = aarelang(foerste, huset, plads)
    assert (ledige(5, 735), ledige(5, 95), ledige(95, 735)) == ({anden}, {anden}, {plads, anden})
    with pytest.raises(Konflikt, match="En anden"):
        godkend(aktoer=foerste, import_id=venter.pk)
    godkend(aktoer=fabrik.tilbudsleder(), import_id=venter.pk)
    straks, resten = Pladslukning.objects.order_by("periode")
    assert ((straks.plads, straks.dage), (resten.plads, resten.dage)) == ((plads, dage(5, 95)), (plads, dage(95, 735)))
    assert (ledige(95, 96), ledige(734, 735), ledige(735, 736)) == ({anden}, {anden}, {plads, anden})


def test_long_closure_of_a_department_closes_all_its_places_and_none_beside_it(huset: Afdeling) -> None:
    fabrik.ledig_plads(huset)
    fabrik.ledig_plads(huset)
    andens = fabrik.ledig_plads(fabrik.afdeling(huset.tilbud, navn="Annekset"))
    venter = aarelang(fabrik.tilbudsleder(), huset)
    assert ledige(94, 95) == {andens}
    godkend(aktoer=fabrik.tilbudsleder(), import_id=venter.pk)
    assert ledige(95, 735) == {andens}


def test_long_closure_somebody_has_moved_into_the_rest_of_since_cannot_be_approved(huset: Afdeling) -> None:
    plads = fabrik.ledig_plads(huset, betegnelse="Bolig 2")
    venter = aarelang(fabrik.tilbudsleder(), huset, plads)
    fabrik.optag(plads, Periode(fabrik.om(100)))
    with pytest.raises(Konflikt, match="Bolig 2: optaget fra"):
        godkend(aktoer=fabrik.tilbudsleder(), import_id=venter.pk)
    assert Pladslukning.objects.get().dage == dage(5, 95)


def test_long_closure_over_somebodys_days_closes_nothing_and_sends_nothing(huset: Afdeling) -> None:
    plads, leder = fabrik.ledig_plads(huset, betegnelse="Bolig 2"), fabrik.tilbudsleder()
    fabrik.optag(plads, Periode(fabrik.om(500)))
    with pytest.raises(Konflikt, match="Bolig 2: optaget fra"):
        bedt(huset, plads, aktoer=leder, til=fabrik.om(735))
    assert not Pladslukning.objects.exists()
    assert not Registerimport.objects.synlige_for(leder).exists()


def test_only_the_operator_of_the_offer_closes_and_opens(huset: Afdeling) -> None:
    lukningen = lukket(huset)
    for aktoer, afslag in (
        (fabrik.sagsbehandler("Gladsaxe"), IngenAdgang),
        (fabrik.tilbudsleder("Herlev"), IkkeFundet),
        (fabrik.tilbudsleder_for(fabrik.tilbud(i="Gladsaxe")), IkkeFundet),
    ):
        with pytest.raises(afslag):
            lukket(huset, aktoer=aktoer, fra=fabrik.om(20), til=fabrik.om(21))
        with pytest.raises(afslag):
            aabn(aktoer=aktoer, lukning_id=lukningen.pk, fra=fabrik.om(6))


@pytest.mark.parametrize(
    ("felter", "regel"),
    [
        ({"periode": Periode(fabrik.om(1)).som_range}, "pladslukning_har_sidste_dag"),
        ({"grund": "fordi"}, "pladslukning_grund_kendt"),
        ({"grund": "andet"}, "pladslukning_andet_er_forklaret"),
    ],
)
def test_database_refuses_what_no_action_writes(huset: Afdeling, felter: dict[str, Any], regel: str) -> None:
    periode = Periode(fabrik.om(1), fabrik.om(2)).som_range
    with pytest.raises(IntegrityError, match=regel), transaction.atomic():
        Pladslukning.objects.create(**{"afdeling": huset, "periode": periode, "grund": "ferie"} | felter)


def test_database_refuses_a_stay_that_says_it_is_a_closure(huset: Afdeling) -> None:
    plads = fabrik.ledig_plads(huset)
    optagelse = fabrik.optag(plads, Periode(fabrik.om(20)))
    with pytest.raises(IntegrityError, match="optagelse_lukning_er_lukket"), transaction.atomic():
        Optagelse.objects.filter(pk=optagelse.pk).update(lukning=lukket(huset, plads))
