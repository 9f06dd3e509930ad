"""Rivals at once, each on a connection of its own."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from time import sleep

from django.db import connection

from faelles.fejl import Konflikt
from faelles.tid import nu

RIVALER = 8


@dataclass(frozen=True)
class Loeb:
    """What happened to one rival: when it was at work, and its outcome (None: it won)."""

    begyndt: datetime
    sluttet: datetime
    fejl: str | None


def loeb(forsoeg: Callable[[int], None], antal: int = RIVALER) -> list[Loeb]:
    """Run the rivals at once, each on a connection of its own."""
    bom = threading.Barrier(antal)

    def en(nummer: int) -> Loeb:
        with connection.cursor():  # connect first, so that the race is between transactions
            pass
        bom.wait(timeout=20)
        begyndt = nu()
        try:
            forsoeg(nummer)
            return Loeb(begyndt, nu(), None)
        except Konflikt as fejl:
            return Loeb(begyndt, nu(), fejl.kode)
        finally:
            connection.close()

    with ThreadPoolExecutor(antal) as traade:
        return list(traade.map(en, range(antal)))


def til_en_venter() -> None:
    """Until somebody waits for a lock; no longer than a claim waits."""
    for _ in range(40):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
            )
            if cursor.fetchone():
                return
        sleep(0.05)
    raise AssertionError("Ingen venter på en lås")


def overlappede(resultater: list[Loeb]) -> bool:
    """Whether every rival was at work at one common instant."""
    return max(resultat.begyndt for resultat in resultater) < min(resultat.sluttet for resultat in resultater)


def nogle_overlappede(resultater: list[Loeb]) -> bool:
    """Whether two rivals at least were at work at once, where the work is too short for all of them to be on a slow machine."""
    raekke = sorted(resultater, key=lambda resultat: resultat.begyndt)
    return any(senere.begyndt < foer.sluttet for foer, senere in pairwise(raekke))
