"""A place put right by a provider's system: only over what it has seen, at once or by a person, and never half."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from faelles.tid import Periode
from tests import fabrik
from tests.api import klienter
from tilbud.models import Importkilde, Importtilstand, Plads, Registerimport
from tilbud.registerimport.actions import godkend

pytestmark = pytest.mark.django_db


@pytest.fixture
def plads() -> Plads:
    return fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(i="Gladsaxe")))


def hentet(client: Client, plads: Plads) -> tuple[dict[str, Any], str]:
    """What one would put unchanged, and the tag it was fetched with."""
    svar = client.get(f"/api/v1/pladser/{plads.pk}")
    felter = ("betegnelse", "art", "ugedage", "aabenFra", "aabenTil", "merplads", "forbeholdtEgne", "forbeholdtBeboere")
    return {felt: svar.json()[felt] for felt in felter}, svar.headers["ETag"]


def put(client: Client, plads: Plads, krop: dict[str, Any], maerke: str | None) -> Any:
    hoveder = {} if maerke is None else {"if-match": maerke}
    return client.put(f"/api/v1/pladser/{plads.pk}", krop, content_type="application/json", headers=hoveder)


def nu_er(plads: Plads) -> Plads:
    return Plads.objects.get(pk=plads.pk)


def test_name_of_a_place_takes_effect_at_once_and_gives_the_new_tag(plads: Plads) -> None:
    client = klienter.driftsherre()
    krop, maerke = hentet(client, plads)
    svar = put(client, plads, {**krop, "betegnelse": "Bolig 7 B"}, maerke)
    assert (svar.status_code, svar.json()["betegnelse"]) == (200, "Bolig 7 B")
    assert nu_er(plads).betegnelse == "Bolig 7 B"
    assert svar.headers["ETag"] == hentet(client, plads)[1] != maerke
    assert put(client, plads, {**krop, "betegnelse": "Bolig 7 B"}, svar.headers["ETag"]).status_code == 200, "again"


def test_what_matters_to_others_waits_for_a_person_and_the_rest_has_taken_effect(plads: Plads) -> None:
    client, person = klienter.driftsherre(), fabrik.tilbudsleder()
    krop, maerke = hentet(client, plads)
    svar = put(client, plads, {**krop, "betegnelse": "Bolig 8", "aabenTil": "2030-01-01"}, maerke)
    assert (svar.status_code, svar.json()["tilstand"], svar.json()["kilde"]) == (202, "afventer", "system")
    assert (nu_er(plads).betegnelse, Periode.af_range(nu_er(plads).periode).til) == ("Bolig 8", None)
    assert client.get(svar.headers["Location"]).json() == svar.json()
    igen = put(client, plads, {**krop, "betegnelse": "Bolig 8", "aabenTil": "2030-01-01"}, hentet(client, plads)[1])
    assert igen.json()["id"] == svar.json()["id"], "a nightly repetition asks once"
    sag = Registerimport.objects.synlige_for(person).get(tilstand=Importtilstand.AFVENTER)
    assert sag.kilde == Importkilde.SYSTEM
    godkend(aktoer=person, import_id=sag.pk)
    assert Periode.af_range(nu_er(plads).periode).til == date(2030, 1, 1), "the day after the last one, as it was put"
    assert client.get(svar.headers["Location"]).json()["tilstand"] == "gennemfoert"


@pytest.mark.parametrize(("maerke", "status", "kode"), [(None, 428, "if_match_mangler"), ("*", 428, "if_match_mangler"), ('"x"', 412, "aendret_imens")])  # fmt: skip
def test_place_is_not_put_over_what_one_has_not_seen(plads: Plads, maerke: str, status: int, kode: str) -> None:
    client = klienter.driftsherre()
    krop, _ = hentet(client, plads)
    svar = put(client, plads, {**krop, "betegnelse": "Bolig 9"}, maerke)
    assert (svar.status_code, svar.json()["code"]) == (status, kode)
    assert nu_er(plads).betegnelse == plads.betegnelse


def test_one_of_two_systems_that_saw_the_same_gets_412(plads: Plads) -> None:
    foerste, anden = klienter.driftsherre(), klienter.driftsherre()
    krop, maerke = hentet(foerste, plads)
    assert put(foerste, plads, {**krop, "betegnelse": "Bolig A"}, maerke).status_code == 200
    assert put(anden, plads, {**krop, "betegnelse": "Bolig B"}, maerke).status_code == 412
    assert nu_er(plads).betegnelse == "Bolig A"


def test_every_fault_comes_together_and_points_at_the_field(plads: Plads) -> None:
    client = klienter.driftsherre()
    krop, maerke = hentet(client, plads)
    svar = put(client, plads, {**krop, "ugedage": [], "art": "hus", "aabenFra": "i morgen"}, maerke)
    assert {fejl["pointer"] for fejl in svar.json()["errors"]} == {"/ugedage", "/art", "/aabenFra"}
    tom = put(client, plads, {**krop, "aabenTil": krop["aabenFra"]}, maerke)
    assert (tom.status_code, tom.json()["code"]) == (400, "ugyldig_plads")
    assert [fejl["pointer"] for fejl in tom.json()["errors"]] == ["/aabenTil"]
    for dag in ("0001-01-01", "9999-12-31"):
        umulig = put(client, plads, {**krop, "aabenTil": dag}, maerke)
        assert [(fejl["pointer"], fejl["code"]) for fejl in umulig.json()["errors"]] == [("/aabenTil", "ugyldig_dag")]
    naboen = fabrik.ledig_plads(plads.afdeling)
    ens = put(client, plads, {**krop, "betegnelse": naboen.betegnelse}, maerke)
    assert [fejl["pointer"] for fejl in ens.json()["errors"]] == ["/betegnelse"]
    assert nu_er(plads).betegnelse == plads.betegnelse


def test_place_somebody_lives_at_is_not_put_closed_over_her_days() -> None:
    plads = fabrik.plads_med_takst(i="Gladsaxe")
    fabrik.ophold(plads)
    client = klienter.driftsherre()
    krop, maerke = hentet(client, plads)
    svar = put(client, plads, {**krop, "aabenTil": fabrik.om(1).isoformat()}, maerke)
    assert svar.status_code == 400
    assert [fejl["pointer"] for fejl in svar.json()["errors"]] == ["/aabenTil"]
    assert Periode.af_range(nu_er(plads).periode).til is None


def test_put_takes_as_many_statements_in_a_large_register_as_in_a_small(plads: Plads) -> None:
    client = klienter.driftsherre()

    def saetninger(navn: str) -> int:
        krop, maerke = hentet(client, plads)
        with CaptureQueriesContext(connection) as fangst:
            assert put(client, plads, {**krop, "betegnelse": navn}, maerke).status_code == 200
        return len(fangst)

    faa = saetninger("Bolig X")
    for _ in range(20):
        fabrik.ledig_plads(plads.afdeling)
    assert saetninger("Bolig Y") == faa
