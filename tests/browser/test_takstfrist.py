"""The year's deadline: what lacks is seen, and an operator reminded, by keyboard alone, wide and narrow."""

from playwright.sync_api import expect

from kommuner.models import Rolle
from tests import fabrik
from tests.browser.kontrol import Side
from tests.takster.frister.situationer import alle_stader, oekonom, tilbud


def test_operators_that_lack_something_are_reminded_by_keyboard(side: Side) -> None:
    alle_stader()
    tilbud("Engen", i="Herlev")
    fabrik.tilbud("Uden afdelinger", i="Gladsaxe")
    oekonom()
    oekonom("herlev@example.dk", i="Herlev")
    sekretariat = fabrik.kkr().sekretariat
    assert sekretariat is not None
    page = side.page
    side.log_paa(fabrik.bruger(Rolle.SEKRETARIAT, sekretariat).email, "/takster/frister/2027")
    expect(page.get_by_role("heading", name="Frist for takster 2027")).to_be_visible()
    expect(page.locator("[data-diagram] svg")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    side.tab_til(page.locator("summary", has_text="hos Gladsaxe Kommune"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Indsendt: venter på godkendelse")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    page.keyboard.press("p")
    expect(page.get_by_label("Gladsaxe Kommune: mangler 6 tilbud")).to_be_checked()
    expect(page.get_by_label("Herlev Kommune: mangler 1 tilbud")).to_be_checked()
    side.kontrol()
    side.kontrol_smal()
    side.tab_til(page.get_by_role("button", name="Send påmindelsen"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 driftsherrer får en påmindelse")).to_be_visible()
    expect(page.get_by_text("På vej")).to_have_count(2)
    side.kontrol()
    side.kontrol_smal()
