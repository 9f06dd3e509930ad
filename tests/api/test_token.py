"""Tokens of systems: only the client's own scopes, and not for long."""

import pytest
from django.test import Client

from faelles.aktoer import Funktion, Rettighed
from tests import fabrik
from tests.api import klienter

pytestmark = pytest.mark.django_db


def bed_om(scope: str | None, hemmelighed: str = klienter.HEMMELIGHED) -> "tuple[int, dict[str, object]]":
    """Ask for a token for a client that may read offers only."""
    klient = klienter.registrer(fabrik.kommune().organisation, Funktion.MYNDIGHED, Rettighed.TILBUD_LAES)
    data = {"grant_type": "client_credentials", "client_id": klient.application.client_id, "client_secret": hemmelighed}
    svar = Client().post("/o/token/", data if scope is None else {**data, "scope": scope})
    return svar.status_code, svar.json()


def test_token_lasts_at_most_fifteen_minutes_and_has_the_clients_own_scopes() -> None:
    status, svar = bed_om(None)
    assert status == 200
    assert svar["scope"] == "tilbud:read"
    assert svar["expires_in"] == 900


def test_scope_the_client_does_not_own_is_refused() -> None:
    assert bed_om("reservationer:write")[0] == 400
    assert bed_om("tilbud:read")[0] == 200


def test_wrong_secret_gets_no_token() -> None:
    assert bed_om(None, "forkert")[0] == 401


def test_right_taken_from_the_client_ends_at_once_also_in_tokens_already_given() -> None:
    klient = klienter.registrer(fabrik.kommune().organisation, Funktion.MYNDIGHED, Rettighed.TILBUD_LAES)
    client = klienter.client(klient)
    assert client.get("/api/v1/tilbud").status_code == 200
    klient.scopes = []
    klient.save()
    assert client.get("/api/v1/tilbud").status_code == 403


def test_token_with_fewer_scopes_than_the_client_gives_only_those() -> None:
    organisation = fabrik.kommune().organisation
    klient = klienter.registrer(organisation, Funktion.MYNDIGHED, Rettighed.TILBUD_LAES, Rettighed.RAMMEAFTALER_LAES)
    hoved = {"authorization": f"Bearer {klienter.token(klient, 'tilbud:read')}"}
    assert Client(headers=hoved).get("/api/v1/tilbud").status_code == 200
    assert Client(headers=hoved).get("/api/v1/rammeaftaler").status_code == 403
