"""HTML to tagged PDF (PDF/UA-1). The only module that imports WeasyPrint, which costs 0.6 s: only the worker needs it.

The same `Dokument` gives the same bytes in every process: dates come from the document, the identifier from its content,
fonts and style sheet from this package. Nothing is fetched from the network or the disk.
"""

import gc
import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint import CSS, HTML, Attachment
from weasyprint.formatting_structure.boxes import TableCellBox
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from faelles.dokument import SKRIFTTYPER
from faelles.dokument.indhold import nummerer_og_vis_indhold

_STIL = Path(__file__).parent / "dokument.css"
_SIDETAL = Path(__file__).parent / "sidetal.css"
_VANDMAERKE = Path(__file__).parent / "vandmaerke.css"
# In a piece the numbers of pages are left out: only the whole document knows them (faelles.dokument.fletning).
_UDEN_SIDETAL = """
@page { @bottom-right { content: none } }
.indhold li::after { content: leader(" .") " " attr(data-side) }
"""
_UDEN_TID = datetime(1980, 1, 1, tzinfo=UTC)
_RAEKKEVIDDE = {"col": "/Column", "colgroup": "/Column", "row": "/Row", "rowgroup": "/Row"}
_OPMAERKNING = "1"  # rises when the tags of the same piece come out otherwise
# Relative addresses in a document have nothing to be relative to; this makes them absolute, so that they are refused as well.
_INTET_STED = "https://relativ-adresse.invalid/"


class UkendtRessourceError(ValueError):
    """The HTML asks for something that is neither one of the document's images nor one of our fonts."""


@dataclass(frozen=True)
class Vedhaeftning:
    """A file carried inside the PDF, such as the figures behind the tables. `navn` with suffix decides its media type."""

    navn: str
    beskrivelse: str
    indhold: bytes


@dataclass(frozen=True)
class Dokument:
    """Everything a PDF is made of.

    `html` is a whole page (`<html lang="da">`), normally rendered from `dokument/grundlag.html`. `billeder` maps names to SVG or
    PNG bytes; the HTML shows them with `<img src="billede:navn" alt="…">`. `dato` is written as the time of creation.
    """

    titel: str
    emne: str
    forfatter: str
    html: str
    dato: datetime
    billeder: Mapping[str, bytes] = field(default_factory=dict)
    vedhaeftninger: tuple[Vedhaeftning, ...] = ()


@dataclass(frozen=True)
class Stykke:
    """A chapter set by itself: a whole page of HTML, and the images it shows. The same piece gives the same bytes."""

    titel: str
    html: str
    billeder: Mapping[str, bytes]


def lav_pdf(dokument: Dokument) -> bytes:
    """Render the document as PDF/UA-1 with bookmarks, contents, running footer and attachments.

    Raises UkendtRessourceError when the HTML asks for anything but its own images, ValueError when `dato` has no time zone.
    """
    return _saet_dokument(dokument, nummerer_og_vis_indhold, ())


def lav_forside(dokument: Dokument, sidetal: Mapping[str, int]) -> bytes:
    """The front of a document in pieces, with the metadata and attachments of the whole. `sidetal`: the page of each id.

    Raises KeyError when the contents list an id that has no page, else as `lav_pdf`.
    """

    def skriv_sidetal(rod: Element) -> None:
        for punkt in rod.iter("li"):
            if maal := punkt.get("data-maal"):
                punkt.set("data-side", str(sidetal[maal.removeprefix("#")]))

    return _saet_dokument(dokument, skriv_sidetal, (_UDEN_SIDETAL,))


def stilark() -> str:
    """What decides how a piece comes out, apart from the piece: for telling whether one that was set earlier still holds."""
    return _STIL.read_text(encoding="utf-8") + _UDEN_SIDETAL + _OPMAERKNING


def lav_stykke(stykke: Stykke) -> bytes:
    """Set a chapter, tagged, without page numbers and without metadata. Raises UkendtRessourceError as `lav_pdf`."""
    with _saettemaskine(stykke.html, stykke.billeder, _UDEN_TID, (_UDEN_SIDETAL,)) as (side, valg):
        return bytes(side.write_pdf(finisher=_giv_raekkevidde, **valg, pdf_variant="pdf/ua-1"))


def lav_sidetal(antal: int) -> bytes:
    """So many pages with nothing but "Side 1 af N" where the style sheet puts it, untagged: to be laid over the pages."""
    return _saet_stempel("<p></p>" * antal, _SIDETAL)


def lav_vandmaerke(tekst: str) -> bytes:
    """A page with the word across it in grey, untagged: to be laid under the pages of a document."""
    return _saet_stempel(f"<p>{escape(tekst)}</p>", _VANDMAERKE)


def _saet_stempel(indhold: str, stil: Path) -> bytes:
    html = f"<html lang=da><body>{indhold}</body></html>"
    with _saettemaskine(html, {}, _UDEN_TID, (stil.read_text(encoding="utf-8"),)) as (side, valg):
        return bytes(side.write_pdf(**valg))


def _saet_dokument(dokument: Dokument, bearbejd: Callable[[Element], None], stil: tuple[str, ...]) -> bytes:
    if dokument.dato.tzinfo is None:
        raise ValueError("Dokumentets dato mangler tidszone.")
    with _saettemaskine(dokument.html, dokument.billeder, dokument.dato, stil) as (side, valg):
        bearbejd(side.etree_element)
        sider = side.render(**valg, pdf_variant="pdf/ua-1")
        _udfyld_metadata(sider.metadata, dokument)
        pdf = sider.write_pdf(
            finisher=_giv_raekkevidde,
            pdf_variant="pdf/ua-1",
            pdf_identifier=_kendetegn(dokument),
            attachments=_vedhaeftninger(dokument),
        )
    return bytes(pdf)


def _giv_raekkevidde(sider: Any, _pdf: object) -> None:
    """Say of each header cell whether it is its column's or its row's: WeasyPrint names the headers of a cell, but not their scope."""
    bokse = [side._page_box for side in sider.pages]  # noqa: SLF001 - the boxes know both the cell and its tag
    while bokse:
        boks = bokse.pop()
        if isinstance(boks, TableCellBox) and boks.element_tag == "th":
            boks.mark["A"]["Scope"] = _RAEKKEVIDDE[boks.element.get("scope", "col")]
        bokse += getattr(boks, "children", ())


@contextmanager
def _saettemaskine(
    html: str, billeder: Mapping[str, bytes], dato: datetime, stil: tuple[str, ...]
) -> Iterator[tuple[HTML, dict[str, object]]]:
    """The page, and what to set it with; afterwards raises UkendtRessourceError if it asked for what it may not have."""
    henter, skrifter = _Henter(billeder), FontConfiguration()
    stilark = [
        CSS(string=tekst, url_fetcher=henter, base_url=_INTET_STED, font_config=skrifter)
        for tekst in (_STIL.read_text(encoding="utf-8"), *stil)
    ]
    with _kildetid(dato), _uden_oprydning():
        side = HTML(string=html, url_fetcher=henter, base_url=_INTET_STED)
        yield side, {"stylesheets": stilark, "font_config": skrifter}
    if henter.afvist:
        raise UkendtRessourceError(
            f"Dokumentet må kun hente egne billeder (billede:navn), ikke {', '.join(henter.afvist)}"
        )


class _Henter(URLFetcher):  # type: ignore[misc]  # weasyprint is untyped
    """Serves `billede:navn` and `skrift:fil.ttf` from memory and the package; everything else is refused and remembered.

    WeasyPrint leaves out what cannot be fetched and goes on, even past its own fatal error when the address stands in a drawing.
    """

    def __init__(self, billeder: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=())
        self._billeder = billeder
        self.afvist: list[str] = []

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002 - WeasyPrint's signature
        skema, _, navn = url.partition(":")
        if skema == "billede" and navn in self._billeder:
            data = self._billeder[navn]
            mime = "image/png" if data.startswith(b"\x89PNG") else "image/svg+xml"
            return URLFetcherResponse(url, data, {"Content-Type": mime})
        if skema == "skrift" and navn in {fil.name for fil in SKRIFTTYPER.glob("*.ttf")}:
            return URLFetcherResponse(url, (SKRIFTTYPER / navn).read_bytes(), {"Content-Type": "font/ttf"})
        self.afvist.append(url)
        raise UkendtRessourceError(url)


def _udfyld_metadata(metadata: object, dokument: Dokument) -> None:
    tid = dokument.dato.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    for navn, vaerdi in {
        "title": dokument.titel,
        "authors": [dokument.forfatter],
        "description": dokument.emne,
        "created": tid,
        "modified": tid,
    }.items():
        setattr(metadata, navn, vaerdi)


def _vedhaeftninger(dokument: Dokument) -> list[Attachment]:
    """In order of name, as the PDF's name tree wants them; the document's date, or WeasyPrint would ask the clock."""
    return [
        Attachment(
            string=fil.indhold,
            name=fil.navn,
            description=fil.beskrivelse,
            created=dokument.dato.astimezone(UTC),
            modified=dokument.dato.astimezone(UTC),
        )
        for fil in sorted(dokument.vedhaeftninger, key=lambda fil: fil.navn)
    ]


def _kendetegn(dokument: Dokument) -> bytes:
    """The file identifier: 16 bytes of a hash, in hexadecimal, since a PDF identifier is kept as text."""
    grundlag = f"{dokument.titel}\0{dokument.dato.isoformat()}\0{dokument.html}"
    return hashlib.sha256(grundlag.encode()).hexdigest()[:32].encode()


@contextmanager
def _kildetid(dato: datetime) -> Iterator[None]:
    """SOURCE_DATE_EPOCH while rendering: fontTools stamps subset fonts with the clock when HarfBuzz cannot subset them."""
    foer = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(int(dato.timestamp()))
    try:
        yield
    finally:
        if foer is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = foer


@contextmanager
def _uden_oprydning() -> Iterator[None]:
    """Without the garbage collector, which would walk the millions of boxes of a document again and again and free none."""
    taendt = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if taendt:
            gc.enable()
