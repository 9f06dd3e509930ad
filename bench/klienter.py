"""API clients with a token each, made without asking for it: hashing a secret takes longer than what is to be measured."""

import secrets
from datetime import timedelta

from oauth2_provider.models import AccessToken, Application

from faelles.aktoer import Funktion, Rettighed
from faelles.tid import nu
from kommuner.models import ApiKlient, Organisation

TOKEN_LEVETID = timedelta(hours=1)
SCOPES = tuple(
    rettighed.value
    for rettighed in (Rettighed.TILBUD_LAES, Rettighed.RESERVATIONER_LAES, Rettighed.RESERVATIONER_SKRIV)
)


def token(organisation: Organisation, funktion: Funktion = Funktion.MYNDIGHED) -> str:
    """A bearer token of a new client of the organisation."""
    system = Application.objects.create(
        name=f"{organisation.navn} {secrets.token_hex(4)}",
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
        hash_client_secret=False,
    )
    ApiKlient.objects.create(application=system, organisation=organisation, funktion=funktion, scopes=list(SCOPES))
    hemmelig = secrets.token_urlsafe(24)
    AccessToken.objects.create(token=hemmelig, application=system, expires=nu() + TOKEN_LEVETID, scope=" ".join(SCOPES))
    return hemmelig
