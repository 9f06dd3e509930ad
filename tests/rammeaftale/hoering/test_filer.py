"""Files of strangers: only what is wholly one of the four kinds is kept, by what is in it and by its name."""

import io
import struct
import zipfile

import pytest

from faelles.fejl import UgyldigtInput
from rammeaftale.hoering import filer
from rammeaftale.hoering.filer import Filart, undersoeg
from tests.rammeaftale.hoering.situationer import PDF, docx, odt

HOEJST = 3_000_000


def uden_indhold(vaerdi: object) -> str:
    """What a case is called: a document made now holds the time it was made, and every worker must call it the same."""
    return "fil" if isinstance(vaerdi, bytes) else str(vaerdi)


@pytest.mark.parametrize(
    ("navn", "indhold", "art"),
    [
        ("svar.pdf", PDF, Filart.PDF),
        ("Svar.PDF", PDF, Filart.PDF),
        ("svar.docx", docx(), Filart.DOCX),
        ("svar.odt", odt(), Filart.ODT),
        ("svar.txt", "Vi er enige – næsten.\r\n".encode(), Filart.TXT),
        ("svar.txt", b"\xef\xbb\xbf<script>alert(1)</script>", Filart.TXT),
    ],
    ids=uden_indhold,
)
def test_each_kind_is_kept_as_it_is(navn: str, indhold: bytes, art: Filart) -> None:
    fil = undersoeg(navn, indhold, HOEJST)
    assert (fil.navn, fil.art, fil.indhold) == (navn, art, indhold)


def loegn() -> bytes:
    """A document that says a part is small, when it is not."""
    data = bytearray(docx({"word/media/x": b"\0" * 1_000_000}))
    sted = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, sted + 24, 10)
    return bytes(data)


TYPER = "[Content_Types].xml"
MAKROTYPE = '<Types><Override PartName="/word/data.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'


def to_ens(navn: str) -> bytes:
    """A document with two parts of a name: the first is what some read, the last what others do."""
    ud = io.BytesIO(docx())
    with zipfile.ZipFile(ud, "a") as pakke:
        pakke.writestr(navn, b"<andet/>")
    return ud.getvalue()


def odt_med(navn: str) -> bytes:
    ud = io.BytesIO(odt())
    with zipfile.ZipFile(ud, "a") as pakke:
        pakke.writestr(navn, b"makro")
    return ud.getvalue()


def bombe() -> bytes:
    """60 MB of nothing in 60 kB."""
    return docx({f"word/media/{nummer}": b"\0" * 20_000_000 for nummer in range(3)})


@pytest.mark.parametrize(
    ("navn", "indhold", "hvorfor"),
    [
        ("svar.pdf", b"", "tom"),
        ("svar.pdf", b"x" * 101, "større"),
        ("svar.exe", b"MZ", "skal være PDF"),
        ("svar.docm", docx(), "skal være PDF"),
        ("svar.dotm", docx(), "skal være PDF"),
        ("svar.pdf\x00.exe", PDF, "skal være PDF"),
        ("svar.docx", b"MZ\x90\0" + b"\0" * 200, "Word"),
        ("svar.odt", b"MZ\x90\0" + b"\0" * 200, "OpenDocument"),
        ("svar.txt", b"MZ\x90\0", "ren tekst"),
        ("svar", PDF, "skal være PDF"),
        ("svar.html", b"<html>", "skal være PDF"),
        ("svar.svg", b"<svg/>", "skal være PDF"),
        ("svar.pdf.exe", PDF, "skal være PDF"),
        ("svar.pdf", b"MZ\x90", "hedder PDF"),
        ("svar.pdf", b"<html>" + PDF, "hedder PDF"),
        ("svar.pdf", PDF[:40], "hedder PDF"),
        ("svar.docx", PDF, "Word"),
        ("svar.docx", odt(), "Word"),
        ("svar.odt", docx(), "OpenDocument"),
        ("svar.odt", odt(b"application/epub+zip"), "OpenDocument"),
        ("svar.docx", b"GIF89a" + docx(), "Word"),
        ("svar.docx", docx()[:60], "Word"),
        ("svar.txt", PDF, "ren tekst"),
        ("svar.txt", b"\xff\xfe\x00", "UTF-8"),
        ("svar.txt", b"a\x00b", "ren tekst"),
    ],
    ids=uden_indhold,
)
def test_anything_else_is_refused_and_the_refusal_says_why(navn: str, indhold: bytes, hvorfor: str) -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        undersoeg(navn, indhold, 100 if hvorfor == "større" else HOEJST)
    assert hvorfor in fejl.value.besked


@pytest.mark.parametrize(
    ("navn", "indhold"),
    [
        ("svar.pdf", PDF.replace(b"%%EOF\n", b"") + docx() + b"%%EOF\n"),  # both a PDF and a document to unpack
        ("svar.docx", docx({"%PDF-1.7": b""})),
        ("svar.docx", docx({"word/vbaProject.bin": b"makro"})),
        ("svar.docx", docx({"word/data.bin": b"makro", TYPER: MAKROTYPE.encode()})),
        ("svar.docx", docx({"word/data.bin": b"makro", TYPER: MAKROTYPE.encode("utf-16")})),
        ("svar.docx", docx({"word/data.bin": b"makro", TYPER: MAKROTYPE.replace("vba", "&#118;ba").encode()})),
        (
            "svar.docx",
            docx(
                {
                    TYPER: b'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
                }
            ),
        ),
        ("svar.odt", odt_med("Basic/Standard/Module1.xml")),
        ("svar.odt", odt_med("Scripts/python/makro.py")),
        ("svar.docx", docx() + b"MZ\x90\0"),
        ("svar.docx", docx() + b"<script>alert(1)</script>"),
        ("svar.odt", odt() + docx()),
        ("svar.docx", to_ens("word/Document.xml")),
        ("svar.docx", bombe()),
        ("svar.docx", loegn()),
        ("svar.docx", docx({f"word/{nummer}": b"" for nummer in range(2_000)})),
    ],
    ids=[
        *(
            "polyglot",
            "pdf-i-docx",
            "makro",
            "makro-andet-navn",
            "makro-utf-16",
            "makro-skjult",
            "docm",
            "basic",
            "script",
        ),
        *("exe-bagefter", "html-bagefter", "to-dokumenter", "to-ens", "bombe", "loegn", "mange"),
    ],
)
def test_hostile_document_is_refused(navn: str, indhold: bytes) -> None:
    assert len(indhold) < HOEJST, "not for its size"
    with pytest.raises(UgyldigtInput):
        undersoeg(navn, indhold, HOEJST)


def test_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filer, "_laes_igennem", lambda _pakke: pytest.fail("unpacked"))
    with pytest.raises(UgyldigtInput, match="fylder for meget"):
        undersoeg("svar.docx", bombe(), HOEJST)


def test_locked_document_is_refused() -> None:
    data = bytearray(docx())
    for maerke, plads in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", data, data.index(maerke) + plads, 1)
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as pakke:
        assert pakke.infolist()[0].flag_bits & 1
    with pytest.raises(UgyldigtInput, match="adgangskode"):
        undersoeg("svar.docx", bytes(data), HOEJST)


@pytest.mark.parametrize(
    ("navn", "ventet"),
    [
        ("../../etc/svar.pdf", "svar.pdf"),
        ("C:\\fakepath\\svar.pdf", "svar.pdf"),
        ('a"b\r\nX: y.pdf', "abX y.pdf"),
        ("x" * 300 + ".pdf", "x" * 110 + ".pdf"),
        (" .svar.pdf", "svar.pdf"),
    ],
)
def test_name_is_kept_without_path_and_what_headers_read(navn: str, ventet: str) -> None:
    assert undersoeg(navn, PDF, HOEJST).navn == ventet
