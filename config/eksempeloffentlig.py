"""The examples of what others have published: values as in `eksempelvaerdier`."""

from collections.abc import Mapping
from typing import Any

from config.eksempelider import OFFENTLIGT_TILBUD

OFFENTLIGE_VAERDIER: Mapping[str, Any] = {
    **{
        f"{komponent}.{felt}": vaerdi
        for komponent in ("OffentligtTilbudUd", "EtOffentligtTilbudUd", "OffentliggjortPrisUd")
        for felt, vaerdi in {
            "driftsherre": "Fonden Kilden",
            "hjemmelTekst": "SEL § 107",
            "note": "",
            "kilde": "https://kilden.example.dk/takster",
            "raekke": 12,
            "mangler": [],
        }.items()
    },
    **{
        f"{komponent}.{felt}": vaerdi
        for komponent in ("OffentligtTilbudUd", "EtOffentligtTilbudUd")
        for felt, vaerdi in {
            "id": OFFENTLIGT_TILBUD,
            "navn": "Kilden",
            "maalgruppe": "Voksne med autisme",
            "pladser": 12,
        }.items()
    },
    "OffentliggjortPrisUd.offentligtTilbudId": OFFENTLIGT_TILBUD,
    "OffentliggjortPrisUd.tilbud": "Kilden",
    "OffentliggjortPrisUd.ydelse": "Ophold",
    "OffentliggjortPrisUd.enhed": "døgn",
    "OffentliggjortPrisUd.aar": 2024,
    "OffentliggjortPrisUd.moms": "ekskl. moms",
}
