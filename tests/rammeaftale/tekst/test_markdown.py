"""Hostile Markdown: nothing of it is more than text, and what people mean by Markdown comes through."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rammeaftale.tekst.markdown import MAERKER, som_html

FJENDTLIGE = [
    "<script>alert(1)</script>",
    "[klik](//ond.example)",
    "[klik](/\\ond.example)",
    "[klik](/logud)",
    "[klik](logud)",
    "[klik](#indhold)",
    "[klik](?noegle=x)",
    "[klik](https:/logud)",
    '<img src=x onerror="alert(1)">',
    "[klik](javascript:alert(1))",
    "[klik](JaVaScRiPt&#58;alert(1))",
    "[klik](data:text/html;base64,PHNjcmlwdD4=)",
    "![billede](https://ond.example/spor.png)",
    "<a href='https://ond.example' style='position:fixed' onclick='x()'>x</a>",
    '[a](https://x.example "onmouseover=alert(1)")',
    "<svg><script>alert(1)</script></svg>",
    "<iframe src='https://ond.example'></iframe>",
    "<style>body{display:none}</style>",
    "</div></main><form action='https://ond.example'>",
    "| a |\n|---|\n| <b onclick=x>b</b> |",
    "<!-- --><input autofocus onfocus=alert(1)>",
]


@pytest.mark.parametrize("tekst", FJENDTLIGE)
def test_hostile_text_becomes_no_markup_of_its_own(tekst: str) -> None:
    html = som_html(tekst)
    maerker = re.findall(r"<\s*/?\s*([a-zA-Z0-9]+)([^>]*)>", html)
    assert {navn for navn, _ in maerker} <= MAERKER
    for navn, attributter in maerker:
        kendte = r'( (href="(https?://|mailto:)[^"]*"|rel="noopener noreferrer nofollow"|start="[0-9]+"))*'
        assert re.fullmatch(kendte, attributter), (navn, attributter)
    assert "javascript:" not in html.lower().replace("(javascript:", "")


@given(st.text(alphabet="<>\"'&[]()!*_|`-#:/ \nabjavscript=", max_size=80))
def test_no_text_at_all_makes_other_tags_than_those_listed(tekst: str) -> None:
    assert set(re.findall(r"<\s*/?\s*([a-zA-Z0-9]+)", som_html(tekst))) <= MAERKER


def test_what_people_write_comes_through() -> None:
    html = som_html(
        "**Fed** og *kursiv*\n\n- et\n- to\n\n| Dag | Pris |\n|---|---|\n| 1 | 100 |\n\n[Loven](https://www.retsinformation.dk)"
    )
    for stykke in (
        "<strong>Fed</strong>",
        "<em>kursiv</em>",
        "<li>et</li>",
        "<td>100</td>",
        'href="https://www.retsinformation.dk"',
    ):
        assert stykke in html


def test_clause_has_no_headings_of_its_own() -> None:
    assert "<h" not in som_html("# Stor\n\nMellem\n---\n").replace("<hr", "")
