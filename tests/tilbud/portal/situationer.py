"""Extracts of Tilbudsportalen in our own form, and comparisons made of them."""

import csv
import io
from collections.abc import Mapping
from typing import Any

from faelles.aktoer import Aktoer
from tests import fabrik
from tests.tilbud.registerimport.situationer import forudsaetninger
from tilbud.models import Portalsammenligning, Tilbud
from tilbud.portal.actions import sammenlign_udtraek

NOEGLE = "Id på Tilbudsportalen"


def udtraek(*raekker: Mapping[str, Any]) -> bytes:
    """A CSV file with the columns of the rows."""
    ud = io.StringIO()
    hoved = list(dict.fromkeys(felt for raekke in raekker for felt in raekke))
    skriver = csv.DictWriter(ud, hoved, delimiter=";", restval="")
    skriver.writeheader()
    skriver.writerows(raekker)
    return ud.getvalue().encode("utf-8-sig")


def tilbud(navn: str = "Kærgården", portal_id: str = "4711", **felter: Any) -> Tilbud:
    """An offer of Gladsaxe's with an id on the portal."""
    forudsaetninger()
    return fabrik.tilbud(navn, i="Gladsaxe", tilbudsportal_id=portal_id, **felter)


def sammenligning(*raekker: Mapping[str, Any], af: Aktoer | None = None) -> Portalsammenligning:
    """A comparison by a leader of Gladsaxe's."""
    forudsaetninger()
    fil = udtraek(*(raekker or ({NOEGLE: "4711", "Navn": "Kærgaarden"},)))
    return sammenlign_udtraek(aktoer=af or fabrik.tilbudsleder(), fil=fil, filnavn="udtraek.csv")
