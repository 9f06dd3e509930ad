"""The growth of the takster: read, sorted and unfolded by keyboard alone, wide and narrow."""

from playwright.sync_api import expect

from kommuner.models import Rolle
from tests import fabrik
from tests.browser.kontrol import Side
from tests.takster.vaekst.situationer import omraade


def test_growth_is_read_and_sorted_by_keyboard(side: Side) -> None:
    omraade()
    sekretariat = fabrik.kkr().sekretariat
    assert sekretariat is not None
    page = side.page
    side.log_paa(fabrik.bruger(Rolle.SEKRETARIAT, sekretariat).email, "/takster/vaekst/2026")
    expect(page.get_by_role("heading", name="Vækst i takster 2026")).to_be_visible()
    expect(page.get_by_text("samlet ikke holdt loftet for 2026")).to_be_visible()
    expect(page.locator("[data-diagram] svg")).to_have_count(2)
    side.kontrol()
    side.kontrol_smal()
    side.tab_til(page.locator("summary", has_text="Sådan er loftet beregnet"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("row", name="Loft 2026")).to_be_visible()
    side.tab_til(page.locator("a.sorter", has_text="Mod loftet"))
    page.keyboard.press("Enter")
    expect(page.locator("th:has(a.sorter)", has_text="Mod loftet")).to_have_attribute("aria-sort", "ascending")
    side.kontrol()
    side.tab_til(page.get_by_role("link", name="kr./dag"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Væksten kan ikke vurderes.")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()


def test_operator_sees_its_own_growth(side: Side) -> None:
    omraade()
    page, roedovre = side.page, fabrik.kommune("Rødovre").organisation
    side.log_paa(fabrik.bruger(Rolle.DRIFTSHERRE_OEKONOMI, roedovre).email, "/takster/?aar=2026")
    side.tab_til(page.get_by_role("link", name="Jeres vækst mod vækstloftet"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Jeres vækst i takster 2026")).to_be_visible()
    expect(page.locator("[data-diagram] svg")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
