import io
from collections.abc import Callable

import pikepdf
import pytest

from faelles.dokument.pdf import lav_pdf
from faelles.dokument.tjek import tjek_pdf
from tests.faelles.dokument.situationer import rapport

Skade = Callable[[pikepdf.Pdf], None]


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return lav_pdf(rapport())


def _fjern(*noegler: str) -> Skade:
    def skade(pdf: pikepdf.Pdf) -> None:
        for noegle in noegler:
            del pdf.Root[noegle]

    return skade


def _uden_titel(pdf: pikepdf.Pdf) -> None:
    del pdf.docinfo["/Title"]


def _skjul_titel(pdf: pikepdf.Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


def _uden_pdfua(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(b"pdfuaid:part", b"pdfuaid:amd"))


def _oedelagt_xmp(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Metadata.write(b"<x:xmpmeta")


def _uden_alt(pdf: pikepdf.Pdf) -> None:
    next(e for e in _elementer(pdf, "/Figure")).Alt = pikepdf.String(" ")


def _uden_th(pdf: pikepdf.Pdf) -> None:
    for celle in _elementer(pdf, "/TH"):
        celle.S = pikepdf.Name.TD


def _uden_scope(pdf: pikepdf.Pdf) -> None:
    for celle in _elementer(pdf, "/TH")[:2]:
        del celle.A["/Scope"]


def _spring(pdf: pikepdf.Pdf) -> None:
    next(e for e in _elementer(pdf, "/H3")).S = pikepdf.Name.H4


def _uden_h1(pdf: pikepdf.Pdf) -> None:
    next(e for e in _elementer(pdf, "/H1")).S = pikepdf.Name.P


def _byt_kapitler(pdf: pikepdf.Pdf) -> None:
    dele = pdf.Root.StructTreeRoot.K[0].K
    dele[-1], dele[-2] = dele[-2], dele[-1]


def _uden_fontfil(pdf: pikepdf.Pdf) -> None:
    for objekt in pdf.objects:
        if isinstance(objekt, pikepdf.Dictionary) and "/FontFile2" in objekt:
            del objekt["/FontFile2"]


def _standardskrift(pdf: pikepdf.Pdf) -> None:
    pdf.Root["/Ekstra"] = pdf.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    )


def _elementer(pdf: pikepdf.Pdf, slags: str) -> list[pikepdf.Object]:
    return [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == slags]


@pytest.mark.parametrize(
    ("skade", "problem"),
    [
        (_fjern("/StructTreeRoot"), "ikke opmærket"),
        (_fjern("/MarkInfo"), "ikke opmærket"),
        (_fjern("/Lang"), "mangler sprog"),
        (_uden_titel, "mangler en titel"),
        (_skjul_titel, "DisplayDocTitle"),
        (_fjern("/ViewerPreferences"), "DisplayDocTitle"),
        (_uden_pdfua, "PDF/UA"),
        (_oedelagt_xmp, "PDF/UA"),
        (_fjern("/Metadata"), "PDF/UA"),
        (_fjern("/Outlines"), "bogmærker"),
        (_uden_alt, "1 figur mangler alternativ tekst"),
        (_uden_th, "2 tabeller mangler overskriftsceller"),
        (_uden_scope, "2 overskriftsceller siger ikke, om de gælder"),
        (_spring, "side 3 springer fra niveau 2 til niveau 4"),
        (_uden_h1, "springer fra niveau 0 til niveau 2"),
        (_byt_kapitler, "går fra side 7 tilbage til side 6"),
        (_uden_fontfil, "er ikke indlejret"),
        (_standardskrift, "Helvetica er ikke indlejret"),
    ],
)
def test_planted_defect_is_the_one_found(pdf: bytes, skade: Skade, problem: str) -> None:
    ud = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as dokument:
        skade(dokument)
        dokument.save(ud)
    fundet = tjek_pdf(ud.getvalue())
    assert fundet
    assert all(problem in tekst for tekst in fundet)


def test_bytes_that_are_no_pdf_are_refused() -> None:
    with pytest.raises(pikepdf.PdfError):
        tjek_pdf(b"ikke en PDF")
