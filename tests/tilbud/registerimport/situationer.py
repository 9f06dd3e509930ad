"""Files of the register and imports of them, made the way people make them."""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import xlsxwriter

from faelles.aktoer import Aktoer
from tests import fabrik
from tilbud.models import Plads, Registerimport
from tilbud.registerimport.actions import proev_fil, send

TILBUD = {"Id": "T1", "Navn": "Kærgården", "Kommune": "Gladsaxe", "Hjemler": "SEL-107", "Målgrupper": "Autismespektrum"}
AFDELING = {"Tilbud": "T1", "Id": "A1", "Navn": "Hovedhuset"}
GODKENDELSE = {
    "Tilbud": "T1", "Id": "G1", "Hjemmel": "SEL-107", "Godkendte pladser": 8, "Socialtilsyn": "Socialtilsyn Øst",
    "Gælder fra": "2027-01-01",
}  # fmt: skip
RAPPORT = {
    "Tilbud": "T1", "Id": "R1", "Dato": "2026-10-01", "Vurdering": "Fortsat godkendt på vilkår",
    "Link til rapporten": "https://tilsyn.example.dk/r1",
}  # fmt: skip
YDELSE = {
    "Tilbud": "T1", "Id": "Y1", "Ydelse": "Ophold", "Leveringsform": "I borgerens egne omgivelser", "Gælder fra": "2027-01-01",
}  # fmt: skip
MERPLADS = {
    "Tilbud": "T1", "Afdeling": "A1", "Id": "M1", "Ekstra pladser": 2, "Begrundelse": "Brand i nabotilbuddet",
    "Gælder fra": "2027-01-01", "Sidste dag": "2027-06-30",
}  # fmt: skip
PLADS = {"Tilbud": "T1", "Afdeling": "A1", "Id": "P1", "Betegnelse": "Bolig 1", "Åben fra": "2027-01-01"}
Raekker = Sequence[Mapping[str, Any]]


def forudsaetninger() -> None:
    """The words the files use are on the lists."""
    fabrik.kommune("Gladsaxe")
    fabrik.hjemmel("SEL-107")
    fabrik.maalgruppe("Autismespektrum")


def bog(tilbud: Raekker = (), afdelinger: Raekker = (), pladser: Raekker = (), **flere: Raekker) -> bytes:
    """A workbook with the sheets that have rows, `flere` by name; the columns are those of the rows."""
    ud = io.BytesIO()
    with xlsxwriter.Workbook(ud, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        for navn, raekker in {"Tilbud": tilbud, "Afdelinger": afdelinger, "Pladser": pladser, **flere}.items():
            if not raekker:
                continue
            blad = workbook.add_worksheet(navn)
            hoved = list(dict.fromkeys(felt for raekke in raekker for felt in raekke))
            blad.write_row(0, 0, hoved)
            for nummer, raekke in enumerate(raekker, start=1):
                blad.write_row(nummer, 0, [raekke.get(felt, "") for felt in hoved])
    return ud.getvalue()


def hele(**aendret: Any) -> bytes:
    """An offer with a department and a place; `aendret` are other values for the offer."""
    return bog([{**TILBUD, **aendret}], [AFDELING], [PLADS])


def kladde(fil: bytes | None = None, *, af: Aktoer | None = None) -> Registerimport:
    """The dry run of a file by a leader of Gladsaxe's."""
    forudsaetninger()
    return proev_fil(aktoer=af or fabrik.tilbudsleder(), fil=fil or hele(), filnavn="fil.xlsx")


def ventende_import(fil: bytes | None = None, *, af: Aktoer | None = None) -> Registerimport:
    """A dry run that its orderer has sent for approval."""
    af = af or fabrik.tilbudsleder()
    return send(aktoer=af, import_id=kladde(fil, af=af).pk)


def import_der_lukker(plads: Plads, sidste: date) -> tuple[Registerimport, Aktoer]:
    """An import by which the place closes after the day, and somebody else who approves it."""
    raekke = {
        "Tilbud": str(plads.afdeling.tilbud_id), "Afdeling": str(plads.afdeling_id), "Id": str(plads.pk),
        "Betegnelse": plads.betegnelse, "Åben fra": fabrik.FOR_LAENGE_SIDEN.isoformat(), "Sidste dag": sidste.isoformat(),
    }  # fmt: skip
    return ventende_import(bog(pladser=[raekke])), fabrik.tilbudsleder()
