"""A file of cases computed as one: every result, or every fault of every case and no result at all."""

from typing import Any

from faelles.fejl import UgyldigtInput
from takster.beregning.modeller import beregn
from takster.beregning.strengjson import laes_json
from takster.beregning.vaerdiobjekt import KODE


def beregn_fil(indhold: bytes) -> list[dict[str, Any]]:
    """The results as JSON, in the order of the cases; the file holds a list of cases, or a single one.

    Raises UgyldigtInput whose `felter` name case and field: `Sag 2 af 3 (indeks 1), overhead.procent`.
    """
    data = laes_json(indhold)
    sager = data if isinstance(data, list) else [data]
    resultater: list[dict[str, Any]] = []
    fejl: dict[str, list[str]] = {}
    for nummer, sag in enumerate(sager):
        try:
            resultater.append(beregn(sag).som_json())
        except UgyldigtInput as fundet:
            sted = f"Sag {nummer + 1} af {len(sager)} (indeks {nummer})"
            fejl |= {f"{sted}, {sti}" if sti else sted: beskeder for sti, beskeder in fundet.felter.items()}
    if fejl:
        raise UgyldigtInput(KODE, "Intet er beregnet. Ret fejlene, og prøv igen.", fejl)
    return resultater
