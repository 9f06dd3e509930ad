"""Examples of reports, by the name of a property, or of a component and its property."""

from collections.abc import Mapping
from typing import Any

from config.eksempelider import RAPPORT, RAPPORTUDKAST, TIDSPUNKT

RESUME = "De {{ kommuner }} kommuner har **{{ tilbud }}** tilbud."
RAPPORTVAERDIER: Mapping[str, Any] = {
    "RapportUd.id": RAPPORT,
    "RapportUd.status": "faerdig",
    "RapportUd.nummer": 2,
    "RapportUd.udgivet": TIDSPUNKT,
    "RapportUd.pdf": f"/api/v1/rapporter/{RAPPORT}/pdf",
    "udkastId": RAPPORTUDKAST,
    "offentligAdresse": f"/rapporter/udgivet/{RAPPORT}/",
    "trukketTilbage": None,
    "tilbagetraekningsgrund": None,
    "RapporttekstUd.kapitel": "resume",
    "RapporttekstUd.titel": "Resumé",
    "RapporttekstUd.udgave": 3,
    "RapporttekstUd.gemt": TIDSPUNKT,
    "RapporttekstUd.tekst": RESUME,
    "RapporttekstIndRequest.tekst": RESUME,
    "flettefelter": ["kommuner", "tilbud"],
    "TilbagetraekningIndRequest.grund": "Tallene for én kommune var forkerte; nr. 3 afløser rapporten",
}
