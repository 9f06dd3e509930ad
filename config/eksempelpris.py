"""The examples of total price against list price: values as in `eksempelvaerdier`."""

from collections.abc import Mapping
from typing import Any


def _kr(beloeb: str) -> dict[str, str]:
    return {"beloeb": beloeb, "valuta": "DKK"}


PRISVAERDIER: Mapping[str, Any] = {
    "AarsprisUd.aar": 2027,
    "AarsprisUd.dage": 3650,
    "AarsprisUd.aftalt": _kr("10720050.00"),
    "AarsprisUd.tillaeg": _kr("912500.00"),
    "AarsprisUd.efterTakst": _kr("9807550.00"),
    "AarsprisUd.takst": _kr("2687.00"),
    "AarsprisUd.samletPris": _kr("2937.00"),
    "AarsprisUd.forskel": _kr("250.00"),
    "AarsprisUd.forskelProcent": "9.30",
    "AarsprisUd.takstIFastePriser": _kr("2687.00"),
    "AarsprisUd.samletPrisIFastePriser": _kr("2937.00"),
    "AarsprisUd.takstindeks": "99.10",
    "AarsprisUd.prisindeks": "103.40",
    "ejer": "privat",
    "DriftsherreprisUd.navn": "Gladsaxe Kommune",
    "HjemmelprisUd.navn": "Midlertidigt ophold (serviceloven § 107)",
    "PrisudeladelseUd.grund": "uden_takst",
    "PrisudeladelseUd.dage": 1200,
    "PrisudeladelseUd.aftalt": _kr("4200000.00"),
    "PrisudviklingUd.kkr": "kkr-hovedstaden",
    "taltTil": "2028-01-01",
    "hvorforIngenFastePriser": "",
}
