"""What holds from one day up to but not including another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from faelles.tid import Periode
from takster.beregning.vaerdiobjekt import Inddata


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateret(Inddata):
    """First day `fra`, first day it no longer holds `til` (none: it goes on)."""

    fra: date
    til: date | None = None

    def krydstjek(self) -> Mapping[str, str]:
        """At least one day."""
        if self.til is not None and self.til <= self.fra:
            return {"til": f"Skal ligge efter fra ({self.fra}); der står {self.til}. Dagen i til er ikke med."}
        return {}

    @property
    def periode(self) -> Periode:
        """The days it holds."""
        return Periode(self.fra, self.til)
