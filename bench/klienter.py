"""API clients with a token each, made without asking for it: hashing a secret takes longer than what is to be measured."""

import secrets
from datetime import timedelta

from django.db import transaction
from oauth2_provider.models import AccessToken

from faelles.aktoer import Funktion, Rettighed
from faelles.scope import saet_database_aktoer
from faelles.tid import nu
from kommuner.klienter.noegler import Hemmelighed, gem
from kommuner.models import ApiKlient, Organisation

TOKEN_LEVETID = timedelta(hours=1)
SCOPES = tuple(
    rettighed.value
    for rettighed in (Rettighed.TILBUD_LAES, Rettighed.RESERVATIONER_LAES, Rettighed.RESERVATIONER_SKRIV)
)
# What no secret is: nobody asks these clients' applications for a token.
INGEN = "pbkdf2_sha256$1$x$0"


def token(organisation: Organisation, funktion: Funktion = Funktion.MYNDIGHED) -> str:
    """A bearer token of a new client of the organisation."""
    navn = f"{organisation.navn} {secrets.token_hex(4)}"
    hemmelig = secrets.token_urlsafe(24)
    with transaction.atomic():
        saet_database_aktoer(None)
        klient = ApiKlient.objects.create(
            navn=navn[-80:], organisation=organisation, funktion=funktion, scopes=[*SCOPES]
        )
        noegle = gem(klient, 1, Hemmelighed(secrets.token_hex(12), "", INGEN))
        AccessToken.objects.create(
            token=hemmelig, application=noegle.application, expires=nu() + TOKEN_LEVETID, scope=" ".join(SCOPES)
        )
    return hemmelig
