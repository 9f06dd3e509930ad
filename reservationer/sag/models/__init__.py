"""Enquiries, messages and offers of a place (`forespoergsel`, `besked`, `pladstilbud`), reservations, stays with their dated facts
(`ophold`), placement agreements with the mails about them, the decisions about each (`beslutning`), and who is told of a changed takst (`takstbesked`).
"""

from reservationer.sag.models.aftalebrev import Aftalebrev
from reservationer.sag.models.akutforloeb import Akutforloeb
from reservationer.sag.models.besked import Besked
from reservationer.sag.models.beslutning import Beslutning
from reservationer.sag.models.forespoergsel import Aldersgruppe, Forespoergsel, Henvendelse
from reservationer.sag.models.ophold import (
    Fravaer,
    Fravaersart,
    Indgang,
    Ophold,
    Opholdsansvar,
    Opholdshjemmel,
    Opholdsplads,
    Opholdspris,
    Opsigelse,
)
from reservationer.sag.models.placeringsaftale import Aftaledokument, Placeringsaftale
from reservationer.sag.models.pladstilbud import Pladstilbud
from reservationer.sag.models.reservation import Reservation
from reservationer.sag.models.takstbesked import Takstbesked

__all__ = [
    "Aftalebrev",
    "Aftaledokument",
    "Akutforloeb",
    "Aldersgruppe",
    "Besked",
    "Beslutning",
    "Forespoergsel",
    "Fravaer",
    "Fravaersart",
    "Henvendelse",
    "Indgang",
    "Ophold",
    "Opholdsansvar",
    "Opholdshjemmel",
    "Opholdsplads",
    "Opholdspris",
    "Opsigelse",
    "Placeringsaftale",
    "Pladstilbud",
    "Reservation",
    "Takstbesked",
]
