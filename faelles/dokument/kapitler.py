"""A document divided into pieces that can be set apart from each other: its front, and one piece per chapter.

Numbers, ids and contents are made from the whole document first, so that a piece says what the whole would say. What only the
whole knows, page numbers, is filled in when the pieces are joined (`faelles.dokument.fletning`).
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, tostring

from weasyprint import HTML

from faelles.dokument.indhold import nummerer_og_vis_indhold
from faelles.dokument.pdf import Dokument, Stykke

# A link to another piece: WeasyPrint drops one it cannot find the target of, but passes on an address it does not know.
ANDET_STYKKE = "kapitel:"
_LOEBENDE = ("sidehoved", "sidefod")


@dataclass(frozen=True)
class Opdelt:
    """`forside` is the document with cover and contents only; the chapters follow in order."""

    forside: Dokument
    kapitler: tuple[Stykke, ...]


def del_op(dokument: Dokument) -> Opdelt:
    """Divide at each `h2` in `main` that begins a page (all but those of class "fortsat").

    Raises ValueError when the document has no `main`, no such chapter, or drawings inside the text (they must be `<img>`).
    """
    rod = HTML(string=dokument.html).etree_element
    if any(isinstance(element.tag, str) and element.tag.startswith("{") for element in rod.iter()):
        raise ValueError("Et dokument i kapitler må kun vise figurer med <img>.")
    nummerer_og_vis_indhold(rod)
    krop, hoved = rod.find("body"), rod.find(".//main")
    if krop is None or hoved is None:
        raise ValueError("Dokumentet har intet <main>.")
    grupper = list(_grupper(hoved))
    if not grupper:
        raise ValueError("Dokumentets <main> har intet kapitel (h2).")
    efter = _soeskende_efter(krop, hoved)
    loebende = [barn for barn in krop if _loebende(barn)]
    for barn in (hoved, *efter):
        krop.remove(barn)
    hvor = {id_: nr for nr, gruppe in enumerate(grupper) for element in gruppe for id_ in _ider(element)}
    _peg_ud([krop], hvor, None)
    for nr, gruppe in enumerate(grupper):
        _peg_ud(gruppe, hvor, nr)
    kapitler, figurer, tabeller = [], 0, 0
    for nr, gruppe in enumerate(grupper):
        sidst = efter if nr == len(grupper) - 1 else []
        kapitel = _side(
            rod, [*loebende, _ny("main", gruppe), *sidst], f"counter-reset: figur {figurer} tabel {tabeller}"
        )
        kapitler.append(
            Stykke(_titel(gruppe), tostring(kapitel, "unicode", "html"), _brugte(kapitel, dokument.billeder))
        )
        figurer += sum(1 for _ in kapitel.iter("figcaption"))
        tabeller += sum(1 for _ in kapitel.iter("caption"))
    html = "<!DOCTYPE html>" + tostring(rod, "unicode", "html")
    return Opdelt(replace(dokument, html=html, billeder=_brugte(rod, dokument.billeder)), tuple(kapitler))


def _grupper(hoved: Element) -> Iterator[list[Element]]:
    """The children of `main`, chapter by chapter; what stands before the first chapter goes with it."""
    gruppe: list[Element] = []
    begyndt = False
    for barn in hoved:
        if _begynder(barn):
            if begyndt:
                yield gruppe
                gruppe = []
            begyndt = True
        gruppe.append(barn)
    if begyndt:
        yield gruppe


def _begynder(element: Element) -> bool:
    overskrift = next(element.iter("h2"), None)
    return overskrift is not None and "fortsat" not in overskrift.get("class", "").split()


def _loebende(element: Element) -> bool:
    return any(klasse in _LOEBENDE for klasse in element.get("class", "").split())


def _soeskende_efter(krop: Element, hoved: Element) -> list[Element]:
    boern = list(krop)
    return boern[boern.index(hoved) + 1 :]


def _ider(element: Element) -> Iterator[str]:
    return (under.attrib["id"] for under in element.iter() if "id" in under.attrib)


def _peg_ud(elementer: Sequence[Element], hvor: Mapping[str, int], her: int | None) -> None:
    """Mark the links that lead out of a piece."""
    for element in elementer:
        for link in element.iter("a"):
            maal = link.get("href", "")
            if maal.startswith("#") and hvor.get(maal[1:], her) != her:
                link.set("href", ANDET_STYKKE + quote(maal[1:], safe=""))


def _side(rod: Element, indhold: Sequence[Element], stil: str) -> Element:
    side = Element("html", dict(rod.attrib))
    hoved = rod.find("head")
    if hoved is not None:
        side.append(deepcopy(hoved))
    krop = SubElement(side, "body", {"style": stil})
    krop.extend(indhold)
    return side


def _ny(navn: str, boern: Sequence[Element]) -> Element:
    element = Element(navn)
    element.extend(boern)
    return element


def _titel(gruppe: Sequence[Element]) -> str:
    overskrift = next(h2 for element in gruppe for h2 in element.iter("h2"))
    return " ".join("".join(overskrift.itertext()).replace("\N{SOFT HYPHEN}", "").split())


def _brugte(rod: Element, billeder: Mapping[str, bytes]) -> dict[str, bytes]:
    navne = sorted({billede.get("src", "").removeprefix("billede:") for billede in rod.iter("img")})
    return {navn: billeder[navn] for navn in navne if navn in billeder}
