"""A workbook becomes plain cells. It is surveyed before the reader sees it.

An .xlsx is a zip of XML. Its parts are unpacked with a limit, every sheet is walked once, and what the whole would take when it
is laid out is counted: a cell in the last corner of a sheet would make the reader lay out every cell before it, and a text that
is stored once and shown in many cells is copied into each.
"""

import io
import zipfile
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from posixpath import join, normpath
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from python_calamine import CalamineError, CalamineWorkbook

from faelles.regneark.kolonner import Celle
from faelles.regneark.raa import FLEST_KOLONNER, FLEST_RAEKKER, Raaark, afvis, maal

STOERSTE_UDPAKKET = 150 * 2**20  # bytes
FLEST_DELE = 500
FLEST_CELLER = 2 * FLEST_RAEKKER * FLEST_KOLONNER  # of all sheets laid out, empty ones too
FLEST_TEGN = 50 * 2**20  # of all cells
LAENGSTE_CELLE = 32_767  # characters; Excel's own limit
_BID = 2**20
_ARK = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# What is looked at when the whole of it has been read.
_HELE = frozenset(f"{_ARK}{navn}" for navn in ("c", "is", "r", "si"))
_DELTE_TEKSTER = "xl/sharedstrings.xml"


@dataclass(slots=True)
class _Omfang:
    """What the workbook would take when it is laid out, as far as it has been walked."""

    delte: "array[int]"  # the length of each text that cells may show
    celler: int = 0
    tegn: int = 0

    def laeg_ark_til(self, hoejde: int, bredde: int) -> None:
        self.celler += hoejde * bredde
        if self.celler > FLEST_CELLER:
            raise afvis("Excel-filens ark er for store tilsammen. Kopiér skemaet over i en ny fil.")

    def laeg_tekst_til(self, nummer: str) -> None:
        self.tegn += self.delte[int(nummer)]
        if self.tegn > FLEST_TEGN:
            raise afvis("Der er for meget tekst i Excel-filen. Del den i flere.")


@dataclass(slots=True)
class _Ark:
    """How far a sheet reaches, and the cells that hold formulas."""

    hoejde: int = 0
    bredde: int = 0
    formler: list[tuple[int, int]] = field(default_factory=list)


def laes_xlsx(indhold: bytes) -> list[Raaark]:
    """The sheets of a workbook. Raises UgyldigtInput for one that is damaged, protected or too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(indhold)) as pakke:
            _pak_ud(pakke)
            omfang = _Omfang(_delte_tekster(pakke))
            formler = {navn: _undersoeg(pakke, del_, omfang) for navn, del_ in _arkdele(pakke)}
        with CalamineWorkbook.from_filelike(io.BytesIO(indhold)) as bog:
            return [_ark(bog, navn, formler[navn]) for navn in bog.sheet_names if navn in formler]
    except (zipfile.BadZipFile, CalamineError, ParseError, DefusedXmlException, LookupError, ValueError, RuntimeError):
        raise afvis("Excel-filen er beskadiget eller beskyttet. Åbn den i Excel, og gem den igen som .xlsx.") from None


def _pak_ud(pakke: zipfile.ZipFile) -> None:
    """Read every part once with a limit on the whole: what a part says of its own size may be a lie."""
    dele = pakke.infolist()
    if len(dele) > FLEST_DELE:
        raise afvis("Excel-filen har for mange dele. Kopiér skemaet over i en ny fil.")
    udpakket = 0
    for del_ in dele:
        with pakke.open(del_) as stroem:
            while bid := stroem.read(_BID):
                udpakket += len(bid)
                if udpakket > STOERSTE_UDPAKKET:
                    raise afvis("Excel-filen fylder for meget, når den pakkes ud. Kopiér skemaet over i en ny fil.")


def _arkdele(pakke: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Each worksheet's name and the part of the zip that holds it."""
    maal_ = {
        relation.get("Id"): normpath(join("xl", relation.get("Target", ""))).lstrip("/")
        for begynder, relation in _elementer(pakke.open("xl/_rels/workbook.xml.rels"))
        if begynder and relation.tag.endswith("}Relationship")
    }
    for begynder, ark in _elementer(pakke.open("xl/workbook.xml")):
        if begynder and ark.tag == f"{_ARK}sheet":
            del_ = maal_[ark.get(_RELATION)]
            if del_.startswith("xl/worksheets/"):
                yield ark.get("name", ""), del_


def _elementer(stroem: IO[bytes]) -> Iterator[tuple[bool, Element]]:
    """Every element as it begins (True) and ends. What has ended is forgotten, unless it is part of a cell or a text that has not."""
    aabne: list[Element] = []
    with stroem:
        for haendelse, element in iterparse(stroem, events=("start", "end"), forbid_dtd=True):
            if haendelse == "start":
                aabne.append(element)
                yield True, element
                continue
            aabne.pop()
            yield False, element
            if aabne and aabne[-1].tag not in _HELE:
                aabne[-1].remove(element)
            elif aabne and len(aabne[-1]) > LAENGSTE_CELLE:
                raise ValueError("flere dele end tegn")


def _delte_tekster(pakke: zipfile.ZipFile) -> "array[int]":
    """The length of each text of the workbook's common store, which cells show by number."""
    laengder = array("L")
    for navn in [navn for navn in pakke.namelist() if normpath(navn.replace("\\", "/")).lower() == _DELTE_TEKSTER]:
        for begynder, element in _elementer(pakke.open(navn)):
            if not begynder and element.tag == f"{_ARK}si":
                tegn = sum(map(len, element.itertext()))
                _maal_tekst(tegn)
                laengder.append(tegn)
                if len(laengder) > FLEST_CELLER:
                    raise afvis("Der er for meget tekst i Excel-filen. Del den i flere.")
    return laengder


def _maal_tekst(tegn: int) -> None:
    if tegn > LAENGSTE_CELLE:
        raise afvis(f"En celle i Excel-filen har flere end {LAENGSTE_CELLE:,} tegn. Forkort den.".replace(",", "."))


def _undersoeg(pakke: zipfile.ZipFile, del_: str, omfang: _Omfang) -> list[tuple[int, int]]:
    """Walk a sheet: refuse one that reaches too far or takes too much, and find the cells that hold formulas."""
    ark = _Ark()
    raekke, kolonne = 0, 0
    for begynder, element in _elementer(pakke.open(del_)):
        if begynder and element.tag == f"{_ARK}row":
            raekke, kolonne = int(element.get("r") or raekke + 1), 0
        elif begynder and element.tag == f"{_ARK}c":
            raekke, kolonne = _sted(element.get("r"), raekke, kolonne)
            maal(raekke, kolonne)
            ark.hoejde, ark.bredde = max(ark.hoejde, raekke), max(ark.bredde, kolonne)
        elif begynder and element.tag == f"{_ARK}f":
            ark.formler.append((raekke, kolonne))
        elif element.tag == f"{_ARK}c":
            _tael_tekst(element, omfang)
    omfang.laeg_ark_til(ark.hoejde, ark.bredde)
    return ark.formler


def _tael_tekst(celle: Element, omfang: _Omfang) -> None:
    """Count the text of a cell that has been read."""
    if celle.get("t") == "s":
        omfang.laeg_tekst_til(celle.findtext(f"{_ARK}v") or "")
    else:
        _maal_tekst(sum(map(len, celle.itertext())))


def _sted(reference: str | None, raekke: int, kolonne: int) -> tuple[int, int]:
    """Where a cell stands: where it says, else after the one before it."""
    bogstaver = (reference or "").rstrip("0123456789")
    tal = (reference or "")[len(bogstaver) :]
    nummer = 0
    for bogstav in bogstaver:
        nummer = nummer * 26 + ord(bogstav.upper()) - ord("A") + 1
    return int(tal or raekke), nummer or kolonne + 1


def _ark(bog: CalamineWorkbook, navn: str, formler: list[tuple[int, int]]) -> Raaark:
    ark = bog.get_sheet_by_name(navn)
    flettede = [((fra[0] + 1, fra[1] + 1), (til[0] + 1, til[1] + 1)) for fra, til in ark.merged_cell_ranges or []]
    raekker = [[_celle(celle) for celle in raekke] for raekke in ark.to_python(skip_empty_area=False)]
    return Raaark(navn, raekker, formler, flettede)


def _celle(celle: object) -> Celle:
    if celle == "" or celle is None:
        return None
    return celle if isinstance(celle, (str, int, float, bool, date, datetime)) else str(celle)
