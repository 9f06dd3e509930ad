"""What a PDF is besides its looks, in a form two files can be compared by."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdf


def beskriv(pdf: bytes) -> dict[str, Any]:
    """Words of each page, bookmarks, destinations, links, the tree of tags and what is attached, by page number and position."""
    with pikepdf.open(io.BytesIO(pdf)) as aaben:
        sider: dict[Any, int] = {side.objgen: nr for nr, side in enumerate(aaben.pages, start=1)}
        navne = aaben.Root.Names.Dests.Names
        return {
            "ord": [sorted(side.extract_text().split()) for side in pypdf.PdfReader(io.BytesIO(pdf)).pages],
            "bogmærker": list(_bogmaerker(aaben.Root.Outlines, sider)),
            "bogmærker i alt": int(aaben.Root.Outlines.Count),
            "destinationer": [
                (str(navne[nr]), sider[navne[nr + 1][0].objgen], _punkt(navne[nr + 1]))
                for nr in range(0, len(navne), 2)
            ],
            "links": list(_links(aaben)),
            "tags": list(_tags(aaben.Root.StructTreeRoot.K, sider)),
            "sprog": str(aaben.Root.Lang),
            "titel": str(aaben.docinfo.Title),
            "vedhæftet": {navn: fil.get_file().read_bytes() for navn, fil in aaben.attachments.items()},
        }


def _bogmaerker(over: Any, sider: dict[Any, int], dybde: int = 0) -> Iterator[tuple[object, ...]]:
    foer, post = None, over.get("/First")
    while post is not None:
        assert post.Parent.objgen == over.objgen
        assert (post.get("/Prev") is None) == (foer is None)
        assert foer is None or post.Prev.objgen == foer.objgen
        yield dybde, str(post.Title), sider[post.Dest[0].objgen], _punkt(post.Dest), int(post.Count)
        yield from _bogmaerker(post, sider, dybde + 1)
        foer, post = post, post.get("/Next")
    assert foer is None or over.Last.objgen == foer.objgen


def _punkt(maal: Any) -> tuple[int, int]:
    return round(float(maal[2])), round(float(maal[3]))


def _links(pdf: pikepdf.Pdf) -> Iterator[tuple[object, ...]]:
    for nr, side in enumerate(pdf.pages, start=1):
        for link in side.obj.get("/Annots", pikepdf.Array()):
            maal = str(link.Dest) if "/Dest" in link else str(link.A.URI)
            yield nr, maal, str(link.Contents), tuple(round(float(kant)) for kant in link.Rect)


def _tags(element: Any, sider: dict[Any, int], dybde: int = 0) -> Iterator[tuple[object, ...]]:
    if isinstance(element, pikepdf.Array):
        for barn in element:
            yield from _tags(barn, sider, dybde)
    elif isinstance(element, int):
        yield dybde, "mærke", element
    elif "/S" in element:
        hoveder = len(element.A.get("/Headers", ())) if isinstance(element.get("/A"), pikepdf.Dictionary) else 0
        yield (
            dybde,
            str(element.S),
            sider.get(element.Pg.objgen) if "/Pg" in element else None,
            str(element.get("/Alt", "")),
            hoveder,
        )
        yield from _tags(element.get("/K", pikepdf.Array()), sider, dybde + 1)
    else:
        yield dybde, str(element.Type), sider[element.Pg.objgen]
