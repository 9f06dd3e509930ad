"""Pieces of a document joined to one PDF that is what setting it in one piece would have given.

pikepdf copies pages and what they show. What hangs on the document and not on a page is joined here: bookmarks, named
destinations, the tags with their table of which tag a mark on a page belongs to, and the links between the pieces.
"""

import io
from collections.abc import Iterator, Sequence
from itertools import pairwise
from urllib.parse import unquote

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from faelles.dokument.kapitler import ANDET_STYKKE
from faelles.dokument.pdf import Dokument, lav_forside, lav_sidetal, lav_vandmaerke

_HOEJESTE_FORSOEG = 4
# The page number is no content of its own: read aloud it would interrupt the text.
_STEMPEL = b"Q /Artifact BMC q /%s Do Q EMC"
# Nor is the watermark, which is painted first, so that the text stands on it.
_VANDMAERKE = b"/Artifact <</Type /Pagination /Subtype /Watermark>> BDC q /Vandmaerke Do Q EMC"


class LoesLinkError(ValueError):
    """A link or an entry of the contents leads nowhere: the pieces are not of the same document."""


def flet(forside: Dokument, kapitler: Sequence[bytes], vandmaerke: str = "") -> bytes:
    """Join the front and the chapters, in order, to one tagged PDF. The same pieces give the same bytes.

    `vandmaerke` is a word behind the text of every page.

    Raises LoesLinkError when a link leads nowhere, pikepdf.PdfError when a chapter is no PDF.
    """
    aabne = [pikepdf.open(io.BytesIO(kapitel)) for kapitel in kapitler]
    try:
        samlet = _forside(forside, aabne)
        foran = len(samlet.pages)
        for nr, kapitel in enumerate(aabne, start=1):
            _tilfoej(samlet, kapitel, f"k{nr}-")
        _forbind_links(samlet)
        _saet_sidetal(samlet, uden=1 if 'class="forside"' in forside.html and foran else 0)
        if vandmaerke:
            _saet_vandmaerke(samlet, vandmaerke)
        ud = io.BytesIO()
        samlet.save(ud, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return ud.getvalue()
    finally:
        for kapitel in aabne:
            kapitel.close()


def _forside(forside: Dokument, kapitler: Sequence[Pdf]) -> Pdf:
    """The front, set again until the contents are as many pages as the page numbers in them took for granted."""
    foran = 2
    for _ in range(_HOEJESTE_FORSOEG):
        try:
            pdf = pikepdf.open(io.BytesIO(lav_forside(forside, _sidetal(kapitler, foran))))
        except KeyError as fejl:
            raise LoesLinkError(f"Indholdsfortegnelsen nævner »{fejl.args[0]}«, som intet kapitel har.") from fejl
        if len(pdf.pages) == foran:
            return pdf
        foran = len(pdf.pages)
    raise LoesLinkError("Indholdsfortegnelsen finder ikke sin længde.")


def _sidetal(kapitler: Sequence[Pdf], foran: int) -> dict[str, int]:
    fundne: dict[str, int] = {}
    for kapitel in kapitler:
        nummer = {_nummer(side.obj): nr for nr, side in enumerate(kapitel.pages, start=foran + 1)}
        fundne |= {navn: nummer[_nummer(maal[0])] for navn, maal in _destinationer(kapitel).items()}
        foran += len(kapitel.pages)
    return fundne


def _nummer(objekt: Object) -> tuple[int, int]:
    """What tells an object of a file from another."""
    return objekt.objgen


def _destinationer(pdf: Pdf) -> dict[str, Object]:
    navne = pdf.Root.get("/Names", Dictionary()).get("/Dests", Dictionary()).get("/Names", Array())
    return {str(navne[nr]): navne[nr + 1] for nr in range(0, len(navne), 2)}


def _tilfoej(samlet: Pdf, kapitel: Pdf, maerke: str) -> None:
    """Add a chapter: its pages first, so that what is copied afterwards finds them."""
    sider_foer = len(samlet.pages)
    _goer_egne(kapitel, maerke)
    for side in kapitel.pages:
        samlet.pages.append(side)
    rod = {
        navn: samlet.copy_foreign(kapitel.make_indirect(kapitel.Root[navn]))
        for navn in ("/StructTreeRoot", "/Outlines", "/Names")
        if navn in kapitel.Root
    }
    _tilfoej_tags(samlet, rod["/StructTreeRoot"], sider_foer)
    if "/Outlines" in rod:
        _tilfoej_bogmaerker(samlet, rod["/Outlines"])
    if "/Names" in rod:
        _tilfoej_destinationer(samlet, rod["/Names"].Dests.Names)


def _goer_egne(kapitel: Pdf, maerke: str) -> None:
    """Ids of header cells count from one in each chapter; the cells name their headers by them."""
    for element in _elementer(kapitel.Root.StructTreeRoot):
        if "/ID" in element:
            element.ID = String(maerke + str(element.ID))
        if "/Headers" in element.get("/A", Dictionary()):
            element.A.Headers = Array([String(maerke + str(hoved)) for hoved in element.A.Headers])


def _elementer(rod: Object) -> Iterator[Object]:
    stak = [rod]
    while stak:
        boern = stak.pop().get("/K", Array())
        for barn in boern if isinstance(boern, Array) else [boern]:
            if isinstance(barn, Dictionary) and "/S" in barn:
                yield barn
                stak.append(barn)


def _tilfoej_tags(samlet: Pdf, tags: Object, sider_foer: int) -> None:
    """Hang the chapter's tags under the document's, and number pages and links on from what is there."""
    rod = samlet.Root.StructTreeRoot
    dokument, kapitlets = rod.K[0], tags.K[0]
    for element in kapitlets.K:
        element.P = dokument
        dokument.K.append(element)
    numre = rod.ParentTree.Nums
    forskudt = len(numre) // 2
    for nr in range(0, len(tags.ParentTree.Nums), 2):
        numre.append(int(tags.ParentTree.Nums[nr]) + forskudt)
        numre.append(tags.ParentTree.Nums[nr + 1])
    for side in list(samlet.pages)[sider_foer:]:
        for objekt, noegle in (
            (side.obj, "/StructParents"),
            *((a, "/StructParent") for a in side.obj.get("/Annots", Array())),
        ):
            if noegle in objekt:
                objekt[noegle] = int(objekt[noegle]) + forskudt


def _tilfoej_bogmaerker(samlet: Pdf, bogmaerker: Object) -> None:
    if "/Outlines" not in samlet.Root:
        samlet.Root.Outlines = samlet.make_indirect(Dictionary(Count=0))
    rod = samlet.Root.Outlines
    nye = list(_kaede(bogmaerker))
    if not nye:
        return
    for foer, efter in pairwise([*([rod.Last] if "/Last" in rod else []), *nye]):
        foer.Next, efter.Prev = efter, foer
    for post in nye:
        post.Parent = rod
    if "/First" not in rod:
        rod.First = nye[0]
    rod.Last = nye[-1]
    rod.Count = int(rod.Count) + int(bogmaerker.Count)


def _kaede(bogmaerker: Object) -> Iterator[Object]:
    post = bogmaerker.get("/First")
    while post is not None:
        yield post
        post = post.get("/Next")


def _tilfoej_destinationer(samlet: Pdf, nye: Object) -> None:
    """One name tree, sorted: readers search it by halves."""
    if "/Names" not in samlet.Root:
        samlet.Root.Names = Dictionary()
    if "/Dests" not in samlet.Root.Names:
        samlet.Root.Names.Dests = Dictionary(Names=Array())
    alle = _destinationer(samlet) | {str(nye[nr]): nye[nr + 1] for nr in range(0, len(nye), 2)}
    samlet.Root.Names.Dests.Names = Array([led for navn in sorted(alle) for led in (String(navn), alle[navn])])


def _forbind_links(samlet: Pdf) -> None:
    """Links to another piece were set as addresses; here they become what a link inside one piece is."""
    kendte = _destinationer(samlet)
    for side in samlet.pages:
        for link in side.obj.get("/Annots", Array()):
            adresse = str(link.get("/A", Dictionary()).get("/URI", ""))
            if adresse.startswith(ANDET_STYKKE):
                navn = unquote(adresse.removeprefix(ANDET_STYKKE))
                if navn not in kendte:
                    raise LoesLinkError(f"Et link peger på »{navn}«, som ikke findes i dokumentet.")
                del link[Name.A]
                link.Dest = link.Contents = String(navn)


def _saet_sidetal(samlet: Pdf, *, uden: int) -> None:
    """Lay "Side n af N" over every page but the first `uden`."""
    with pikepdf.open(io.BytesIO(lav_sidetal(len(samlet.pages)))) as tal:
        delte: set[tuple[int, int]] = set()
        for nr, (side, sidetal) in enumerate(zip(samlet.pages, tal.pages, strict=True)):
            if nr < uden:
                continue
            navn = f"Sidetal{nr + 1}"
            stempel = samlet.copy_foreign(sidetal.as_form_xobject())
            _billeder(side.obj, delte)[f"/{navn}"] = stempel
            side.contents_add(b"q", prepend=True)
            side.contents_add(_STEMPEL % navn.encode())


def _saet_vandmaerke(samlet: Pdf, tekst: str) -> None:
    with pikepdf.open(io.BytesIO(lav_vandmaerke(tekst))) as maerke:
        stempel = samlet.copy_foreign(maerke.pages[0].as_form_xobject())
        delte: set[tuple[int, int]] = set()
        for side in samlet.pages:
            _billeder(side.obj, delte).Vandmaerke = stempel
            side.contents_add(_VANDMAERKE, prepend=True)


def _billeder(side: Object, kendte: set[tuple[int, int]]) -> Object:
    """What the page can show by name; WeasyPrint lets all pages of a file share it."""
    ressourcer = side.Resources
    if _nummer(ressourcer) not in kendte:
        kendte.add(_nummer(ressourcer))
        if "/XObject" not in ressourcer:
            ressourcer.XObject = Dictionary()
    return ressourcer.XObject
