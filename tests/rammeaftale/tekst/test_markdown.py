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
    # markup with a life of its own, in another and after another
    "<svg/onload=alert(1)>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<math><mtext></math><img src=x onerror=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<div><div><script>alert(1)</script></div></div>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<textarea></textarea><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<object data=javascript:alert(1)><embed src=data:text/html,x>",
    "<base href=https://ond.example><meta http-equiv=refresh content='0;url=https://ond.example'>",
    "<img src=x\0onerror=alert(1)>",
    "- <script>x</script>\n- > <img onerror=x>\n\n1. **<b onclick=x>**",
    "`<img src=x onerror=alert(1)>`",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#60;script&#62;",
    # addresses by themselves
    "<javascript:alert(1)>",
    "<data:text/html,<script>alert(1)</script>>",
    "<vbscript:msgbox(1)> <file:///etc/passwd>",
    '<https://ond.example/"onclick=alert(1)>',
    # addresses of links, as they are and in disguise
    "[klik](java\tscript:alert(1))",
    "[klik](java&Tab;script:alert(1))",
    "[klik](java&NewLine;script:alert(1))",
    "[klik](&#106;&#97;vascript:alert(1))",
    "[klik](&#x6A;avascript&colon;alert(1))",
    "[klik](&#1;javascript:alert(1))",
    "[klik](<javascript:alert(1)>)",
    "[klik](\\javascript:alert(1))",
    "[klik](feed:javascript:alert(1))",
    "[klik](data:image/svg+xml;base64,PHN2Zz4=)",
    "![x](data:image/svg+xml,<svg onload=alert(1)>)",
    "[klik](https:\\\\ond.example)",
    "[klik](///ond.example)",
    "[klik][x]\n\n[x]: javascript:alert(1)",
    '[klik][x]\n\n[x]: <https://ond.example> "onclick=alert(1)"',
    "[![x](javascript:alert(1))](https://x.example)",
    "[a[b](javascript:alert(1))](https://x.example)",
    "[a](https://x.example/&quot;onclick=alert(1))",
    "[a](https://x.example/'onclick='alert(1))",
    '[a](mailto:a@b.example?subject=x"onclick=y)',
]


@pytest.mark.parametrize("tekst", FJENDTLIGE)
def test_hostile_text_becomes_no_markup_of_its_own(tekst: str) -> None:
    html = som_html(tekst)
    maerker = re.findall(r"<\s*/?\s*([a-zA-Z0-9]+)([^>]*)>", html)
    assert {navn for navn, _ in maerker} <= MAERKER
    for navn, attributter in maerker:
        kendte = r'( (href="(https?://|mailto:)[^"]*"|rel="noopener noreferrer nofollow"|start="[0-9]+"))*'
        assert re.fullmatch(kendte, attributter), (navn, attributter)


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
