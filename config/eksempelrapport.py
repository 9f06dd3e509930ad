"""Examples of reports, by the name of a property, or of a component and its property."""

from collections.abc import Mapping
from typing import Any

from config.eksempelider import RAPPORT, RAPPORTUDKAST, TIDSPUNKT

RESUME = "De {{ kommuner }} kommuner har **{{ tilbud }}** tilbud."
TABEL = "Åbne tilbud og pladser efter beliggenhedskommune"
KILDE = "rammeaftale.rapporter.rammeaftalen.samling._kommuner"
RAPPORTVAERDIER: Mapping[str, Any] = {
    "RapportUd.id": RAPPORT,
    "RapportUd.kommunekode": None,
    "RapportUd.egen": False,
    "RapportUd.status": "faerdig",
    "RapportUd.nummer": 2,
    "RapportUd.udgivet": TIDSPUNKT,
    "RapportUd.pdf": f"/api/v1/rapporter/{RAPPORT}/pdf",
    "udkastId": RAPPORTUDKAST,
    "offentligAdresse": f"/rapporter/udgivet/{RAPPORT}/",
    "trukketTilbage": None,
    "tilbagetraekningsgrund": None,
    "RapportIndRequest.type": "kommune",
    "RapporttekstUd.kapitel": "resume",
    "RapporttekstUd.titel": "Resumé",
    "RapporttekstUd.udgave": 3,
    "RapporttekstUd.gemt": TIDSPUNKT,
    "RapporttekstUd.tekst": RESUME,
    "RapporttekstIndRequest.tekst": RESUME,
    "flettefelter": ["kommuner", "tilbud"],
    "RapporttalUd.kode": "R1-T2",
    "RapporttalUd.titel": TABEL,
    "RapporttalUd.kilde": KILDE,
    "kolonner": ["Kommune", "Tilbud", "Pladser i alt"],
    "raekker": [["Gladsaxe", "14", "212"], ["Herlev", "6", "71"]],
    "ForskelUd.kode": "R1-T2",
    "ForskelUd.titel": TABEL,
    "ForskelUd.kilde": KILDE,
    "EnligUd.raekke": "Rødovre",
    "KolonnevaerdiUd.kolonne": "Tilbud",
    "KolonnevaerdiUd.vaerdi": "4",
    "AendringUd.raekke": "Gladsaxe",
    "AendringUd.kolonne": "Pladser i alt",
    "AendringUd.foer": "205",
    "AendringUd.efter": "212",
    "AendringUd.forskel": "7",
    "foerId": RAPPORTUDKAST,
    "kunFoer": [],
    "kunEfter": [],
    "TilbagetraekningIndRequest.grund": "Tallene for én kommune var forkerte; nr. 3 afløser rapporten",
}
