"""Municipal systems as the API sees them: registered clients with real tokens from the platform's own token address."""

from collections.abc import Mapping
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.test import Client
from oauth2_provider.models import AccessToken, Application

from faelles.aktoer import SCOPES, Funktion, Rettighed
from faelles.scope import saet_database_aktoer
from faelles.tid import nu
from kommuner.klienter import noegler
from kommuner.models import ApiKlient, ApiNoegle, Organisation
from tests import fabrik

HEMMELIGHED = "kun-til-test"
LAES = (Rettighed.TILBUD_LAES, Rettighed.FEJLMELDINGER_LAES, Rettighed.RAMMEAFTALER_LAES, Rettighed.RAPPORTER_LAES)
SAGER = (Rettighed.RESERVATIONER_LAES, Rettighed.RESERVATIONER_SKRIV)


_nummer = count(1)


def registrer(organisation: Organisation, funktion: Funktion, *scopes: Rettighed) -> ApiKlient:
    """A registered client with one credential, whose secret is HEMMELIGHED."""
    nummer = next(_nummer)
    with transaction.atomic():
        saet_database_aktoer(None)
        klient = ApiKlient.objects.create(
            navn=f"Fagsystem {nummer}",
            organisation=organisation,
            funktion=funktion.value,
            scopes=[scope.value for scope in scopes],
        )
        noegler.gem(klient, 1, noegler.hemmelighed(f"fagsystem-{nummer}", HEMMELIGHED))
    return klient


def noegle(klient: ApiKlient) -> ApiNoegle:
    """The client's newest credential."""
    with transaction.atomic():
        alle = ApiNoegle.objects.for_systemet("tests").select_related("application")
        return alle.filter(klient=klient).latest("oprettet", "id")


def hent_token(klient_id: str, hemmelighed: str = HEMMELIGHED, **mere: str) -> Any:
    """The answer of the token address."""
    data = {"grant_type": "client_credentials", "client_id": klient_id, "client_secret": hemmelighed, **mere}
    return Client().post("/o/token/", data)


def token(klient: ApiKlient, scope: str | None = None) -> str:
    """An access token; without `scope` it has all of the client's."""
    svar = hent_token(noegle(klient).application.client_id, **({} if scope is None else {"scope": scope}))
    assert svar.status_code == 200, svar.content
    return str(svar.json()["access_token"])


def client(klient: ApiKlient) -> Client:
    """An HTTP client that sends the token."""
    return Client(headers={"authorization": f"Bearer {token(klient)}"}, raise_request_exception=False)


def send_set(client: Client, url: str, krop: Mapping[str, Any], *, af: str = "") -> Any:
    """What is sent on top of what is there now at the address, or at the one whose tag is asked for (`af`)."""
    hoveder = {"if-match": client.get(af or url).headers["ETag"], "idempotency-key": str(uuid4())}
    return client.post(url, krop, content_type="application/json", headers=hoveder)


def myndighed(navn: str = "Rødovre") -> Client:
    """The case system of a municipality as buyer."""
    return client(registrer(fabrik.kommune(navn).organisation, Funktion.MYNDIGHED, *LAES, *SAGER))


def driftsherre(navn: str = "Gladsaxe") -> Client:
    """The system of a municipality as operator of its own offers."""
    rettigheder = (
        *LAES,
        *SAGER,
        Rettighed.PLADSER_BEKRAEFT,
        Rettighed.TAKSTER_INDLAES,
        Rettighed.TILBUD_SKRIV,
    )
    return client(registrer(fabrik.kommune(navn).organisation, Funktion.DRIFTSHERRE, *rettigheder))


def sekretariat(navn: str = "KKR Hovedstaden") -> Client:
    """The system of a KKR's secretariat."""
    hvem = fabrik.kkr(navn).sekretariat
    assert hvem is not None
    rettigheder = (*LAES, Rettighed.AFTALER_SKRIV, Rettighed.GODKENDELSER_SKRIV, Rettighed.RAPPORTER_BESTIL)
    return client(registrer(hvem, Funktion.SEKRETARIAT, *rettigheder))


def ukendt() -> Client:
    """A token of an application that belongs to no organisation; the token address gives none, so it is made by hand."""
    application = Application.objects.create(
        client_type=Application.CLIENT_CONFIDENTIAL, authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS
    )
    vaerdi = f"ukendt-{application.pk}"
    AccessToken.objects.create(
        application=application,
        token=vaerdi,
        expires=nu() + timedelta(minutes=5),
        scope=" ".join(SCOPES),
    )
    return Client(headers={"authorization": f"Bearer {vaerdi}"}, raise_request_exception=False)


def uden_token() -> Client:
    """Somebody who has not asked for a token."""
    return Client(raise_request_exception=False)
