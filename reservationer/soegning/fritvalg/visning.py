"""A check as page and note show it."""

from decimal import Decimal
from typing import Any

from faelles.dokument.tal import dato
from reservationer.soegning.models import Fritvalgsproeve
from takster.beregning.sammenligning import Fritvalgsresultat

TITEL = "Notat om frit valg af tilbud"


def kontekst(proeve: Fritvalgsproeve) -> dict[str, Any]:
    """What the templates need: the check and its calculation, read back from what was stored."""
    resultat = Fritvalgsresultat.af_json(proeve.beregning)
    return {
        "titel": TITEL,
        "sidefod": f"{TITEL} · {proeve.organisation.navn} · {dato(proeve.oprettet)}",
        "proeve": proeve,
        "resultat": resultat,
        "graense": resultat.inddata.graense_procent,
        "vilkaar": resultat.inddata.vilkaarssaet,
        "over": max(-resultat.rum, Decimal(0)),
    }
