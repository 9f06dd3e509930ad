"""Credentials: how a secret is made and kept."""

import secrets
from dataclasses import dataclass, field

from django.contrib.auth.hashers import make_password
from oauth2_provider.models import Application

from kommuner.models import ApiKlient, ApiNoegle


@dataclass(frozen=True, slots=True)
class Hemmelighed:
    """A client id with its secret, fit to be shown once (`klartekst`) and to be stored (`hash`). Its repr shows neither."""

    klient_id: str
    klartekst: str = field(repr=False)
    hash: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Udstedt:
    """A credential just made, with the secret that nobody can read again."""

    noegle: ApiNoegle
    hemmelighed: Hemmelighed


def ny_hemmelighed() -> Hemmelighed:
    """A new client id and a secret of 256 random bits. Hashing takes a third of a second: call it before any lock."""
    return hemmelighed(secrets.token_hex(12), secrets.token_urlsafe(32))


def hemmelighed(klient_id: str, klartekst: str) -> Hemmelighed:
    """A client id with a secret that somebody else has chosen (the demo data)."""
    return Hemmelighed(klient_id, klartekst, make_password(klartekst))


def gem(klient: ApiKlient, plads: int, ny: Hemmelighed) -> ApiNoegle:
    """Store a credential in one of the client's places. Asks nobody: who may is the actions' question."""
    application = Application.objects.create(
        client_id=ny.klient_id,
        client_secret=ny.hash,
        name=klient.navn,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
    )
    return ApiNoegle.objects.create(application=application, klient=klient, plads=plads)
