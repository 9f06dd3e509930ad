"""The secretariat's page of the growth, at the scale of the whole country: the KKR with the most offers."""

from django.conf import settings
from django.test import Client

from bench.kald import Kald
from faelles.tid import idag
from kommuner.models import Kkr, Rolle, Tilknytning

KKR = "KKR Hovedstaden"


def kald() -> Kald:
    """The page of this year, as a secretary opens it."""
    tilknytning = (
        Tilknytning.objects.paa(idag())
        .filter(rolle=Rolle.SEKRETARIAT, organisation=Kkr.objects.get(navn=KKR).sekretariat)
        .select_related("bruger")[0]
    )
    client = Client()
    client.force_login(tilknytning.bruger)
    cookie = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"}
    return Kald("Landet, vækst i takster", f"/takster/vaekst/{idag().year}", cookie, 10, p95_ms=300, p95_gange_sql=2)
