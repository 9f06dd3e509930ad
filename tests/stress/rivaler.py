"""Rivals in the test's own process, each on a connection of its own, and what a refusal may be."""

from collections.abc import Callable

from django.db import DatabaseError

from faelles.fejl import som_konflikt
from tests.kaploeb import loeb

FAA, FLERE, MANGE = 2, 16, 64  # rivals; the database has a hundred connections
VENTEDE_FORGAEVES = "behandles_af_anden"  # the lock did not come within three seconds: a refusal like any other


def kaploeb(forsoeg: Callable[[int], object], antal: int) -> list[str]:
    """What came of each, in the order of their numbers; `vandt`, or the code of the refusal."""

    def et(nummer: int) -> None:
        try:
            forsoeg(nummer)
        except DatabaseError as fejl:
            raise som_konflikt(fejl) or fejl from fejl

    return [resultat.fejl or "vandt" for resultat in loeb(et, antal)]
