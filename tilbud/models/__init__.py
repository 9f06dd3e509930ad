"""Code lists (`klassifikationer`), the register itself (`register`, `ydelser`), what socialtilsyn says (`tilsyn`), levels and
clusters (`niveauer`), imports that wait for a second person (`importer`), comparisons with Tilbudsportalen (`portal`), reminders
(`paamindelser`), reports of errors (`fejlmeldinger`), and offers known only from published pages (`offentlige`).
"""

from tilbud.models.fejlmeldinger import (
    AFDELINGENS,
    KLYNGENS,
    OFFENTLIGGJORTE,
    TILBUDDETS,
    Emne,
    Faktum,
    Fejlmelding,
    Fejlsag,
)
from tilbud.models.importer import EGNE, Importkilde, Importtilstand, Registerimport
from tilbud.models.klassifikationer import Adfaerd, FysiskTraek, Hjemmel, Maalgruppe
from tilbud.models.niveauer import Klynge, KlyngeMedlemskab, Niveau
from tilbud.models.offentlige import OffentligtTilbud
from tilbud.models.paamindelser import Bekraeftelsespaamindelse
from tilbud.models.portal import Portalafvigelse, Portalbeslutning, Portalsammenligning
from tilbud.models.register import Afdeling, Bekraeftelse, Plads, Pladsart, Tilbud
from tilbud.models.tilsyn import Merpladstilladelse, Tilsynsgodkendelse, Tilsynsrapport, Tilsynsvurdering
from tilbud.models.ydelser import Leveringsform, Ydelse, Ydelsestype

__all__ = [
    "AFDELINGENS",
    "EGNE",
    "KLYNGENS",
    "OFFENTLIGGJORTE",
    "TILBUDDETS",
    "Adfaerd",
    "Afdeling",
    "Bekraeftelse",
    "Bekraeftelsespaamindelse",
    "Emne",
    "Faktum",
    "Fejlmelding",
    "Fejlsag",
    "FysiskTraek",
    "Hjemmel",
    "Importkilde",
    "Importtilstand",
    "Klynge",
    "KlyngeMedlemskab",
    "Leveringsform",
    "Maalgruppe",
    "Merpladstilladelse",
    "Niveau",
    "OffentligtTilbud",
    "Plads",
    "Pladsart",
    "Portalafvigelse",
    "Portalbeslutning",
    "Portalsammenligning",
    "Registerimport",
    "Tilbud",
    "Tilsynsgodkendelse",
    "Tilsynsrapport",
    "Tilsynsvurdering",
    "Ydelse",
    "Ydelsestype",
]
