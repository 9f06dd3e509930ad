"""Figures, their hard limits, and how they are shown and kept."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Tal:
    """One figure. `hoejst` and `praecis` are hard limits; a figure without any only informs.

    Times follow the machine and its mood, so they have no limit.
    """

    navn: str
    vaerdi: float
    enhed: str
    hoejst: float | None = None
    praecis: float | None = None

    @property
    def graense(self) -> str:
        """The limit in words."""
        if self.praecis is not None:
            return f"netop {self.praecis:g}"
        return "" if self.hoejst is None else f"højst {self.hoejst:g}"

    @property
    def holder(self) -> bool:
        """Whether the figure keeps its limit."""
        if self.praecis is not None:
            return self.vaerdi == self.praecis
        return self.hoejst is None or self.vaerdi <= self.hoejst


def tabel(alle: Sequence[Tal]) -> str:
    """The figures for people to read."""
    linjer = [f"  {'':<58}{'målt':>12}  {'':<14}grænse"]
    for tal in alle:
        dom = "" if tal.holder else "   OVERSKREDET"
        linjer.append(f"  {tal.navn:<58}{tal.vaerdi:>12.4g}  {tal.enhed:<14}{tal.graense}{dom}".rstrip())
    return "\n".join(linjer)


def gem(alle: Sequence[Tal], fil: Path) -> None:
    """Keep all figures. Those with a limit say the same on every machine; the others only beside others of the same machine."""
    maalt = {
        tal.navn: {"maalt": round(tal.vaerdi, 2), "enhed": tal.enhed, "graense": tal.graense, "holder": tal.holder}
        for tal in alle
    }
    fil.parent.mkdir(parents=True, exist_ok=True)
    fil.write_text(json.dumps(maalt, ensure_ascii=False, indent=2) + "\n")
