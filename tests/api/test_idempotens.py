"""A POST that makes a hold is safe to repeat. With rivals on connections of their own, and a control."""

import hashlib
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.kald import taeller
from faelles.models import Idempotensnoegle
from faelles.scope import som_systemet
from kommuner.models import ApiKlient
from tests import fabrik
from tests.api import klienter
from tests.api.adgang import krop
from tests.database import database_url
from tilbud.belaegning.models import Optagelse


def reserver(client: Client, data: dict[str, Any], noegle: str | None = "noegle-1") -> Any:
    """Ask for a place."""
    hoveder = {"idempotency-key": noegle} if noegle is not None else {}
    return client.post("/api/v1/reservationer", data, content_type="application/json", headers=hoveder)


def noegler() -> int:
    """How many keys are kept, whoever they belong to."""
    with som_systemet("the test looks"):
        return Idempotensnoegle.objects.count()


def oensket() -> dict[str, str]:
    """A reservation that goes through."""
    return krop("reservationer", {"plads_id": str(fabrik.ledig_plads().id)})


@pytest.mark.django_db
def test_repetition_gets_the_stored_answer_and_does_nothing_twice() -> None:
    client, data = klienter.myndighed(), oensket()
    foerste, anden = reserver(client, data), reserver(client, dict(reversed(data.items())))
    assert (foerste.status_code, anden.status_code) == (201, 201)
    assert anden.content == foerste.content
    assert anden.headers["Location"] == foerste.headers["Location"] == f"/api/v1/reservationer/{foerste.json()['id']}"
    assert "Idempotent-Replayed" not in foerste.headers
    assert anden.headers["Idempotent-Replayed"] == "true"
    assert Optagelse.objects.count() == 1


@pytest.mark.django_db
def test_same_key_with_another_body_is_refused_and_another_key_is_another_request() -> None:
    client, data = klienter.myndighed(), oensket()
    reserver(client, data)
    andet = {**data, "sagsreference": "En anden sag"}
    assert reserver(client, andet).json()["code"] == "noegle_brugt"
    assert reserver(client, andet).status_code == 422
    assert reserver(client, andet, "noegle-2").json()["code"] == "pladsen_er_optaget"


@pytest.mark.django_db
def test_two_clients_may_use_the_same_key() -> None:
    assert reserver(klienter.myndighed("Rødovre"), oensket()).status_code == 201
    assert reserver(klienter.myndighed("Herlev"), oensket()).status_code == 201


@pytest.mark.django_db
@pytest.mark.parametrize("noegle", [None, "", "   ", "x" * 256, "æ"])
def test_key_that_is_missing_or_unusable_is_refused(noegle: str | None) -> None:
    client, data = klienter.myndighed(), oensket()
    assert reserver(client, data, noegle).json()["code"] == "idempotency_key_mangler"
    assert Optagelse.objects.count() == 0
    assert reserver(client, data, "x" * 255).status_code == 201


@pytest.mark.django_db
def test_refused_request_leaves_no_key_so_that_the_corrected_one_goes_through() -> None:
    client, data = klienter.myndighed(), oensket()
    assert reserver(client, {**data, "hjemmel": "SEL-999"}).status_code == 400
    assert noegler() == 0
    assert reserver(client, data).status_code == 201
    assert noegler() == 1


def _laas(klient: ApiKlient, noegle: str) -> int:
    indhold = f"klient:{klient.id}\0{noegle}".encode()
    return int.from_bytes(hashlib.sha256(indhold).digest()[:8], signed=True)


@pytest.mark.kaploeb
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("samme", "ventet"), [(True, 409), (False, 201)], ids=["samme-noegle", "kontrol"])
def test_repetition_while_the_first_is_at_work_is_told_to_wait(samme: bool, ventet: int) -> None:
    client, data = klienter.myndighed(), oensket()
    with transaction.atomic():
        klient = ApiKlient.objects.for_systemet("tests").get()
    with psycopg.connect(database_url()) as rival:
        rival.execute("select pg_advisory_xact_lock(%s)", [_laas(klient, "noegle-1" if samme else "noegle-2")])
        svar = reserver(client, data)
        assert svar.status_code == ventet
        if samme:
            assert svar.json()["code"] == "noegle_i_brug"
        rival.rollback()
    assert reserver(client, data).status_code == 201


@pytest.mark.kaploeb
@pytest.mark.django_db(transaction=True)
def test_killed_connection_leaves_neither_key_nor_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    client, data = klienter.myndighed(), oensket()
    rigtig = Idempotensnoegle.objects.create

    def draeb(**felter: Any) -> Any:
        rigtig(**felter)
        with psycopg.connect(database_url(), autocommit=True) as draeber:
            draeber.execute("select pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
        connection.cursor().execute("select 1")  # the first to notice

    with monkeypatch.context() as lap:
        lap.setattr(Idempotensnoegle.objects, "create", draeb)
        afbrudt = reserver(client, data)
    assert (afbrudt.status_code, afbrudt.json()["code"]) == (503, "utilgaengelig")
    connection.close()
    assert (noegler(), Optagelse.objects.count()) == (0, 0)
    assert reserver(client, data).status_code == 201
    assert Optagelse.objects.count() == 1


@pytest.mark.django_db
def test_reservation_sends_twelve_statements_at_most() -> None:
    client = klienter.myndighed()
    reserver(client, oensket(), "den første, som også slår det op, processen husker")
    data = oensket()
    with CaptureQueriesContext(connection) as fanget:
        assert reserver(client, data).status_code == 201
    sendte = [en["sql"] for en in fanget.captured_queries if taeller(en["sql"])]
    assert len(sendte) <= 12, sendte
