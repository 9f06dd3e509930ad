"""Ten thousand reservations by fifty systems that repeat themselves and hang up at random: each key has exactly one effect."""

import http.client
import json
import random
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

import pytest

from bench.klienter import token
from bench.processer import webserver
from faelles.idempotens import HOVED
from tests import fabrik
from tests.database import database_url
from tests.kill.situation import ejer

pytestmark = [pytest.mark.stress, pytest.mark.django_db(transaction=True)]

KLIENTER, HVER, PLADSER, AFDELINGER = 50, 200, 200, 20
PERIODER, DAGE = 50, 10  # as many places and periods as there are requests, so that some meet and most do not
GENTAGER, LAEGGER_PAA = 0.2, 0.15  # of the requests
SVARFRIST = 60.0  # seconds
HVILER = 0.05  # seconds, while a repetition's first is at work
LAENGST = 0.03  # seconds until a caller hangs up: before, while and after the work is done


@dataclass(frozen=True)
class Svar:
    """An answer: its status, its code or the reservation's id, and whether it was a stored one."""

    status: int
    hvad: str
    gentaget: bool


@dataclass
class System:
    """One municipality's system; `svar` is the last answer to each of its keys."""

    saed: int
    adresse: str
    token: str
    pladser: Sequence[UUID]
    svar: dict[str, Svar] = field(default_factory=dict)
    uenige: list[tuple[Svar, Svar]] = field(default_factory=list)
    tal: Counter[str] = field(default_factory=Counter)

    def koer(self) -> None:
        """All its requests."""
        tilfaeldig = random.Random(self.saed)  # noqa: S311 - a game, not a secret
        for nummer in range(HVER):
            noegle = f"{self.saed:02}-{nummer:03}"
            krop = self._krop(tilfaeldig, noegle)
            if tilfaeldig.random() < LAEGGER_PAA:
                self._laeg_paa(noegle, krop, tilfaeldig.uniform(0, LAENGST))
            self._spoerg(noegle, krop)
            if tilfaeldig.random() < GENTAGER:
                self._spoerg(noegle, krop)

    def _krop(self, tilfaeldig: random.Random, noegle: str) -> bytes:
        fra = fabrik.om(10 + DAGE * tilfaeldig.randrange(PERIODER))
        krop = {
            "pladsId": str(tilfaeldig.choice(self.pladser)),
            "fra": fra.isoformat(),
            "til": (fra + timedelta(days=DAGE)).isoformat(),
            "hjemmel": "SEL-107",
            "sagsreference": noegle,
        }
        return json.dumps(krop).encode()

    def _send(self, noegle: str, krop: bytes) -> http.client.HTTPConnection:
        forbindelse = http.client.HTTPConnection(urlsplit(self.adresse).netloc, timeout=SVARFRIST)
        hoveder = {"Authorization": f"Bearer {self.token}", HOVED: noegle, "Content-Type": "application/json"}
        forbindelse.request("POST", "/api/v1/reservationer", krop, hoveder)
        return forbindelse

    def _laeg_paa(self, noegle: str, krop: bytes, efter: float) -> None:
        forbindelse = self._send(noegle, krop)
        time.sleep(efter)
        forbindelse.close()
        self.tal["lagt på"] += 1

    def _spoerg(self, noegle: str, krop: bytes) -> None:
        """Ask until there is an answer; it is the one given before, if any was."""
        foer, svar = self.svar.get(noegle), self._svar(noegle, krop)
        while svar.hvad == "noegle_i_brug":
            self.tal["ventede på sin første"] += 1
            time.sleep(HVILER)
            svar = self._svar(noegle, krop)
        if foer is None and svar.gentaget:
            self.tal["udført, skønt der blev lagt på"] += 1
        if foer is not None and (foer.status, foer.hvad) != (svar.status, svar.hvad):
            self.uenige.append((foer, svar))
        self.svar[noegle] = svar

    def _svar(self, noegle: str, krop: bytes) -> Svar:
        forbindelse = self._send(noegle, krop)
        svar = forbindelse.getresponse()
        indhold = json.loads(svar.read())
        forbindelse.close()
        hvad = indhold["id"] if svar.status == http.client.CREATED else indhold["code"]
        return Svar(svar.status, hvad, svar.headers.get("Idempotent-Replayed") == "true")


def test_each_key_of_ten_thousand_has_exactly_one_effect() -> None:
    afdelinger = [fabrik.afdeling(navn=f"Hus {n}") for n in range(AFDELINGER)]
    pladser = [fabrik.ledig_plads(afdelinger[n % AFDELINGER]).id for n in range(PLADSER)]
    noegler = [token(fabrik.kommune(f"Kommune {n}").organisation) for n in range(KLIENTER)]
    with webserver(database_url()) as web, ThreadPoolExecutor(KLIENTER) as traade:
        systemer = [System(n, web.adresse, noegle, pladser) for n, noegle in enumerate(noegler)]
        for faerdig in [traade.submit(system.koer) for system in systemer]:
            faerdig.result()
    svar = {noegle: et for system in systemer for noegle, et in system.svar.items()}
    with ejer() as forbindelse:
        sager = forbindelse.execute("select sagsreference, id::text from sag_reservation").fetchall()
        oprettet = forbindelse.execute(
            "select count(*), count(distinct entitet_id) from faelles_haendelse where type = 'reservation.oprettet'"
        ).fetchone()
        optaget = forbindelse.execute("select count(*) from belaegning_optagelse where aktiv").fetchone()
    assert [par for system in systemer for par in system.uenige] == []
    assert len(svar) == KLIENTER * HVER
    assert {(et.status, et.hvad) for et in svar.values() if et.status != http.client.CREATED} == {
        (http.client.CONFLICT, "pladsen_er_optaget")
    }
    fik = sorted((noegle, et.hvad) for noegle, et in svar.items() if et.status == http.client.CREATED)
    assert sorted(sager) == fik, "one reservation for each key that was told so, and none for the others"
    assert oprettet == (len(fik), len(fik))
    assert optaget == (len(fik),)
    tal = sum((system.tal for system in systemer), Counter[str]())
    assert min(tal["udført, skønt der blev lagt på"], tal["ventede på sin første"]) > 0, (
        f"a control: it did happen ({tal})"
    )
