"""The agreement's tables; what belongs together stands in one module."""

from rammeaftale.models.aarshjul import Aarshjulspaamindelse, Aarshjulstrin, Aarshjulsudfoerelse
from rammeaftale.models.aftale import (
    SEKRETARIAT,
    SEKRETARIAT_FOR_VERSION,
    Aftaletrin,
    Godkendelse,
    Offentliggoerelse,
    Part,
    Rammeaftale,
    Version,
)
from rammeaftale.models.fokus import Fokusomraade, Indsats, Milepael, Milepaelsmelding
from rammeaftale.models.genstart import Genstart
from rammeaftale.models.hoering import (
    Hoering,
    Hoeringsbehandling,
    Hoeringsbemaerkning,
    Hoeringsfil,
    Hoeringsfilindhold,
    Hoeringsfilvurdering,
    Hoeringslink,
    Hoeringsmodtager,
    Hoeringsnotat,
    Hoeringsnotatfil,
    Hoeringssvar,
)
from rammeaftale.models.moeder import Moede, Organbeslutning, Organsag
from rammeaftale.models.organer import Organ, Organmedlem
from rammeaftale.models.tekst import (
    Delart,
    Dokumentdel,
    Klausul,
    Klausulkommentar,
    Klausuludgave,
    Klausulvilkaar,
)
from rammeaftale.models.udmeldinger import (
    Udmelding,
    Udmeldingsannullering,
    Udmeldingsantal,
    Udmeldingsfaktum,
    Udmeldingsrapport,
    Udmeldingsrapportfil,
    Udmeldingssvar,
)
from rammeaftale.models.videndeling import Videndeling, Videnmodtager

__all__ = [
    "SEKRETARIAT",
    "SEKRETARIAT_FOR_VERSION",
    "Aarshjulspaamindelse",
    "Aarshjulstrin",
    "Aarshjulsudfoerelse",
    "Aftaletrin",
    "Delart",
    "Dokumentdel",
    "Fokusomraade",
    "Genstart",
    "Godkendelse",
    "Hoering",
    "Hoeringsbehandling",
    "Hoeringsbemaerkning",
    "Hoeringsfil",
    "Hoeringsfilindhold",
    "Hoeringsfilvurdering",
    "Hoeringslink",
    "Hoeringsmodtager",
    "Hoeringsnotat",
    "Hoeringsnotatfil",
    "Hoeringssvar",
    "Indsats",
    "Klausul",
    "Klausulkommentar",
    "Klausuludgave",
    "Klausulvilkaar",
    "Milepael",
    "Milepaelsmelding",
    "Moede",
    "Offentliggoerelse",
    "Organ",
    "Organbeslutning",
    "Organmedlem",
    "Organsag",
    "Part",
    "Rammeaftale",
    "Udmelding",
    "Udmeldingsannullering",
    "Udmeldingsantal",
    "Udmeldingsfaktum",
    "Udmeldingsrapport",
    "Udmeldingsrapportfil",
    "Udmeldingssvar",
    "Version",
    "Videndeling",
    "Videnmodtager",
]
