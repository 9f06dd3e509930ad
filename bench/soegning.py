"""The search over HTTP, beside the very same SQL sent by psycopg and beside an empty page, turn by turn in the same round.

Neighbours on the machine slow all three alike, so the ratios stand still where the times do not.
"""

import os
import statistics
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

import httpx
import psycopg
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.klienter import token
from bench.processer import Web
from bench.resultat import Tal
from bench.tid import tag_tid
from faelles.tid import idag
from kommuner.models import Kommune, Rolle, Tilknytning
from tilbud.models import Maalgruppe

KOMMUNE = "0175"  # Rødovre
HJEMMEL = "SEL-107"
VAERT = "localhost"
TOM_SIDE = "/sundhed"


@dataclass(frozen=True, slots=True)
class Soegning:
    """A search as a client sends it, and what it may cost."""

    navn: str
    sti: str
    hoveder: Mapping[str, str]
    saetninger: int
    gange_sql: float
    gange_tom: float


def maal(web: Web) -> list[Tal]:
    """All searches."""
    return [tal for soegning in _soegninger() for tal in _maal(web, soegning)]


def _soegninger() -> Iterable[Soegning]:
    fra = idag() + timedelta(days=14)
    periode = {"fra": fra.isoformat(), "til": (fra + timedelta(days=90)).isoformat()}
    gruppe = Maalgruppe.objects.filter(valgbar=True, tilbud__isnull=False).order_by("term_sortering")[0]
    kriterier = {**periode, "maalgruppe": str(gruppe.pk), "hjemmel": HJEMMEL}
    cookie = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={_session()}"}
    kommune = Kommune.objects.select_related("organisation").get(pk=KOMMUNE)
    system = {"Authorization": f"Bearer {token(kommune.organisation)}"}
    yield Soegning("Søgeside, kun periode", f"/soeg/?{urlencode(periode)}", cookie, 18, 10, 60)
    yield Soegning("Søgeside, målgruppe og hjemmel", f"/soeg/?{urlencode(kriterier)}", cookie, 18, 25, 40)
    yield Soegning("API, målgruppe og hjemmel", f"/api/v1/ledige-pladser?{urlencode(kriterier)}", system, 14, 16, 22)


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


def _saetninger(soegning: Soegning) -> list[str]:
    """The SQL of one request, with its values, as the application sends it; BEGIN and COMMIT included."""
    client = Client(HTTP_HOST=VAERT)
    hoveder = dict(soegning.hoveder)
    client.get(soegning.sti, headers=hoveder)  # what is looked up once per process is not the request's
    with CaptureQueriesContext(connection) as fanget:
        svar = client.get(soegning.sti, headers=hoveder)
    if svar.status_code != httpx.codes.OK:
        raise RuntimeError(f"{soegning.navn}: svaret var {svar.status_code}")
    return [saetning["sql"] for saetning in fanget.captured_queries]


def _maal(web: Web, soegning: Soegning) -> list[Tal]:
    saetninger = _saetninger(soegning)
    with (
        httpx.Client(base_url=web.adresse, headers={"Host": VAERT}) as http,
        psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as sql,
    ):

        def send(sti: str, hoveder: Mapping[str, str]) -> None:
            http.get(sti, headers=dict(hoveder)).raise_for_status()

        def direkte() -> None:
            for saetning in saetninger:
                markoer = sql.execute(saetning)
                if markoer.description:
                    markoer.fetchall()

        soeg, tom, bar = tag_tid(lambda: send(soegning.sti, soegning.hoveder), lambda: send(TOM_SIDE, {}), direkte)
    p50 = statistics.median(soeg)
    navn = soegning.navn
    return [
        Tal(f"{navn}: p50", p50 * 1000, "ms"),
        Tal(f"{navn}: p95", statistics.quantiles(soeg, n=20)[-1] * 1000, "ms"),
        Tal(f"{navn}: samme SQL alene, p50", statistics.median(bar) * 1000, "ms"),
        Tal(f"{navn}: sætninger", len(saetninger), "pr. søgning", hoejst=soegning.saetninger),
        Tal(f"{navn}: i forhold til SQL alene", p50 / statistics.median(bar), "gange", hoejst=soegning.gange_sql),
        Tal(f"{navn}: i forhold til tom side", p50 / statistics.median(tom), "gange", hoejst=soegning.gange_tom),
    ]
