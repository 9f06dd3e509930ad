"""Numbered headings and the table of contents of a document, made from the headings themselves so that they always agree.

Works on the element tree WeasyPrint has parsed. Page numbers are filled in by the style sheet (`target-counter`).
"""

import re
from itertools import chain, count
from xml.etree.ElementTree import Element, SubElement

from faelles.sprog import soegefold

_NIVEAUER = ("h2", "h3")
UDEN_NUMMER = "uden-nummer"


def nummerer_og_vis_indhold(rod: Element) -> None:
    """Number `h2` and `h3` (1, 1.1), give them ids, and list them in each `<nav class="indhold">`.

    A heading with class `uden-nummer` is listed without a number, and so are the sections of such a chapter; headings inside the contents are left alone.
    """
    lister = [nav for nav in rod.iter("nav") if "indhold" in _klasser(nav)]
    udeladt = {id(element) for nav in lister for element in nav.iter()}
    overskrifter = [e for e in rod.iter() if e.tag in _NIVEAUER and id(e) not in udeladt]
    _nummerer(overskrifter)
    _giv_id(overskrifter)
    for nav in lister:
        _list(nav, overskrifter)


def _klasser(element: Element) -> list[str]:
    return element.get("class", "").split()


def _nummerer(overskrifter: list[Element]) -> None:
    kapitel = afsnit = 0
    kapitel_taelles = False
    for overskrift in overskrifter:
        if overskrift.tag == "h2":
            kapitel_taelles, afsnit = UDEN_NUMMER not in _klasser(overskrift), 0
            kapitel += kapitel_taelles
        if not kapitel_taelles or UDEN_NUMMER in _klasser(overskrift):
            continue
        if overskrift.tag == "h3":
            afsnit += 1
        nummer = f"{kapitel}.{afsnit}" if overskrift.tag == "h3" else f"{kapitel}"
        overskrift.text = f"{nummer}\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}{(overskrift.text or '').lstrip()}"


def _giv_id(overskrifter: list[Element]) -> None:
    """Ids in the heading's own words, since WeasyPrint lets a screen reader say the id of what a link leads to.

    ASCII only: PDF readers search the names by their bytes, which WeasyPrint does not sort by when some names need UTF-16.
    """
    brugt = {overskrift.get("id") for overskrift in overskrifter}
    for overskrift in overskrifter:
        if "id" in overskrift.attrib:
            continue
        ord_ = re.sub(r"[^a-z0-9. -]", "", soegefold(_tekst(overskrift)))
        mulige = chain([ord_], (f"{ord_} {nummer}" for nummer in count(2)))
        overskrift.set("id", next(navn for navn in mulige if navn not in brugt))
        brugt.add(overskrift.get("id"))


def _tekst(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _list(nav: Element, overskrifter: list[Element]) -> None:
    """One flat list: nested lists are read aloud as "list of one item" again and again; the class shows the level."""
    liste = SubElement(nav, "ul")
    for overskrift in overskrifter:
        punkt = SubElement(
            liste, "li", {"class": f"niveau-{overskrift.tag[1]}", "data-maal": f"#{overskrift.get('id')}"}
        )
        link = SubElement(punkt, "a", {"href": f"#{overskrift.get('id')}"})
        link.text = _tekst(overskrift)
