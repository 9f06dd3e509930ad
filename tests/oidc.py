"""A real OpenID Connect provider beside the tests, and the platform configured to use it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import httpx
from django.conf import settings as django_settings
from django.test import Client
from oidc_provider_mock import run_server_in_thread

from kommuner.models import Organisation
from kommuner.udbydere import Udbyder
from tests import fabrik

CVR = "11111111"
SUB = "ansat-1"


@dataclass
class OidcUdbyder:
    """The provider: what it says of a person, and the way through it."""

    adresse: str
    indstillinger: Any

    def saet(self, **aendringer: Any) -> None:
        """Configure the platform's side of it anew."""
        nu = django_settings.OIDC_UDBYDERE
        udbyder = replace(nu[0], **aendringer) if nu else Udbyder(**aendringer)
        self.indstillinger.OIDC_UDBYDERE = (udbyder,)
        self.indstillinger.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [udbyder.app]}
        }
        politik = django_settings.CONTENT_SECURITY_POLICY
        self.indstillinger.CONTENT_SECURITY_POLICY = {
            "DIRECTIVES": {**politik["DIRECTIVES"], "form-action": ["'self'", *udbyder.form_action]}
        }

    def siger(self, **claims: Any) -> None:
        """What the provider says of the person from now on; the address is verified and its own unless told otherwise."""
        alle = {"email": "ansat@gladsaxe.dk", "email_verified": True, "name": "Hemmeligt Navn", **claims}
        httpx.put(f"{self.adresse}/users/{SUB}", json=alle).raise_for_status()

    def log_paa(self, client: Client, process: str = "login") -> Any:
        """The whole way: our button, the provider's page, and back; the last answer."""
        frem = client.post("/konto/oidc/gladsaxe/login/", {"process": process})
        assert frem.status_code == 302, frem.content
        tilbage = httpx.post(frem["Location"], data={"sub": SUB})
        assert tilbage.status_code == 302
        dele = urlsplit(tilbage.headers["Location"])
        return client.get(f"{dele.path}?{dele.query}")


@contextmanager
def koerende_udbyder(indstillinger: Any) -> Iterator[OidcUdbyder]:
    """Gladsaxe's provider, trusted with gladsaxe.dk and Gladsaxe Kommune (CVR)."""
    with run_server_in_thread() as server:
        adresse = f"http://localhost:{server.server_port}"
        ny = OidcUdbyder(adresse, indstillinger)
        ny.saet(
            id="gladsaxe",
            navn="Gladsaxe Kommune",
            server_url=adresse,
            client_id="rammeaftale",
            client_secret="hemmelig",
            cvr=frozenset({CVR}),
            domaener=frozenset({"gladsaxe.dk"}),
            roller={"RA-Sag": "sagsbehandler", "RA-Leder": "tilbudsleder", "RA-Sekr": "sekretariat"},
            claim_cvr="cvr",
        )
        yield ny


def gladsaxe() -> Organisation:
    """Gladsaxe Kommune with the number the provider speaks for."""
    organisation = fabrik.kommune("Gladsaxe").organisation
    Organisation.objects.filter(pk=organisation.pk).update(cvr=CVR)
    organisation.refresh_from_db()
    return organisation
