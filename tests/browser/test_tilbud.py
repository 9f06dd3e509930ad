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


@pytest.mark.django_db(transaction=True)
def test_quality_stands_before_the_price_and_leads_to_the_report_with_the_keyboard_alone(side: Side) -> None:
    tilbud = fabrik.tilbud("Solbakken", hjemler=("SEL-107", "SEL-108", "SEL-104"))
    plads = fabrik.ledig_plads(fabrik.afdeling(tilbud), betegnelse="Bolig 1")
    fabrik.bekraeftet(plads.afdeling)
    fabrik.takst(plads.afdeling, "2687.50")
    fabrik.godkendelse(tilbud, 8)
    fabrik.godkendelse(tilbud, 3, kode="SEL-108")
    fabrik.godkendelse(tilbud, 5, kode="SEL-104", til=fabrik.om(-3))
    fabrik.tilsynsrapport(tilbud, dage_siden=400, vurdering="paabud")
    fabrik.tilsynsrapport(tilbud)
    page = side.page
    side.log_paa(
        fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation).email, f"/tilbud/{tilbud.pk}"
    )
    overskrifter = page.get_by_role("heading", level=2).all_inner_texts()
    assert overskrifter.index("Godkendelse og tilsyn") < overskrifter.index("Pladser") < overskrifter.index("Takster")
    kvalitet = page.locator("dl").filter(has_text="Seneste tilsyn")
    # Each legal basis has its own approval; the latest report alone is told, and what has run out is said above it all as well.
    for stykke in ("8 godkendte pladser", "3 godkendte pladser", f"{fabrik.om(-30):%-d.}"):
        expect(kvalitet).to_contain_text(stykke)
    expect(kvalitet).not_to_contain_text("5 godkendte pladser")
    expect(page.get_by_role("heading", name="Socialtilsynets godkendelse er udløbet")).to_be_visible()
    rapport = page.get_by_role("link", name="Læs rapporten")
    expect(rapport).to_have_count(1)
    expect(rapport).to_have_attribute("href", "https://tilsyn.example.dk/rapport")
    side.kontrol()
    side.kontrol_smal()
    side.tab_til(rapport)
    side.tab_til(page.get_by_role("link", name="Godkendelser, tilsynsrapporter, ydelser og merpladser over tid"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("row").filter(has_text="Gælder ikke i dag")).to_have_count(1)
    side.kontrol()
    page.go_back()
    side.tab_til(page.get_by_role("link", name="Meld fejl i godkendelse og tilsyn"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Meld fejl").first).to_be_visible()
    side.kontrol()
