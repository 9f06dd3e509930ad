"""A reservation over REST: what it costs alone, how many a second eight systems make, and what the database has of the time."""

import http.client
import json
import statistics
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

import httpx
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.kald import SVARFRIST, TOM_SIDE, VAERT, taeller
from bench.klienter import token
from bench.processer import Web
from bench.resultat import Tal
from bench.tid import tag_tid
from faelles.aktoer import Aktoer
from faelles.tid import Periode, idag, nu
from kommuner.models import Kommune, Rolle
from kommuner.roller import ROLLEINDHOLD
from reservationer.soegning.profil import Behovsprofil
from reservationer.soegning.queries import fundne

KOMMUNE = "0175"  # Rødovre
HJEMMEL = "SEL-107"
STI = "/api/v1/reservationer"
OM_DAGE, DAGE, PERIODER = 30, 5, 60  # so many reservations of a place, one after another
KLIENTER = 8
LAGER = 200  # reservations for each of them, more than it can make
SEKUNDER = 5.0
NAVN = "Reservation"


@dataclass(frozen=True, slots=True)
class Bestilling:
    """One request: nobody has the place in the period, and no other request of the measurement wants it."""

    krop: Mapping[str, Any]
    hoveder: Mapping[str, str]

    def send(self, http_: httpx.Client) -> None:
        """Raises httpx.HTTPStatusError when the place is not given."""
        http_.post(STI, json=dict(self.krop), headers=dict(self.hoveder)).raise_for_status()


def maal(web: Web) -> list[Tal]:
    """All figures; the reservations are made for good."""
    kommune = Kommune.objects.select_related("organisation").get(pk=KOMMUNE)
    naeste = _bestillinger(kommune)
    alene, tom = _alene(web, naeste)
    sendte, andel = _i_processen(naeste)
    i_alt, tider = _otte_klienter(web, naeste)
    return [
        Tal(f"{NAVN}: p50", statistics.median(alene) * 1000, "ms"),
        Tal(f"{NAVN}: sætninger", sendte, "pr. kald", hoejst=12),
        Tal(f"{NAVN}: i forhold til tom side", statistics.median(alene) / statistics.median(tom), "gange", hoejst=20),
        Tal(f"{NAVN}: databasens del af tiden", andel * 100, "procent"),
        Tal(f"{NAVN}, {KLIENTER} klienter", i_alt / SEKUNDER, "kald/s"),
        Tal(f"{NAVN}, {KLIENTER} klienter: p95", statistics.quantiles(tider, n=20)[-1] * 1000, "ms"),
    ]


def _bestillinger(kommune: Kommune) -> Iterator[Bestilling]:
    """One after another, each with a key of its own."""
    adgang = f"Bearer {token(kommune.organisation)}"
    foerste = idag() + timedelta(days=OM_DAGE)
    pladser = _pladser(kommune, Periode(foerste, foerste + timedelta(days=DAGE * PERIODER)))
    for nummer in range(PERIODER):
        fra = foerste + timedelta(days=DAGE * nummer)
        for plads in pladser:
            krop = {
                "pladsId": str(plads),
                "fra": fra.isoformat(),
                "til": (fra + timedelta(days=DAGE)).isoformat(),
                "hjemmel": HJEMMEL,
                "sagsreference": f"sag-{uuid4().hex[:8]}",
            }
            yield Bestilling(krop, {"Authorization": adgang, "Idempotency-Key": str(uuid4())})


def _pladser(kommune: Kommune, periode: Periode) -> list[UUID]:
    """What the search finds free in all of the period."""
    indhold = ROLLEINDHOLD[Rolle.SAGSBEHANDLER]
    hvem = Aktoer(
        kommune.organisation_id, str(kommune.organisation), indhold.funktion, indhold.rettigheder, "bruger:bench", ""
    )
    fund = fundne(hvem, Behovsprofil(periode=periode, hjemmel=HJEMMEL), nu=nu())
    return [plads for resultat in fund for plads in resultat.plads.alle]


def _alene(web: Web, naeste: Iterator[Bestilling]) -> tuple[list[float], list[float]]:
    """Seconds of a reservation and of an empty page, turn by turn."""
    with httpx.Client(base_url=web.adresse, headers={"Host": VAERT}, timeout=SVARFRIST) as http_:
        alene, tom = tag_tid(lambda: next(naeste).send(http_), lambda: http_.get(TOM_SIDE).raise_for_status())
    return alene, tom


def _i_processen(naeste: Iterator[Bestilling]) -> tuple[int, float]:
    """How many statements a reservation sends, and what share of its time they take (a fraction). Raises RuntimeError when refused."""
    client = Client(HTTP_HOST=VAERT)

    def bestil() -> float:
        en = next(naeste)
        start = time.perf_counter()
        svar = client.post(STI, json.dumps(en.krop), content_type="application/json", headers=dict(en.hoveder))
        if svar.status_code != http.client.CREATED:
            raise RuntimeError(f"Reservationen blev afvist: {svar.status_code}")
        return time.perf_counter() - start

    bestil()  # what is looked up once per process is not the reservation's
    with CaptureQueriesContext(connection) as fanget:
        tid = bestil()
    sendte = fanget.captured_queries
    return sum(taeller(en["sql"]) for en in sendte), sum(float(en["time"]) for en in sendte) / tid


def _otte_klienter(web: Web, naeste: Iterator[Bestilling]) -> tuple[int, list[float]]:
    """How many reservations systems make that each ask again as soon as they have an answer, and the seconds of each."""
    mine = [list(islice(naeste, LAGER)) for _ in range(KLIENTER)]
    slut = time.perf_counter() + SEKUNDER

    def klient(lager: list[Bestilling]) -> list[float]:
        tider = []
        with httpx.Client(base_url=web.adresse, headers={"Host": VAERT}, timeout=SVARFRIST) as http_:
            for en in lager:
                start = time.perf_counter()
                if start >= slut:
                    break
                en.send(http_)
                tider.append(time.perf_counter() - start)
        return tider

    with ThreadPoolExecutor(KLIENTER) as traade:
        tider = [tid for deres in traade.map(klient, mine) for tid in deres]
    return len(tider), tider
