"""The operator's file: faults mended, sent by one person and approved by another, and the table taken out again."""

from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from faelles.job import koer
from kommuner.models import Bruger, Rolle
from tests import fabrik
from tests.browser.conftest import NySide
from tests.browser.kontrol import Side
from tests.tilbud.registerimport.situationer import AFDELING, PLADS, TILBUD, bog, forudsaetninger
from tilbud.registerimport.actions import bestil_laesning

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def leder() -> Bruger:
    return fabrik.bruger(Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation)


def vaelg(page: Page, fil: bytes) -> None:
    """Choose the file and try it."""
    page.get_by_label("Fil").set_input_files(FilePayload(name="tilbud.xlsx", mimeType=XLSX, buffer=fil))
    page.get_by_role("button", name="Prøv filen").click()


@pytest.mark.django_db(transaction=True)
def test_file_with_faults_is_mended_sent_and_approved_by_another(ny_side: NySide) -> None:
    forudsaetninger()
    fabrik.tilbud("Lindegården", i="Gladsaxe", ekstern_id="T2", adresse="Lindevej 1")
    foerste, anden = ny_side(), ny_side()
    page = foerste.page
    foerste.log_paa(leder().email, "/tilbud/import/")
    foerste.kontrol_smal()
    page.get_by_role("link", name="Ny import").first.click()
    foerste.kontrol()
    foerste.kontrol_smal()
    page.get_by_role("button", name="Prøv filen").click()
    expect(page.locator("[data-module='error-summary']")).to_be_focused()
    foerste.kontrol(forventet=422)
    gammel = {**TILBUD, "Id": "T2", "Navn": "Lindegården", "Adresse": "Lindevej 3"}
    vaelg(page, bog([{**TILBUD, "Kommune": "Atlantis"}, gammel], [AFDELING], [{**PLADS, "Art": "Telt"}]))
    expect(page.get_by_role("heading", name="2 fejl i filen")).to_be_visible()
    foerste.kontrol()
    foerste.kontrol_smal()
    with page.expect_download() as hentning:
        page.get_by_role("link", name="CSV med alle fejl").click()
    assert "Atlantis" in Path(hentning.value.path()).read_text()
    page.get_by_role("link", name="Indlæs en anden fil").click()
    vaelg(page, bog([{**TILBUD, "Beskrivelse": "Et roligt sted"}, gammel], [AFDELING], [PLADS]))
    expect(page.get_by_text("Filen er i orden")).to_be_visible()
    foerste.kontrol()
    foerste.kontrol_smal()
    page.get_by_role("button", name="Send til godkendelse").click()
    expect(page.get_by_role("heading", name="Venter på en anden")).to_be_visible()
    foerste.kontrol()
    _godkend(anden)
    anden.aabn("/tilbud/?tekst=kærg")
    anden.kontrol_smal()
    with anden.page.expect_download() as hentning:
        anden.page.get_by_role("link", name="CSV").click()
    assert "Kærgården" in Path(hentning.value.path()).read_text()


def _godkend(side: Side) -> None:
    """The second person: from her start page to the register."""
    page = side.page
    side.log_paa(leder().email)
    side.kontrol_smal()
    page.get_by_role("link", name="Import: 3 nye og 1 ændrede rækker").click()
    expect(page.get_by_role("row", name="Lindevej 1 Lindevej 3")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    page.get_by_role("link", name="Afvis").click()
    side.kontrol()
    side.kontrol_smal()
    page.get_by_role("link", name="Tilbage til ændringerne").click()
    page.get_by_role("link", name="Godkend").click()
    side.kontrol()
    side.kontrol_smal()
    page.get_by_role("button", name="Godkend").click()
    expect(page.get_by_text("Importen er gennemført")).to_be_visible()
    side.kontrol()


@pytest.mark.django_db(transaction=True)
def test_large_file_is_followed_until_it_has_been_read(ny_side: NySide) -> None:
    forudsaetninger()
    hvem = leder()
    side = ny_side()
    side.log_paa(hvem.email)
    af = fabrik.aktoer(Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation, hvem=hvem)
    laeses = bestil_laesning(aktoer=af, fil=bog([TILBUD], [AFDELING], [PLADS]), filnavn="tilbud.xlsx")
    side.aabn(f"/tilbud/import/{laeses.pk}")
    expect(side.page.get_by_role("progressbar", name="Læsning af filen")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    assert laeses.job_id is not None
    koer(laeses.job_id)
    expect(side.page.get_by_text("Filen er i orden")).to_be_visible()
    side.kontrol()
