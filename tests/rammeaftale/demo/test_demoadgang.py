"""The demo logins and API clients: printed as the contract says, and they work."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from kommuner.models import Rolle, Tilknytning
from kommuner.roller import KLIENTRETTIGHEDER
from tilbud.models import Tilbud

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lille", "udvikling")]


def hent_adgang() -> dict[str, Any]:
    """What `demoadgang --json` prints."""
    ud = StringIO()
    call_command("demoadgang", "--json", stdout=ud)
    adgang: dict[str, Any] = json.loads(ud.getvalue())
    assert set(adgang) == {"brugere", "klienter", "tokenUrl", "apiUrl"}
    return adgang


def test_demoadgang_prints_logins_that_work(client: Any) -> None:
    adgang = hent_adgang()
    assert {bruger["rolle"] for bruger in adgang["brugere"]} == set(Rolle.values)
    emails = [bruger["email"] for bruger in adgang["brugere"]]
    assert len(emails) == len(set(emails)) + 1  # one person with two memberships
    for bruger in adgang["brugere"]:
        assert client.login(username=bruger["email"], email=bruger["email"], password=bruger["adgangskode"])
    assert hent_adgang() == adgang


def test_demoadgang_has_two_administrators_of_one_municipality_and_a_leader_of_a_single_offer() -> None:
    administratorer = Tilknytning.objects.filter(rolle=Rolle.ADMINISTRATOR).values_list("organisation__navn", flat=True)
    assert list(administratorer) == ["Rødovre Kommune"] * 2
    (enkelt,) = Tilknytning.objects.exclude(kun_tilbud=[])
    (tilbud,) = Tilbud.objects.filter(pk__in=enkelt.kun_tilbud)
    assert tilbud.driftsherre_id == enkelt.organisation_id


def test_demoadgang_prints_clients_that_get_a_token(client: Any) -> None:
    adgang = hent_adgang()
    assert {klient["funktion"] for klient in adgang["klienter"]} == set(KLIENTRETTIGHEDER)
    for klient in adgang["klienter"]:
        svar = client.post(
            adgang["tokenUrl"].removeprefix("http://localhost:8000"),
            {
                "grant_type": "client_credentials",
                "client_id": klient["clientId"],
                "client_secret": klient["clientSecret"],
                "scope": " ".join(klient["scopes"]),
            },
        )
        assert svar.status_code == 200, svar.content
        assert set(svar.json()["scope"].split()) == set(klient["scopes"])


def test_demoadgang_reads_well_for_people_too() -> None:
    ud = StringIO()
    call_command("demoadgang", stdout=ud)
    assert "tilbudsleder@gladsaxe.example.dk" in ud.getvalue()
    assert "roedovre-fagsystem" in ud.getvalue()
