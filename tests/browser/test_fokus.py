"""Focus areas: a party finds its late milestone and reports of it by keyboard, wide and narrow."""

from playwright.sync_api import expect

from kommuner.models import Rolle
from rammeaftale.fokus.regler import Milepaelsstand
from tests import fabrik
from tests.browser.kontrol import Side
from tests.rammeaftale.fokus.situationer import indsats, meldt, milepael, omraade


def test_party_reports_of_its_late_milestone_by_keyboard(side: Side) -> None:
    aftale = fabrik.aftale()
    arbejde = indsats(omraade(aftale))
    milepael(arbejde, "Skabelonen er afprøvet", om=-3)
    meldt(milepael(arbejde, "Skabelonen er skrevet", ansvarlig="Herlev"))
    meldt(milepael(indsats(omraade(aftale, "Hjerneskade")), "Planen er lagt"), Milepaelsstand.I_GANG)
    page = side.page
    side.log_paa(fabrik.bruger(Rolle.VISITATOR, fabrik.kommune().organisation).email, f"/rammeaftaler/{aftale.slug}/")
    side.tab_til(page.get_by_role("link", name="Fokusområder"))
    page.keyboard.press("Enter")
    expect(page.locator("[data-diagram] svg")).to_be_visible()
    expect(page.get_by_text("1 overskredet", exact=True)).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    side.tab_til(page.get_by_role("link", name="Skabelonen er afprøvet"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Ingen meldinger")).to_be_visible()
    side.kontrol_smal()
    side.tab_til(page.get_by_role("link", name="Meld, hvor langt den er"))
    page.keyboard.press("Enter")
    page.get_by_role("radio", name="Nået").check()
    side.tab_til(page.get_by_role("button", name="Meld"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Skriv, hvad der er nået, eller hvor det kan ses.")).to_be_visible()
    side.kontrol(422)
    side.kontrol_smal()
    page.get_by_label("Bemærkning").fill("Afprøvet i tre kommuner")
    side.tab_til(page.get_by_role("button", name="Meld"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Meldingen er gemt.")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
