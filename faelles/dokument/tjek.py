"""What keeps a PDF from being accessible, as Danish sentences. A first line before a full PDF/UA validator, not instead of it."""

import io
from collections.abc import Iterator

import pikepdf

_PDFUAID = "{http://www.aiim.org/pdfua/ns/id/}part"


def tjek_pdf(data: bytes) -> tuple[str, ...]:
    """The problems found; empty when there are none.

    Looks at tags, language, title, PDF/UA mark, bookmarks, alt texts, table headers and embedded fonts.
    Raises pikepdf.PdfError when the bytes are not a PDF.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return (*_dokumentet(pdf), *_strukturen(pdf), *_skrifttyperne(pdf))


def _dokumentet(pdf: pikepdf.Pdf) -> Iterator[str]:
    rod = pdf.Root
    if not rod.get("/Lang") or not str(rod.Lang):
        yield "Dokumentet mangler sprog (Lang)."
    if not pdf.docinfo.get("/Title"):
        yield "Dokumentet mangler en titel (Title)."
    if not rod.get("/ViewerPreferences", pikepdf.Dictionary()).get("/DisplayDocTitle"):
        yield "Titlen vises ikke i vinduet (DisplayDocTitle)."
    if not pdf.open_metadata().get(_PDFUAID):
        yield "Dokumentet er ikke mærket som PDF/UA (pdfuaid:part i XMP)."
    if "/First" not in rod.get("/Outlines", pikepdf.Dictionary()):
        yield "Dokumentet mangler bogmærker (Outlines)."


def _strukturen(pdf: pikepdf.Pdf) -> Iterator[str]:
    rod = pdf.Root
    if "/StructTreeRoot" not in rod or not rod.get("/MarkInfo", pikepdf.Dictionary()).get("/Marked"):
        yield "Dokumentet er ikke opmærket (StructTreeRoot og MarkInfo)."
        return
    figurer = tabeller = 0
    for element in _elementer(rod.StructTreeRoot):
        if element.get("/S") == "/Figure" and not str(element.get("/Alt", "")).strip():
            figurer += 1
        if element.get("/S") == "/Table" and not any(e.get("/S") == "/TH" for e in _elementer(element)):
            tabeller += 1
    if figurer:
        yield f"{figurer} {'figur' if figurer == 1 else 'figurer'} mangler alternativ tekst (Alt)."
    if tabeller:
        yield f"{tabeller} {'tabel' if tabeller == 1 else 'tabeller'} mangler overskriftsceller (TH)."


def _elementer(rod: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Every structure element below, in no particular order; marked content (numbers) and object references are left out."""
    stak = [rod]
    while stak:
        boern = stak.pop().get("/K", pikepdf.Array())
        for barn in boern if isinstance(boern, pikepdf.Array) else [boern]:
            if isinstance(barn, pikepdf.Dictionary) and "/S" in barn:
                yield barn
                stak.append(barn)


def _skrifttyperne(pdf: pikepdf.Pdf) -> Iterator[str]:
    mangler = sorted(
        {
            str(font.get("/BaseFont", "uden navn")).lstrip("/")
            for objekt in pdf.objects
            if isinstance(objekt, pikepdf.Dictionary) and objekt.get("/Type") == "/Font"
            for font in _beskrevne(objekt)
            if not any(
                noegle in font.get("/FontDescriptor", pikepdf.Dictionary())
                for noegle in ("/FontFile", "/FontFile2", "/FontFile3")
            )
        }
    )
    for navn in mangler:
        yield f"Skrifttypen {navn} er ikke indlejret."


def _beskrevne(font: pikepdf.Object) -> list[pikepdf.Object]:
    """Where the font file is named: in the descendant of a composite font, and nowhere for a font drawn as PDF (Type 3)."""
    if font.get("/Subtype") == "/Type3":
        return []
    if font.get("/Subtype") == "/Type0":
        return list(font.DescendantFonts)
    return [font]
