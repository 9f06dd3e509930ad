"""A workbook to fill in: headings with explanation, lists to choose from, and a sheet that says how."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

from faelles.regneark.kolonner import Ark, Kolonne, dato
from faelles.regneark.raa import FLEST_RAEKKER

LISTEARK = "Lister"
VEJLEDNING = "Vejledning"


def skabelon(
    skema: Sequence[Ark], titel: str, eksisterende: Mapping[str, Sequence[Sequence[Any]]] | None = None
) -> bytes:
    """The .xlsx file. `eksisterende`: rows by sheet name that stand there already, in the order of the columns."""
    ud = io.BytesIO()
    with xlsxwriter.Workbook(ud, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as bog:
        formater = {
            "hoved": bog.add_format(
                {"bold": True, "bg_color": "#DCDCDC", "border": 1, "text_wrap": True, "valign": "top"}
            ),
            "dato": bog.add_format({"num_format": "dd.mm.yyyy"}),
            "ombrudt": bog.add_format({"text_wrap": True, "valign": "top"}),
            "titel": bog.add_format({"bold": True, "font_size": 14}),
        }
        vejledning = bog.add_worksheet(VEJLEDNING)
        regneark = [(ark, bog.add_worksheet(ark.navn)) for ark in skema]
        lister = bog.add_worksheet(LISTEARK)
        liste_nummer = 0
        for ark, blad in regneark:
            blad.freeze_panes(1, 0)
            for indeks, kolonne in enumerate(ark.kolonner):
                blad.set_column(indeks, indeks, kolonne.bredde, formater["dato"] if kolonne.laes is dato else None)
                blad.write_string(0, indeks, _overskrift(kolonne), formater["hoved"])
                blad.write_comment(0, indeks, kolonne.hjaelp)
                if kolonne.valg:
                    _liste(lister, liste_nummer, kolonne)
                    if not kolonne.flere:
                        _valg(blad, indeks, liste_nummer, len(kolonne.valg))
                    liste_nummer += 1
            for nummer, raekke in enumerate((eksisterende or {}).get(ark.navn, []), start=1):
                blad.write_row(nummer, 0, raekke)
        _vejled(vejledning, skema, titel, formater)
    return ud.getvalue()


def _overskrift(kolonne: Kolonne) -> str:
    return f"{kolonne.navn} *" if kolonne.paakraevet else kolonne.navn


def _liste(lister: Any, nummer: int, kolonne: Kolonne) -> None:
    lister.set_column(nummer, nummer, 30)
    lister.write_string(0, nummer, kolonne.navn)
    lister.write_column(1, nummer, kolonne.valg)


def _valg(blad: Any, indeks: int, liste: int, antal: int) -> None:
    bogstav = xlsxwriter.utility.xl_col_to_name(liste, col_abs=True)
    blad.data_validation(
        1,
        indeks,
        FLEST_RAEKKER,
        indeks,
        {
            "validate": "list",
            "source": f"={LISTEARK}!{bogstav}$2:{bogstav}${antal + 1}",
            "error_title": "Ikke på listen",
            "error_message": f"Vælg en værdi fra listen (arket {LISTEARK}).",
        },
    )


def _vejled(blad: Any, skema: Sequence[Ark], titel: str, formater: Mapping[str, Any]) -> None:
    blad.set_column(0, 0, 28)
    blad.set_column(1, 1, 100)
    blad.write_string(0, 0, titel, formater["titel"])
    linjer = [
        (
            "",
            "Kolonner med * skal udfyldes. Flere værdier i en celle adskilles med semikolon. Skriv aldrig navne eller CPR-numre.",
        ),
        ("", "Intet gemmes, før hele filen er i orden. Den samme fil kan indlæses igen: rækker kendes på deres id."),
    ]
    for ark in skema:
        linjer += [("", ""), (ark.navn, ark.forklaring)]
        linjer += [(_overskrift(kolonne), kolonne.hjaelp) for kolonne in ark.kolonner]
    for nummer, (foerste, anden) in enumerate(linjer, start=1):
        blad.write_string(nummer, 0, foerste)
        blad.write_string(nummer, 1, anden, formater["ombrudt"])
