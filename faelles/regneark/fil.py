"""A file from outside becomes plain cells, or a fault a person can act on. Nothing in it is trusted.

An .xlsx is a zip of XML. Before the reader sees it, its parts are unpacked with a limit and every sheet is walked once:
a single cell in the last corner of a sheet would otherwise make the reader lay out seventeen billion cells.
"""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from posixpath import join, normpath
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from python_calamine import CalamineError, CalamineWorkbook

from faelles.fejl import UgyldigtInput
from faelles.regneark.kolonner import Celle

STOERSTE_FIL = 10 * 2**20  # bytes
STOERSTE_UDPAKKET = 150 * 2**20  # bytes
FLEST_DELE = 500
FLEST_RAEKKER = 20_000
FLEST_KOLONNER = 100
_BID = 2**20
_ARK = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True)
class Raaark:
    """A sheet's cells. `raekker` begins with the headings; `formler` and `flettede` are cells by row and column, from 1."""

    navn: str
    raekker: list[list[Celle]]
    formler: list[tuple[int, int]] = field(default_factory=list)
    flettede: list[tuple[int, int]] = field(default_factory=list)


def _afvis(besked: str) -> UgyldigtInput:
    return UgyldigtInput("fil_ulaeselig", besked, {"fil": [besked]})


def er_csv(filnavn: str) -> bool:
    """Whether the name says that the file is CSV, which nothing in it can."""
    return filnavn.lower().endswith(".csv")


def laes_fil(indhold: bytes, filnavn: str) -> list[Raaark]:
    """The sheets of a workbook, or the one sheet a CSV file is. Raises UgyldigtInput for a file that cannot be taken."""
    if not indhold:
        raise _afvis("Filen er tom.")
    if len(indhold) > STOERSTE_FIL:
        raise _afvis(f"Filen er større end {STOERSTE_FIL // 2**20} MB. Del den i flere.")
    if er_csv(filnavn):
        return [_csv(indhold)]
    if indhold[:4] == b"PK\x03\x04":
        return _xlsx(indhold)
    raise _afvis("Filen er hverken en Excel-fil (.xlsx) eller en CSV-fil (.csv). Gem den som en af dem.")


def _csv(indhold: bytes) -> Raaark:
    tekst = _afkodet(indhold)
    foerste = tekst.split("\n", 1)[0]
    skilletegn = max(";,\t", key=foerste.count)
    raekker: list[list[Celle]] = []
    try:
        for raekke in csv.reader(io.StringIO(tekst), delimiter=skilletegn, strict=True):
            _maal(len(raekker) + 1, len(raekke))
            raekker.append(list(raekke))
    except csv.Error as fejl:
        raise _afvis(f"Filen kan ikke læses som CSV: linje {len(raekker) + 1} er ikke hel ({fejl}).") from None
    return Raaark("CSV", raekker)


def _afkodet(indhold: bytes) -> str:
    """UTF-8, with or without mark. Guessing another encoding would turn names into others without anybody seeing it."""
    try:
        tekst = indhold.decode("utf-8-sig")
    except UnicodeDecodeError as fejl:
        linje = indhold[: fejl.start].count(b"\n") + 1
        raise _afvis(
            f"Filen er ikke gemt som UTF-8 (linje {linje}). Gem den fra Excel som »CSV UTF-8 (kommasepareret)«."
        ) from None
    if "\x00" in tekst:
        raise _afvis("Filen er ikke en tekstfil.")
    return tekst


def _maal(raekke: int, kolonne: int) -> None:
    if raekke > FLEST_RAEKKER + 1:
        raise _afvis(f"Der er flere end {FLEST_RAEKKER:,} rækker i filen. Del den i flere.".replace(",", "."))
    if kolonne > FLEST_KOLONNER:
        raise _afvis(f"Der står noget længere ude end kolonne {FLEST_KOLONNER}. Slet kolonnerne til højre for skemaet.")


def _xlsx(indhold: bytes) -> list[Raaark]:
    try:
        with zipfile.ZipFile(io.BytesIO(indhold)) as pakke:
            _pak_ud(pakke)
            formler = {navn: _undersoeg(pakke, del_) for navn, del_ in _arkdele(pakke)}
        with CalamineWorkbook.from_filelike(io.BytesIO(indhold)) as bog:
            return [_ark(bog, navn, formler[navn]) for navn in bog.sheet_names if navn in formler]
    except (zipfile.BadZipFile, CalamineError, ParseError, DefusedXmlException, KeyError, ValueError, RuntimeError):
        raise _afvis("Excel-filen er beskadiget eller beskyttet. Åbn den i Excel, og gem den igen som .xlsx.") from None


def _pak_ud(pakke: zipfile.ZipFile) -> None:
    """Read every part once with a limit on the whole: what a part says of its own size may be a lie."""
    dele = pakke.infolist()
    if len(dele) > FLEST_DELE:
        raise _afvis("Excel-filen har for mange dele. Kopiér skemaet over i en ny fil.")
    udpakket = 0
    for del_ in dele:
        with pakke.open(del_) as stroem:
            while bid := stroem.read(_BID):
                udpakket += len(bid)
                if udpakket > STOERSTE_UDPAKKET:
                    raise _afvis("Excel-filen fylder for meget, når den pakkes ud. Kopiér skemaet over i en ny fil.")


def _arkdele(pakke: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Each worksheet's name and the part of the zip that holds it."""
    maal = {
        relation.get("Id"): normpath(join("xl", relation.get("Target", "")))
        for _, relation in _elementer(pakke.open("xl/_rels/workbook.xml.rels"))
        if relation.tag.endswith("}Relationship")
    }
    for _, ark in _elementer(pakke.open("xl/workbook.xml")):
        if ark.tag == f"{_ARK}sheet":
            del_ = maal[ark.get(_RELATION)]
            if del_.startswith("xl/worksheets/"):
                yield ark.get("name", ""), del_


def _elementer(stroem: IO[bytes]) -> Iterator[tuple[str, Element]]:
    with stroem:
        yield from iterparse(stroem, events=("end",), forbid_dtd=True)


def _undersoeg(pakke: zipfile.ZipFile, del_: str) -> list[tuple[int, int]]:
    """Walk a sheet: refuse one that reaches too far, and find the cells that hold formulas."""
    raekke, kolonne, formler = 0, 0, []
    with pakke.open(del_) as stroem:
        for haendelse, element in iterparse(stroem, events=("start", "end"), forbid_dtd=True):
            if haendelse == "start":
                if element.tag == f"{_ARK}row":
                    raekke, kolonne = int(element.get("r") or raekke + 1), 0
                elif element.tag == f"{_ARK}c":
                    kolonne = _kolonnenummer(element.get("r")) or kolonne + 1
                elif element.tag == f"{_ARK}f":
                    formler.append((raekke, kolonne))
                if element.tag == f"{_ARK}c":
                    _maal(raekke, kolonne)
            elif element.tag == f"{_ARK}row":
                element.clear()
    return formler


def _kolonnenummer(reference: str | None) -> int:
    """1 for A, 27 for AA; 0 where the cell does not say where it is."""
    nummer = 0
    for bogstav in reference or "":
        if not bogstav.isalpha():
            break
        nummer = nummer * 26 + ord(bogstav.upper()) - ord("A") + 1
    return nummer


def _ark(bog: CalamineWorkbook, navn: str, formler: list[tuple[int, int]]) -> Raaark:
    ark = bog.get_sheet_by_name(navn)
    flettede = [(raekke + 1, kolonne + 1) for (raekke, kolonne), _ in ark.merged_cell_ranges or []]
    raekker = [[_celle(celle) for celle in raekke] for raekke in ark.to_python(skip_empty_area=False)]
    return Raaark(navn, raekker, formler, flettede)


def _celle(celle: object) -> Celle:
    if celle == "" or celle is None:
        return None
    return celle if isinstance(celle, (str, int, float, bool, date, datetime)) else str(celle)
