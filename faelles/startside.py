"""The start page's registry: every floor offers panels for the roles it serves, and none knows the others.

Register in AppConfig.ready: `@panel(10)` on a function that takes the actor and returns a Panel, or None when the panel
is not for that actor.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from faelles.aktoer import Aktoer
from faelles.scope import fortalt


@dataclass(frozen=True, slots=True)
class Panel:
    """A piece of the start page: a template and what it is filled with (available as `data`)."""

    skabelon: str
    data: Mapping[str, Any]


Kilde = Callable[[Aktoer], Panel | None]
_kilder: list[tuple[int, Kilde]] = []


def panel(raekkefoelge: int) -> Callable[[Kilde], Kilde]:
    """Register a panel; lower numbers come first."""

    def registrer(kilde: Kilde) -> Kilde:
        _kilder.append((raekkefoelge, kilde))
        return kilde

    return registrer


def paneler(aktoer: Aktoer) -> list[Panel]:
    """The panels of the actor's start page, in order. What they show of cases is read for her, and the database is told so once."""
    ordnede = sorted(_kilder, key=lambda par: par[0])
    with fortalt(aktoer):
        return [fundet for _, kilde in ordnede if (fundet := kilde(aktoer)) is not None]
