"""Examples of reports, by the name of a property, or of a component and its property."""

from collections.abc import Mapping
from typing import Any

from config.eksempelider import RAPPORT, RAPPORTUDKAST, TIDSPUNKT

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
    "TilbagetraekningIndRequest.grund": "Tallene for én kommune var forkerte; nr. 3 afløser rapporten",
}
