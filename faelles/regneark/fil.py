"""A file from outside becomes plain cells, or a fault a person can act on. Nothing in it is trusted."""

import csv
import io

from faelles.regneark.kolonner import Celle
from faelles.regneark.raa import Raaark, afvis, maal
from faelles.regneark.xlsx import laes_xlsx

STOERSTE_FIL = 10 * 2**20  # bytes


def er_csv(filnavn: str) -> bool:
    """Whether the name says that the file is CSV, which nothing in it can."""
    return filnavn.lower().endswith(".csv")


def laes_fil(indhold: bytes, filnavn: str) -> list[Raaark]:
    """The sheets of a workbook, or the one sheet a CSV file is. Raises UgyldigtInput for a file that cannot be taken."""
    if not indhold:
        raise afvis("Filen er tom.")
    if len(indhold) > STOERSTE_FIL:
        raise afvis(f"Filen er større end {STOERSTE_FIL // 2**20} MB. Del den i flere.")
    if er_csv(filnavn):
        return [_csv(indhold)]
    if indhold[:4] == b"PK\x03\x04":
        return laes_xlsx(indhold)
    raise afvis("Filen er hverken en Excel-fil (.xlsx) eller en CSV-fil (.csv). Gem den som en af dem.")


def _csv(indhold: bytes) -> Raaark:
    tekst = _afkodet(indhold)
    foerste = tekst.split("\n", 1)[0]
    skilletegn = max(";,\t", key=foerste.count)
    raekker: list[list[Celle]] = []
    try:
        for raekke in csv.reader(io.StringIO(tekst), delimiter=skilletegn, strict=True):
            maal(len(raekker) + 1, len(raekke))
            raekker.append(list(raekke))
    except csv.Error as fejl:
        raise afvis(f"Filen kan ikke læses som CSV: linje {len(raekker) + 1} er ikke hel ({fejl}).") from None
    return Raaark("CSV", raekker)


def _afkodet(indhold: bytes) -> str:
    """UTF-8, with or without mark. Guessing another encoding would turn names into others without anybody seeing it."""
    try:
        tekst = indhold.decode("utf-8-sig")
    except UnicodeDecodeError as fejl:
        linje = indhold[: fejl.start].count(b"\n") + 1
        raise afvis(
            f"Filen er ikke gemt som UTF-8 (linje {linje}). Gem den fra Excel som »CSV UTF-8 (kommasepareret)«."
        ) from None
    if "\x00" in tekst:
        raise afvis("Filen er ikke en tekstfil.")
    return tekst
