"""What keeps a PDF from being accessible, as Danish sentences. A first line before a full PDF/UA validator, not instead of it."""

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf

_PDFUAID = "{http://www.aiim.org/pdfua/ns/id/}part"
_OVERSKRIFT = re.compile("/H([1-6])")


def tjek_pdf(data: bytes) -> tuple[str, ...]:
    """The problems found; empty when there are none.

    Looks at tags, language, title, PDF/UA mark, bookmarks, alt texts, table headers and their scope, levels of headings, reading
    order and embedded fonts.
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
    elementer = list(_elementer(rod.StructTreeRoot))
    if figurer := sum(1 for e in elementer if e.S == "/Figure" and not str(e.get("/Alt", "")).strip()):
        yield f"{figurer} {'figur' if figurer == 1 else 'figurer'} mangler alternativ tekst (Alt)."
    tabeller = [list(_elementer(e)) for e in elementer if e.S == "/Table"]
    if uden := sum(1 for dele in tabeller if not any(e.S == "/TH" for e in dele)):
        yield f"{uden} {'tabel' if uden == 1 else 'tabeller'} mangler overskriftsceller (TH)."
    if celler := sum(1 for e in elementer if e.S == "/TH" and "/Scope" not in e.get("/A", pikepdf.Dictionary())):
        hvilke = (
            "1 overskriftscelle siger ikke, om den" if celler == 1 else f"{celler} overskriftsceller siger ikke, om de"
        )
        yield f"{hvilke} gælder en række eller en kolonne (Scope)."
    yield from _raekkefoelgen(pdf, elementer)


def _raekkefoelgen(pdf: pikepdf.Pdf, elementer: Sequence[pikepdf.Object]) -> Iterator[str]:
    """What is read aloud must go down through the headings, and on through the pages."""
    sidetal = {side.obj.objgen: nr for nr, side in enumerate(pdf.pages, start=1)}
    niveau, naaet = 0, 1
    for element in elementer:
        side = sidetal.get(element.get("/Pg", pikepdf.Dictionary()).objgen, naaet)
        if side < naaet:
            yield f"Læserækkefølgen går fra side {naaet} tilbage til side {side}."
        naaet = side
        if fundet := _OVERSKRIFT.fullmatch(str(element.S)):
            foer, niveau = niveau, int(fundet[1])
            if niveau > foer + 1:
                yield f"En overskrift på side {side} springer fra niveau {foer} til niveau {niveau}."


def _elementer(rod: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Every structure element below, in reading order; marked content (numbers) and object references are left out."""
    stak = _boern(rod)[::-1]
    while stak:
        element = stak.pop()
        if isinstance(element, pikepdf.Dictionary) and "/S" in element:
            yield element
            stak += _boern(element)[::-1]


def _boern(element: pikepdf.Object) -> list[Any]:
    boern = element.get("/K", pikepdf.Array())
    return list(boern) if isinstance(boern, pikepdf.Array) else [boern]


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
