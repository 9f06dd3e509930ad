"""Focus areas over REST: written by the secretariat's system, reported of by the one who has the milestone."""

from typing import Any
from uuid import uuid4

import pytest

from faelles.aktoer import Funktion
from faelles.tid import idag
from kommuner.roller import KLIENTRETTIGHEDER
from rammeaftale.models import Fokusomraade, Milepaelsmelding
from tests import fabrik
from tests.api import klienter
from tests.rammeaftale.fokus.situationer import indsats, meldt, milepael, omraade

pytestmark = pytest.mark.django_db


@pytest.fixture
def sekretariat() -> Any:
    organisation = fabrik.kkr().sekretariat
    assert organisation is not None
    return system(organisation, Funktion.SEKRETARIAT)


def system(organisation: Any, funktion: Funktion = Funktion.MYNDIGHED) -> Any:
    return klienter.client(klienter.registrer(organisation, funktion, *KLIENTRETTIGHEDER[funktion]))


def send(client: Any, sti: str, krop: dict[str, Any], noegle: str = "") -> Any:
    hoveder = {"idempotency-key": noegle or str(uuid4())}
    return client.post(f"/api/v1/{sti}", krop, content_type="application/json", headers=hoveder)


def ret(client: Any, sti: str, krop: dict[str, Any], maerke: str = "") -> Any:
    hoveder = {"if-match": maerke or client.get(f"/api/v1/{sti}")["ETag"]}
    return client.put(f"/api/v1/{sti}", krop, content_type="application/json", headers=hoveder)


def test_area_with_work_and_a_milestone_is_made_once_changed_and_taken_away(sekretariat: Any) -> None:
    aftale = fabrik.aftale()
    krop = {"navn": "Overgange", "ophav": "ministertema"}
    svar = [send(sekretariat, f"rammeaftaler/{aftale.pk}/fokusomraader", krop, "n-1") for _ in range(2)]
    assert ([s.status_code for s in svar], svar[1]["Idempotent-Replayed"]) == ([201, 201], "true")
    hvor = svar[0]["Location"].removeprefix("/api/v1/")
    assert hvor == f"fokusomraader/{Fokusomraade.objects.get().pk}"
    arbejde = send(sekretariat, f"{hvor}/indsatser", {"navn": "Overdragelsesmøder"})["Location"].removeprefix(
        "/api/v1/"
    )
    maal = {"navn": "Afprøvet", "frist": fabrik.om(9).isoformat(), "ansvarligId": str(_roedovre().pk)}
    oprettet = send(sekretariat, f"{arbejde}/milepaele", {**maal, "paamindDage": 7})
    milepaelen = oprettet["Location"].removeprefix("/api/v1/")
    assert (oprettet.json()["ansvarlig"], oprettet.json()["paamindDage"]) == ("Rødovre Kommune", 7)
    for sti, aendret in (
        (hvor, {**krop, "navn": "Nyt"}),
        (arbejde, {"navn": "Nyt"}),
        (milepaelen, maal | {"navn": "Nyt"}),
    ):
        assert ret(sekretariat, sti, aendret).json()["navn"] == "Nyt"
    assert sekretariat.get(f"/api/v1/{milepaelen}").json()["paamindDage"] is None, "a PUT is the whole of it"
    (vist,) = sekretariat.get(f"/api/v1/{hvor}").json()["indsatser"]
    assert [m["navn"] for m in vist["milepaele"]] == ["Nyt"]
    assert sekretariat.delete(f"/api/v1/{hvor}").json()["code"] == "fokus_er_i_brug"
    assert [sekretariat.delete(f"/api/v1/{sti}").status_code for sti in (milepaelen, arbejde, hvor)] == [204] * 3
    assert not Fokusomraade.objects.exists()


def _roedovre() -> Any:
    return fabrik.kommune("Rødovre").organisation


def test_nothing_is_changed_that_has_changed_since_it_was_read(sekretariat: Any) -> None:
    hvad = milepael(indsats(omraade(fabrik.aftale())))
    maal = {"navn": "Nyt", "frist": fabrik.om(9).isoformat(), "ansvarligId": str(hvad.ansvarlig_id)}
    for sti, krop in (
        (f"fokusomraader/{hvad.indsats.fokusomraade_id}", {"navn": "Nyt", "ophav": "aftalen"}),
        (f"indsatser/{hvad.indsats_id}", {"navn": "Nyt"}),
        (f"milepaele/{hvad.pk}", maal),
    ):
        maerke = sekretariat.get(f"/api/v1/{sti}")["ETag"]
        assert ret(sekretariat, sti, krop, maerke).status_code == 200
        assert ret(sekretariat, sti, krop | {"navn": "Nyere"}, maerke).status_code == 412
        assert sekretariat.put(f"/api/v1/{sti}", krop, content_type="application/json").status_code == 428
        assert sekretariat.get(f"/api/v1/{sti}").json()["navn"] == "Nyt"


def test_every_fault_is_pointed_at(sekretariat: Any) -> None:
    hvad = milepael(indsats(omraade(fabrik.aftale())))
    stien = f"indsatser/{hvad.indsats_id}/milepaele"
    krop = {"navn": hvad.navn, "frist": idag().isoformat(), "ansvarligId": str(uuid4())}
    problem = send(sekretariat, stien, krop).json()
    assert (problem["code"], {f["pointer"] for f in problem["errors"]}) == (
        "ugyldig_milepael",
        {"/navn", "/ansvarligId"},
    )
    melding = {"stand": "naaet", "dato": fabrik.om(1).isoformat()}
    problem = send(sekretariat, f"milepaele/{hvad.pk}/meldinger", melding).json()
    assert (problem["code"], {f["pointer"] for f in problem["errors"]}) == (
        "ugyldig_milepaelsmelding",
        {"/dato", "/bemaerkning"},
    )
    assert send(sekretariat, f"milepaele/{hvad.pk}/meldinger", melding | {"stand": "overskredet"}).status_code == 400


def test_party_reports_of_its_own_milestone_and_of_no_other() -> None:
    hvad = milepael(indsats(omraade(fabrik.aftale())))
    roedovre, herlev = (system(fabrik.kommune(navn).organisation) for navn in ("Rødovre", "Herlev"))
    stien, krop = f"milepaele/{hvad.pk}/meldinger", {"stand": "i_gang", "dato": idag().isoformat()}
    assert send(herlev, stien, krop).status_code == 404
    svar = [send(roedovre, stien, krop, "n-1") for _ in range(2)]
    assert [s.status_code for s in svar] == [201, 201]
    assert Milepaelsmelding.objects.count() == 1
    send(roedovre, stien, {**krop, "stand": "naaet", "dokumentationUrl": "https://www.example.dk/evaluering"})
    foerste, anden = herlev.get(f"/api/v1/{stien}").json()["resultater"]
    assert (foerste["stand"], anden["stand"], anden["registreretAf"]) == ("i_gang", "naaet", "Rødovre Kommune")
    assert herlev.get(f"/api/v1/milepaele/{hvad.pk}").json()["stand"] == "naaet"
    assert ret(roedovre, f"milepaele/{hvad.pk}", {**krop}).status_code in {400, 403}


def test_milestone_that_is_reported_of_is_neither_taken_away_nor_moved_to_another(sekretariat: Any) -> None:
    hvad = milepael(indsats(omraade(fabrik.aftale())))
    meldt(hvad)
    maal = {"navn": hvad.navn, "frist": hvad.frist.isoformat()}
    andens = {**maal, "ansvarligId": str(fabrik.kommune("Herlev").organisation_id)}
    assert ret(sekretariat, f"milepaele/{hvad.pk}", andens).json()["code"] == "fokus_er_i_brug"
    assert sekretariat.delete(f"/api/v1/milepaele/{hvad.pk}").json()["code"] == "fokus_er_i_brug"
