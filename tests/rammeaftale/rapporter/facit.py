"""A document as text that a person can read and compare: a line for each heading, caption, paragraph and row."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from weasyprint import HTML

MAPPE = Path(__file__).parent / "facit"
LINJER = {"h1", "h2", "h3", "h4", "p", "li", "caption", "figcaption", "tr", "dt", "dd"}
RYK = {"h2": "\n## ", "h3": "\n### ", "caption": "\n[tabel] ", "figcaption": "\n[figur] ", "li": "- ", "tr": "| "}


def som_tekst(html: str) -> str:
    """Everything in the document's body, in order; cells are parted by a bar, and a drawing stands by its alternative text.

    The checksum is left out: the codes of municipalities that a test makes are other ones every time.
    """
    krop = HTML(string=html).etree_element.find("body")
    assert krop is not None
    return re.sub(r"\b[0-9a-f]{64}\b", "(kontrolsum)", "\n".join(_linjer(krop)).strip()) + "\n"


def _linjer(element: Element) -> Iterator[str]:
    if element.tag == "img":
        yield f"({element.get('alt')})"
    elif element.tag in LINJER:
        id_ = f" [{element.get('data-id')}]" if element.get("data-id") else ""
        dele = list(element) if element.tag == "tr" else [element]
        yield RYK.get(element.tag, "") + " | ".join(_ord(del_) for del_ in dele) + id_
    else:
        for barn in element:
            yield from _linjer(barn)


def _ord(element: Element) -> str:
    return " ".join(" ".join(element.itertext()).replace("\N{SOFT HYPHEN}", "").split())


def holder(navn: str, html: str) -> None:
    """Compare with the file of that name. It is written by hand when there is none, from what the failure shows."""
    fil = MAPPE / f"{navn}.txt"
    fundet = som_tekst(html)
    assert fil.exists(), f"{fil} findes ikke. Læs dette igennem, og gem det, hvis det er rigtigt:\n{fundet}"
    assert fundet == fil.read_text(encoding="utf-8")
