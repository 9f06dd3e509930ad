"""The three levels' duties and a central call: registered and answered by keyboard, wide and narrow."""

from playwright.sync_api import expect

from kommuner.models import Rolle
from tests import fabrik
from tests.browser.kontrol import Side
from tests.rammeaftale.udmeldinger.situationer import med_rapport, svaret, udmelding
from tests.rammeaftale.videndeling.situationer import delt, meget_specialiseret


def test_municipality_answers_a_call_by_keyboard(side: Side) -> None:
    aftale = fabrik.aftale()
    svaret(udmelding(aftale), "Herlev", 3)
    page = side.page
    side.log_paa(fabrik.bruger(Rolle.VISITATOR, fabrik.kommune().organisation).email, f"/rammeaftaler/{aftale.slug}/")
    side.tab_til(page.get_by_role("link", name="Centrale udmeldinger"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Centrale udmeldinger")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    side.tab_til(page.get_by_role("link", name="Udviklingshæmmede med dom"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 af 3 kommuner")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    side.tab_til(page.get_by_role("link", name="Svar for jeres kommune"))
    page.keyboard.press("Enter")
    side.tab_til(page.get_by_role("button", name="Send svaret"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Skriv, hvor mange borgere det er")).to_be_visible()
    side.kontrol(422)
    side.kontrol_smal()
    page.get_by_label("Hvad mangler?").fill("Akutte pladser")
    side.tab_til(page.get_by_role("button", name="Send svaret"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Svaret er gemt.")).to_be_visible()
    side.tab_til(page.locator("summary", has_text="Rødovre"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Akutte pladser")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()


def test_secretariat_registers_what_happened_with_a_call_and_annuls_it_by_keyboard(side: Side) -> None:
    aftale = fabrik.aftale()
    hvad = udmelding(aftale)
    med_rapport(hvad)
    sekretariat = aftale.kkr.sekretariat
    assert sekretariat is not None
    page = side.page
    side.log_paa(fabrik.bruger(Rolle.SEKRETARIAT, sekretariat).email, f"/rammeaftaler/udmeldinger/{hvad.pk}/")
    side.tryk(page.get_by_role("link", name="Registrér, hvad der er sket"))
    side.tryk(page.get_by_role("button", name="Registrér"))
    expect(page.get_by_role("link", name="Vælg, hvad der skete")).to_be_visible()
    side.kontrol(422)
    side.kontrol_smal()
    side.tab_til(page.get_by_role("radio").first)
    page.keyboard.press("Space")
    side.skriv("Bemærkning", "Sendt med post")
    side.tryk(page.get_by_role("button", name="Registrér"))
    sket = page.get_by_role("region", name="Hvad der er sket")
    expect(sket.get_by_role("row")).to_have_count(2)
    expect(sket).to_contain_text("Sendt med post")
    expect(page.get_by_text("Fælles rapport sendt").first).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    side.tryk(sket.get_by_role("link", name="Annullér"))
    side.skriv("Hvorfor annulleres hændelsen?", "Den er ikke sendt endnu")
    side.kontrol()
    side.kontrol_smal()
    side.tryk(page.get_by_role("button", name="Annullér"))
    expect(sket).to_contain_text("Den er ikke sendt endnu")
    expect(sket.get_by_role("link", name="Annullér")).to_have_count(0)
    side.kontrol()
    side.kontrol_smal()


def test_operator_registers_knowledge_it_passed_on_by_keyboard(side: Side) -> None:
    aftale = fabrik.aftale(fra=fabrik.om(-400))
    tilbud = meget_specialiseret()
    delt(aftale, tilbud, "Herlev")
    page = side.page
    leder = fabrik.bruger(Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation)
    side.log_paa(leder.email, f"/rammeaftaler/{aftale.slug}/viden/")
    side.kontrol()
    side.kontrol_smal()
    side.tab_til(page.get_by_role("link", name=str(tilbud)))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="1 af 2 har fået viden")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    side.tab_til(page.get_by_role("link", name="Registrér vidensdeling"))
    page.keyboard.press("Enter")
    page.get_by_label("Hvad handlede det om?").fill("Lav arousal")
    page.get_by_role("radio", name="Rådgivning").check()
    page.get_by_role("checkbox", name="Rødovre Kommune").check()
    side.kontrol()
    side.kontrol_smal()
    side.tab_til(page.get_by_role("button", name="Registrér"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="2 af 2 har fået viden")).to_be_visible()
    side.tab_til(page.get_by_role("link", name="Fortryd Lav arousal"))
    page.keyboard.press("Enter")
    side.kontrol()
    side.kontrol_smal()
