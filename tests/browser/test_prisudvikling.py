"""Total price against list price: found from the growth, read and sorted by keyboard alone, wide and narrow."""

from playwright.sync_api import expect

from kommuner.models import Rolle
from tests import fabrik
from tests.browser.kontrol import Side
from tests.sag.prisudvikling.situationer import omraade


def test_price_is_found_from_the_growth_and_sorted_by_keyboard(side: Side) -> None:
    omraade()
    sekretariat = fabrik.kkr().sekretariat
    assert sekretariat is not None
    page = side.page
    side.log_paa(fabrik.bruger(Rolle.SEKRETARIAT, sekretariat).email, "/takster/vaekst/2025")
    side.tab_til(page.get_by_role("link", name="Samlet pris med tillæg mod taksten"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Samlet pris mod takst 2025")).to_be_visible()
    expect(page.locator("[data-diagram] svg")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    side.tab_til(page.locator("a.sorter", has_text="Forskel i procent"))
    page.keyboard.press("Enter")
    expect(page.locator("th:has(a.sorter)", has_text="Forskel i procent")).to_have_attribute("aria-sort", "ascending")
    side.kontrol()
    side.tab_til(page.get_by_role("link", name="kr./dag"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Der er for få ophold")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
