"""Focus areas: a party reports of its late milestone; the secretariat makes areas, carries them on and looks them through. By keyboard."""

from datetime import date

from playwright.sync_api import expect

from faelles.dokument.tal import dato
from kommuner.models import Rolle
from rammeaftale.actions import opret_aftale
from rammeaftale.fokus.regler import Milepaelsstand
from tests import fabrik
from tests.browser.kontrol import Side
from tests.rammeaftale.fokus.situationer import indsats, meldt, milepael, omraade, overtaget


def sekretariatets_mail() -> str:
    sekretariat = fabrik.kkr().sekretariat
    assert sekretariat is not None
    return fabrik.bruger(Rolle.SEKRETARIAT, sekretariat).email


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
    page = side.page
    side.log_paa(sekretariatets_mail(), f"/rammeaftaler/{ny.slug}/fokus/")
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


def test_secretariat_makes_a_focus_area_and_moves_its_milestone_with_evidence_by_keyboard(side: Side) -> None:
    aftale, page = fabrik.aftale(), side.page
    side.log_paa(sekretariatets_mail(), f"/rammeaftaler/{aftale.slug}/fokus/")
    expect(page.get_by_role("heading", name="Ingen fokusområder")).to_be_visible()
    side.kontrol_smal()
    side.tryk(page.get_by_role("link", name="Nyt fokusområde"))
    side.tryk(page.get_by_role("button", name="Tilføj"))
    expect(page.get_by_role("link", name="Skriv fokusområdets navn")).to_be_visible()
    side.kontrol(422)
    side.kontrol_smal()
    side.skriv("Fokusområde", "Overgange")
    side.tryk(page.get_by_role("button", name="Tilføj"))
    expect(page.get_by_text("Fokusområdet er tilføjet. Tilføj dets indsatser.")).to_be_visible()
    side.kontrol()
    side.tryk(page.get_by_role("link", name="Ny indsats i Overgange"))
    side.kontrol()
    side.skriv("Indsats", "Overdragelsesmøder")
    side.tryk(page.get_by_role("button", name="Tilføj"))
    side.tryk(page.get_by_role("link", name="Ny milepæl i Overdragelsesmøder"))
    side.kontrol()
    side.kontrol_smal()
    side.skriv("Hvad skal være nået?", "Skabelonen er afprøvet")
    side.skriv_dato("Senest den", fabrik.om(30))
    side.tab_til(page.get_by_role("combobox", name="Ansvarlig"))
    page.keyboard.type("Rødovre")
    side.tryk(page.get_by_role("button", name="Tilføj"))
    expect(page.get_by_text("Milepælen er tilføjet.")).to_be_visible()
    expect(page.get_by_text("0 af 1 milepæl er nået")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    side.tryk(page.get_by_role("link", name="Skabelonen er afprøvet"))
    meld(side, "I gang")
    expect(page.locator("h1")).to_contain_text("I gang")
    meld(side, "Nået", dokumentation="https://www.example.dk/evaluering")
    expect(page.locator("h1")).to_contain_text("Nået")
    expect(page.get_by_role("row").filter(has_text="Se den")).to_have_count(1)
    side.kontrol()
    side.kontrol_smal()
    side.tryk(page.get_by_role("link", name="Fokusområder"))
    expect(page.get_by_text("1 af 1 milepæl er nået")).to_be_visible()


def meld(side: Side, stand: str, *, dokumentation: str = "") -> None:
    side.tryk(side.page.get_by_role("link", name="Meld, hvor langt den er"))
    side.tab_til(side.page.get_by_role("radio").first)
    while not side.page.get_by_role("radio", name=stand).is_checked():
        side.page.keyboard.press("ArrowDown")
    if dokumentation:
        side.skriv("Link til dokumentation", dokumentation)
    side.tryk(side.page.get_by_role("button", name="Meld"))
    expect(side.page.get_by_text("Meldingen er gemt.")).to_be_visible()


def test_secretariat_looks_an_area_through_that_was_carried_over_by_keyboard(side: Side) -> None:
    aftale, page = fabrik.aftale(), side.page
    overtaget(aftale)
    side.log_paa(sekretariatets_mail(), f"/rammeaftaler/{aftale.slug}/fokus/")
    expect(page.get_by_text("Til gennemsyn")).to_be_visible()
    side.tryk(page.get_by_role("link", name="Se igennem"))
    side.kontrol()
    side.kontrol_smal()
    ny_frist = fabrik.om(40)
    side.skriv_dato("Skabelonen er afprøvet: senest den", ny_frist)
    side.tryk(page.get_by_role("button", name="Godkend"))
    expect(page.get_by_role("link", name="Se fristerne igennem, og sæt kryds")).to_be_visible()
    side.kontrol(422)
    side.kontrol_smal()
    side.tab_til(page.get_by_role("checkbox", name="Jeg har set hver frist igennem"))
    page.keyboard.press("Space")
    side.tryk(page.get_by_role("button", name="Godkend"))
    expect(page.get_by_text("Fokusområdet er set igennem.")).to_be_visible()
    expect(page.get_by_text("Til gennemsyn")).to_have_count(0)
    expect(page.get_by_role("row").filter(has_text="Skabelonen er afprøvet")).to_contain_text(dato(ny_frist))
    side.kontrol()
    side.kontrol_smal()
