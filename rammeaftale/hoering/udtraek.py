"""The text of a stranger's file, read out by a process of its own: `python -I udtraek.py ART SIDER TEGN`, the file on stdin.

A program and not a module of the web process: a PDF or document made to be slow, large or broken then costs a process with a
ceiling over its time and memory, and no thread that answers others. It knows nothing of Django, no secret and no database, and
it writes no file. What it finds is one JSON object on stdout: `dele`, the text of each page or paragraph with what to call it,
and `ulaest`, how many parts have none that can be read; or `fejl`, a word for why (`soegning.HVORFOR`). It ends with an error at a broken file.
"""

import io
import json
import resource
import sys
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element

import defusedxml.ElementTree
from defusedxml.common import DefusedXmlException
from pypdf import PageObject, PdfReader

MASKINENS_SEKUNDER = 10
HUKOMMELSE = 2**30  # bytes of address space
XML_MAKS = 25 * 2**20  # bytes of all the text parts of a document
_ULAESELIG = frozenset(
    {"Co", "Cn", "Cs"}
)  # what characters without a meaning of their own are: a font that tells no text
_BILLEDER = (
    ".png",
    ".jpg",
    ".jpeg",
    ".gif",
    ".bmp",
    ".tif",
    ".tiff",
    ".emf",
    ".wmf",
    ".svg",
    ".webp",
    ".odttf",
    ".ttf",
)
_TEKST = (".xml", ".rels", ".rdf", ".vml")
_UDEN_TEKST = ("mimetype", "layout-cache", "thumbnails/", "configurations2/", "objectreplacements/")
_MELLEMRUM = frozenset({"tab", "br", "cr", "s", "line-break", "noBreakHyphen"})
_LUKKET_TAG = frozenset({"p", "h"})
_FORTALT = frozenset(
    {"descr", "title", "Target", "href", "name"}
)  # attributes with words or addresses a reader can see
_HVOR: Mapping[str, str] = {
    "word/document.xml": "afsnit",
    "content.xml": "afsnit",
    "styles.xml": "sidehoved eller sidefod, afsnit",
    "meta.xml": "egenskaber, afsnit",
}

Del = tuple[str, str]


class Afvist(Exception):
    """The file is not read; `args[0]` is the word for why."""


def laes(art: str, indhold: bytes, *, sider: int, tegn: int) -> dict[str, Any]:
    """What there is to say of the file. Anything else that is raised ends the process: then the file is broken."""
    ulaest: list[int] = []
    try:
        dele = list(_hoejst(tegn, LAESERE[art](indhold, sider, ulaest)))
    except Afvist as fejl:
        return {"fejl": fejl.args[0]}
    except DefusedXmlException:
        return {"fejl": "fremmed"}
    except MemoryError:
        return {"fejl": "tungt"}
    return {"dele": dele, "ulaest": len(ulaest)}


def _hoejst(tegn: int, dele: Iterable[Del]) -> Iterator[Del]:
    laest = 0
    for del_ in dele:
        laest += len(del_[1])
        if laest > tegn:
            raise Afvist("langt")
        yield del_


# --- PDF -----------------------------------------------------------------------------------------------------------------------


def _pdf(indhold: bytes, sider: int, ulaest: list[int]) -> Iterator[Del]:
    """Page by page, with notes and filled-in fields; what the file says of itself last. A file inside it is not read."""
    laeser = PdfReader(io.BytesIO(indhold))
    if laeser.is_encrypted:
        raise Afvist("laast")
    antal = len(laeser.pages)
    if antal > sider:
        raise Afvist("sider")
    if not antal:
        raise Afvist("defekt")
    for nummer, side in enumerate(laeser.pages, start=1):
        tekst = side.extract_text()
        if not _laeselig(tekst) and side.get_contents() is not None:
            ulaest.append(nummer)
        yield f"side {nummer}", " ".join([tekst, *_noter(side)])
    yield "egenskaber", " | ".join(str(v) for v in (laeser.metadata or {}).values())
    ulaest += [0 for _ in laeser.attachments]


def _noter(side: PageObject) -> Iterator[str]:
    for henvist in side.get("/Annots") or ():
        note = henvist.get_object()
        yield from (str(note[noegle]) for noegle in ("/Contents", "/V", "/DV") if noegle in note)
        if "/A" in note and "/URI" in note["/A"]:
            yield str(note["/A"]["/URI"])


def _laeselig(tekst: str) -> bool:
    """Whether there is text, and not only the numbers of a font's drawings."""
    tegn = [unicodedata.category(t) for t in tekst if not t.isspace()]
    ord_ = sum(art[0] in "LN" for art in tegn)
    return bool(ord_) and sum(art in _ULAESELIG or art == "Cc" for art in tegn) <= len(tegn) // 10


# --- Documents that are zip files ----------------------------------------------------------------------------------------------


def _dokument(indhold: bytes, _sider: int, ulaest: list[int]) -> Iterator[Del]:
    """Every paragraph of every part: headers, notes, comments and properties too. Pictures are none; what else is in it is not read."""
    fundet = False
    with zipfile.ZipFile(io.BytesIO(indhold)) as pakke:
        dele = [del_ for del_ in pakke.infolist() if not del_.is_dir()]
        xml = [del_ for del_ in dele if del_.filename.lower().endswith(_TEKST)]
        if sum(del_.file_size for del_ in xml) > XML_MAKS:
            raise Afvist("tungt")
        for del_ in sorted(xml, key=lambda d: (d.filename not in _HVOR, d.filename)):
            with pakke.open(del_) as aaben:
                for hvor, tekst in _afsnit(aaben, _HVOR.get(del_.filename, f"{del_.filename}, afsnit")):
                    fundet = fundet or (_HVOR.get(del_.filename) == "afsnit" and _laeselig(tekst))
                    yield hvor, tekst
    andet = [d.filename for d in dele if not d.filename.lower().endswith((*_TEKST, *_BILLEDER))]
    ulaest += [0 for navn in andet if not navn.lower().startswith(_UDEN_TEKST)]
    if not fundet and any(del_.filename.lower().endswith(_BILLEDER) for del_ in dele):
        ulaest.append(0)


def _afsnit(fil: Any, hvor: str) -> Iterator[Del]:
    """The paragraphs that say something, numbered as a reader would; last, what stands outside any, and in attributes."""
    nummer, udenfor, inde = 0, [], 0
    for haendelse, knude in defusedxml.ElementTree.iterparse(fil, events=("start", "end"), forbid_dtd=True):
        if haendelse == "start":
            inde += _navn(knude) in _LUKKET_TAG
            udenfor += [vaerdi for noegle, vaerdi in knude.attrib.items() if noegle.rpartition("}")[2] in _FORTALT]
            continue
        if _navn(knude) in _LUKKET_TAG:
            inde -= 1
            tekst = _tekst(knude)
            if tekst.strip():
                nummer += 1
                yield f"{hvor} {nummer}", tekst
            hale = knude.tail
            knude.clear()
            knude.tail = hale
        elif not inde and not len(knude) and (knude.text or "").strip():
            udenfor.append(str(knude.text))
    if udenfor:
        yield f"{hvor.removesuffix('afsnit')}egenskaber".strip(), " | ".join(udenfor)


def _tekst(afsnit: Element) -> str:
    """What a paragraph says: runs are joined as they stand, for a number may be in several; tabs and breaks are spaces."""
    return "".join(
        f"{' ' if _navn(knude) in _MELLEMRUM else ''}{knude.text or ''}{knude.tail or '' if knude is not afsnit else ''}"
        for knude in afsnit.iter()
    )


def _navn(knude: Element) -> str:
    return str(knude.tag).rpartition("}")[2]


LAESERE: Mapping[str, Callable[[bytes, int, list[int]], Iterator[Del]]] = {
    "pdf": _pdf,
    "docx": _dokument,
    "odt": _dokument,
}


def main() -> None:
    """Read stdin under a ceiling that cannot be raised again."""
    for hvad, loft in (
        (resource.RLIMIT_AS, HUKOMMELSE),
        (resource.RLIMIT_CPU, MASKINENS_SEKUNDER),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(hvad, (loft, loft))
    art, sider, tegn = sys.argv[1:]
    fundet = laes(art, sys.stdin.buffer.read(), sider=int(sider), tegn=int(tegn))
    sys.stdout.buffer.write(json.dumps(fundet).encode())


if __name__ == "__main__":
    main()
