"""An error is reported, answered and read with the keyboard alone, at both widths."""

import pytest
from playwright.sync_api import expect

from kommuner.models import Rolle
from tests import fabrik
from tests.browser.conftest import NySide


@pytest.mark.django_db(transaction=True)
def test_report_is_sent_answered_and_read_with_the_keyboard(ny_side: NySide) -> None:
    tilbud = fabrik.tilbud("Solbakken", adresse="Solvej 1")
    fabrik.bekraeftet(fabrik.ledig_plads(fabrik.afdeling(tilbud)).afdeling)
    sagsbehandler = fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation)
    leder = fabrik.bruger(Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation)
    melder, ejer = ny_side(), ny_side()
    page = melder.page
    melder.log_paa(sagsbehandler.email, f"/tilbud/{tilbud.pk}")
    melder.tab_til(page.get_by_role("link", name="Meld fejl i oplysningerne"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Meld fejl i Solbakken")).to_be_visible()
    melder.kontrol()
    melder.kontrol_smal()
    melder.tab_til(page.get_by_role("button", name="Meld fejlen"))
    page.keyboard.press("Enter")
    expect(page.locator("[data-module='error-summary']")).to_be_focused()
    melder.kontrol(forventet=422)
    melder.tab_til(page.get_by_label("Hvilken oplysning er forkert?"))
    page.keyboard.type("Adr")
    melder.tab_til(page.get_by_label("Hvad er forkert?"))
    page.keyboard.type("Huset er nr. 5")
    melder.tab_til(page.get_by_role("button", name="Meld fejlen"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Fejlen er meldt")).to_be_visible()
    melder.kontrol()
    melder.kontrol_smal()

    page = ejer.page
    ejer.log_paa(leder.email)
    ejer.kontrol_smal()
    ejer.tab_til(page.get_by_role("link", name="Adresse i Solbakken"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Svar på fejlmeldingen")).to_be_visible()
    ejer.kontrol()
    ejer.kontrol_smal()
    ejer.tab_til(page.get_by_label("Fejlen er rettet"))
    page.keyboard.press("Space")
    ejer.tab_til(page.get_by_label("Begrundelse"))
    page.keyboard.type("Rettet til nr. 5")
    ejer.tab_til(page.get_by_role("button", name="Send svaret"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Fejlmeldingen er besvaret: fejlen er rettet.")).to_be_visible()
    ejer.kontrol()

    fabrik.fejlmelding(tilbud, af=fabrik.sagsbehandler("Herlev"), faktum=fabrik.Faktum.KONTAKT)
    melder.aabn(f"/tilbud/{tilbud.pk}")
    expect(melder.page.get_by_role("heading", name="Åbne fejlmeldinger")).to_be_visible()
    melder.kontrol_smal()
    melder.aabn("/tilbud/fejlmeldinger/")
    expect(melder.page.get_by_text("Rettet", exact=True)).to_be_visible()
    melder.kontrol_smal()
