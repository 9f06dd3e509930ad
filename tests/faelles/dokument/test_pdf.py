import dataclasses
import io
import os
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pikepdf
import pypdf
import pytest

from faelles.dokument.pdf import Dokument, UkendtRessourceError, lav_pdf
from faelles.dokument.tjek import tjek_pdf
from tests.faelles.dokument.situationer import DATA_TRUKKET, rapport


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return lav_pdf(rapport())


@pytest.fixture(scope="module")
def sider(pdf: bytes) -> list[str]:
    return [side.extract_text() for side in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def _html(krop: str) -> Dokument:
    html = f'<!DOCTYPE html><html lang="da"><body><h2>Kapitel</h2>{krop}</body></html>'
    return Dokument(titel="Prøve", emne="Prøve", forfatter="KKR", html=html, dato=DATA_TRUKKET)


def test_rapport_has_no_accessibility_problem(pdf: bytes) -> None:
    assert tjek_pdf(pdf) == ()


@pytest.mark.parametrize(("scope", "raekkevidde"), [("col", "/Column"), ("row", "/Row"), ("rowgroup", "/Row")])
def test_header_cell_says_whose_header_it_is(scope: str, raekkevidde: str) -> None:
    tabel = f'<table class="tabel"><tr><th scope="{scope}">Hoved</th><td>Tal</td></tr></table>'
    with pikepdf.open(io.BytesIO(lav_pdf(_html(tabel)))) as pdf:
        celler = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/TH"]
        assert [celle.A.Scope for celle in celler] == [raekkevidde]


def test_rapport_is_the_same_bytes_in_two_other_processes() -> None:
    rod = Path(__file__).parents[3]
    svar = []
    for froe, zone in (("1", "UTC"), ("2", "America/Lima")):
        miljoe = os.environ | {"PYTHONHASHSEED": froe, "TZ": zone, "PYTHONPATH": str(rod)}
        miljoe.pop("SOURCE_DATE_EPOCH", None)
        koersel = subprocess.run(
            [sys.executable, "-m", "tests.faelles.dokument.situationer"],
            cwd=rod,
            env=miljoe,
            capture_output=True,
            check=True,
            text=True,
        )
        svar.append(koersel.stdout)
    assert svar[0] == svar[1]
    assert len(svar[0].strip()) == 64


def test_rapport_with_another_text_gets_another_identifier(pdf: bytes) -> None:
    andet = dataclasses.replace(rapport(), html=rapport().html.replace("kommunernes egne", "regionens"))
    with pikepdf.open(io.BytesIO(pdf)) as foerste, pikepdf.open(io.BytesIO(lav_pdf(andet))) as anden:
        assert bytes(foerste.trailer.ID[0]) != bytes(anden.trailer.ID[0])


def test_metadata_comes_from_the_document(pdf: bytes) -> None:
    laest = pypdf.PdfReader(io.BytesIO(pdf)).metadata
    assert laest is not None
    assert (laest.title, laest.author, laest.subject) == (
        "Rammeaftale 2025–2026",
        "KKR Hovedstaden",
        "Rammeaftale på det specialiserede socialområde",
    )
    assert laest.creation_date == DATA_TRUKKET


def test_rendering_leaves_the_environment_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    lav_pdf(_html("<p>Tekst</p>"))
    assert "SOURCE_DATE_EPOCH" not in os.environ
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "17")
    lav_pdf(_html("<p>Tekst</p>"))
    assert os.environ["SOURCE_DATE_EPOCH"] == "17"


def _sider(linjer: int, raekker: int) -> list[str]:
    """Lines of text, then a heading, a lead paragraph and a table of so many rows."""
    tabel = "".join(f'<tr><th scope="row">Række {nr}</th></tr>' for nr in range(raekker))
    krop = f"""{"<p>Fyld</p>" * linjer}<h3>Afsnit</h3><p>Ledetekst</p><table class="tabel"><caption>Tal</caption>
        <thead><tr><th scope="col">Navn</th></tr></thead><tbody>{tabel}</tbody></table><p class="kilde">Kilde: os</p>"""
    return [side.extract_text() for side in pypdf.PdfReader(io.BytesIO(lav_pdf(_html(krop)))).pages]


@pytest.mark.parametrize("linjer", range(20, 30))
def test_heading_and_lead_are_never_parted_from_their_table(linjer: int) -> None:
    sider = _sider(linjer, 30)
    (med_ledetekst,) = (side for side in sider if "Ledetekst" in side)
    assert "Afsnit" in med_ledetekst
    assert "Række 0" in med_ledetekst


@pytest.mark.parametrize("linjer", range(20, 30))
def test_short_table_is_never_split(linjer: int) -> None:
    (med_tabel,) = (side for side in _sider(linjer, 8) if "Række" in side)
    assert "Kilde: os" in med_tabel


@pytest.mark.parametrize(("klasse", "sider"), [("", 2), ("fortsat", 1)])
def test_chapter_begins_a_page_unless_it_goes_on_after_a_short_one(klasse: str, sider: int) -> None:
    pdf = lav_pdf(_html(f'<p>Kort</p><h2 class="{klasse}">Næste</h2><p>Tekst</p>'))
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == sider


@pytest.mark.parametrize(
    "krop",
    [
        '<img alt="x" src="http://example.org/a.png">',
        '<img alt="x" src="file:///etc/hostname">',
        '<img alt="x" src="logo.png">',
        '<img alt="x" src="data:image/png;base64,AAAA">',
        '<img alt="x" src="billede:findes-ikke">',
        '<img alt="x" src="skrift:../pdf.py">',
        '<p style="background: url(http://example.org/a.png)">x</p>',
        '<link rel="stylesheet" href="file:///etc/hostname">',
        '<a rel="attachment" href="file:///etc/hostname">x</a>',
    ],
)
def test_document_asking_for_something_else_is_refused(krop: str) -> None:
    with pytest.raises(UkendtRessourceError, match="egne billeder"):
        lav_pdf(_html(krop))


def test_image_inside_a_drawing_is_refused_as_well() -> None:
    tegning = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/hostname" width="9" height="9"/></svg>'
    with pytest.raises(UkendtRessourceError, match="file:///etc/hostname"):
        lav_pdf(dataclasses.replace(_html('<img alt="x" src="billede:a">'), billeder={"a": tegning}))


def test_date_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="tidszone"):
        lav_pdf(dataclasses.replace(_html(""), dato=datetime(2026, 11, 21)))  # noqa: DTZ001 - the point of the test


def test_table_header_is_repeated_on_each_page(sider: list[str]) -> None:
    med_raekker = [side for side in sider if re.search(r"^Tilbud \d+ ", side, re.MULTILINE)]
    assert len(med_raekker) == 2
    assert all("Tilbuddets navn" in side for side in med_raekker)


def test_contents_name_the_page_each_heading_stands_on(sider: list[str]) -> None:
    linjer = re.findall(r"^(.+?) +(?:\. ?){5,} *(\d+)$", sider[1], re.MULTILINE)
    overskrifter = ["1 Takster", "1.1 Takster efter hjemmel", "2 Belægning", "Metode", "Forbehold"]
    assert [titel for titel, _ in linjer] == overskrifter
    for titel, side in linjer:
        uden_luft = "".join(titel.split())
        foerste = next(nr for nr, tekst in enumerate(sider, start=1) if nr > 2 and uden_luft in "".join(tekst.split()))
        assert int(side) == foerste


def test_footer_counts_pages_but_not_on_the_cover(sider: list[str]) -> None:
    assert "Side" not in sider[0]
    for nr, side in enumerate(sider[1:], start=2):
        assert f"Side {nr} af {len(sider)}" in side
        assert "Version 3 · Data trukket 21. november 2026" in side


def test_bookmarks_follow_the_headings(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as dokument, dokument.open_outline() as bogmaerker:
        traeet = [(punkt.title, [barn.title for barn in punkt.children]) for punkt in bogmaerker.root]
    assert [("".join(titel.split()), len(boern)) for titel, boern in traeet] == [
        ("Indhold", 0),
        ("1Takster", 1),
        ("2Belægning", 0),
        ("Metode", 1),
    ]


def test_links_in_the_contents_say_where_they_lead(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as dokument:
        links = [str(link.Contents) for link in dokument.pages[1].Annots]
        kendte = {str(navn) for navn in list(dokument.Root.Names.Dests.Names)[::2]}
    assert links == ["1 takster", "1.1 takster efter hjemmel", "2 belaegning", "metode", "forbehold"]
    assert set(links) <= kendte


def test_headings_with_the_same_words_get_different_pages() -> None:
    to = '<nav class="indhold"></nav><h2 class="uden-nummer">Bilag</h2><p>x</p><h2 class="uden-nummer">Bilag</h2>'
    tekst = [side.extract_text() for side in pypdf.PdfReader(io.BytesIO(lav_pdf(_html(to)))).pages]
    indhold = next(side for side in tekst if ". . ." in side)
    assert re.findall(r"^Bilag[ .]+(\d)$", indhold, re.MULTILINE) == ["2", "3"]


def test_alt_texts_reach_the_pdf(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as dokument:
        alt = {str(o.Alt) for o in dokument.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o}
    assert alt == {"Belægningen stiger fra 80 til 84 procent.", "Kort over 29 kommuner."}


def test_attachments_can_be_taken_out_again(pdf: bytes) -> None:
    assert pypdf.PdfReader(io.BytesIO(pdf)).attachments == {
        "aftale.txt": [b"Aftale om pladser"],
        "tal.csv": [b"takst\n2001,00\n"],
    }


def test_only_our_fonts_are_used(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as dokument:
        navne = {str(o.BaseFont) for o in dokument.objects if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o}
    assert navne
    assert all("IBM-Plex-Sans" in navn for navn in navne)
