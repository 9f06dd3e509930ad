"""A placement agreement with the keyboard alone: its gaps lead to their fields."""

from playwright.sync_api import expect

from faelles.tid import Periode
from kommuner.models import Rolle
from tests import fabrik
from tests.browser.kontrol import Side


def test_gap_leads_to_its_field_and_the_draft_is_read_by_everybody(side: Side) -> None:
    ophold = fabrik.ophold(periode=Periode(fabrik.om(0)), reference="RK-2026-9")
    side.log_paa(
        fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation).email, f"/ophold/{ophold.pk}"
    )
    side.kontrol()
    knap = side.page.get_by_role("button", name="Lav en placeringsaftale")
    knap.focus()
    side.page.keyboard.press("Enter")
    expect(side.page.get_by_role("heading", name="Skriv i placeringsaftalen")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    side.page.get_by_role("link", name="Tilbage til aftalen").click()
    side.kontrol()
    side.kontrol_smal()
    hul = side.page.get_by_role("link", name="Skriv referencen til målene i jeres egen sag.")
    hul.focus()
    side.page.keyboard.press("Enter")
    side.page.wait_for_url("**/ret#id_maal")
    side.page.get_by_label("Reference til målene").fill("Indsatsplan 12")
    side.page.get_by_role("button", name="Gem kladden").click()
    expect(side.page.get_by_text("Kladden er gemt.")).to_be_visible()
    expect(hul).to_have_count(0)
    side.page.get_by_role("link", name="Godkend og send til den anden part").click()
    side.kontrol()
    side.page.get_by_role("button", name="Godkend og send til den anden part").click()
    expect(side.page.get_by_role("heading", name="Det mangler, før aftalen kan sendes")).to_be_visible()
