"""The mails one can choose, by keyboard alone, wide and narrow."""

from playwright.sync_api import expect

from kommuner.models import Rolle
from tests import fabrik
from tests.browser.kontrol import Side


def test_mails_are_chosen_by_keyboard(side: Side) -> None:
    page, hvem = side.page, fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation)
    side.log_paa(hvem.email, "/profil")
    side.tab_til(page.get_by_role("link", name="Vælg, hvad platformen skriver til dig om"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Mails", exact=True)).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    gruppe = page.get_by_role("group", name="Forespørgsler, der venter på jer")
    side.tab_til(gruppe.get_by_label("Ingen mail"))
    page.keyboard.press("ArrowDown")
    expect(gruppe.get_by_label("Samlet hver morgen")).to_be_checked()
    side.tab_til(page.get_by_role("button", name="Gem valget"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Dit valg af mails er gemt.")).to_be_visible()
    expect(gruppe.get_by_label("Samlet hver morgen")).to_be_checked()
