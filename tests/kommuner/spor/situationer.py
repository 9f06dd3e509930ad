"""People at work on one reservation, each through the pages, so that the logs hold what they hold in life."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.test import Client
from django.urls import reverse

from kommuner.models import Bruger, Rolle
from reservationer.sag.models import Reservation
from tests import fabrik

REFERENCE = "RK-2026-7"


@dataclass(frozen=True)
class Forloeb:
    """Rødovre has reserved at Gladsaxe's; Gladsaxe's leader has opened and confirmed it."""

    reservation: Reservation
    koeber: Bruger
    saelger: Bruger


def forloeb(reference: str = REFERENCE) -> Forloeb:
    """The whole course, through the pages."""
    plads = fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(i="Gladsaxe")))
    koeber = fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation)
    saelger = fabrik.bruger(Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation)
    fra, til = fabrik.om(7), fabrik.om(97)
    datoer = {
        f"{felt}_{del_}": tal
        for felt, dag in (("fra", fra), ("til", til - timedelta(days=1)))
        for del_, tal in (("dag", dag.day), ("maaned", dag.month), ("aar", dag.year))
    }
    svar = klient(koeber).post(
        reverse("sag:ny"), {"plads": str(plads.pk), "hjemmel": "SEL-107", "sagsreference": reference, **datoer}
    )
    assert svar.status_code == 302, svar.content.decode()
    with transaction.atomic():
        reservation = Reservation.objects.for_systemet("test").latest("oprettet")
    leder = klient(saelger)
    leder.get(reverse("sag:detalje", args=[reservation.pk]))
    leder.post(reverse("sag:beslut", args=[reservation.pk, "bekraeft"]), {})
    return Forloeb(reservation, koeber, saelger)


def klient(bruger: Bruger) -> Client:
    """Her browser."""
    client = Client()
    client.force_login(bruger)
    return client


def administrator(navn: str) -> Client:
    """The browser of an administrator of the municipality."""
    return klient(fabrik.bruger(Rolle.ADMINISTRATOR, fabrik.kommune(navn).organisation))
