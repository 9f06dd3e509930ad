"""Bodies: a working group is formed and gets a member, by keyboard, wide and narrow."""

from playwright.sync_api import expect

from kommuner.models import Rolle
from tests import fabrik
from tests.browser.kontrol import Side
from tests.rammeaftale.organer.situationer import organ


def test_body_gets_a_member_by_keyboard(side: Side) -> None:
    organ("Herlev", "Gladsaxe")
    fabrik.kommune("Rødovre")
    sekretariat = fabrik.kkr().sekretariat
    assert sekretariat is not None
    page = side.page
    side.log_paa(fabrik.bruger(Rolle.SEKRETARIAT, sekretariat).email)
    side.aabn("/rammeaftaler/")
    page.get_by_role("link", name="Se organerne").click()
    side.kontrol()
    side.kontrol_smal()
    page.get_by_role("link", name="Nyt organ").click()
    side.kontrol()
    side.kontrol_smal()
    side.aabn("/rammeaftaler/organer/")
    side.tab_til(page.get_by_role("link", name="Embedsmandsudvalget"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 kommuner")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    side.tab_til(page.get_by_role("link", name="Tilføj medlem"))
    page.keyboard.press("Enter")
    side.kontrol()
    page.get_by_label("Organisation").select_option("Rødovre Kommune")
    side.tab_til(page.get_by_role("button", name="Tilføj"))
    side.kontrol_smal()
    page.keyboard.press("Enter")
    expect(page.get_by_text("3 kommuner")).to_be_visible()
