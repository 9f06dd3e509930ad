"""The example of a focus area: values as in `eksempelvaerdier`."""

from collections.abc import Mapping
from typing import Any

from config.eksempelider import FOKUSOMRAADE, GLADSAXE, INDSATS, KLAUSUL, MILEPAEL, MILEPAELSMELDING

_OMRAADE: Mapping[str, Any] = {
    "navn": "Overgangen fra ung til voksen",
    "beskrivelse": "Ingen ung venter på et tilbud, fordi to forvaltninger venter på hinanden.",
    "klausulId": KLAUSUL,
    "ophav": "aftalen",
}
_MILEPAEL: Mapping[str, Any] = {
    "navn": "Skabelonen er afprøvet i tre kommuner",
    "frist": "2027-06-01",
    "ansvarligId": GLADSAXE,
}
_MELDING: Mapping[str, Any] = {
    "stand": "naaet",
    "bemaerkning": "Afprøvet i Gladsaxe, Herlev og Rødovre.",
    "dokumentationUrl": "https://www.example.dk/overdragelse.pdf",
}

FOKUSVAERDIER: Mapping[str, Any] = {
    **{
        f"{klasse}.{felt}": vaerdi
        for klasse in ("FokusomraadeUd", "EtFokusomraadeUd")
        for felt, vaerdi in {
            "id": FOKUSOMRAADE,
            "nummer": 1,
            "fortsaetterId": None,
            "tilGennemsyn": False,
            **_OMRAADE,
        }.items()
    },
    "fokusomraadeId": FOKUSOMRAADE,
    "indsatsId": INDSATS,
    "milepaelId": MILEPAEL,
    "FristIndRequest.frist": "2029-06-01",
    "overtagetId": FOKUSOMRAADE,
    "omraader": [FOKUSOMRAADE],
    **{f"FokusomraadeIndRequest.{felt}": vaerdi for felt, vaerdi in _OMRAADE.items()},
    **{
        f"{skema}.{felt}": vaerdi
        for skema in ("IndsatsUd", "IndsatsIndRequest")
        for felt, vaerdi in {
            "navn": "Fælles overdragelsesmøder",
            "beskrivelse": "Et år før borgeren fylder 18.",
        }.items()
    },
    "IndsatsUd.id": INDSATS,
    "MilepaelsantalUd.antal": 2,
    "MilepaelsantalUd.stand": "naaet",
    **{f"{skema}.{felt}": v for skema in ("MilepaelUd", "MilepaelIndRequest") for felt, v in _MILEPAEL.items()},
    "MilepaelUd.ansvarlig": "Gladsaxe Kommune",
    "MilepaelUd.id": MILEPAEL,
    "MilepaelUd.meldt": "2027-05-20",
    **{
        f"{skema}.{felt}": vaerdi
        for skema in ("MilepaelUd", "MilepaelsmeldingUd", "MilepaelsmeldingIndRequest")
        for felt, vaerdi in _MELDING.items()
    },
    "MilepaelsmeldingUd.id": MILEPAELSMELDING,
    "MilepaelsmeldingUd.dato": "2027-05-20",
    "MilepaelsmeldingIndRequest.dato": "2027-05-20",
}
