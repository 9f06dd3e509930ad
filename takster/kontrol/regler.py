"""Whether a published takst is what its stored inputs give. Pure."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from faelles.fejl import DomaeneFejl
from takster.beregning.modeller import beregn


def forskel(beregning: Mapping[str, Any], beloeb: Decimal) -> str:
    """What differs when the stored calculation is made again, in words; nothing when it gives the very same, and the published amount."""
    try:
        nyt = beregn(beregning["inddata"]).som_json()
    except DomaeneFejl as fejl:
        return f"inddata afvises: {fejl.besked} {dict(fejl.felter)}"
    felter = sorted(navn for navn in {*nyt, *beregning} if nyt.get(navn) != beregning.get(navn))
    if felter:
        return "; ".join(f"{navn} er {beregning.get(navn)!r}, men bliver {nyt.get(navn)!r}" for navn in felter)
    if Decimal(nyt["takst"]) != beloeb:
        return f"prisen er {beloeb}, men beregningen siger {nyt['takst']}"
    return ""
