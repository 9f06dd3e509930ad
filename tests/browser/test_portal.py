"""The operator holds an extract of Tilbudsportalen against the register and decides with the keyboard."""

import pytest
from playwright.sync_api import FilePayload, expect

from kommuner.models import Rolle
from tests import fabrik
from tests.browser.kontrol import Side
from tests.tilbud.portal.situationer import NOEGLE, tilbud, udtraek


@pytest.mark.django_db(transaction=True)
def test_extract_is_compared_and_a_difference_taken_over(side: Side) -> None:
    tilbud(hjemmeside="https://www.example.dk")
    page = side.page
    side.log_paa(fabrik.bruger(Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation).email, "/tilbud/portal/")
    side.kontrol_smal()
    page.get_by_role("link", name="Nyt udtræk").first.click()
    side.kontrol()
    side.kontrol_smal()
    fil = udtraek({NOEGLE: "4711", "Navn": "Kærgaarden", "Hjemmeside": "https://www.example.dk/nyt"})
    page.get_by_label("Fil").set_input_files(FilePayload(name="x.csv", mimeType="text/csv", buffer=fil))
    page.get_by_role("button", name="Sammenlign").click()
    expect(page.get_by_role("row", name="Kærgården Kærgaarden")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    page.get_by_role("button", name="Gem beslutninger").click()
    expect(page.locator("[data-module='error-summary']")).to_be_focused()
    side.kontrol(forventet=422)
    side.tab_til(page.get_by_label("Kærgården Navn"))
    page.keyboard.type("Ov")
    side.tab_til(page.get_by_role("button", name="Gem beslutninger"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("venter på, at en anden hos jer godkender det")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
