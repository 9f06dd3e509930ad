"""The search of a case worker's day, at the scale of one KKR: two pages and a call of the API."""

from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from bench.kald import Kald
from bench.kald import maal as maal_kald
from bench.klienter import token
from bench.processer import Web
from bench.resultat import Tal
from faelles.tid import idag
from kommuner.models import Kommune, Rolle, Tilknytning
from tilbud.models import Maalgruppe

KOMMUNE = "0175"  # Rødovre
HJEMMEL = "SEL-107"


def maal(web: Web) -> list[Tal]:
    """All searches."""
    return [tal for soegning in _soegninger() for tal in maal_kald(web, soegning)]


def _soegninger() -> Iterable[Kald]:
    fra = idag() + timedelta(days=14)
    periode = {"fra": fra.isoformat(), "til": (fra + timedelta(days=90)).isoformat()}
    gruppe = Maalgruppe.objects.filter(valgbar=True, tilbud__isnull=False).order_by("term_sortering")[0]
    kriterier = {**periode, "maalgruppe": str(gruppe.pk), "hjemmel": HJEMMEL}
    cookie = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={_session()}"}
    kommune = Kommune.objects.select_related("organisation").get(pk=KOMMUNE)
    system = {"Authorization": f"Bearer {token(kommune.organisation)}"}
    side, begge = f"/soeg/?{urlencode(periode)}", f"/soeg/?{urlencode(kriterier)}"
    ledige = f"/api/v1/ledige-pladser?{urlencode(kriterier)}"
    # A page sends three more that do not count (bench.kald): 15 here is 18 in all.
    yield Kald("Søgeside, kun periode", side, cookie, 15, gange_sql=10, gange_tom=60)
    yield Kald("Søgeside, målgruppe og hjemmel", begge, cookie, 15, gange_sql=25, gange_tom=40)
    yield Kald("API, målgruppe og hjemmel", ledige, system, 10, gange_sql=16, gange_tom=22)


def _session() -> str:
    """A logged-in case worker's session."""
    tilknytning = (
        Tilknytning.objects.paa(idag())
        .filter(rolle=Rolle.SAGSBEHANDLER, organisation__kommune=KOMMUNE)
        .select_related("bruger")[0]
    )
    client = Client()
    client.force_login(tilknytning.bruger)
    return client.cookies[settings.SESSION_COOKIE_NAME].value
