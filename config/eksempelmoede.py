"""The examples of a body and its meeting: values as in `eksempelvaerdier`."""

from collections.abc import Mapping
from typing import Any

from config.eksempelider import AFTALETRIN, MOEDE, ORGAN, ORGANBESLUTNING, ORGANMEDLEM, PART, TIDSPUNKT

MOEDEVAERDIER: Mapping[str, Any] = {
    "EtOrganUd.id": ORGAN,
    "EtOrganUd.til": None,
    "OrganmedlemUd.id": ORGANMEDLEM,
    "OrganmedlemUd.til": None,
    "OrganUd.art": "embedsmandsudvalg",
    "EtOrganUd.art": "embedsmandsudvalg",
    "OrganUd.id": ORGAN,
    "OrganUd.navn": "Embedsmandsudvalget for det specialiserede socialområde",
    "EtOrganUd.navn": "Embedsmandsudvalget for det specialiserede socialområde",
    "OrganUd.til": None,
    "MoedeUd.dato": "2026-09-02",
    "MoedeUd.id": MOEDE,
    "MoedeUd.referatUrl": "https://www.example.dk/kkr/2026-09-02",
    "OrganbeslutningUd.id": ORGANBESLUTNING,
    "OrganbeslutningUd.retter": False,
    "OrganbeslutningUd.registreret": TIDSPUNKT,
    "OrganbeslutningUd.sag": "Rammeaftale 2027–2028, version 1",
    "OrganbeslutningUd.tekst": "KKR anbefaler, at alle parter godkender aftalen.",
    "OrganbeslutningUd.udfald": "anbefalet",
    "OrganbeslutningUd.version": 1,
    "FjernelseIndRequest.begrundelse": "Oprettet ved en fejl",
    "AftaletrinUd.id": AFTALETRIN,
    "AftaletrinUd.art": "sendt",
    "AftaletrinUd.begrundelse": "",
    "AftaletrinUd.dato": "2026-09-14",
    "AftaletrinUd.organ": "",
    "AftaletrinUd.referatUrl": "",
    "AftaletrinUd.version": 2,
    "TringenstartUd.grund": "afvist",
    "TringenstartUd.partId": PART,
}
