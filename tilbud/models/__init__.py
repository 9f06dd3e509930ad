"""Code lists (`klassifikationer`), the register itself (`register`) and offers known only from published pages (`offentlige`)."""

from tilbud.models.klassifikationer import Hjemmel, Maalgruppe
from tilbud.models.offentlige import OffentligtTilbud
from tilbud.models.register import Afdeling, Bekraeftelse, Niveau, Plads, Pladsart, Tilbud

__all__ = [
    "Afdeling",
    "Bekraeftelse",
    "Hjemmel",
    "Maalgruppe",
    "Niveau",
    "OffentligtTilbud",
    "Plads",
    "Pladsart",
    "Tilbud",
]
