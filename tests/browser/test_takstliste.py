"""The takst list of a year: narrowed, sorted and gone into by keyboard alone, wide and narrow."""

from datetime import date

from playwright.sync_api import expect

from kommuner.models import Rolle
from tests import fabrik
from tests.browser.kontrol import Side


def test_list_is_narrowed_sorted_and_gone_into_by_keyboard(side: Side) -> None:
    for navn, beloeb, foer in (("Engen", "2050.00", "2000.00"), ("Åsen", "3300.00", "3000.00")):
        hvor = fabrik.afdeling(fabrik.tilbud(navn))
        fabrik.takst(hvor, foer, fra=date(2026, 1, 1), til=date(2027, 1, 1))
        fabrik.takst(hvor, beloeb, fra=date(2027, 1, 1), til=date(2028, 1, 1))
    page = side.page
    herlev = fabrik.kommune("Herlev").organisation
    side.log_paa(fabrik.bruger(Rolle.LAESER, herlev).email, "/takster/liste/2027")
    expect(page.get_by_role("heading", name="Takstliste 2027")).to_be_visible()
    navne = page.locator("tbody th a")
    expect(navne).to_have_text(["Engen", "Åsen"])
    side.kontrol()
    side.kontrol_smal()
    for retning, ventet in (("ascending", ["Engen", "Åsen"]), ("descending", ["Åsen", "Engen"])):
        side.tab_til(page.locator("a.sorter", has_text="Ændring"))
        page.keyboard.press("Enter")
        expect(page.locator("th:has(a.sorter)", has_text="Ændring")).to_have_attribute("aria-sort", retning)
        expect(navne).to_have_text(ventet)
    side.tab_til(page.get_by_label("Tilbuddets navn"))
    page.keyboard.type("åsen")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").get_by_text("1 takst")).to_be_visible()
    expect(navne).to_have_text(["Åsen"])
    side.kontrol()
    side.tab_til(navne)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Takster over tid")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    page.goto(f"{side.adresse}/takster/liste/2027?tekst=findes-ikke")
    expect(page.get_by_text("Ingen takster passer til afgrænsningen")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
