"""A file somebody outside has sent: what it is, judged by what is in it as well as by its name. Pure; nothing is unpacked to disk.

No library that guesses types is among the project's, and none would do: what is asked is not what a file resembles but whether it is
wholly one of four kinds, which each say of themselves. A PDF is not opened here: its compressed streams are a stranger's, and
only a process of its own reads them (`soegning`). It is never shown by the platform, only handed out to be kept.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from faelles.fejl import UgyldigtInput


class Filart(StrEnum):
    """The kinds of file an answer may hold; the value is the name's ending."""

    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    TXT = "txt"


FILART_NAVN: Mapping[Filart, str] = {
    Filart.PDF: "PDF",
    Filart.DOCX: "Word (.docx)",
    Filart.ODT: "OpenDocument (.odt)",
    Filart.TXT: "Ren tekst (.txt)",
}
INDHOLDSTYPE: Mapping[Filart, str] = {
    Filart.PDF: "application/pdf",
    Filart.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Filart.ODT: "application/vnd.oasis.opendocument.text",
    Filart.TXT: "text/plain; charset=utf-8",
}
LAENGSTE_NAVN = 120
_MAKROER = "Filen har makroer. Gem den uden."
UDPAKKET_MAKS = 50 * 2**20  # bytes of everything in a document
FLEST_DELE = 2_000
_BID = 2**16
_HALE = 2**16 + 22  # as far from the end as the directory of a zip file can begin
_SLUT = 22  # bytes of the end of a zip file's directory that says nothing more
_ODT = INDHOLDSTYPE[Filart.ODT].encode()
_TYPER = "[Content_Types].xml"  # of a Word document: what each part is, whatever it is called


@dataclass(frozen=True, slots=True)
class Fil:
    """A file that may be kept."""

    navn: str
    art: Filart
    indhold: bytes

    @property
    def sha256(self) -> str:
        """Its checksum in hex."""
        return sha256(self.indhold).hexdigest()


def undersoeg(navn: str, indhold: bytes, hoejst: int) -> Fil:
    """The file as it may be kept; `hoejst` is in bytes. Raises UgyldigtInput that says what is wrong with it."""
    rent = _rent(navn)
    if not indhold:
        raise afvis("Filen er tom.")
    if len(indhold) > hoejst:
        raise afvis(f"Filen er større end {hoejst // 1_000_000} MB.")
    endelse = rent.rpartition(".")[2].lower()
    if "." not in rent or endelse not in {art.value for art in Filart}:
        raise afvis("Filen skal være PDF, Word (.docx), OpenDocument (.odt) eller ren tekst (.txt).")
    art = Filart(endelse)
    if besked := _PROEVER[art](indhold):
        raise afvis(besked)
    return Fil(rent, art, indhold)


def afvis(besked: str) -> UgyldigtInput:
    """The refusal of a file, in words to whoever sent it."""
    return UgyldigtInput("ugyldig_fil", besked, {"fil": [besked]})


def _rent(navn: str) -> str:
    """The name without any path, and without what a header or a file system could take for something else."""
    sidste = re.split(r"[/\\]", navn)[-1]
    rent = re.sub(r'[\x00-\x1f\x7f<>:"|?*]', "", sidste).strip(". ")
    stamme, punktum, endelse = rent.rpartition(".")
    return f"{stamme[: LAENGSTE_NAVN - 10]}{punktum}{endelse[:9]}" if len(rent) > LAENGSTE_NAVN else rent


def _pdf(indhold: bytes) -> str:
    """A PDF from its first byte to its last: neither anything before it nor another kind of file after it."""
    if not re.match(rb"%PDF-[12]\.\d", indhold) or b"%%EOF" not in indhold[-1024:] or b"startxref" not in indhold:
        return "Filen hedder PDF, men er det ikke."
    return "Filen er to slags filer på én gang." if b"PK\x05\x06" in indhold[-_HALE:] else ""


def _docx(indhold: bytes) -> str:
    return _dokument(indhold, "Word-dokument", _er_docx)


def _odt(indhold: bytes) -> str:
    return _dokument(indhold, "OpenDocument-dokument", _er_odt)


def _er_docx(pakke: zipfile.ZipFile) -> bool:
    dele = set(pakke.namelist())
    return {_TYPER, "word/document.xml"} <= dele


def _er_odt(pakke: zipfile.ZipFile) -> bool:
    foerste = pakke.infolist()[0]
    if foerste.filename != "mimetype" or foerste.file_size != len(_ODT) or "content.xml" not in pakke.namelist():
        return False
    return pakke.read(foerste) == _ODT


def _dokument(indhold: bytes, navn: str, er: Callable[[zipfile.ZipFile], bool]) -> str:
    """What is wrong with a document that is a zip file, or nothing."""
    forkert = f"Filen hedder som et {navn}, men er det ikke."
    if not indhold.startswith(b"PK\x03\x04") or indhold[-_SLUT : -_SLUT + 4] != b"PK\x05\x06":
        return forkert
    try:
        with zipfile.ZipFile(io.BytesIO(indhold)) as pakke:
            besked = _delenes_fejl(pakke.infolist()) or ("" if er(pakke) else forkert) or _makrofejl(pakke)
            if not besked:
                _laes_igennem(pakke)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        return forkert
    return besked or ("Filen er to slags filer på én gang." if b"%PDF-" in indhold[:1024] else "")


def _delenes_fejl(dele: Sequence[zipfile.ZipInfo]) -> str:
    """What is wrong by what the file's directory says."""
    if len(dele) > FLEST_DELE or sum(del_.file_size for del_ in dele) > UDPAKKET_MAKS:
        return "Filen fylder for meget, når den pakkes ud."
    if any(del_.flag_bits & 1 for del_ in dele):
        return "Filen er låst med en adgangskode."
    navne = [del_.filename.lower() for del_ in dele]
    if any("vbaproject" in navn or navn.startswith(("basic/", "scripts/")) for navn in navne):
        return _MAKROER
    if len(navne) != len(set(navne)):
        return "Filen er ikke et helt dokument."  # two who open it may each see their own of the two
    begynder = min((del_.header_offset for del_ in dele), default=None)
    return "" if begynder == 0 else "Filen er ikke et helt dokument."


def _makrofejl(pakke: zipfile.ZipFile) -> str:
    """What a Word document says its parts are; written so that it cannot be read straight off, it is not believed."""
    typer = pakke.read(_TYPER).replace(b"\0", b"").lower() if _TYPER in pakke.namelist() else b""
    return _MAKROER if any(ord_ in typer for ord_ in (b"vbaproject", b"macroenabled", b"&#", b"<!entity")) else ""


def _laes_igennem(pakke: zipfile.ZipFile) -> None:
    """Raise BadZipFile when a part is not what the directory says: zipfile stops at the size it says and compares the checksum."""
    for del_ in pakke.infolist():
        with pakke.open(del_) as aaben:
            while aaben.read(_BID):
                pass


def _txt(indhold: bytes) -> str:
    try:
        tekst = indhold.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "Filen er ikke ren tekst i UTF-8."
    if re.search(r"[\x00-\x08\x0b\x0e-\x1f\x7f]", tekst) or tekst.startswith(("%PDF-", "PK\x03")):
        return "Filen er ikke ren tekst."
    return ""


_PROEVER: Mapping[Filart, Callable[[bytes], str]] = {
    Filart.PDF: _pdf,
    Filart.DOCX: _docx,
    Filart.ODT: _odt,
    Filart.TXT: _txt,
}
