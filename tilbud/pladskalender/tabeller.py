"""The place calendar to the day, as a table to take out."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tilbud.pladskalender.queries import Afdelingskalender

DAGHOVED = ("Afdeling", "Plads", "Om pladsen", "Stand", "Første dag", "Sidste dag", "Pladsens id")


def dagraekker(kalendere: Iterable[Afdelingskalender]) -> Iterator[Sequence[Any]]:
    """A row for each stretch of days on which a place is in one state, as far as the calendar shows."""
    for en in kalendere:
        for plads in en.kalender["raekker"]:
            for dage in plads["straekninger"]:
                yield (
                    en.afdeling.navn,
                    plads["navn"],
                    plads["note"],
                    dage.tekst,
                    dage.periode.fra,
                    dage.periode.sidste_dag,
                    str(plads["id"]),
                )
