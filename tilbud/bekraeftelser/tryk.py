"""What a page showed of a department, as a fingerprint: a confirmation of something that has changed since is refused. Pure."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from faelles.tid import Periode
from tilbud.belaegning.kalender import STATUS
from tilbud.belaegning.models import Optagelsesart

LAENGDE = 16  # hexadecimal digits: it is compared with the same department's only


@dataclass(frozen=True, slots=True)
class Pladsbillede:
    """A place as it is shown: its own data, the days it is open, and the claims that count from the day on."""

    id: UUID
    data: tuple[str, ...]
    periode: Periode
    optagelser: tuple[tuple[Periode, tuple[int, ...], Optagelsesart], ...]

    def status(self, dag: date) -> str | None:
        """The word of the place calendar on the day, the claim that ends last deciding; None when it is not open then and nobody has it."""
        fundne = [(periode.til or date.max, art) for periode, _, art in self.optagelser if periode.indeholder(dag)]
        if fundne:
            return STATUS[max(fundne)[1]]
        return "ledig" if self.periode.indeholder(dag) else None


def tal(pladser: Sequence[Pladsbillede], dag: date) -> Mapping[str, int]:
    """How many places are in each state on the day."""
    return Counter(status for plads in pladser if (status := plads.status(dag)) is not None)


def tryk(pladser: Sequence[Pladsbillede]) -> str:
    """The fingerprint of the places; their order does not count."""
    billeder = sorted(
        [
            str(plads.id),
            *plads.data,
            _dage(plads.periode),
            *sorted(f"{_dage(periode)} {list(ugedage)} {art}" for periode, ugedage, art in plads.optagelser),
        ]
        for plads in pladser
    )
    return hashlib.sha256(json.dumps(billeder, ensure_ascii=False).encode()).hexdigest()[:LAENGDE]


def _dage(periode: Periode) -> str:
    return f"[{periode.fra},{periode.til})"
