"""Files with a CPR number in their text are refused with the place and never the number; what cannot be read is said or marked."""

import io
import subprocess
import time
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from faelles.fejl import UgyldigtInput
from kommuner.models import Rolle
from rammeaftale.hoering import soegning
from rammeaftale.hoering.actions import svar as svarhandling
from rammeaftale.hoering.filer import Fil, Filart, undersoeg
from rammeaftale.hoering.queries import vis
from rammeaftale.hoering.soegning import Gennemsoegning, gennemsoeg
from rammeaftale.models import Hoeringsfil, Hoeringssvar
from tests import fabrik
from tests.rammeaftale.hoering.situationer import PDF, W, docx, noegle, odt, pdf, sendt, udkast

pytestmark = pytest.mark.django_db
ODT = b"application/vnd.oasis.opendocument.text"
NUMMER = "010203-1234"
BILLEDE = b"\x89PNG\r\n\x1a\n"


def fil(navn: str, indhold: bytes) -> Fil:
    return undersoeg(navn, indhold, 3_000_000)


def afvist(navn: str, indhold: bytes) -> str:
    with pytest.raises(UgyldigtInput) as fejl:
        gennemsoeg(fil(navn, indhold))
    return fejl.value.besked


def w(tekst: str, rod: str = "hdr") -> bytes:
    return f'<w:{rod} xmlns:w="{W}"><w:p><w:r><w:t>{tekst}</w:t></w:r></w:p></w:{rod}>'.encode()


def note(felt: bytes) -> bytes:
    return b"/Annots[<</Type/Annot/Subtype/Text/Rect[0 0 9 9]" + felt + b">>]"


@pytest.mark.parametrize(
    ("navn", "indhold"),
    [
        ("a.pdf", PDF),
        ("a.pdf", pdf("En side", "En til 12-34")),
        ("a.docx", docx(None, "Vi er enige.", "Ring på 12 34 56 78.")),
        ("a.docx", docx({"word/media/logo.png": BILLEDE}, "Vi er enige.")),
        ("a.odt", odt(ODT, "Vi er enige.")),
        ("a.txt", b"Sagen er 2026-123456."),
    ],
    ids=["pdf", "sider", "docx", "logo", "odt", "txt"],
)
def test_file_without_a_number_is_searched_and_taken(navn: str, indhold: bytes) -> None:
    assert gennemsoeg(fil(navn, indhold)) is Gennemsoegning.HELT


@pytest.mark.parametrize(
    ("navn", "indhold", "hvor"),
    [
        ("a.pdf", pdf("Først", f"Om {NUMMER}", "Sidst"), "side 2"),
        ("a.pdf", pdf("Om 010203", "1234 og så videre"), "side 1 og side 2"),
        ("a.pdf", pdf("Enig", mere=note(f"/Contents({NUMMER})".encode())), "side 1"),
        ("a.pdf", pdf("Enig", mere=note(f"/T(felt)/V({NUMMER})".encode())), "side 1"),
        ("a.docx", docx(None, "Først", "Om 010203|-12|34."), "afsnit 2"),
        ("a.docx", docx(None, "Om 010203", "1234 og så videre"), "afsnit 1 og afsnit 2"),
        ("a.docx", docx({"word/header1.xml": w(NUMMER)}, "Enig"), "word/header1.xml"),
        ("a.docx", docx({"word/comments.xml": w(NUMMER, "comments")}, "Enig"), "word/comments.xml"),
        ("a.docx", docx({"docProps/core.xml": f"<cp><t>{NUMMER}</t></cp>".encode()}, "Enig"), "docProps/core.xml"),
        ("a.docx", docx({"word/_rels/d.rels": f'<R><r Target="mailto:{NUMMER}"/></R>'.encode()}, "Enig"), "d.rels"),
        ("a.odt", odt(ODT, "Enig", f"Om {NUMMER}"), "afsnit 2"),
        ("a.txt", f"Enig\nOm {NUMMER}".encode(), "linje 2"),
        ("a.txt", b"Om 010203\n1234", "linje 1 og linje 2"),
    ],
    ids=["pdf", "sideskift", "note", "felt", "run", "afsnitsskift", "hoved", "kommentar", "egenskab", "link", "odt", "txt", "linjer"],
)  # fmt: skip
def test_number_is_refused_with_its_place_and_never_repeated(navn: str, indhold: bytes, hvor: str) -> None:
    besked = afvist(navn, indhold)
    assert hvor in besked
    assert "ligner et CPR-nummer" in besked
    assert "0203" not in besked


def _laast() -> bytes:
    ud = io.BytesIO()
    with pikepdf.open(io.BytesIO(PDF)) as aaben:
        aaben.save(ud, encryption=pikepdf.Encryption(owner="a", user="b"))
    return ud.getvalue()


def _xxe() -> bytes:
    dokument = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:p xmlns:w="{W}"><w:t>&x;</w:t></w:p>'
    return docx({"word/document.xml": dokument.encode()})


def _latter() -> bytes:
    led = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    return docx({"word/document.xml": f'<!DOCTYPE d [<!ENTITY a0 "ha">{led}]><d>&a11;</d>'.encode()})


def _pdfbombe() -> bytes:
    """A content stream of a few hundred kilobytes that is hundreds of megabytes when it is unpacked."""
    pakket = zlib.compress(zlib.compress(b"BT (x) Tj ET " * 20_000_000, 9), 9)
    krop = b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n%s\nendstream" % (len(pakket), pakket)
    gammel = PDF.partition(b"5 0 obj\n")[2].partition(b"\nendobj")[0]
    return PDF.replace(gammel, krop)


def _ring() -> bytes:
    """A tree of pages that is its own child."""
    return PDF.replace(b"/Kids[4 0 R]", b"/Kids[2 0 R]")


@pytest.mark.parametrize(
    ("navn", "lav", "hvorfor"),
    [
        ("a.pdf", _laast, "adgangskode"),
        ("a.pdf", lambda: pdf(*["x"] * 201), "over 200 sider"),
        ("a.pdf", lambda: PDF.replace(b"/Pages 2 0 R", b"/Pages 9 0 R"), "i stykker"),
        ("a.pdf", lambda: PDF.replace(b"/Count 1/Kids[4 0 R]", b"/Count 0/Kids[]"), "i stykker"),
        ("a.pdf", lambda: b"%PDF-1.7\n" + b"\x00" * 5000 + b"startxref\n9\n%%EOF", "i stykker"),
        ("a.docx", _xxe, "uden for sig selv"),
        ("a.docx", _latter, "uden for sig selv"),
        ("a.docx", lambda: docx({"word/document.xml": b"<w:p>"}), "i stykker"),
        ("a.docx", lambda: docx({"word/document.xml": b"<d>" + b"x" * 26_500_000 + b"</d>"}), "fylder for meget"),
        ("a.docx", lambda: docx(None, *["x" * 1000] * 2001), "for meget tekst"),
    ],
    ids=["laast", "sider", "uden_sider", "ingen_sider", "skrald", "xxe", "latter", "halv", "tung", "lang"],
)  # fmt: skip
def test_file_that_cannot_be_read_is_refused_and_says_what_to_do(
    navn: str, lav: Callable[[], bytes], hvorfor: str
) -> None:
    assert hvorfor in afvist(navn, lav())


@pytest.mark.parametrize("lav", [_pdfbombe, _ring], ids=["bombe", "ring"])
def test_hostile_pdf_costs_no_more_than_the_ceiling(lav: Callable[[], bytes]) -> None:
    foer = time.monotonic()
    with pytest.raises(UgyldigtInput):
        gennemsoeg(fil("a.pdf", lav()))
    assert time.monotonic() - foer < soegning.SEKUNDER + 5


def test_reader_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    haenger = tmp_path / "laeser.py"
    haenger.write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr(soegning, "LAESER", haenger)
    monkeypatch.setattr(soegning, "SEKUNDER", 0.5)
    assert "lang tid" in afvist("a.pdf", PDF)


def test_reader_knows_none_of_the_platforms_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "hemmelig")
    kaldt: dict[str, object] = {}

    def koer(kommando: list[str], **mere: object) -> subprocess.CompletedProcess[bytes]:
        kaldt.update(mere, kommando=kommando)
        return subprocess.CompletedProcess(kommando, 0, b'{"dele": [["side 1", "x"]], "ulaest": 0}')

    monkeypatch.setattr(soegning.subprocess, "run", koer)  # type: ignore[attr-defined]
    gennemsoeg(fil("a.pdf", PDF))
    assert (kaldt["env"], "-I" in kaldt["kommando"]) == ({}, True)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("navn", "indhold", "hvor_meget"),
    [
        ("a.pdf", pdf("", ""), Gennemsoegning.IKKE),
        ("a.pdf", pdf("Enig", ""), Gennemsoegning.DELVIST),
        ("a.docx", docx({"word/media/scan.png": BILLEDE}), Gennemsoegning.IKKE),
        ("a.docx", docx({"word/embeddings/ark.xlsx": b"PK"}, "Enig"), Gennemsoegning.DELVIST),
    ],
    ids=["scannet", "en side", "billede", "indlejret"],
)
def test_what_is_no_text_is_taken_and_marked(navn: str, indhold: bytes, hvor_meget: Gennemsoegning) -> None:
    assert gennemsoeg(fil(navn, indhold)) is hvor_meget


def test_pdf_with_a_file_inside_is_marked() -> None:
    ud = io.BytesIO()
    with pikepdf.open(io.BytesIO(PDF)) as aaben:
        aaben.attachments["ark.csv"] = pikepdf.AttachedFileSpec(aaben, NUMMER.encode(), filename="ark.csv")
        aaben.save(ud)
    assert gennemsoeg(fil("a.pdf", ud.getvalue())) is Gennemsoegning.DELVIST


# --- Where the answer is given and read ----------------------------------------------------------------------------------------


def send(data: Mapping[str, object]) -> tuple[int, str]:
    svar = Client().post(f"{reverse('hoeringssvar')}?noegle={noegle()}", data)
    return svar.status_code, svar.content.decode()


def test_answer_with_a_number_in_a_file_is_refused_at_the_file_and_nothing_is_kept() -> None:
    sendt()
    status, side = send({"generelt": "Enig.", "fil_2": SimpleUploadedFile("a.pdf", pdf("Enig", f"Om {NUMMER}"))})
    assert status == 422
    assert "I filen, side 2, står noget, der ligner et CPR-nummer" in side
    assert NUMMER not in side
    assert not Hoeringssvar.objects.exists()


def test_scanned_file_is_said_to_the_sender_and_marked_for_the_secretariat() -> None:
    hoering = sendt(udkast())
    assert send({"fil_1": SimpleUploadedFile("scan.pdf", pdf("")), "fil_2": SimpleUploadedFile("a.pdf", PDF)})[0] == 302
    assert {f.navn: f.gennemsoegt for f in Hoeringsfil.objects.all()} == {"scan.pdf": "ikke", "a.pdf": "helt"}
    kvittering = Client().get(reverse("hoeringssvar"), {"noegle": noegle()}).content.decode()
    assert "En fil kunne ikke læses igennem" in kvittering
    assert kvittering.count("Ikke gennemsøgt for CPR-numre") == 1
    sekretariat = Client()
    bruger = fabrik.bruger(Rolle.SEKRETARIAT, hoering.version.aftale.kkr.sekretariat)  # type: ignore[arg-type]
    sekretariat.force_login(bruger)
    side = sekretariat.get(reverse("rammeaftale:hoering", args=[hoering.pk])).content.decode()
    assert side.count("Ikke gennemsøgt for CPR-numre") == 1
    assert "1: scan.pdf" in side
    assert [f.navn for f in vis(hoering).venter] == ["scan.pdf"]
    tabel: Any = sekretariat.get(reverse("rammeaftale:eksport_hoeringssvar", args=[hoering.pk, "csv"]))
    raekker = b"".join(tabel.streaming_content if tabel.streaming else [tabel.content]).decode("utf-8-sig")
    assert "scan.pdf (Ikke gennemsøgt for CPR-numre)" in raekker
    assert "a.pdf (" not in raekker


def test_receipt_of_searched_files_says_nothing_of_it() -> None:
    sendt()
    send({"fil_1": SimpleUploadedFile("a.pdf", PDF)})
    assert "gennemsøgt" not in Client().get(reverse("hoeringssvar"), {"noegle": noegle()}).content.decode()


def test_file_of_a_key_nobody_has_is_not_read_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(svarhandling, "gennemsoeg", lambda _fil: pytest.fail("read"))
    sendt()
    svar = Client().post(f"{reverse('hoeringssvar')}?noegle=x", {"fil_1": SimpleUploadedFile("a.pdf", PDF)})
    assert svar.status_code == 404


def test_every_kind_has_a_reader() -> None:
    """A kind the reader does not know would be called broken."""
    filer = {Filart.PDF: PDF, Filart.DOCX: docx(None, "Enig"), Filart.ODT: odt(ODT, "Enig"), Filart.TXT: b"Enig"}
    assert {gennemsoeg(fil(f"a.{art.value}", filer[art])) for art in Filart} == {Gennemsoegning.HELT}
