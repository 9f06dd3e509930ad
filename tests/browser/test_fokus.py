"""Focus areas: a party finds its late milestone and reports of it, and the secretariat carries areas on, by keyboard, wide and narrow."""

from datetime import date

from playwright.sync_api import expect

from kommuner.models import Rolle
from rammeaftale.actions import opret_aftale
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


def test_secretariat_carries_areas_on_from_the_previous_agreement_by_keyboard(side: Side) -> None:
    gammel = fabrik.aftale(fra=date(2025, 1, 1), til=date(2027, 1, 1), slug="den-gamle")
    for navn in ("Autisme", "Hjerneskade"):
        milepael(indsats(omraade(gammel, navn)), f"{navn}: planen er lagt")
    ny = opret_aftale(
        aktoer=fabrik.sekretariat(), titel="Den nye", fra=date(2027, 1, 1), til=date(2029, 1, 1), forrige_id=gammel.pk
    )
    sekretariat = fabrik.kkr().sekretariat
    assert sekretariat is not None
    page = side.page
    side.log_paa(fabrik.bruger(Rolle.SEKRETARIAT, sekretariat).email, f"/rammeaftaler/{ny.slug}/fokus/")
    side.tab_til(page.get_by_role("link", name="Fortsæt 2 fra den forrige aftale"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("checkbox", name="Autisme")).to_be_checked()
    side.kontrol()
    side.kontrol_smal()
    for navn in ("Autisme", "Hjerneskade"):
        side.tab_til(page.get_by_role("checkbox", name=navn))
        page.keyboard.press("Space")
    side.tab_til(page.get_by_role("button", name="Tag med"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Vælg mindst ét fokusområde")).to_be_visible()
    side.kontrol(422)
    side.kontrol_smal()
    side.tab_til(page.get_by_role("checkbox", name="Autisme"))
    page.keyboard.press("Space")
    side.tab_til(page.get_by_role("button", name="Tag med"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Fokusområderne er taget med. Se dem igennem, så der kan mindes om dem.")).to_be_visible()
    expect(page.get_by_role("link", name="Fortsæt 1 fra den forrige aftale")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
