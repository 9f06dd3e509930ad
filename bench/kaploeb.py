"""Many clients ask for the same place over HTTP, and it is made sure that their transactions are open at the same time.

The place's row is locked from outside until every rival's transaction waits for it; then it is let go. So the race is the
same on every machine, fast or slow, and a run that did not race cannot pass.
"""

import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID, uuid4

import httpx
import psycopg

from faelles.tid import Periode

SVARFRIST = 60.0  # seconds
# As many rivals wait as the server has threads, and they may be fewer than the rivals: then the rest is not waited for. Before
# the server's LAASEFRIST (bench.processer), when the first would give up.
VENTEFRIST = 10.0  # seconds
VENTER = """
    select count(distinct laas.pid) from pg_locks laas join pg_stat_activity using (pid)
    where not granted and datname = current_database()"""


@dataclass(frozen=True)
class Loeb:
    """What came of a race: each one's answer, how many transactions waited at once, and the seconds from go to each answer."""

    svar: Sequence[httpx.Response]
    ventede: int
    tider: Sequence[float]

    @property
    def status(self) -> Mapping[int, int]:
        """How many had which status."""
        return Counter(svar.status_code for svar in self.svar)


class Deltager(Protocol):
    """One who wants the place, by whatever path."""

    def send(self, adresse: str) -> httpx.Response:
        """Ask once; raises httpx.TransportError when the server goes away."""
        ...


@dataclass(frozen=True)
class Rival:
    """One client's request, for a place or for what else `sti` is about; a repetition of it has the same key."""

    token: str
    krop: Mapping[str, Any]
    noegle: str = field(default_factory=lambda: str(uuid4()))
    sti: str = "reservationer"

    def send(self, adresse: str) -> httpx.Response:
        """Ask once; raises httpx.TransportError when the server goes away."""
        return httpx.post(
            f"{adresse}/api/v1/{self.sti}",
            json=dict(self.krop),
            headers={"Authorization": f"Bearer {self.token}", "Idempotency-Key": self.noegle},
            timeout=SVARFRIST,
        )


def rival(token: str, plads_id: UUID, periode: Periode, hjemmel: str) -> Rival:
    """A request for the place in the period."""
    til = periode.til.isoformat() if periode.til else None
    krop = {"pladsId": str(plads_id), "fra": periode.fra.isoformat(), "til": til, "hjemmel": hjemmel}
    return Rival(token, {**krop, "sagsreference": f"sag-{uuid4().hex[:8]}"})


def koer(adresse: str, deltagere: Sequence[Deltager], plads_id: UUID, ejer_url: str, vent: float = VENTEFRIST) -> Loeb:
    """Run the race; `ejer_url` connects somebody who may lock the place from outside, for `vent` seconds where not all come to wait."""
    bom = threading.Barrier(len(deltagere))

    def loeb(en: Deltager) -> tuple[httpx.Response, float]:
        bom.wait()
        return en.send(adresse), time.perf_counter()

    with psycopg.connect(ejer_url) as laas, ThreadPoolExecutor(len(deltagere)) as traade:
        laas.execute("select 1 from tilbud_plads where id = %s for no key update", [plads_id])
        svar = [traade.submit(loeb, en) for en in deltagere]
        ventede = _vent(ejer_url, len(deltagere), vent)
        laas.rollback()
        start = time.perf_counter()
        alle = [et.result() for et in svar]
        return Loeb([svar for svar, _ in alle], ventede, [slut - start for _, slut in alle])


def _vent(ejer_url: str, antal: int, vent: float) -> int:
    """How many transactions came to wait at once."""
    flest, frist = 0, None
    with psycopg.connect(ejer_url, autocommit=True) as kig:
        while flest < antal and (frist is None or time.monotonic() < frist):
            raekke = kig.execute(VENTER).fetchone()
            flest = max(flest, raekke[0] if raekke else 0)
            if flest and frist is None:
                frist = time.monotonic() + vent
            time.sleep(0.01)
    return flest
