"""Rivals at once, each on a connection of its own."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

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


def overlappede(resultater: list[Loeb]) -> bool:
    """Whether every rival was at work at one common instant."""
    return max(resultat.begyndt for resultat in resultater) < min(resultat.sluttet for resultat in resultater)


def nogle_overlappede(resultater: list[Loeb]) -> bool:
    """Whether two rivals at least were at work at once, where the work is too short for all of them to be on a slow machine."""
    raekke = sorted(resultater, key=lambda resultat: resultat.begyndt)
    return any(senere.begyndt < foer.sluttet for foer, senere in pairwise(raekke))
