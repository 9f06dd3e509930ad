"""The PDF: accessible, complete, and the same bytes from the same snapshot, in another process too."""

import hashlib
import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from faelles.dokument.tjek import tjek_pdf
from rammeaftale.livscyklus import Partsstatus
from rammeaftale.rapporter import tasks  # noqa: F401 - as a worker does: makes the report types' makers known
from rammeaftale.rapporter.kanonisk import fra_json, kontrolsum
from rammeaftale.rapporter.rammeaftalen import dokument, saetninger
from rammeaftale.rapporter.rammeaftalen.data import Rammeaftalebillede
from rammeaftale.rapporter.register import fremstiller
from tests.rammeaftale.rapporter import situationer
from tests.rammeaftale.rapporter.layout import fejl_paa_siderne
from tests.rammeaftale.rapporter.situationer import lav

pytestmark = pytest.mark.django_db
KAPITLER = (
    "Resumé",
    "Parter og godkendelser",
    "Aftalens tekst",
    "Eksempel 1: Efterregulering og belægning",
    "Eksempel 2: Enhedstakst med efterregulering",
    "Talbilag 1: Tilbud og pladser pr. kommune",
    "Talbilag 2: Tilbud og pladser pr. målgruppe",
    "Talbilag 3: Takster efter hjemmel",
    "Talbilag 4: De tre niveauer af specialisering",
    "Talbilag 5: Kort over kommunerne",
    "Talbilag 6: Udækkede behov",
    "Talbilag 7: Offentliggjorte priser fra andre kilder",
    "Talbilag 8: Metode og datagrundlag",
)
LANGT_NAVN = "Botilbuddet for voksne med erhvervet hjerneskade og særligt komplekse behov ved Lindevangsalleen"
I_EN_ANDEN_PROCES = """
import django, hashlib, sys
django.setup()
from freezegun import freeze_time
from tests.rammeaftale.rapporter.situationer import lav
with freeze_time("2031-05-06 07:08:09", ignore=["rammeaftale.rapporter.kanonisk"]):  # which compares types
    print(hashlib.sha256(lav(sys.stdin.read())).hexdigest())
"""


def tekst(pdf: bytes) -> list[str]:
    return [" ".join(side.extract_text().split()) for side in PdfReader(io.BytesIO(pdf)).pages]


@pytest.fixture
def data() -> str:
    aftale = situationer.omraade()
    aftale.demo, aftale.demo_forbehold = True, "Opdigtede tal."
    aftale.save()
    parter = list(aftale.parter.all())
    situationer.beslut(aftale, parter[0])
    situationer.beslut(aftale, parter[1], Partsstatus.GODKENDT_MED_BEMAERKNING, bemaerkning="Vi følger udviklingen.")
    return situationer.data(aftale)


def test_same_snapshot_gives_the_same_bytes_in_another_process_on_another_day(data: str) -> None:
    her = lav(data)
    assert lav(data) == her
    der = subprocess.run(
        [sys.executable, "-c", I_EN_ANDEN_PROCES],
        input=data,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONHASHSEED": "7"},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    assert der.stdout.strip() == hashlib.sha256(her).hexdigest()


def test_other_figures_give_another_file(data: str) -> None:
    assert lav(data) != lav(data.replace("Storegården", "Lillegården"))


def test_report_passes_the_accessibility_check(data: str) -> None:
    assert tjek_pdf(lav(data)) == ()
    assert fejl_paa_siderne(data, "rammeaftale") == []


def test_chapters_stand_in_order_on_the_pages_the_contents_say(data: str) -> None:
    laeser = PdfReader(io.BytesIO(lav(data)))
    sider = [" ".join(side.extract_text().split()) for side in laeser.pages]
    fundne = [
        (post.title, laeser.get_destination_page_number(post)) for post in laeser.outline if not isinstance(post, list)
    ]
    titler = [" ".join(str(titel).split()) for titel, _ in fundne]
    assert titler == ["Indhold", *KAPITLER]
    for titel, side in zip(titler[1:], [side for _, side in fundne][1:], strict=True):
        assert f"{titel} " in sider[side or 0]
        indgang = sider[1][sider[1].index(titel) + len(titel) :].lstrip(" .")
        assert indgang.split()[0] == str((side or 0) + 1)


def test_report_says_what_it_is_whose_and_of_when(data: str) -> None:
    sider = tekst(lav(data))
    forside = sider[0]
    for ord_ in (
        "Rammeaftale 2027–2028",
        "KKR Hovedstaden",
        "1. januar 2027 til 31. december 2028",
        "24. november 2026 kl. 09.30",
        "2 af 3 har godkendt",
    ):
        assert ord_ in forside
    assert "Demonstrationsdata" in forside
    assert "Opdigtede tal." in forside
    for nr, side in enumerate(sider[1:], start=2):
        assert f"Side {nr} af {len(sider)}" in side
        assert "version 1 · Data pr. 24. november 2026 · Demodata" in side
    hele = " ".join(sider)
    assert "Vi følger udviklingen." in hele
    assert "Enheden er ikke angivet" in hele
    assert kontrolsum(data.encode()) in hele


def test_every_limit_the_report_applies_names_clause_set_and_agreement(data: str) -> None:
    html, hvor = dokument.dokument(data, {}).html, "sæt 1 i Testaftale"
    med_behov = "Udækkede behov efter målgruppe og kvartal" in html
    assert html.count(f"Data og rapporter, {hvor}") == (4 if med_behov else 3), (
        "municipalities, target groups, the method, and the needs when any are shown"
    )
    billede = fra_json(Rammeaftalebillede, data)
    assert f"(Takstberegning, {hvor}); belægningen i" in saetninger.belaegning(billede)
    uden = replace(billede, vilkaar=replace(billede.vilkaar, endelig=False))
    assert f"(Takstberegning, {hvor} (foreløbigt))" in saetninger.belaegning(uden)


def test_published_prices_stand_in_the_report_with_source_unit_and_vat(data: str) -> None:
    hele = " ".join(tekst(lav(data)))
    for ord_ in (
        "Solgaven (example.dk)",
        "Dagtilbud, inkl. moms",
        "Note: 365 d/å. Ikke placeret: Enheden er ikke angivet.",
        "971,00",
    ):
        assert ord_ in hele


def test_subject_of_the_file_names_the_council_once(data: str) -> None:
    emne = PdfReader(io.BytesIO(lav(data))).metadata.subject  # type: ignore[union-attr]  # every file of ours has metadata
    assert emne == "Rapport om Rammeaftale 2027–2028, version 1"


def test_snapshot_is_attached_as_it_was_hashed(data: str) -> None:
    vedhaeftet = PdfReader(io.BytesIO(lav(data))).attachments["oejebliksbillede.json"]
    assert vedhaeftet == [data.encode()]


def test_hidden_figures_are_not_in_the_attachment_either(data: str) -> None:
    herlev = next(kommune for kommune in json.loads(data)["kommuner"] if kommune["navn"] == "Herlev")
    assert herlev["belaegning"][0] == {"aabne": 1044, "belagte": None}


def test_every_figure_and_table_has_a_source_with_a_date(data: str) -> None:
    html = dokument.dokument(data, fremstiller("rammeaftale").tegn(data)).html
    assert html.count("<figure") == 6
    assert html.count('<p class="kilde">') == html.count("<figure") + html.count("<table")
    assert html.count('alt="') == html.count("<img")
    assert 'alt=""' not in html


def test_empty_area_still_becomes_a_report() -> None:
    data = situationer.data(situationer.fabrik.aftale(parter=()))
    assert tjek_pdf(lav(data)) == ()
    assert fejl_paa_siderne(data, "rammeaftale") == []


def test_long_names_keep_inside_their_cells(data: str) -> None:
    assert len(LANGT_NAVN) >= 90
    for kort in ("Storegården", "Autismespektrum", "Solgaven", "Vi følger udviklingen."):
        assert kort in data
        data = data.replace(kort, LANGT_NAVN)
    assert fejl_paa_siderne(data, "rammeaftale") == []
