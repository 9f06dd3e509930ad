"""The example of a focus area: values as in `eksempelvaerdier`."""

from collections.abc import Mapping
from typing import Any

from config.eksempelider import FOKUSOMRAADE, GLADSAXE, INDSATS, KLAUSUL, MILEPAEL

FOKUSVAERDIER: Mapping[str, Any] = {
    **{
        f"{klasse}.{felt}": vaerdi
        for klasse in ("FokusomraadeUd", "EtFokusomraadeUd")
        for felt, vaerdi in {
            "id": FOKUSOMRAADE,
            "nummer": 1,
            "navn": "Overgangen fra ung til voksen",
            "beskrivelse": "Ingen ung venter på et tilbud, fordi to forvaltninger venter på hinanden.",
            "klausulId": KLAUSUL,
            "fortsaetterId": None,
            "tilGennemsyn": False,
            "ophav": "aftalen",
        }.items()
    },
    "fokusomraadeId": FOKUSOMRAADE,
    "IndsatsUd.beskrivelse": "Et år før borgeren fylder 18.",
    "IndsatsUd.id": INDSATS,
    "IndsatsUd.navn": "Fælles overdragelsesmøder",
    "MilepaelsantalUd.antal": 2,
    "MilepaelsantalUd.stand": "naaet",
    "MilepaelUd.ansvarlig": "Gladsaxe Kommune",
    "MilepaelUd.ansvarligId": GLADSAXE,
    "MilepaelUd.bemaerkning": "Afprøvet i Gladsaxe, Herlev og Rødovre.",
    "MilepaelUd.dokumentationUrl": "https://www.example.dk/overdragelse.pdf",
    "MilepaelUd.frist": "2027-06-01",
    "MilepaelUd.id": MILEPAEL,
    "MilepaelUd.meldt": "2027-05-20",
    "MilepaelUd.navn": "Skabelonen er afprøvet i tre kommuner",
    "MilepaelUd.stand": "naaet",
}
