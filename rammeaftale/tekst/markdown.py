"""Markdown people write, as HTML that is safe to show: raw HTML is text, and what is left passes a list of what may stand there.

Two walls: the parser makes no HTML of its own input (`html: False`), and nh3 (ammonia) drops every tag, attribute and kind of
address that is not on the list. An address is whole or none: `//elsewhere` leaves the platform and
`/logud` acts on it. Headings and pictures are off: a clause has its own heading, and pages load nothing from elsewhere.
"""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_LAESER = MarkdownIt("commonmark", {"html": False}).enable("table")
_LAESER.disable(["heading", "lheading", "image", "html_block", "html_inline", "code", "fence"])
MAERKER = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "a", "code", "hr"} | {
    *("table", "thead", "tbody", "tr", "th", "td")
}
ATTRIBUTTER: dict[str, set[str]] = {
    "a": {"href"},
    "ol": {"start"},
    "*": set(),
}  # ammonia would else allow title and lang on all
ADRESSER = ("https://", "http://", "mailto:")


def som_html(tekst: str) -> SafeString:
    """The text as HTML of paragraphs, lists, tables, emphasis and links only."""
    html = nh3.clean(
        _LAESER.render(tekst),
        tags=MAERKER,
        attributes=ATTRIBUTTER,
        attribute_filter=_attribut,
        url_schemes={adresse.partition(":")[0] for adresse in ADRESSER},
        link_rel="noopener noreferrer nofollow",
    )
    return mark_safe(html)  # noqa: S308 - what nh3 lets through is the list above


def _attribut(_maerke: str, navn: str, vaerdi: str) -> str | None:
    return None if navn == "href" and not vaerdi.lower().startswith(ADRESSER) else vaerdi
