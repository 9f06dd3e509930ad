"""The examples of a comparison, a choice and a § 108 check: values as in `eksempelvaerdier`."""

from collections.abc import Mapping
from typing import Any

from config.eksempelider import AFDELING, ANDEN_AFDELING, TILBUD, TILBUDSVALG, eksempel_id

VALGVAERDIER: Mapping[str, Any] = {
    "begrundelse": "Tættere på familien",
    "forskelProcent": "7.00",
    "graenseProcent": "10",
    "FritvalgsproeveUd.id": eksempel_id(15),
    "notat": f"/api/v1/fritvalgsproever/{eksempel_id(15)}/notat",
    "oensketId": eksempel_id(17),
    "tilladt": True,
    "visiteretId": eksempel_id(16),
    "FritvalgsproeveIndRequest.forhandletPris": "2140.00",
    "FritvalgsproeveIndRequest.visiteretUdgift": "2000.00",
    "FritvalgsproeveUd.hoejestePris": {"beloeb": "2200.00", "valuta": "DKK"},
    "FritvalgsproeveUd.visiteretNavn": "Kernen, Gladsaxe Kommune",
    "FritvalgsproeveUd.oensketNavn": "Bakken, Herlev Kommune",
    "afdelinger": [AFDELING, ANDEN_AFDELING],
    "SammenlignetAfdelingUd.afdeling": "Hovedhuset",
    "SammenlignetRaekkeUd.kode": "hjemmel",
    "SammenlignetRaekkeUd.navn": "Hjemmel",
    "SammenlignetRaekkeUd.celler": [["Opfyldt"], ["Ikke opfyldt"]],
    "SammenlignetAfsnitUd.titel": "Krav fra søgningen",
    "forskellig": True,
    "valgtAfdelingId": AFDELING,
    **{
        f"{komponent}.{felt}": vaerdi
        for komponent in ("TilbudsvalgUd", "EtTilbudsvalgUd")
        for felt, vaerdi in {
            "id": TILBUDSVALG,
            "navn": "Botilbuddet Kernen, Hovedhuset",
            "antal": 2,
            "begrundelse": "Kender metoden",
            "funktion": "Sagsbehandler",
            "notat": f"/api/v1/tilbudsvalg/{TILBUDSVALG}/notat",
        }.items()
    },
    "EtTilbudsvalgUd.sammenligning": {
        "dato": "2027-01-01",
        "afdelinger": [
            {"afdelingId": AFDELING, "tilbudId": TILBUD, "tilbud": "Botilbuddet Kernen", "afdeling": "Hovedhuset"},
            {"afdelingId": ANDEN_AFDELING, "tilbudId": TILBUD, "tilbud": "Botilbuddet Kernen", "afdeling": "Sidehuset"},
        ],
        "afsnit": [
            {
                "titel": "Krav fra søgningen",
                "raekker": [
                    {
                        "kode": "hjemmel",
                        "navn": "Hjemmel",
                        "celler": [["Opfyldt"], ["Ikke opfyldt"]],
                        "forskellig": True,
                    }
                ],
            }
        ],
        "fingeraftryk": "9f2c41d07be85a36" * 2,
    },
    "SammenligningUd.fingeraftryk": "9f2c41d07be85a36" * 2,
    "TilbudsvalgIndRequest.fingeraftryk": "9f2c41d07be85a36" * 2,
    "TilbudsvalgIndRequest.begrundelse": "Kender metoden",
}
