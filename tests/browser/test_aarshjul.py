"""The wheel: a party's late report, seen, registered by keyboard and taken back, wide and narrow."""

from playwright.sync_api import expect

from kommuner.models import Rolle
from rammeaftale.aarshjul.regler import Ansvar
from tests import fabrik
from tests.browser.kontrol import Side
from tests.rammeaftale.aarshjul.situationer import trin, udfoert


def test_late_step_is_registered_as_done_by_keyboard_and_taken_back(side: Side) -> None:
    aftale = fabrik.aftale()
    udfoert(trin(aftale, "Indberet kapacitet", om=-1), "Herlev", "Rødovre")
    trin(aftale, "Regionalt dialogforum", om=5, ansvar=Ansvar.SEKRETARIAT)
    udfoert(trin(aftale, "Fastsæt næste års takster", om=-20), "Herlev", "Rødovre", "Gladsaxe")
    sekretariat = fabrik.kkr().sekretariat
    assert sekretariat is not None
    page = side.page
    side.log_paa(fabrik.bruger(Rolle.SEKRETARIAT, sekretariat).email)
    omkring = page.get_by_role("list", name="Trin omkring i dag")
    expect(omkring.get_by_role("listitem")).to_have_count(3)
    side.kontrol_smal()
    omkring.get_by_role("link", name="Indberet kapacitet").click()
    expect(page.locator("[data-diagram] svg")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    side.tab_til(page.get_by_role("link", name="Registrér udført for Indberet kapacitet"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Udført: Indberet kapacitet")).to_be_visible()
    expect(page.get_by_label("Gladsaxe Kommune")).to_be_checked()
    side.kontrol()
    side.kontrol_smal()
    side.tab_til(page.get_by_role("button", name="Registrér"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Ingen har overskredet en frist.")).to_be_visible()
    side.tab_til(page.locator("summary", has_text="for Indberet kapacitet"))
    page.keyboard.press("Enter")
    side.tab_til(page.get_by_role("link", name="Fortryd udført for Gladsaxe Kommune: Indberet kapacitet"))
    side.kontrol_smal()
    page.keyboard.press("Enter")
    side.kontrol()
    page.get_by_role("button", name="Fortryd registreringen").click()
    expect(page.get_by_text("1 overskredet")).to_be_visible()
    page.get_by_role("link", name="Nyt trin").click()
    side.kontrol()
    side.kontrol_smal()
