"""A web server killed with -9 in the middle of a reservation, at a moment one chooses."""

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx
import psycopg
import pytest

from bench.kaploeb import Rival, rival
from bench.klienter import token
from bench.processer import Web
from faelles.tid import Periode
from tests import fabrik
from tests.database import database_url

FRIST = 60.0  # seconds before a test gives up; how fast it goes is for the bench, and a child is slow to start beside other work
PERIODE = Periode(fabrik.om(10), fabrik.om(40))
# In the order a reservation writes them.
TABELLER = ("belaegning_optagelse", "sag_reservation", "faelles_idempotensnoegle")
SPOR = (*TABELLER, "sag_reservationevent", "faelles_haendelse")


def forespoergsel() -> Rival:
    """A municipality's request for a free place."""
    return rival(token(fabrik.kommune("Rødovre").organisation), fabrik.ledig_plads().id, PERIODE, "SEL-107")


@contextmanager
def ejer() -> Iterator[psycopg.Connection]:
    """The owner of the database, who sees every row; who never gets a lock fails rather than waits for ever."""
    ventetid = "-c lock_timeout=30s"
    with psycopg.connect(database_url("DATABASE_OWNER_URL"), autocommit=True, options=ventetid) as forbindelse:
        yield forbindelse


def antal() -> dict[str, int]:
    """How many rows each table a reservation writes has."""
    with ejer() as forbindelse:
        return {tabel: _et_tal(forbindelse, f"select count(*) from {tabel}") for tabel in SPOR}


def _et_tal(forbindelse: psycopg.Connection, sql: str) -> int:
    raekke = forbindelse.execute(sql).fetchone()
    assert raekke is not None
    return int(raekke[0])


def draeb_midt_i(web: Web, anmodning: Rival, tabel: str, draeb: Callable[[], None]) -> None:
    """Kill while the reservation is about to write `tabel`, and wait until the database has noticed."""
    with ejer() as laas, ejer() as kig, ThreadPoolExecutor(1) as traad:
        with laas.transaction():
            laas.execute(f"lock table {tabel} in share mode")
            svar = traad.submit(anmodning.send, web.adresse)
            vent_til(lambda: ventende(kig, tabel) != [])
            pid = ventende(kig, tabel)[0]
            draeb()
        with pytest.raises(httpx.TransportError):
            svar.result()
        vent_til(lambda: _et_tal(kig, f"select count(*) from pg_stat_activity where pid = {pid}") == 0)


def ventende(forbindelse: psycopg.Connection, tabel: str) -> list[int]:
    """The transactions that wait to write the table."""
    sql = """
        select pid from pg_locks join pg_stat_activity using (pid)
        where not granted and datname = current_database() and relation = %s::regclass"""
    return [raekke[0] for raekke in forbindelse.execute(sql, [tabel])]


def vent_til(sandt: Callable[[], bool], laengst: float = FRIST) -> None:
    """Until it is so, or the test gives up."""
    frist = time.monotonic() + laengst
    while not sandt():
        assert time.monotonic() < frist, "ventede forgæves"
        time.sleep(0.02)


def bliver_til_netop_een(web: Web, anmodning: Rival) -> None:
    """Assert that repeating the request makes the reservation, and repeating it again makes nothing more."""
    vent_til(lambda: _svarer(web))
    foerste, anden = anmodning.send(web.adresse), anmodning.send(web.adresse)
    assert (foerste.status_code, anden.status_code) == (201, 201), foerste.text
    assert anden.json() == foerste.json()
    assert {tabel: antal()[tabel] for tabel in TABELLER} == dict.fromkeys(TABELLER, 1)


def _svarer(web: Web) -> bool:
    try:
        return httpx.get(
            f"{web.adresse}/sundhed", headers={"Host": os.environ["ALLOWED_HOSTS"].split(",")[0]}
        ).is_success
    except httpx.TransportError:
        return False
