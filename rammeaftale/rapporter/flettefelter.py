"""Placeholders in what the secretariat writes: `{{ noegle }}` stands for a value that is computed from the report's data. Pure."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from html import escape
from typing import Any

_FELT = re.compile(r"\{\{[ \t]*([^\n{}]*?)[ \t]*\}\}")
_I_ADRESSE = "%7B%7B"  # how the braces come out of Markdown inside the address of a link
SKJULT = "et antal, der ikke vises"


@dataclass(frozen=True, slots=True)
class Flettefelt:
    """A value a type of report can put into its texts. `vaerdi` says it for people, of the type's snapshot."""

    noegle: str
    beskrivelse: str
    vaerdi: Callable[[Any], str]


def fejl(tekst: str, html: str, kendte: Collection[str]) -> list[str]:
    """What is wrong with the placeholders of a text, as sentences; `html` is what its Markdown becomes."""
    return [*_fejl(tekst, html, kendte)]


def _fejl(tekst: str, html: str, kendte: Collection[str]) -> Iterator[str]:
    for navn in dict.fromkeys(_FELT.findall(tekst)):
        if navn not in kendte:
            naer = get_close_matches(navn, kendte, n=1)
            raad = f"Mente du »{naer[0]}«?" if naer else "Felterne står ved siden af teksten."
            yield f"Flettefeltet »{navn}« findes ikke. {raad}"
    rest = _FELT.sub("", tekst)
    if "{{" in rest or "}}" in rest:
        yield "Et flettefelt skal begynde med {{ og slutte med }} på samme linje."
    if _I_ADRESSE in html.upper():
        yield "Et flettefelt kan ikke stå i en adresse."


def flet(html: str, vaerdier: Mapping[str, str]) -> str:
    """The HTML with the values in their places, as text: whatever a value says, it is no markup."""
    return _FELT.sub(lambda fundet: escape(vaerdier[fundet[1]]) if fundet[1] in vaerdier else fundet[0], html)
