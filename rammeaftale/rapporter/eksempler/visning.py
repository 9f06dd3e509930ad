"""A worked example as the templates show it (`dokument/_eksempel.html`)."""

from typing import Any

from rammeaftale.rapporter.eksempler.data import Eksempel
from rammeaftale.rapporter.eksempler.poster import kode
from rammeaftale.rapporter.eksempler.saetninger import konklusion


def vist(rapport: str, eksempel: Eksempel) -> dict[str, Any]:
    """The example with its conclusion and the ids its tables have in the report."""
    return {
        "e": eksempel,
        "kode": kode(rapport, eksempel, 0),
        "konklusion": konklusion(eksempel),
        "stykker": [
            (kode(rapport, eksempel, nummer), stykke) for nummer, stykke in enumerate(eksempel.regnestykker, start=1)
        ],
    }
