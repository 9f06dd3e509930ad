"""The log-in providers in the environment: what is read, and what stops the start."""

import json
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from kommuner.udbydere import laes_udbydere

RIGTIG = {
    "id": "gladsaxe",
    "navn": "Gladsaxe Kommune",
    "server_url": "https://login.gladsaxe.dk/adfs",
    "client_id": "rammeaftale",
    "client_secret": "hemmelig",
    "cvr": ["62761113"],
    "domaener": ["Gladsaxe.dk"],
    "roller": {"RA-Sag": "sagsbehandler"},
}


def test_provider_is_read_and_its_origin_is_where_a_form_may_lead() -> None:
    (udbyder,) = laes_udbydere(json.dumps([{**RIGTIG, "oprindelser": ["https://adgang.example.dk"]}]))
    assert udbyder.form_action == ["https://login.gladsaxe.dk", "https://adgang.example.dk"]
    assert udbyder.domaener == {"gladsaxe.dk"}
    assert udbyder.app["settings"] == {"server_url": "https://login.gladsaxe.dk/adfs"}
    assert "hemmelig" not in repr(udbyder)


def test_no_providers_is_fine() -> None:
    assert laes_udbydere("[]") == ()


@pytest.mark.parametrize(
    ("aendring", "siger"),
    [
        ({"server_url": "http://login.gladsaxe.dk"}, "https"),
        ({"oprindelser": ["http://x.dk"]}, "https"),
        ({"cvr": []}, "cvr"),
        ({"cvr": "62761113"}, "liste"),
        ({"cvr": ["1"]}, "otte cifre"),
        ({"domaener": []}, "domaener"),
        ({"roller": {}}, "roller"),
        ({"id": "Gladsaxe/1"}, "id"),
        ({"klient": "x"}, "klient"),
    ],
)
def test_provider_that_would_fail_or_let_too_many_in_stops_the_start(aendring: dict[str, Any], siger: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=siger):
        laes_udbydere(json.dumps([{**RIGTIG, **aendring}]))


@pytest.mark.parametrize("tekst", ["x", "{}", "[1]", json.dumps([RIGTIG, RIGTIG]), '[{"id": "x"}]'])
def test_text_that_is_no_list_of_providers_stops_the_start(tekst: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="OIDC_UDBYDERE"):
        laes_udbydere(tekst)
