"""Which counts about citizens must not be published: pure rules (rules-reservation § 7, term `diskretion_graense`).

A row that rests on fewer citizens than the limit is hidden. Where rows sum to a published total, what is hidden must not
come back by subtraction: so at least two rows are hidden, and together they rest on at least the limit; the smallest
visible rows are hidden too until that holds. When even all rows together are below the limit, the total is hidden as well.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

N = TypeVar("N", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Skjult(Generic[N]):
    """The rows to hide, and whether the total must be hidden as well."""

    raekker: frozenset[N]
    i_alt: bool


def skjul(antal: Mapping[N, int], graense: int) -> Skjult[N]:
    """Decide what to hide. `antal`: how many citizens each row rests on; rows that rest on nothing at all are left out by the caller.

    Ties are broken by the rows' order in `antal`, so that the same numbers hide the same rows.
    """
    skjulte = {navn for navn, borgere in antal.items() if borgere < graense}
    synlige = sorted((navn for navn in antal if navn not in skjulte), key=lambda navn: antal[navn])
    while skjulte and not _uigennemskuelig(skjulte, antal, graense) and synlige:
        skjulte.add(synlige.pop(0))
    i_alt = bool(skjulte) and not _uigennemskuelig(skjulte, antal, graense)
    return Skjult(raekker=frozenset(skjulte), i_alt=i_alt)


def _uigennemskuelig(skjulte: set[N], antal: Mapping[N, int], graense: int) -> bool:
    """Rows below the limit that together reach it are two at least, so the total gives none of them back."""
    return sum(antal[navn] for navn in skjulte) >= graense
