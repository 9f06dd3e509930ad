"""An offer of a place stands no longer than the yes to its enquiry, whoever takes that back, on every path."""

import json
from datetime import timedelta
from importlib import import_module
from typing import Any
from uuid import uuid4

import pgtrigger
import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from freezegun import freeze_time

from faelles.aktoer import Aktoer
from faelles.fejl import Konflikt
from faelles.models import Haendelse
from faelles.scope import som_systemet
from faelles.tid import nu
from kommuner.models import Laesning
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.forespoergsler.actions import besvar
from reservationer.sag.forespoergsler.pladstilbud import afgoer_pladstilbud, udloeb_pladstilbud
from reservationer.sag.models import Beslutning, Henvendelse, Pladstilbud, Reservation
from reservationer.sag.overgange import Data, Grund, Tilstand, Udfald
from takster.models import Takstenhed
from tests import fabrik
from tests.api import klienter
from tests.kaploeb import loeb
from tests.sag.test_sider import klient, leder, tekst
from tilbud.models import Pladsart

pytestmark = pytest.mark.django_db

SLUTTER = (
    (fabrik.sagsbehandler, Udfald.TRAEK, Grund.ANDET_TILBUD_VALGT, Grund.FORESPOERGSEL_TRUKKET),
    (fabrik.tilbudsleder, Udfald.AFVIS, Grund.KOMPETENCE, Grund.FORESPOERGSEL_AFVIST),
)


def tilbudt() -> Pladstilbud:
    """An offer of a free place after an enquiry of Rødovre's, at Gladsaxe."""
    henvendelse = fabrik.henvendelse(fabrik.plads_med_takst().afdeling.tilbud)
    om = fabrik.pladstilbud(henvendelse)
    om.henvendelse = henvendelse  # with its need, as the buyer sees it
    return om


def slut(hvem: Aktoer, om: Pladstilbud, udfald: Udfald, grund: Grund) -> Henvendelse:
    return besvar(aktoer=hvem, henvendelse_id=om.henvendelse_id, udfald=udfald, indhold=Indhold(grund))


def tag(om: Pladstilbud, udfald: Udfald = Udfald.TAG_IMOD, grund: Grund | None = None) -> Pladstilbud:
    koeber = fabrik.sagsbehandler()
    return afgoer_pladstilbud(aktoer=koeber, pladstilbud_id=om.pk, udfald=udfald, indhold=Indhold(grund))


def laes(om: Pladstilbud) -> tuple[str, list[tuple[str, str, Any]]]:
    """Its state and the decisions about it."""
    with transaction.atomic(), som_systemet("test"):
        beslutninger = Beslutning.objects.for_systemet("test").filter(pladstilbud=om.pk)
        tilstand = Pladstilbud.objects.for_systemet("test").get(pk=om.pk).tilstand
        return tilstand, list(beslutninger.values_list("udfald", "grund", "organisation"))


@pytest.mark.parametrize(("af", "udfald", "grund", "derfor"), SLUTTER)
def test_open_offer_falls_with_its_enquiry_and_cannot_be_taken(
    af: Any, udfald: Udfald, grund: Grund, derfor: Grund
) -> None:
    om = tilbudt()
    slut(af(), om, udfald, grund)
    assert laes(om) == (Tilstand.BORTFALDET, [(Udfald.BORTFALD, derfor, None)])
    assert Haendelse.objects.filter(type="pladstilbud.bortfaldet", entitet_id=str(om.pk)).count() == 1
    with pytest.raises(Konflikt) as fejl:
        tag(om)
    assert fejl.value.kode == "overgang_ikke_mulig"
    assert not Reservation.objects.for_systemet("test").exists()
    with freeze_time(om.gyldig_til):
        assert udloeb_pladstilbud() == 0


@pytest.mark.parametrize(("af", "udfald", "grund"), [et[:3] for et in SLUTTER])
def test_reservation_lives_on_when_the_enquiry_it_was_made_by_ends(af: Any, udfald: Udfald, grund: Grund) -> None:
    om = tilbudt()
    tag(om)
    slut(af(), om, udfald, grund)
    assert laes(om)[0] == Tilstand.TAGET
    (reservation,) = Reservation.objects.for_systemet("test").select_related("optagelse")
    assert (reservation.tilstand, reservation.optagelse.aktiv) == (Tilstand.AFVENTER, True)


def test_another_place_can_be_offered_when_the_no_is_taken_back() -> None:
    om, driver = tilbudt(), fabrik.tilbudsleder()
    slut(driver, om, Udfald.AFVIS, Grund.INGEN_PLADS)
    ja = Indhold(data={Data.KAN_FRA: fabrik.om(7)})
    besvar(aktoer=driver, henvendelse_id=om.henvendelse_id, udfald=Udfald.ACCEPTER, indhold=ja)
    nyt = fabrik.pladstilbud(om.henvendelse)
    assert tag(nyt).tilstand == Tilstand.TAGET
    assert laes(om)[0] == Tilstand.BORTFALDET


def test_offer_whose_time_has_passed_has_run_out_tidied_up_or_not() -> None:
    om = tilbudt()
    with freeze_time(om.gyldig_til - timedelta(seconds=1)), pytest.raises(Konflikt, match="Træk det tilbud tilbage"):
        fabrik.pladstilbud(om.henvendelse)
    with freeze_time(om.gyldig_til):
        for udfald, grund in ((Udfald.TAG_IMOD, None), (Udfald.AFVIS, Grund.PRISEN)):
            with pytest.raises(Konflikt) as fejl:
                tag(om, udfald, grund)
            assert fejl.value.kode == "pladstilbud_udloebet"
        nyt = fabrik.pladstilbud(om.henvendelse)
        assert laes(om) == (Tilstand.UDLOEBET, [(Udfald.UDLOEB, "", None)])
    with freeze_time(nyt.gyldig_til):
        slut(fabrik.sagsbehandler(), nyt, Udfald.TRAEK, Grund.BEHOV_BORTFALDET)
    assert laes(nyt) == (Tilstand.UDLOEBET, [(Udfald.UDLOEB, "", None)])


def test_database_lets_no_offer_stand_open_without_the_yes() -> None:
    om = tilbudt()
    alle, hos = Pladstilbud.objects.for_systemet("test"), Henvendelse.objects.for_systemet("test")
    with pytest.raises(IntegrityError, match="henvendelse_slutter_med_sit_pladstilbud"), transaction.atomic():
        hos.filter(pk=om.henvendelse_id).update(tilstand=Tilstand.TRUKKET)
    slut(fabrik.sagsbehandler(), om, Udfald.TRAEK, Grund.BEHOV_BORTFALDET)
    with pytest.raises(IntegrityError, match="pladstilbud_aabent_efter_et_ja"), transaction.atomic():
        alle.filter(pk=om.pk).update(tilstand=Tilstand.TILBUDT)
    om.pk = uuid4()
    with pytest.raises(IntegrityError, match="pladstilbud_aabent_efter_et_ja"), transaction.atomic():
        om.save(force_insert=True)


def test_migration_lets_the_offers_fall_that_stood_open_after_their_enquiry() -> None:
    aabent, trukket, udloebet = tilbudt(), tilbudt(), tilbudt()
    with pgtrigger.ignore("sag.Henvendelse:henvendelse_slutter_med_sit_pladstilbud"), som_systemet("before the rule"):
        hos = Henvendelse.objects.for_systemet("before the rule")
        hos.filter(pk__in=[trukket.henvendelse_id, udloebet.henvendelse_id]).update(tilstand=Tilstand.TRUKKET)
        gamle = Pladstilbud.objects.for_systemet("before the rule").filter(pk=udloebet.pk)
        gamle.update(gyldig_til=nu() - timedelta(days=1))
    fald = import_module("reservationer.sag.migrations.0013_faldne_med_forespoergslen").FALD
    with som_systemet("as the migration's owner"), connection.cursor() as cursor:
        cursor.execute(fald)
    assert [laes(om)[0] for om in (aabent, trukket, udloebet)] == ["tilbudt", "bortfaldet", "udloebet"]


def test_withdrawn_over_rest_the_page_shows_it_fallen_and_has_no_way_to_take_it() -> None:
    om = tilbudt()
    rest, roedovre, gladsaxe = klienter.myndighed(), klient(), leder()
    siden = reverse("forespoergsler:henvendelse", args=[om.henvendelse_id])
    tag_imod = reverse("forespoergsler:pladstilbud", args=[om.pk, "tag_imod"])
    assert tag_imod in roedovre.get(siden).content.decode()
    krop = {"henvendelseId": str(om.henvendelse_id), "udfald": "traek", "grund": "behov_bortfaldet"}
    svar = rest.post(
        f"/api/v1/forespoergsler/{om.henvendelse.forespoergsel_id}/svar",
        json.dumps(krop),
        content_type="application/json",
        headers={"idempotency-key": str(uuid4())},
    )
    assert svar.status_code == 201
    for hvem in (roedovre, gladsaxe):
        side = hvem.get(siden)
        assert "Tilbud om plads: bortfaldet Grund: Kommunen har trukket forespørgslen tilbage" in tekst(side)
        assert reverse("forespoergsler:pladstilbud", args=[om.pk, "traek"]) not in side.content.decode()
        assert tag_imod not in side.content.decode()
    svar = roedovre.post(tag_imod, {}, follow=True)
    assert "Der kan ikke ændres mere på det" in tekst(svar)
    assert not Reservation.objects.for_systemet("test").exists()


def test_page_that_ends_an_enquiry_says_what_becomes_of_the_offer_and_of_what_is_reserved() -> None:
    om, roedovre = tilbudt(), klient()
    traek = reverse("forespoergsler:beslut", args=[om.henvendelse_id, "traek"])
    afvis = reverse("forespoergsler:beslut", args=[om.henvendelse_id, "afvis"])
    for hvem, side in ((roedovre, traek), (leder(), afvis)):
        assert "Den tilbudte plads kan derefter ikke reserveres" in tekst(hvem.get(side))
    tag(om)
    (reservation,) = Reservation.objects.for_systemet("test")
    svar = roedovre.get(traek)
    assert "Den tilbudte plads kan derefter ikke reserveres" not in tekst(svar)
    assert f"Reservationen {reservation.reference} består" in tekst(svar)
    assert reverse("sag:detalje", args=[reservation.pk]) in svar.content.decode()


BUYERS, SELLERS = "Pladser, I er tilbudt", "Tilbudte pladser, der snart udløber"


def test_offered_place_waits_on_the_buyers_start_page_and_warns_the_seller_before_it_runs_out() -> None:
    om = tilbudt()
    reference = om.henvendelse.forespoergsel.reference

    def panel(hvem: Client, navn: str) -> str:
        return hvem.get(reverse("start")).content.decode().partition(navn)[2].partition("</section>")[0]

    roedovre, gladsaxe = klient(), leder()
    assert reference in panel(roedovre, BUYERS)
    assert "RK-2026-1" in panel(roedovre, BUYERS)
    assert not panel(gladsaxe, SELLERS), "there is time enough"
    assert not panel(klient(organisation=fabrik.kommune("Herlev").organisation), BUYERS)
    with freeze_time(om.gyldig_til - timedelta(days=3)):
        assert reference in panel(leder(), SELLERS)
        assert "RK-2026-1" not in panel(leder(), SELLERS)
        assert om.henvendelse_id in {et.entitet_id for et in Laesning.objects.for_systemet("test")}
    with freeze_time(om.gyldig_til):
        assert not panel(leder(), SELLERS)
        assert not panel(klient(), BUYERS)
    slut(fabrik.sagsbehandler(), om, Udfald.TRAEK, Grund.BEHOV_BORTFALDET)
    assert not panel(roedovre, BUYERS)


@pytest.mark.django_db(transaction=True)
@pytest.mark.kaploeb
def test_withdrawing_and_taking_at_once_leave_no_open_offer_and_no_half_reservation() -> None:
    om = tilbudt()
    koeber = fabrik.sagsbehandler()

    def forsoeg(nummer: int) -> None:
        if nummer:
            tag(om)
        else:
            slut(koeber, om, Udfald.TRAEK, Grund.BEHOV_BORTFALDET)

    trak, tog = loeb(forsoeg, 2)
    assert trak.fejl is None
    assert tog.fejl in {None, "overgang_ikke_mulig"}
    with transaction.atomic():
        reserveret = Reservation.objects.for_systemet("test").count()
    assert (laes(om)[0], reserveret) == ((Tilstand.BORTFALDET, 0) if tog.fejl else (Tilstand.TAGET, 1))


def send(client: Client, om: Pladstilbud, krop: dict[str, str], noegle: str = "") -> Any:
    sti = f"/api/v1/pladstilbud/{om.pk}/beslutninger"
    hoveder = {"idempotency-key": noegle or str(uuid4())}
    return client.post(sti, krop, content_type="application/json", headers=hoveder)


def test_system_finds_the_place_it_is_offered_takes_it_once_and_learns_the_reservation() -> None:
    om, koeber, saelger = tilbudt(), klienter.myndighed(), klienter.driftsherre()
    (vist,) = koeber.get("/api/v1/pladstilbud", {"tilstand": "tilbudt"}).json()["resultater"]
    assert (vist["id"], vist["pladsId"], vist["reservationId"]) == (str(om.pk), None, None)
    assert (vist["samlet"]["beloeb"], vist["fra"], vist["til"]) == ("2500.00", fabrik.om(7).isoformat(), None)
    assert vist["efterVilkaar"][0]["noegle"] == "pladstilbud_gyldighed"
    assert "RK-2026-1" not in json.dumps(saelger.get(f"/api/v1/pladstilbud/{om.pk}").json())
    assert klienter.myndighed("Herlev").get(f"/api/v1/pladstilbud/{om.pk}").status_code == 404
    uden_grund = send(koeber, om, {"udfald": "afvis"})
    assert (uden_grund.status_code, [en["pointer"] for en in uden_grund.json()["errors"]]) == (400, ["/grund"])
    foerste, gentaget = [send(koeber, om, {"udfald": "tag_imod"}, noegle="n-1") for _ in range(2)]
    assert (foerste.status_code, gentaget.json()) == (201, foerste.json())
    with transaction.atomic():
        (reservation,) = Reservation.objects.for_systemet("test")
    assert (foerste.json()["tilstand"], foerste.json()["reservationId"]) == ("taget", str(reservation.pk))
    igen = send(koeber, om, {"udfald": "tag_imod"})
    assert (igen.status_code, igen.json()["code"]) == (409, "overgang_ikke_mulig")


def test_system_is_told_that_an_offer_has_run_out_or_fallen_and_cannot_take_it() -> None:
    om, koeber = tilbudt(), klienter.myndighed()
    slut(fabrik.tilbudsleder(), om, Udfald.AFVIS, Grund.KOMPETENCE)
    assert koeber.get(f"/api/v1/pladstilbud/{om.pk}").json()["tilstand"] == "bortfaldet"
    assert send(koeber, om, {"udfald": "tag_imod"}).json()["code"] == "overgang_ikke_mulig"
    andet = tilbudt()
    with freeze_time(andet.gyldig_til):
        koeber = klienter.myndighed()
        assert koeber.get(f"/api/v1/pladstilbud/{andet.pk}").json()["tilstand"] == "udloebet"
        assert koeber.get("/api/v1/pladstilbud", {"tilstand": "tilbudt"}).json()["resultater"] == []
        sent = send(koeber, andet, {"udfald": "tag_imod"})
        assert (sent.status_code, sent.json()["code"]) == (409, "pladstilbud_udloebet")
    assert not Reservation.objects.for_systemet("test").exists()


def test_list_of_offered_places_takes_as_many_statements_for_one_as_for_many() -> None:
    koeber, om = klienter.myndighed(), tilbudt()
    koeber.get("/api/v1/pladstilbud")
    with CaptureQueriesContext(connection) as en:
        koeber.get("/api/v1/pladstilbud")
    for nummer in range(8):
        fabrik.pladstilbud(fabrik.henvendelse(om.henvendelse.tilbud, reference=f"RK-{nummer}"))
    with CaptureQueriesContext(connection) as mange:
        assert len(koeber.get("/api/v1/pladstilbud").json()["resultater"]) == 9
    assert len(mange) == len(en)


@pytest.mark.parametrize(("arter", "takst", "enhed"), [
    ([Pladsart.DAG], None, "dag"), ([Pladsart.DAG, Pladsart.DOEGN], None, "doegn"), ([Pladsart.DOEGN], Takstenhed.DAG, "dag"),
])  # fmt: skip
def test_price_of_an_offered_place_is_per_what_the_takst_is_per_else_by_the_kind_of_place(
    arter: list[Pladsart], takst: Takstenhed | None, enhed: str
) -> None:
    hvor = fabrik.afdeling(fabrik.tilbud(hjemler=("SEL-107",)))
    for art in arter:
        fabrik.ledig_plads(hvor, art=art)
    if takst:
        fabrik.takst(hvor, enhed=takst, fra=fabrik.FOR_LAENGE_SIDEN, til=None)
    assert fabrik.pladstilbud(fabrik.henvendelse(hvor.tilbud)).enhed == enhed
