"""The example of a computed takst, which is long, and of published prices: values as in `eksempelvaerdier`."""

from collections.abc import Mapping
from typing import Any

from config.eksempelider import (
    BUDGET,
    FINANSIERING,
    PRISBLAD,
    REGNSKAB,
    SCENARIE,
    TAKST,
    TAKSTBEREGNING,
    TAKSTDOKUMENT,
    TAKSTKONTROL,
    TIDSPUNKT,
    TILBUD,
)
from config.eksempeloffentlig import OFFENTLIGE_VAERDIER

_FORLOEB = {
    f"{komponent}.{felt}": vaerdi
    for komponent in ("TakstberegningUd", "EnTakstberegningUd")
    for felt, vaerdi in {
        **dict.fromkeys(("beregnet", "indsendt", "afgjort", "offentliggjort"), TIDSPUNKT),
        "afdelingId": None,
        "begrundelse": "",
        "id": TAKSTBEREGNING,
        "tilstand": "offentliggjort",
    }.items()
}
_PRISBLAD = {
    f"{komponent}.{felt}": vaerdi
    for komponent in ("PrisbladUd", "EtPrisbladUd")
    for felt, vaerdi in {
        "id": PRISBLAD,
        "art": "tillaeg",
        "navn": "Vågen nattevagt",
        "begrundelse": "",
        "offentliggjort": TIDSPUNKT,
        "beregning": {"takst": "1060", "takstUafrundet": "1060.000000000000", "trin": [], "inddata": {}},
    }.items()
}
_FINANSIERING = {
    f"{komponent}.{felt}": vaerdi
    for komponent in ("FinansieringUd", "EnFinansieringUd")
    for felt, vaerdi in {
        "id": FINANSIERING,
        "art": "lov",
        "navn": "Rådgivning om hjerneskade",
        "tilbud": [TILBUD],
        "beloeb": {"beloeb": "1000000.00", "valuta": "DKK"},
        "noegle": "Indbyggere på 0-17 år",
        "noegleDag": "2026-01-01",
        "noegleKilde": "Danmarks Statistik, FOLK1A",
        "begrundelse": "",
        "offentliggjort": TIDSPUNKT,
        "beregning": {"trin": [], "inddata": {}},
    }.items()
}
_KRONER = {
    "provenu": "21072560.00",
    "regnskab": "19750000.00",
    "resultat": "1322560.00",
    "indgaarIkke": "1020000.00",
    "efterregulering": "-302560.00",
}
_REGNSKABETS: Mapping[str, Any] = {
    **{navn: {"beloeb": beloeb, "valuta": "DKK"} for navn, beloeb in _KRONER.items()},
    "id": REGNSKAB,
    "aar": 2025,
    "afdelingId": None,
    "hjemmel": None,
    "afsluttet": TIDSPUNKT,
    "belagteDoegn": 8497,
    "oevrigtProvenu": None,
    "indgaarIAar": 2027,
    "anvendesSenest": None,
    "takstensVilkaar": {"saet": 3, "aftale": "Rammeaftale 2027–2028", "foreloebig": False},
    "opgoerelse": {"afdelinger": [], "salg": [], "resultat": {}, "efterregulering": {}},
}
_REGNSKAB = {
    f"{komponent}.{felt}": vaerdi
    for komponent in ("RegnskabUd", "EtRegnskabUd")
    for felt, vaerdi in _REGNSKABETS.items()
}
_PLADSPRIS = {"beloeb": "2687.48", "valuta": "DKK"}
_VAEKST: Mapping[str, Any] = {
    "VaekstaarUd.aar": 2027,
    "VaekstaarUd.udgift": _PLADSPRIS,
    "VaekstaarUd.udgiftIFastePriser": _PLADSPRIS,
    "VaekstaarUd.indeks": "99.10",
    "VaekstaarUd.loftetsIndeks": "99.00",
    "VaekstaarUd.tilbud": 12,
    "VaekstaarUd.pladser": "288.00",
    "VaekstaarUd.pladsdage": "105120.00",
    "VaekstaarUd.omkostninger": {"beloeb": "282507897.60", "valuta": "DKK"},
    "VaekstaarUd.overheadprocent": "6.00",
    "LoftsdomUd.overholdt": False,
    "LoftsdomUd.afstandOere": -271,
    "LoftsdomUd.udgift": _PLADSPRIS,
    "LoftsdomUd.loft": {"beloeb": "2684.77", "valuta": "DKK"},
    "LoftsdomUd.laesning": "multiplikativ",
    "LoftsdomUd.dom": "Udgiften ligger 271 øre over loftet.",
    "DriftsherrevaekstUd.navn": "Gladsaxe Kommune",
    "HjemmelvaekstUd.navn": "Midlertidigt ophold (serviceloven § 107)",
    "VirkningUd.gruppe": "samme",
    "VirkningUd.tilbud": 10,
    "VirkningUd.virkning": {"beloeb": "-12.40", "valuta": "DKK"},
    "SammensaetningUd.foer": {"beloeb": "2711.88", "valuta": "DKK"},
    "SammensaetningUd.nu": _PLADSPRIS,
    "UdeladelsestalUd.antal": 3,
    "UdeladelsestalUd.antalIBasisaaret": 2,
    "UdeladelsestalUd.grund": "del_af_aaret",
    "UdeladelseUd.grund": "del_af_aaret",
    "UdeladelseUd.kkr": "kkr-hovedstaden",
    "UdeladelseUd.driftsherre": "Gladsaxe Kommune",
    "UdeladelseUd.tilbud": "Botilbuddet Kærgården",
    "UdeladelseUd.afdeling": "Hovedhuset",
    "TakstvaekstUd.kkr": "kkr-hovedstaden",
    "basisaar": 2025,
    "hvorforIkke": "",
    "overheadnorm": "6.00",
}
TAKSTVAERDIER: Mapping[str, Any] = {
    **OFFENTLIGE_VAERDIER,
    "aar": 2027,
    "beregning": {
        "takst": "2687",
        "takstUafrundet": "2687.481542280500",
        "grundlag": "22694814.12",
        "trin": [],
        "inddata": {},
    },
    **_FORLOEB,
    **_PRISBLAD,
    **_FINANSIERING,
    "AndelUd.kommunekode": "0159",
    "AndelUd.noegletal": "15000",
    "AndelUd.andel": {"beloeb": "500000.00", "valuta": "DKK"},
    **_REGNSKAB,
    **_VAEKST,
    "regnskabId": REGNSKAB,
    "PrislinjeUd.navn": "Vågen nattevagt",
    "PrislinjeUd.pris": {"beloeb": "1060.00", "valuta": "DKK"},
    "TakstUd.egenbetaling": [{"navn": "Husleje", "pris": {"beloeb": "4500.00", "valuta": "DKK"}}],
    "EgenbetalingUd.navn": "Husleje",
    "EgenbetalingUd.pris": {"beloeb": "4500.00", "valuta": "DKK"},
    "egenbetaling": [{"art": "Husleje", "beloeb": "4500.00"}],
    "erstattet": None,
    "forloeb": [{"trin": "godkendt", "tidspunkt": TIDSPUNKT, "rolle": "Økonomi", "organisation": "Gladsaxe Kommune"}],
    "gaelderFor": [{"afdeling": "Hovedhuset", "hjemmel": "SEL-107"}],
    "genberegnet": True,
    "nummer": 1,
    "sammenligning": {"forskel": "37.00", "skridt": [{"navn": "Personale", "virkning": "31.250000000000"}]},
    "skemaVersion": 1,
    **{
        f"{komponent}.{felt}": vaerdi
        for komponent in ("ScenarieUd", "EtScenarieUd")
        for felt, vaerdi in {
            "id": SCENARIE,
            "navn": "To pladser mere",
            "pris": {"beloeb": "2481.00", "valuta": "DKK"},
            "beregnetPris": {"beloeb": "2687.00", "valuta": "DKK"},
            "oprettet": TIDSPUNKT,
            "beregning": {"takst": "2481", "takstUafrundet": "2480.752126730240", "trin": [], "inddata": {}},
        }.items()
    },
    "ScenarieaendringerUd.pladser": "26",
    "ScenarieaendringerUd.belaegning": "96.4",
    "ScenarieaendringerUd.pl": "2.1",
    "ScenarieaendringerUd.linjer": {"Løn": "17900000.00"},
    "TakstkontrolUd.id": TAKSTKONTROL,
    "TakstkontrolUd.status": "faerdig",
    "TakstkontrolUd.trin": "Regner efter",
    "TakstkontrolUd.naaet": 3442,
    "TakstkontrolUd.iAlt": 3442,
    "KontrolresultatUd.antal": 3442,
    "KontrolresultatUd.ens": 3440,
    "KontrolresultatUd.udenBeregning": 1,
    "KontrolresultatUd.forskellige": 1,
    "KontrolforskelUd.forskel": "prisen er 2687.00, men beregningen siger 2688",
    "KontrolforskelUd.takstId": TAKST,
    "KladdeUd.id": BUDGET,
    "SkemaraekkeUd.tilbud": "Botilbuddet Kærgården",
    "DokumentationUd.begrundelse": "",
    "DokumentationUd.takst": {
        "tilbud": "Botilbuddet Kærgården",
        "hjemmel": "SEL-107",
        "pris": {"beloeb": "2687.00", "valuta": "DKK"},
    },
    "takstberegningId": TAKSTBEREGNING,
    "TakstdokumentUd.id": TAKSTDOKUMENT,
    "TakstdokumentUd.pdf": f"/api/v1/takstdokumenter/{TAKSTDOKUMENT}/pdf",
    "TakstdokumentUd.status": "faerdig",
    "TakstdokumentUd.takstId": TAKST,
    "vaekstloft": {"overholdt": True, "dom": "Udgiften ligger 412 øre under loftet."},
    "DokumentationUd.vilkaar": {"aftale": "Rammeaftale 2027–2028", "nummer": 3, "status": "endelig", "vilkaar": []},
    "TakstUd.bekraeftetAf": None,
    "PrisbladUd.bekraeftetAf": None,
    "EtPrisbladUd.bekraeftetAf": None,
    "FinansieringUd.bekraeftetAf": None,
    "EnFinansieringUd.bekraeftetAf": None,
    "DokumentationUd.bekraeftetAf": None,
    "efterreguleringensVilkaar": {"aftale": "Rammeaftale 2025–2026", "nummer": 2, "status": "endelig", "vilkaar": []},
}
