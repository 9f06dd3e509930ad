"""Saved searches of systems over REST: saved, asked for, deleted, and tried again like those of people."""

from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from faelles.aktoer import Funktion, Rettighed
from faelles.scope import saet_database_aktoer
from faelles.tid import nu
from kommuner.models import ApiKlient
from reservationer.soegning.gemte import actions, queries
from reservationer.soegning.gemte.actions import proev_alle
from reservationer.soegning.models import GemtSoegning
from tests import fabrik
from tests.api import klienter

pytestmark = pytest.mark.django_db

STI = "/api/v1/gemte-soegninger"
ADGANGE = (Rettighed.TILBUD_LAES, Rettighed.SOEGNINGER_SKRIV)


def system(navn: str = "Rødovre") -> ApiKlient:
    """A case system of the municipality."""
    return klienter.registrer(fabrik.kommune(navn).organisation, Funktion.MYNDIGHED, *ADGANGE)


def gem(client: Client, nr: int = 1, **profil: Any) -> Any:
    """Save a search over REST."""
    krop = {"fra": fabrik.om(10).isoformat(), "til": fabrik.om(40).isoformat()} | profil
    return client.post(STI, krop, content_type="application/json", headers={"idempotency-key": f"n-{nr}"})


def passende() -> None:
    """A confirmed free place at Solbakken."""
    fabrik.bekraeftet(fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Solbakken"))).afdeling)


def test_system_saves_a_search_and_asks_what_has_begun_to_fit() -> None:
    client = klienter.client(system())
    maalgruppe = str(fabrik.maalgruppe().kode)
    svar = gem(client, maalgrupper=[{"kode": maalgruppe, "vaegt": 3}], kkr=fabrik.kkr().slug)
    assert svar.status_code == 201, svar.content
    assert (svar.json()["egen"], svar.json()["antalFund"], svar.json()["fund"]) == (True, 0, [])
    passende()
    assert proev_alle() == 1
    assert not mail.outbox, "a system asks; only people get mail"
    en = client.get(svar["Location"]).json()
    assert [(fund["tilbud"], fund["meldt"] is None) for fund in en["fund"]] == [("Solbakken", False)]
    (raekke,) = client.get(STI).json()["resultater"]
    assert raekke == {navn: vaerdi for navn, vaerdi in en.items() if navn != "fund"}
    assert raekke["senesteFund"] == en["fund"][0]["fundet"]


def test_latest_of_many_fits_are_given_and_all_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "FUND_OVER_REST", 2)
    for _ in range(3):
        passende()
    en = gem(klienter.client(system())).json()
    assert (len(en["fund"]), en["antalFund"]) == (2, 3)


def test_saved_need_is_given_in_the_shape_a_search_is_sent_in() -> None:
    client = klienter.client(system())
    profil: dict[str, Any] = {
        "maalgrupper": [{"kode": str(fabrik.maalgruppe().kode), "vaegt": 2}], "alder": 34, "ugedage": [1, 2],
        "kkr": fabrik.kkr().slug, "naer": {"laengde": 12.4, "bredde": 55.7}, "hoejstKm": 40, "maksTakst": "3000.00",
        "niveauer": [2], "arter": ["dag"], "driftsherrearter": ["kommune"], "adfaerd": ["bortgang"], "fysiskeTraek": ["eget_bad"],
    }  # fmt: skip
    gemt = gem(client, **profil).json()["profil"]
    assert gemt == {"fra": fabrik.om(10).isoformat(), "til": fabrik.om(40).isoformat(), **profil}
    assert client.post("/api/v1/soegninger", gemt, content_type="application/json").status_code == 200
    med_ord = gem(client, 2, tekst="heste")
    assert (med_ord.status_code, [fejl["pointer"] for fejl in med_ord.json()["errors"]]) == (400, ["/tekst"])


def test_search_that_cannot_be_read_is_listed_as_such() -> None:
    client = klienter.client(system())
    en = gem(client)
    gem(client, 2)
    fabrik.oedelagt(en.json()["id"])
    raekker = client.get(STI).json()["resultater"]
    assert {(raekke["kanLaeses"], raekke["profil"] is None) for raekke in raekker} == {(True, False), (False, True)}
    assert client.get(en["Location"]).json()["kanLaeses"] is False
    assert client.delete(en["Location"]).status_code == 204


def test_people_and_systems_of_a_municipality_see_and_delete_each_others_searches() -> None:
    klient = system()
    client = klienter.client(klient)
    kollegas = fabrik.gemt_soegning()
    gem(client)
    assert sorted(raekke["egen"] for raekke in client.get(STI).json()["resultater"]) == [False, True]
    assert client.delete(f"{STI}/{kollegas.pk}").status_code == 204
    assert client.delete(f"{STI}/{kollegas.pk}").status_code == 404
    assert klienter.client(system("Herlev")).get(STI).json()["resultater"] == []


def test_same_key_saves_once_and_a_refused_attempt_saves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    client = klienter.client(system())
    foerste, igen = gem(client), gem(client)
    assert (igen.json(), igen["Idempotent-Replayed"]) == (foerste.json(), "true")
    assert gem(client, alder=30).status_code == 422
    assert gem(client, 2, hjemmel="SEL-999", kommuner=["9999"]).json()["code"] == "ugyldigt_input"
    monkeypatch.setattr(actions, "HOEJST", 1)
    assert gem(client, 3).json()["code"] == "for_mange_gemte"
    assert len(client.get(STI).json()["resultater"]) == 1


def test_list_asks_as_much_for_20_searches_with_fits_as_for_1() -> None:
    passende()
    client, af = klienter.client(system()), fabrik.sagsbehandler()
    maalt = []
    for antal in (1, 19):
        for _ in range(antal):
            fabrik.gemt_soegning(af)
        with CaptureQueriesContext(connection) as fangst:
            raekker = client.get(STI).json()["resultater"]
        maalt.append((len(raekker), {raekke["antalFund"] for raekke in raekker}, len(fangst)))
    assert [(antal, fund) for antal, fund, _ in maalt] == [(1, {1}), (20, {1})]
    assert maalt[0][2] == maalt[1][2]


def test_search_of_a_system_that_is_closed_is_deleted() -> None:
    klient = system()
    gem(klienter.client(klient))
    ApiKlient.objects.for_systemet("tests").filter(pk=klient.pk).update(lukket=nu())
    passende()
    assert proev_alle() == 0
    assert not GemtSoegning.objects.synlige_for(fabrik.sagsbehandler()).exists()


def test_search_belongs_to_a_person_or_a_system_and_never_to_both() -> None:
    soegning = fabrik.gemt_soegning()
    klient = system()
    saet_database_aktoer(af := fabrik.sagsbehandler())
    egne = GemtSoegning.objects.synlige_for(af).filter(pk=soegning.pk)
    for felter in ({"klient_id": klient.pk}, {"bruger_id": None}):
        with pytest.raises(IntegrityError, match="gemtsoegning_en_ejer"), transaction.atomic():
            egne.update(**felter)
