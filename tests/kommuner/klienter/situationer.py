"""Administrators of organisations, and the clients they have made."""

from typing import Any

from django.db import transaction
from django.test import Client

from faelles.aktoer import Aktoer, Funktion, Rettighed
from kommuner.klienter.actions import opret_klient
from kommuner.klienter.noegler import Udstedt
from kommuner.models import ApiKlient, ApiNoegle, Organisation, Rolle
from tests import fabrik

LAES = frozenset({Rettighed.TILBUD_LAES, Rettighed.RAMMEAFTALER_LAES})


def administrator(organisation: Organisation | None = None) -> Aktoer:
    """An administrator; of Rødovre unless another organisation is given."""
    return fabrik.aktoer(Rolle.ADMINISTRATOR, organisation or fabrik.kommune().organisation)


def browser(organisation: Organisation | None = None, rolle: Rolle = Rolle.ADMINISTRATOR) -> Client:
    """A browser in which an administrator has logged in."""
    ny = Client()
    ny.force_login(fabrik.bruger(rolle, organisation or fabrik.kommune().organisation))
    return ny


def klient(af: Aktoer | None = None, **mere: Any) -> Udstedt:
    """A case system of Rødovre's that may read."""
    felter = {"navn": "Fagsystemet", "funktion": Funktion.MYNDIGHED, "scopes": LAES, **mere}
    return opret_klient(aktoer=af or administrator(), **felter)


def gem_klient(organisation: Organisation, navn: str = "Fagsystemet", **mere: Any) -> ApiKlient:
    """A client straight in the table, without a credential; call inside a transaction in which somebody may write it."""
    return ApiKlient.objects.create(organisation=organisation, navn=navn, **{"funktion": "myndighed", **mere})


def noegler(klient: ApiKlient) -> list[ApiNoegle]:
    """The client's credentials as they are now, oldest first."""
    with transaction.atomic():
        alle = ApiNoegle.objects.for_systemet("tests").select_related("application", "klient")
        return list(alle.filter(klient=klient).order_by("oprettet", "id"))
