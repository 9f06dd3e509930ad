"""The need of an enquiry: coded, without a citizen. A pure value."""

from dataclasses import dataclass
from uuid import UUID

from faelles.tid import Periode
from tilbud.models import Adfaerd, FysiskTraek


@dataclass(frozen=True, slots=True)
class Behov:
    """What is asked for. `ugedage`: 1 (Monday) to 7, empty means every day; `aldersgruppe` is a code or empty."""

    hjemmel: str
    periode: Periode
    maalgruppe: UUID | None = None
    aldersgruppe: str = ""
    ugedage: frozenset[int] = frozenset()
    adfaerd: frozenset[Adfaerd] = frozenset()
    fysiske_traek: frozenset[FysiskTraek] = frozenset()
