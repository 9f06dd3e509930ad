"""A document set in pieces is the document set in one piece."""

import dataclasses
import io
import re

import pikepdf
import pypdf
import pytest

from faelles.dokument.fletning import LoesLinkError, flet
from faelles.dokument.kapitler import del_op
from faelles.dokument.pdf import Dokument, lav_pdf, lav_stykke
from faelles.dokument.tjek import tjek_pdf
from tests.faelles.dokument.sammenligning import beskriv
from tests.faelles.dokument.situationer import DATA_TRUKKET, rapport


def i_stykker(dokument: Dokument) -> bytes:
    opdelt = del_op(dokument)
    return flet(opdelt.forside, [lav_stykke(stykke) for stykke in opdelt.kapitler])


def henvisende() -> Dokument:
    """The report with links from chapter to chapter, inside one, and out of the house."""
    links = (
        '<p id="først">Se <a href="#2 belaegning">Belægning</a> og <a href="#forbehold">Forbehold</a>, '
        '<a href="#først">dette afsnit</a> og <a href="https://www.retsinformation.dk/">loven</a>.</p>'
    )
    html = rapport().html.replace("<h2>Takster</h2>", f"<h2>Takster</h2>{links}")
    return dataclasses.replace(
        rapport(), html=html.replace("kommunernes egne.", 'egne, se <a href="#først">Takster</a>.')
    )


@pytest.fixture(scope="module")
def flettet() -> bytes:
    return i_stykker(henvisende())


@pytest.fixture(scope="module")
def hel() -> bytes:
    return lav_pdf(henvisende())


@pytest.mark.parametrize(
    "hvad", ["ord", "bogmærker", "bogmærker i alt", "destinationer", "links", "tags", "sprog", "titel", "vedhæftet"]
)
def test_joined_file_says_what_the_one_piece_file_says(flettet: bytes, hel: bytes, hvad: str) -> None:
    assert beskriv(flettet)[hvad] == beskriv(hel)[hvad]


def test_comparison_has_something_of_everything_to_compare(hel: bytes) -> None:
    fundet = beskriv(hel)
    assert len(fundet["bogmærker"]) == 6
    assert {maal for _, maal, _, _ in fundet["links"]} >= {"2 belaegning", "først", "https://www.retsinformation.dk/"}
    assert {tag[1] for tag in fundet["tags"]} >= {"/H2", "/Table", "/TH", "/Figure", "/Link", "/OBJR"}
    assert fundet["vedhæftet"]


def test_joined_file_passes_the_accessibility_check(flettet: bytes) -> None:
    assert tjek_pdf(flettet) == ()


def test_every_mark_on_a_page_leads_to_a_tag_of_that_page(flettet: bytes) -> None:
    with pikepdf.open(io.BytesIO(flettet)) as pdf:
        numre = pdf.Root.StructTreeRoot.ParentTree.Nums
        tabel = {int(numre[nr]): numre[nr + 1] for nr in range(0, len(numre), 2)}
        assert list(tabel) == sorted(tabel)
        brugt = []
        for side in pdf.pages:
            brugt.append(int(side.obj.StructParents))
            assert {element.Pg.objgen for element in tabel[brugt[-1]]} == {side.objgen}
            for link in side.obj.get("/Annots", pikepdf.Array()):
                brugt.append(int(link.StructParent))
                assert tabel[brugt[-1]].S == "/Link"
                assert any(
                    barn.Obj.objgen == link.objgen
                    for barn in tabel[brugt[-1]].K
                    if isinstance(barn, pikepdf.Dictionary)
                )
        assert sorted(brugt) == list(tabel)


def test_cells_name_headers_that_are_there_and_no_two_headers_share_a_name() -> None:
    tabel = '<table class="tabel"><caption>T</caption><thead><tr><th scope="col">A</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>'
    html = f'<html lang="da"><body><nav class="indhold"></nav><main><h2>Et</h2>{tabel}<h2>To</h2>{tabel}</main></body></html>'
    with pikepdf.open(io.BytesIO(i_stykker(dokument(html)))) as pdf:
        celler = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") in {"/TH", "/TD"}]
        hoveder = [str(celle.ID) for celle in celler if "/ID" in celle]
        naevnte = [str(navn) for celle in celler for navn in celle.A.get("/Headers", ())]
    assert len(hoveder) == len(set(hoveder)) == 2
    assert set(naevnte) == set(hoveder)


def test_page_numbers_are_on_every_page_but_the_cover(flettet: bytes) -> None:
    sider = [side.extract_text() for side in pypdf.PdfReader(io.BytesIO(flettet)).pages]
    assert [re.findall(r"Side (\d+) af (\d+)", side) for side in sider] == [
        [],
        *([(str(nr), str(len(sider)))] for nr in range(2, len(sider) + 1)),
    ]


def test_page_number_is_no_content_to_be_read_aloud(flettet: bytes) -> None:
    with pikepdf.open(io.BytesIO(flettet)) as pdf:
        stempler = [
            form for side in pdf.pages for navn, form in side.obj.Resources.XObject.items() if "Sidetal" in navn
        ]
        assert stempler
        assert not any(b"MCID" in form.read_bytes() for form in stempler)
        dele = [del_.read_bytes() for del_ in pdf.pages[1].obj.Contents.as_list()]
        assert b"/Artifact BMC q /Sidetal2 Do Q EMC" in dele[-1]


def dokument(html: str) -> Dokument:
    return Dokument(titel="Prøve", emne="Prøve", forfatter="KKR", html=html, dato=DATA_TRUKKET)


def mange_kapitler(antal: int) -> Dokument:
    kapitler = "".join(f"<h2>Kapitel om emne {nr}</h2><p>Tekst.</p>" for nr in range(antal))
    return dokument(
        f'<html lang="da"><body><nav class="indhold"><h2>Indhold</h2></nav><main>{kapitler}</main>'
        '<div class="kolofon"><p>Udgivet af KKR.</p></div></body></html>'
    )


@pytest.mark.parametrize("antal", [1, 65])
def test_contents_of_any_length_say_the_right_pages(antal: int) -> None:
    flettet, hel = beskriv(i_stykker(mange_kapitler(antal))), beskriv(lav_pdf(mange_kapitler(antal)))
    assert flettet == hel


def test_chapter_that_goes_on_where_the_one_before_ended_is_set_with_it() -> None:
    html = rapport().html.replace("<h2>Belægning</h2>", '<h2 class="fortsat">Belægning</h2>')
    opdelt = del_op(dataclasses.replace(rapport(), html=html))
    assert [stykke.titel for stykke in opdelt.kapitler] == ["1 Takster", "Metode"]


def test_one_changed_chapter_leaves_the_others_as_they_were() -> None:
    foer = del_op(rapport()).kapitler
    efter = del_op(
        dataclasses.replace(rapport(), html=rapport().html.replace("kommunernes egne", "regionens"))
    ).kapitler
    assert [a == b for a, b in zip(foer, efter, strict=True)] == [True, True, False]


def test_pieces_of_another_document_are_refused() -> None:
    with pytest.raises(LoesLinkError, match="belaegning"):
        flet(del_op(rapport()).forside, [lav_stykke(del_op(rapport()).kapitler[0])])


@pytest.mark.parametrize(
    ("html", "fejl"),
    [
        ("<html><body><h2>Et</h2></body></html>", "intet <main>"),
        ("<html><body><main><p>Tekst</p></main></body></html>", "intet kapitel"),
        ("<html><body><main><h2>Et</h2><svg></svg></main></body></html>", "<img>"),
    ],
)
def test_document_that_cannot_be_divided_is_refused(html: str, fejl: str) -> None:
    with pytest.raises(ValueError, match=fejl):
        del_op(dokument(html))


def test_pieces_are_the_same_bytes_whatever_the_clock_says(monkeypatch: pytest.MonkeyPatch, flettet: bytes) -> None:
    monkeypatch.setattr("time.time", lambda: 4_000_000_000.0)
    assert i_stykker(henvisende()) == flettet
