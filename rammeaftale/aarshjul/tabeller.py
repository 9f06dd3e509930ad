"""The wheel as a table to take out."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rammeaftale.aarshjul.kalender import Kalenderdag
from rammeaftale.aarshjul.queries import Hjulpunkt
from rammeaftale.aarshjul.regler import TRINSTAND_NAVN

HOVED = ("Frist", "Opgave", "Ansvarlig", "Stand", "Udført", "Datoen er", "Kilde")


def raekker(punkter: Iterable[Hjulpunkt | Kalenderdag]) -> Iterator[Sequence[Any]]:
    """A row for each step and organisation that owes it; a step nobody owes, a meeting and a hearing have one."""
    for p in punkter:
        fast = (p.frist, p.opgave)
        om = (p.grundlag, p.kilde)
        if isinstance(p, Kalenderdag):
            yield (*fast, p.hvem, p.stand, None, *om)
            continue
        for s in p.skyldige:
            yield (*fast, s.organisation.navn, TRINSTAND_NAVN[s.stand], s.udfoert, *om)
        if not p.skyldige:
            yield (*fast, "", "", None, *om)
