"""The page people decide on: what is known of an offer, what it costs over the years, and the way on from it."""

from datetime import date

import pytest
from playwright.sync_api import expect

from faelles.tid import Periode
from kommuner.models import Rolle
from tests import fabrik
from tests.browser.kontrol import Side


@pytest.mark.django_db(transaction=True)
def test_offer_is_looked_at_and_asked_with_the_keyboard_alone(side: Side) -> None:
    plads = fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Solbakken")), betegnelse="Bolig 1")
    fabrik.bekraeftet(plads.afdeling, dage_siden=31)
    fabrik.optag(plads, Periode(fabrik.om(-5), fabrik.om(60)))
    fabrik.takst(plads.afdeling, "2500.00", fra=date(2025, 1, 1), til=date(2026, 1, 1))
    fabrik.takst(plads.afdeling, "2687.50", fra=date(2026, 1, 1), til=date(2027, 1, 1))
    page = side.page
    side.log_paa(
        fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation).email,
        f"/tilbud/{plads.afdeling.tilbud_id}",
    )
    expect(page.get_by_role("heading", name="Det er ukendt, om der er ledige pladser")).to_be_visible()
    expect(page.get_by_label("Taksternes udvikling fra 2025 til 2026.")).to_be_visible()
    expect(page.get_by_role("row", name="Hovedhuset").filter(has_text="2.687,50")).to_be_visible()
    side.kontrol_smal()
    side.tab_til(page.get_by_role("link", name="Send forespørgsel"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Tjek og send forespørgslen")).to_be_visible()
    expect(page.get_by_text("Solbakken").first).to_be_visible()
    side.kontrol()
    page.go_back()
    side.tab_til(page.get_by_role("link", name="Find en ledig plads, og reservér"))
    page.keyboard.press("Enter")
    expect(page.get_by_label("Navn eller beskrivelse")).to_have_value("Solbakken")
    side.kontrol()
