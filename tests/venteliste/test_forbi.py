"""A place given on another path than from the list: nobody who waits before is passed over without a reason, and who lives there waits no more."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from faelles.fejl import IkkeFundet, UgyldigtInput
from faelles.models import Haendelse
from faelles.tid import Periode, idag
from kommuner.models import Laesning, Rolle
from reservationer.sag.actions import beslut, reserver
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.foran import Spring
from reservationer.sag.models import Indgang, Ophold, Reservation
from reservationer.sag.ophold.forloeb import afgoer_ophold
from reservationer.sag.ophold.indskrivning import indskriv_uden_reservation
from reservationer.sag.overgange import Data, Tilstand, Udfald
from reservationer.venteliste.begreber import Afslutning, Springgrund
from reservationer.venteliste.models import Forbigaaelse, Venteliste, Ventelistepost
from tests import fabrik
from tests.api import klienter
from tests.formular import dato
from tests.venteliste.situationer import PASSER_IKKE, giv, laes, leder, med_venteliste, venter
from tilbud.models import Plads

pytestmark = pytest.mark.django_db
AKUT = Spring(Springgrund.AKUT)


@pytest.fixture
def plads() -> Plads:
    return fabrik.plads_med_takst(betegnelse="Bolig 1")


@pytest.fixture
def liste(plads: Plads) -> Venteliste:
    return med_venteliste(plads.afdeling.tilbud)


def bekraeft(reservation: Reservation, forbi: dict[UUID, Spring] | None = None) -> Reservation:
    return beslut(
        aktoer=fabrik.tilbudsleder(), reservation_id=reservation.pk, udfald=Udfald.BEKRAEFT, forbi=forbi or {}
    )


def indskriv(plads: Plads, forbi: dict[UUID, Spring] | None = None, **andet: Any) -> Ophold:
    hvad: dict[str, Any] = {
        "aktoer": fabrik.tilbudsleder(),
        "tilbud_id": plads.afdeling.tilbud_id,
        "plads_id": plads.pk,
        "indgang": Indgang.AKUT,
        "handlekommune": fabrik.kommune("Herlev").kommunekode,
        "hjemmel": "SEL-107",
        "sagsreference": "HK-1",
        "fra": idag(),
        "forbi": forbi or {},
    }
    return indskriv_uden_reservation(**hvad | andet)


def sprunget(post: Ventelistepost) -> list[tuple[str, UUID | None, UUID | None]]:
    with transaction.atomic():
        alle = Forbigaaelse.objects.for_systemet("test").filter(post=post.pk)
        return list(alle.values_list("grund", "til_reservation", "til_ophold"))


def post(client: Client, sti: str, krop: dict[str, Any]) -> Any:
    return client.post(sti, krop, content_type="application/json", headers={"idempotency-key": str(uuid4())})


def tilstand(reservation: Reservation) -> str:
    with transaction.atomic():
        return Reservation.objects.for_systemet("test").get(pk=reservation.pk).tilstand


@pytest.mark.parametrize("hvordan", ["plads", "afdeling"])
def test_direct_reservation_is_confirmed_past_those_who_wait_with_a_reason_for_each(
    plads: Plads, liste: Venteliste, hvordan: str
) -> None:
    en, to = venter(liste, dage=9), venter(liste, "Herlev", dage=5)
    hvor: dict[str, Any] = {"plads_id": plads.pk} if hvordan == "plads" else {"afdeling_id": plads.afdeling_id}
    # the buyer may not see who waits, and reserves freely
    reservation = reserver(
        aktoer=fabrik.sagsbehandler("Ishøj"),
        periode=Periode(fabrik.om(7)),
        hjemmel="SEL-107",
        sagsreference="IK-1",
        **hvor,
    )
    for forbi, mangler in [({}, {en, to}), ({en.pk: PASSER_IKKE}, {to})]:
        with pytest.raises(UgyldigtInput) as fejl:
            bekraeft(reservation, forbi)
        assert set(fejl.value.felter) == {f"grund_{post.pk}" for post in mangler}
        assert (tilstand(reservation), sprunget(en)) == (Tilstand.AFVENTER, [])
    bekraeft(reservation, {en.pk: PASSER_IKKE, to.pk: AKUT})
    assert tilstand(reservation) == Tilstand.BEKRAEFTET
    assert sprunget(en) == [("passer_ikke", reservation.pk, None)]
    assert sprunget(to) == [("akut", reservation.pk, None)]
    assert Haendelse.objects.filter(type="ventelistepost.forbigaaet").count() == 2
    assert laes(en).afsluttet is None, "nobody loses age by it"
    assert Venteliste.objects.get().tildelinger == 1


def test_reservation_by_one_who_waits_passes_over_those_before_it_only(plads: Plads, liste: Venteliste) -> None:
    en, egen = venter(liste, dage=9), venter(liste, "Herlev", dage=5, reference="HK-1")
    sidst = venter(liste, "Ishøj")
    reservation = fabrik.reservation(plads, af=fabrik.sagsbehandler("Herlev"), reference="HK-1")
    with pytest.raises(UgyldigtInput) as fejl:
        bekraeft(reservation, {en.pk: AKUT, sidst.pk: AKUT})
    assert set(fejl.value.felter) == {f"grund_{sidst.pk}"}, "who comes after is not passed over"
    bekraeft(reservation, {en.pk: AKUT})
    assert (laes(egen).afslutning, laes(en).afsluttet, laes(sidst).afsluttet) == (Afslutning.PLADS, None, None)


def test_reservation_passes_nobody_who_waits_for_another_department_and_needs_no_list(plads: Plads) -> None:
    bekraeft(fabrik.reservation())
    liste = med_venteliste(plads.afdeling.tilbud)
    anden = fabrik.afdeling(plads.afdeling.tilbud, navn="Nord")
    mod_nord = venter(liste, dage=9, afdeling=anden.pk)
    bekraeft(fabrik.reservation(plads, af=fabrik.sagsbehandler("Herlev")))
    assert (sprunget(mod_nord), Venteliste.objects.get().tildelinger) == ([], 0)


def test_reason_about_one_of_another_list_or_where_nobody_waits_is_refused(plads: Plads) -> None:
    fremmed = venter(med_venteliste(), "Ishøj", dage=9)
    reservation = fabrik.reservation(plads, af=fabrik.sagsbehandler("Herlev"))
    for _ in range(2):
        with pytest.raises(IkkeFundet):
            bekraeft(reservation, {fremmed.pk: AKUT})
        med_venteliste(plads.afdeling.tilbud)
    assert tilstand(reservation) == Tilstand.AFVENTER


def test_place_that_was_offered_from_the_list_is_confirmed_without_asking_again(
    plads: Plads, liste: Venteliste
) -> None:
    en, to = venter(liste, dage=9), venter(liste, "Herlev", dage=5, reference="HK-1")
    tilbudt = giv(liste, to, **{str(en.pk): PASSER_IKKE})
    herlev = klienter.myndighed("Herlev")
    assert post(herlev, f"/api/v1/pladstilbud/{tilbudt.pk}/beslutninger", {"udfald": "tag_imod"}).status_code == 201
    with transaction.atomic():
        reservation = Reservation.objects.for_systemet("test").get()
    bekraeft(reservation)
    assert (len(sprunget(en)), laes(to).afslutning) == (1, Afslutning.PLADS)


def test_emergency_stay_passes_those_who_wait_with_a_reason_and_ends_the_waiting_of_its_own_case(
    plads: Plads, liste: Venteliste
) -> None:
    en, egen = venter(liste, dage=9), venter(liste, "Herlev", dage=5, reference="HK-1")
    with pytest.raises(UgyldigtInput) as fejl:
        indskriv(plads)
    assert set(fejl.value.felter) == {f"grund_{en.pk}"}
    with transaction.atomic():
        assert not Ophold.objects.for_systemet("test").exists()
    ophold = indskriv(plads, {en.pk: AKUT})
    assert sprunget(en) == [("akut", None, ophold.pk)]
    efter = laes(egen)
    assert (efter.afslutning, efter.skrevet_op, efter.afsluttet is None) == (Afslutning.PLADS, egen.skrevet_op, False)
    assert efter.ventet == 5, "the time it waited is kept"
    assert laes(en).afsluttet is None
    assert Haendelse.objects.filter(type="ventelistepost.afsluttet").count() == 1


def test_move_to_the_department_that_was_waited_for_ends_the_waiting(plads: Plads, liste: Venteliste) -> None:
    nord = fabrik.afdeling(plads.afdeling.tilbud, navn="Nord")
    mod_nord = venter(liste, "Herlev", dage=5, afdeling=nord.pk, reference="HK-1")
    ophold = indskriv(plads, fra=fabrik.om(-2))
    assert laes(mod_nord).afsluttet is None, "it lives in the other department"
    hvorhen = {Data.PLADS: fabrik.ledig_plads(nord).pk, Data.DATO: idag()}
    leder_ = fabrik.tilbudsleder()
    afgoer_ophold(aktoer=leder_, ophold_id=ophold.pk, udfald=Udfald.FLYT, indhold=Indhold(data=hvorhen))
    assert laes(mod_nord).afslutning == Afslutning.PLADS


def _flyt(ophold: Ophold, hvorhen: Plads, dag: date) -> None:
    data = {Data.PLADS: hvorhen.pk, Data.DATO: dag}
    afgoer_ophold(aktoer=fabrik.tilbudsleder(), ophold_id=ophold.pk, udfald=Udfald.FLYT, indhold=Indhold(data=data))


def test_move_within_the_offer_leaves_the_waiting_for_a_department_that_was_left(
    plads: Plads, liste: Venteliste
) -> None:
    nord = fabrik.ledig_plads(fabrik.afdeling(plads.afdeling.tilbud, navn="Nord"))
    syd = fabrik.ledig_plads(fabrik.afdeling(plads.afdeling.tilbud, navn="Syd"))
    ophold = indskriv(plads, fra=fabrik.om(-2))
    _flyt(ophold, nord, fabrik.om(-1))
    tilbage = venter(liste, "Herlev", dage=1, afdeling=plads.afdeling_id, reference="HK-1")
    _flyt(ophold, syd, idag())
    assert laes(tilbage).afsluttet is None, "it lives there no more"


def test_reading_of_those_who_wait_is_logged_for_the_ones_asked_about_only(
    client: Client, plads: Plads, liste: Venteliste
) -> None:
    foran_, efter = venter(liste, dage=9), venter(liste, "Ishøj", dage=2)
    egen = venter(liste, "Herlev", dage=5, reference="HK-1")
    client.force_login(fabrik.bruger(Rolle.TILBUDSLEDER, plads.afdeling.tilbud.driftsherre))
    sag = fabrik.reservation(plads, af=fabrik.sagsbehandler("Herlev"), reference="HK-1")
    client.get(reverse("sag:beslut", args=[sag.pk, "bekraeft"]))
    with transaction.atomic():
        alle = Laesning.objects.for_systemet("test").filter(entitet="ventelistepost")
        laeste = set(alle.values_list("entitet_id", flat=True))
    assert laeste == {foran_.pk}, (efter.pk, egen.pk)


def test_another_case_s_waiting_goes_on_when_somebody_moves_in(plads: Plads, liste: Venteliste) -> None:
    anden = venter(liste, "Herlev", dage=5, reference="HK-2")
    indskriv(plads, {anden.pk: AKUT})
    assert laes(anden).afsluttet is None


def test_pages_ask_for_the_reasons_and_keep_what_was_written(client: Client, plads: Plads, liste: Venteliste) -> None:
    en = venter(liste, dage=9)
    client.force_login(fabrik.bruger(Rolle.TILBUDSLEDER, plads.afdeling.tilbud.driftsherre))
    reservation = fabrik.reservation(
        plads, af=fabrik.sagsbehandler("Herlev"), periode=Periode(fabrik.om(7), fabrik.om(9))
    )
    siden = reverse("sag:beslut", args=[reservation.pk, "bekraeft"])
    assert (
        f"Hvorfor får nr. 1 ({en.henvendelse.forespoergsel.reference}) ikke pladsen?"
        in client.get(siden).content.decode()
    )
    uden = client.post(siden, {})
    assert (uden.status_code, f"grund_{en.pk}" in uden.context["form"].errors) == (400, True)
    assert client.post(siden, {f"grund_{en.pk}": "akut"}).status_code == 302
    assert sprunget(en) == [("akut", reservation.pk, None)]
    akut = f"{reverse('ophold:ny')}?tilbud={plads.afdeling.tilbud_id}"
    sagt = {
        "indgang": "akut",
        "plads": str(fabrik.ledig_plads(plads.afdeling).pk),
        "hjemmel": "SEL-107",
        "sagsreference": "IK-9",
        **dato("fra", idag()),
    }
    sagt["handlekommune"] = fabrik.kommune("Ishøj").kommunekode
    uden = client.post(akut, sagt)
    assert f"grund_{en.pk}" in uden.context["form"].errors
    assert uden.context["form"]["sagsreference"].value() == "IK-9"


def test_rest_takes_the_reasons_where_the_place_is_given(plads: Plads, liste: Venteliste) -> None:
    en = venter(liste, dage=9)
    saelger = klienter.driftsherre()
    reservation = fabrik.reservation(
        plads, af=fabrik.sagsbehandler("Herlev"), periode=Periode(fabrik.om(7), fabrik.om(9))
    )
    beslutninger = f"/api/v1/reservationer/{reservation.pk}/beslutninger"
    svar = post(saelger, beslutninger, {"udfald": "bekraeft"})
    (mangler,) = svar.json()["errors"]
    assert (svar.status_code, mangler["pointer"]) == (400, "/forbigaaede")
    assert mangler["detail"] == f"{en.pk}: Vælg, hvorfor den, der venter, ikke får pladsen."
    uden_ord = [{"postId": str(en.pk), "grund": "andet"}]
    (fejl,) = post(saelger, beslutninger, {"udfald": "bekraeft", "forbigaaede": uden_ord}).json()["errors"]
    assert fejl["pointer"] == "/forbigaaede/0/bemaerkning"
    grunde = [{"postId": str(en.pk), "grund": "kan_ikke_nu"}]
    assert post(saelger, beslutninger, {"udfald": "bekraeft", "forbigaaede": grunde}).status_code == 201
    assert sprunget(en) == [("kan_ikke_nu", reservation.pk, None)]
    akut = {
        "tilbudId": str(plads.afdeling.tilbud_id), "pladsId": str(fabrik.ledig_plads(plads.afdeling).pk), "indgang": "akut", "dato": idag().isoformat(),
        "handlekommune": fabrik.kommune("Ishøj").kommunekode, "hjemmel": "SEL-107", "sagsreference": "IK-9",
    }  # fmt: skip
    assert post(saelger, "/api/v1/ophold", akut).status_code == 400
    poster = klienter.myndighed().get(f"/api/v1/ventelister/{liste.pk}/poster").json()["resultater"]
    assert [(en["grund"], en["tilEnAnden"]) for en in poster[0]["forbigaaelser"]] == [("kan_ikke_nu", True)]


def test_who_got_the_place_is_the_operator_s_to_know(liste: Venteliste, plads: Plads) -> None:
    en = venter(liste, dage=9)
    reservation = fabrik.reservation(plads, af=fabrik.sagsbehandler("Herlev"), reference="HEMMELIG-7")
    bekraeft(reservation, {en.pk: AKUT})
    vist = klienter.myndighed().get(f"/api/v1/ventelister/{liste.pk}/poster").content.decode()
    assert "HEMMELIG-7" not in vist
    assert str(reservation.pk) not in vist
    assert leder(liste.tilbud).organisation_id != fabrik.kommune("Herlev").organisation_id
