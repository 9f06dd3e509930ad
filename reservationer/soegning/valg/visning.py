"""A choice as page and note show it."""

from typing import Any

from faelles.dokument.tal import dato
from reservationer.soegning.models import Tilbudsvalg
from reservationer.soegning.sammenlign.indhold import Sammenligning

TITEL = "Notat om valg af tilbud"


def kontekst(valget: Tilbudsvalg) -> dict[str, Any]:
    """What the templates need: the choice, and the comparison as it was stored."""
    sammenligning = Sammenligning.af_json(valget.sammenligning)
    return {
        "titel": TITEL,
        "sidefod": f"{TITEL} · {valget.kommune_navn} · {dato(valget.oprettet)}",
        "valget": valget,
        "sammenligning": sammenligning,
        "valgt": sammenligning.kolonne(valget.afdeling_id),
    }
