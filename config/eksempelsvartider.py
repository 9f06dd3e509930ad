"""The examples of how long the steps took: values as in `eksempelvaerdier`."""

from collections.abc import Mapping
from typing import Any

SVARTIDSVAERDIER: Mapping[str, Any] = {
    "SvartiderUd.fra": "2026-01-01",
    "SvartiderUd.til": "2026-07-01",
    "SvartidstalUd.trin": "svar",
    "SvartidstalUd.sager": 45,
    "SvartidstalUd.halvdelen": 4,
    "SvartidstalUd.niAfTi": 11,
    "SvartidsraekkeUd.gruppe": "Gladsaxe Kommune",
    "SvartidsdelUd.inddeling": "driftsherre",
    "SvartidsopgoerelseUd.kkr": "kkr-hovedstaden",
}
