"""What a report is about."""

from dataclasses import dataclass

from kommuner.models import Kommune
from rammeaftale.models import Version


@dataclass(frozen=True, slots=True)
class Emne:
    """A version of an agreement and, in some types, one of its municipalities.

    `egen`: the municipality has ordered it about itself, so its own figures are hidden for nobody.
    """

    version: Version
    kommune: Kommune | None = None
    egen: bool = False
