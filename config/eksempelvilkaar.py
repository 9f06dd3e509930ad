"""The examples of terms and sets of terms: values as in `eksempelvaerdier`."""

from collections.abc import Mapping
from typing import Any

from config.eksempelider import KLAUSUL, VILKAARSSAET
from vilkaar.noegler import NOEGLER, Noegle

_TERMEN = {
    "noegle": "opsigelse_varsel_kommune",
    "navn": "Kommunens opsigelsesvarsel",
    "enhed": "3m eller 14d",
    "vaerdi": "*=30d",
    "klausul": "Styringsdel 3.1 Opsigelse",
}
_SAETTET = {
    "id": VILKAARSSAET,
    "nummer": 3,
    "aftale": "Rammeaftale 2027-2028, version 2",
    "status": "endelig",
    "grund": "Et senere sæt har overtaget dagen.",
    "version": 2,
    "allongeTil": None,
}

VILKAARSVAERDIER: Mapping[str, Any] = {
    **{f"{en}.{felt}": vaerdi for en in ("AftalevilkaarUd", "SatVilkaarUd") for felt, vaerdi in _TERMEN.items()},
    **{
        f"{et}.{felt}": vaerdi
        for et in ("SaetUd", "VilkaarssaetUd", "AndetSaetUd")
        for felt, vaerdi in _SAETTET.items()
    },
    "AftalevilkaarUd.hoererTil": "Ophold og opsigelse",
    "AftalevilkaarUd.hoejst": None,
    "AftalevilkaarUd.kilde": NOEGLER[Noegle.OPSIGELSE_VARSEL_KOMMUNE].kilde,
    "AftalevilkaarUd.klausulId": KLAUSUL,
    "AftalevilkaarUd.krav": "En tabel, skrevet som kode=3m eller 14d; *=3m eller 14d, hvor * er alle andre koder.",
    "AftalevilkaarUd.mindst": None,
    "AftalevilkaarUd.moenster": "[0-9]{1,3}[md]",
    "AftalevilkaarUd.raekker": None,
    "AftalevilkaarUd.type": "kodetabel",
    "AftalevilkaarUd.valg": [],
    "AftalevilkaarUd.version": 2,
    "SaetperiodeUd.fra": "2027-01-01",
    "SaetperiodeUd.til": "2029-01-01",
    "TabelraekkerUd.fra": 1,
    "TabelraekkerUd.til": 7,
    "TilbudsvilkaarUd.grund": "Dagen ligger i sættets periode, og det er det endelige sæt for dagen.",
    "TilbudsvilkaarUd.kkr": "KKR Hovedstaden",
    "ManglendeVilkaarUd.noegle": "garanti_noegle",
    "ManglendeVilkaarUd.navn": "Underskudsgaranti deles efter",
    "ManglendeVilkaarUd.hoererTil": "Underskudsgaranti",
    "OphaevetUd.klausul": "5 Indsigelser",
    "OphaevetUd.allonge": "Allonge 1 til Rammeaftale 2027–2028",
    "KildeUd.klausul": "Styringsdel 2.1 Bekræftelse af pladser",
    "EfterVilkaarUd.klausul": "Styringsdel 2.3 Svarfrister",
    "EfterVilkaarUd.felt": "svarfrist",
    "EfterVilkaarUd.noegle": "forespoergsel_svarfrist",
    **{f"{en}.saet": 3 for en in ("KildeUd", "EfterVilkaarUd")},
    **{f"{en}.aftale": "Rammeaftale 2027-2028, version 2" for en in ("KildeUd", "EfterVilkaarUd")},
    "aendresAf": "parterne",
    "lovensVaerdi": None,
    "dag": "2027-03-01",
    "udsendt": "2026-11-24T08:30:00Z",
}
