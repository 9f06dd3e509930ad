"""A request over HTTP, beside the very same SQL sent by psycopg and beside an empty page, turn by turn in the same round.

Neighbours on the machine slow all three alike, so the ratios stand still where the times do not.
"""

import json
import os
import re
import statistics
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import psycopg
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.processer import Web
from bench.resultat import Tal
from bench.tid import RUNDER, tag_tid

VAERT = "localhost"
TOM_SIDE = "/sundhed"
SVARFRIST = 60.0  # seconds; the machine may be busy
UTALTE = re.compile(r"(BEGIN|COMMIT|SAVEPOINT|RELEASE|SELECT set_config)\b", re.IGNORECASE)
AFSENDER = re.compile(
    r"SELECT set_config\('pghistory\..*?, true\); ", re.DOTALL
)  # django-pghistory's, in front of another


@dataclass(frozen=True, slots=True)
class Kald:
    """A request as a client sends it, and what it may cost; a limit that is None is not set.

    `gange_sql` and `gange_tom` are medians; the two of `p95` are the slowest of twenty, in ms and beside that of the SQL.
    """

    navn: str
    sti: str
    hoveder: Mapping[str, str]
    saetninger: int
    krop: Mapping[str, Any] | None = None
    gange_sql: float | None = None
    gange_tom: float | None = None
    p95_ms: float | None = None
    p95_gange_sql: float | None = None

    def send(self, http: httpx.Client) -> None:
        """Ask once; raises httpx.HTTPStatusError when the answer is a refusal."""
        metode = "GET" if self.krop is None else "POST"
        http.request(metode, self.sti, headers=dict(self.hoveder), json=self.krop).raise_for_status()


def taeller(saetning: str) -> bool:
    """Whether a statement counts: one that begins or ends a transaction, or says who asks, does not."""
    return UTALTE.match(AFSENDER.sub("", saetning, count=1)) is None


def saetninger(kald: Kald) -> list[str]:
    """The SQL of one request, with its values, as the application sends it. Raises RuntimeError when it is refused."""
    client, hoveder = Client(HTTP_HOST=VAERT), dict(kald.hoveder)

    def spoerg() -> int:
        if kald.krop is None:
            return client.get(kald.sti, headers=hoveder).status_code
        krop = json.dumps(kald.krop)
        return client.post(kald.sti, krop, content_type="application/json", headers=hoveder).status_code

    spoerg()  # what is looked up once per process is not the request's
    with CaptureQueriesContext(connection) as fanget:
        status = spoerg()
    if status != httpx.codes.OK:
        raise RuntimeError(f"{kald.navn}: svaret var {status}")
    return [saetning["sql"] for saetning in fanget.captured_queries]


def maal(web: Web, kald: Kald, *, runder: int = RUNDER) -> list[Tal]:
    """Time, statements, and both ratios."""
    sendte = saetninger(kald)
    with (
        httpx.Client(base_url=web.adresse, headers={"Host": VAERT}, timeout=SVARFRIST) as http,
        # Nothing is prepared, as in Django: every statement is planned anew.
        psycopg.connect(os.environ["DATABASE_URL"], autocommit=True, prepare_threshold=None) as sql,
    ):

        def direkte() -> None:
            for saetning in sendte:
                markoer = sql.execute(saetning)
                if markoer.description:
                    markoer.fetchall()

        svar, tom, bar = tag_tid(
            lambda: kald.send(http), lambda: http.get(TOM_SIDE).raise_for_status(), direkte, runder=runder
        )
    p50, p95 = statistics.median(svar), _p95(svar)
    navn = kald.navn
    alle = [
        Tal(f"{navn}: p50", p50 * 1000, "ms"),
        Tal(f"{navn}: p95", p95 * 1000, "ms", hoejst=kald.p95_ms),
        Tal(f"{navn}: samme SQL alene, p50", statistics.median(bar) * 1000, "ms"),
        Tal(f"{navn}: sætninger", sum(map(taeller, sendte)), "pr. kald", hoejst=kald.saetninger),
        Tal(f"{navn}: i forhold til SQL alene", p50 / statistics.median(bar), "gange", hoejst=kald.gange_sql),
        Tal(f"{navn}: i forhold til tom side", p50 / statistics.median(tom), "gange", hoejst=kald.gange_tom),
    ]
    if kald.p95_gange_sql is not None:
        alle.append(Tal(f"{navn}: p95 i forhold til SQL alene", p95 / _p95(bar), "gange", hoejst=kald.p95_gange_sql))
    return alle


def _p95(tider: list[float]) -> float:
    return statistics.quantiles(tider, n=20)[-1]
