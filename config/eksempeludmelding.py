"""The example of a central call: values as in `eksempelvaerdier`."""

from collections.abc import Mapping
from typing import Any

from config.eksempelider import MAALGRUPPE, PART, TIDSPUNKT, UDMELDING, UDMELDINGSHAENDELSE, UDMELDINGSRAPPORT

_UDMELDING: Mapping[str, Any] = {
    "titel": "Udviklingshæmmede med dom",
    "beskrivelse": "Hvilke tilbud bruges, og hvad mangler?",
    "maalgruppeId": MAALGRUPPE,
    "modtaget": "2026-11-02",
    "svarfrist": "2027-02-01",
    "kildeUrl": "https://www.example.dk/central-udmelding.pdf",
}
_SVAR: Mapping[str, Any] = {
    "antalBorgere": 12,
    "tilbud": "Botilbuddet Kærgården og to tilbud uden for regionen.",
    "viden": "Vi deler erfaringer med Herlev og Rødovre.",
    "mangler": "Akutte pladser.",
    "plan": "Vi køber pladser i fællesskab.",
}
_HAENDELSE: Mapping[str, Any] = {
    "art": "rapport_sendt",
    "dato": "2027-02-15",
    "tilbudId": None,
    "sidsteDag": None,
    "svarfrist": None,
    "tekst": "Sendt med posten til styrelsen.",
    "url": "https://www.example.dk/faelles-rapport.pdf",
}

UDMELDINGSVAERDIER: Mapping[str, Any] = {
    **{
        f"{skema}.{felt}": vaerdi
        for skema, felter in (
            ("UdmeldingUd", _UDMELDING),
            ("EnUdmeldingUd", _UDMELDING),
            ("UdmeldingIndRequest", _UDMELDING),
            ("UdmeldingssvarUd", _SVAR),
            ("UdmeldingssvarIndRequest", _SVAR),
            ("HaendelseUd", _HAENDELSE),
            ("HaendelseIndRequest", _HAENDELSE),
        )
        for felt, vaerdi in felter.items()
    },
    **{
        f"{skema}.{felt}": vaerdi
        for skema in ("UdmeldingUd", "EnUdmeldingUd")
        for felt, vaerdi in {
            "id": UDMELDING,
            "stand": "besvares",
            "antalSvar": 12,
            "antalKommuner": 29,
            "annulleret": None,
            "annulleringsgrund": "",
            "gaeldendeSvarfrist": "2027-02-01",
        }.items()
    },
    "udmeldingId": UDMELDING,
    "faktumId": UDMELDINGSHAENDELSE,
    "HaendelseUd.id": UDMELDINGSHAENDELSE,
    "HaendelseUd.annullering": None,
    "UdmeldingssvarUd.partId": PART,
    "UdmeldingssvarUd.kommune": "Gladsaxe Kommune",
    "UdmeldingssvarUd.svaret": TIDSPUNKT,
    "UdmeldingssvarUd.antalSkjult": False,
    "UdmeldingssvarUd.efterVilkaar": [],
    "UdmeldingssvarUd.foerFornyetBehandling": False,
    "udmeldingsrapportId": UDMELDINGSRAPPORT,
    "UdmeldingsrapportUd.id": UDMELDINGSRAPPORT,
    "UdmeldingsrapportUd.udmeldingId": UDMELDING,
    "UdmeldingsrapportUd.status": "faerdig",
    "UdmeldingsrapportUd.bestilt": TIDSPUNKT,
    "UdmeldingsrapportUd.pdf": f"/api/v1/udmeldingsrapporter/{UDMELDINGSRAPPORT}/pdf",
    "AnnulleringUd.begrundelse": "Det var en anden udmelding.",
    "AnnulleringIndRequest.begrundelse": "Det var en anden udmelding.",
}
