"""The example of an import over REST: values as in `eksempelvaerdier`."""

from collections.abc import Mapping
from typing import Any

from config.eksempelider import IMPORT, PLADS, TIDSPUNKT

IMPORTVAERDIER: Mapping[str, Any] = {
    "aendrede": 1,
    "antalFejl": 0,
    "bestiltSom": "System",
    "ImportUd.afgjort": None,
    "ImportUd.afgjortSom": "",
    "ImportUd.bestilt": TIDSPUNKT,
    "ImportUd.grund": "",
    "ImportUd.id": IMPORT,
    "ImportUd.kilde": "fil",
    "ImportUd.tilstand": "kladde",
    "nye": 0,
    "uaendrede": 412,
    "LaesningUd.iAlt": 413,
    "LaesningUd.naaet": 413,
    "LaesningUd.status": "faerdig",
    "LaesningUd.trin": "Sammenligner med registret",
    "RaekkefejlUd.nummer": 1,
    "RaekkefejlUd.ark": "Pladser",
    "RaekkefejlUd.raekke": 17,
    "RaekkefejlUd.kolonne": "Åben fra",
    "RaekkefejlUd.vaerdi": "31.02.2027",
    "RaekkefejlUd.regel": "En dato.",
    "RaekkefejlUd.rettelse": "Skriv den som dd.mm.åååå.",
    "RegisteraendringUd.nummer": 1,
    "RegisteraendringUd.ark": "Pladser",
    "RegisteraendringUd.raekke": 17,
    "RegisteraendringUd.sti": ["T1", "A1", "P1"],
    "RegisteraendringUd.registerId": PLADS,
    "FeltaendringUd.felt": "betegnelse",
    "FeltaendringUd.foer": "Bolig 1",
    "FeltaendringUd.efter": "Bolig 1 A",
    "ImportskridtIndRequest.udfald": "send",
}
