"""Who comes first, and who would be passed over: pure rules (rules-reservation § 5).

The order follows from the offer's rule and from when each began to wait, and from nothing else. Being passed over is no part of
it: nobody loses age by it, and nobody gains.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from reservationer.venteliste.begreber import Regel


@dataclass(frozen=True, slots=True)
class Ventende:
    """One who waits. `egen`: a citizen of the operator's own; `afdeling` None: any department will do; `tilbudt`: has been offered a place and has not answered, or holds one."""

    id: UUID
    henvendelse: UUID
    skrevet_op: datetime
    egen: bool
    afdeling: UUID | None = None
    tilbudt: bool = False

    def kan_bruge(self, afdeling: UUID | None) -> bool:
        """Whether a place in the department is what it waits for."""
        return self.afdeling is None or self.afdeling == afdeling


def raekkefoelge(regel: Regel, ventende: Iterable[Ventende]) -> list[Ventende]:
    """Those who wait, the first first. Of two who began at the same instant, the one written first."""
    return sorted(ventende, key=lambda en: (regel is Regel.EGNE_FOERST and not en.egen, en.skrevet_op, en.id))


def position(regel: Regel, ventende: Sequence[Ventende], valgt: UUID) -> int:
    """The number in the queue, from 1, among those who wait for the same: any of them that could take a place it waits for."""
    ordnet = raekkefoelge(regel, ventende)
    foran = ordnet[: [en.id for en in ordnet].index(valgt)]
    jeg = next(en for en in ordnet if en.id == valgt)
    return 1 + sum(jeg.afdeling is None or en.kan_bruge(jeg.afdeling) for en in foran)


def forbigaaede(
    regel: Regel, ventende: Iterable[Ventende], afdeling: UUID | None, valgt: UUID | None
) -> list[Ventende]:
    """Who would be passed over if the place in the department went to `valgt`; to one who is not on the list, or to nobody (None): all who could take it.

    Without a department: who could be, whichever it is in. One who has been offered or holds a place already is not passed over.
    """
    ordnet = raekkefoelge(regel, ventende)
    foran = ordnet[: next((nr for nr, en in enumerate(ordnet) if en.id == valgt), len(ordnet))]
    return [en for en in foran if (afdeling is None or en.kan_bruge(afdeling)) and not en.tilbudt]
