"""The control of a year over REST: ordered by a system, followed, and what differs."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from freezegun import freeze_time

from faelles import job
from faelles.tid import nu
from tests.api import klienter
from tests.takster.kontrol.test_kontrol import AAR, takst

pytestmark = pytest.mark.django_db(transaction=True)


def bestil(client: Client, aar: int = AAR) -> Any:
    return client.post("/api/v1/takstkontroller", {"aar": aar}, content_type="application/json")


def test_order_is_followed_to_its_result_and_what_differs() -> None:
    takst(1)
    skaev = takst(2, takst="2688")
    client = klienter.myndighed()
    taget = bestil(client)
    assert (taget.status_code, taget.json()["status"], taget.json()["resultat"]) == (202, "i_koe", None)
    adresse = taget.headers["Location"]
    assert client.get(f"{adresse}/forskelle").json()["resultater"] == []
    assert bestil(client).headers["Location"] == adresse, "one that is on its way is answered with instead of a second"
    job.koer(taget.json()["id"])
    faerdig = client.get(adresse).json()
    assert (faerdig["status"], faerdig["aar"], faerdig["naaet"], faerdig["iAlt"]) == ("faerdig", AAR, 2, 2)
    assert faerdig["resultat"] == {"antal": 2, "ens": 1, "udenBeregning": 0, "forskellige": 1}
    (forskel,) = client.get(f"{adresse}/forskelle").json()["resultater"]
    assert forskel["takstId"] == str(skaev.pk)
    assert "takst er '2688', men bliver '2687'" in forskel["forskel"]
    etag = client.get(adresse).headers["ETag"]
    assert client.get(adresse, headers={"if-none-match": etag}).status_code == 304


def test_list_is_the_organisations_own_by_year_and_newest_first() -> None:
    client, andre = klienter.myndighed(), klienter.myndighed("Herlev")
    foerste = bestil(client).json()
    with freeze_time(nu() + timedelta(seconds=5)):
        naeste = bestil(client, AAR + 1).json()
    alle = client.get("/api/v1/takstkontroller").json()["resultater"]
    assert [et["id"] for et in alle] == [naeste["id"], foerste["id"]]
    assert client.get(f"/api/v1/takstkontroller?aar={AAR}").json()["resultater"] == [foerste]
    assert andre.get("/api/v1/takstkontroller").json()["resultater"] == []
    assert andre.get(f"/api/v1/takstkontroller/{foerste['id']}").status_code == 404


@pytest.mark.parametrize("krop", [{}, {"aar": "i år"}, {"aar": 1850}, {"aar": AAR, "maaned": 3}])
def test_what_is_no_year_is_refused(krop: dict[str, Any]) -> None:
    svar = klienter.myndighed().post("/api/v1/takstkontroller", krop, content_type="application/json")
    assert (svar.status_code, svar.json()["code"]) == (400, "ugyldigt_input")
