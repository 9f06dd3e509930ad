"""A check as page and note show it."""

from decimal import Decimal
from typing import Any

from faelles.dokument.tal import dato, tal_mod
from reservationer.soegning.models import Fritvalgsproeve
from takster.beregning.sammenligning import Fritvalgsresultat, i_hele_oere
from takster.beregning.tal import laesbar

TITEL = "Notat om frit valg af tilbud"


def kontekst(proeve: Fritvalgsproeve, klausul: str) -> dict[str, Any]:
    """What the templates need: the check, its calculation, read back from what was stored, and the clause that gives its limit.

    The figures are written so that none of them, rounded, says the opposite of the verdict.
    """
    resultat = Fritvalgsresultat.af_json(proeve.beregning)
    graense, hoejeste = resultat.inddata.graense_procent, i_hele_oere(resultat.hoejeste_pris)
    forskel = tal_mod(resultat.forskel_procent, graense)
    return {
        "titel": TITEL,
        "sidefod": f"{TITEL} · {proeve.kommune_navn} · {dato(proeve.oprettet)}",
        "proeve": proeve,
        "resultat": resultat,
        "graense": laesbar(graense, 2),
        "hoejeste": hoejeste,
        "forskel": forskel,
        "trin": [(t, forskel if t.enhed == "procent" else laesbar(t.vaerdi, 2)) for t in resultat.trin],
        "vilkaar": resultat.inddata.vilkaarssaet,
        "klausul": klausul,
        "over": max(proeve.forhandlet_pris - hoejeste, Decimal(0)),
    }
