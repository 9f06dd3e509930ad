"""The levels: figures that are drawn under the page's policy, and the secretariat that registers a level and forms a cluster."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from kommuner.models import Rolle
from tests import fabrik
from tests.browser.kontrol import Side
from tilbud.models import Tilbud


def situation() -> Tilbud:
    """Two offers, one of which has become more specialised."""
    tilbud = fabrik.tilbud("Solbakken", maalgrupper=("Medfødt døvblindhed",), metoder=["Low arousal"])
    fabrik.niveau(tilbud, 3, fra=date(2020, 1, 1), til=date(2024, 3, 1))
    fabrik.niveau(tilbud, 1, fra=date(2024, 3, 1))
    fabrik.ledig_plads(fabrik.afdeling(tilbud))
    andet = fabrik.tilbud("Æblehaven", maalgrupper=("Autismespektrum",))
    fabrik.niveau(andet, 2)
    fabrik.ledig_plads(fabrik.afdeling(andet))
    fabrik.klynge("Autisme", medlemmer=("Gladsaxe",), maalgrupper=("Autismespektrum",))
    return tilbud


def tegnet(page: Page, antal: int) -> None:
    """That many figures are on the page, each drawn, and what it shows said in words."""
    figurer = page.locator("[data-diagram]")
    expect(figurer).to_have_count(antal)
    expect(page.locator("[data-diagram] svg")).to_have_count(antal)
    for figur in figurer.all():
        expect(figur).to_have_attribute("aria-label", re.compile("diagram over "))


@pytest.mark.django_db(transaction=True)
def test_figures_are_drawn_and_a_level_is_registered_with_the_keyboard(side: Side) -> None:
    tilbud = situation()
    page = side.page
    sekretariat = fabrik.kkr().sekretariat
    assert sekretariat is not None
    side.log_paa(fabrik.bruger(Rolle.SEKRETARIAT, sekretariat).email, "/tilbud/niveauer")
    tegnet(page, 2)
    side.kontrol()
    side.kontrol_smal()
    for folder in page.locator("details summary").all():
        folder.click()
    side.kontrol()
    side.kontrol_smal()
    side.aabn(f"/tilbud/{tilbud.pk}/niveau")
    tegnet(page, 2)
    side.kontrol()
    side.kontrol_smal()
    side.tab_til(page.get_by_role("link", name="Registrér niveau"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/niveau/nyt")
    side.kontrol()
    side.kontrol_smal()
    side.tab_til(page.get_by_label("Niveau 1: meget specialiseret"))
    page.keyboard.press("ArrowDown")
    side.skriv_dato("Gælder fra", date(2026, 5, 1))
    side.tab_til(page.get_by_label("Begrundelse"))
    page.keyboard.type("Flere har lært det")
    side.tab_til(page.get_by_role("button", name="Registrér"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Niveau 2: specialiseret er registreret fra 01.05.2026")).to_be_visible()
    tegnet(page, 2)
    side.kontrol()


@pytest.mark.django_db(transaction=True)
def test_secretariat_lets_a_municipality_into_a_cluster_and_out(side: Side) -> None:
    situation()
    fabrik.kommune("Herlev")
    page = side.page
    sekretariat = fabrik.kkr().sekretariat
    assert sekretariat is not None
    side.log_paa(fabrik.bruger(Rolle.SEKRETARIAT, sekretariat).email, "/tilbud/klynger/")
    side.kontrol_smal()
    page.get_by_role("link", name="Ny klynge").click()
    side.kontrol()
    side.kontrol_smal()
    page.get_by_role("link", name="Fortryd").click()
    page.get_by_role("link", name="Autisme", exact=True).click()
    side.kontrol()
    side.kontrol_smal()
    page.get_by_role("link", name="Ret klyngen").click()
    side.kontrol()
    page.get_by_role("link", name="Fortryd").click()
    page.get_by_role("link", name="Tilføj kommune").click()
    side.kontrol()
    side.kontrol_smal()
    page.get_by_label("Kommune").select_option(label="Herlev")
    page.get_by_role("button", name="Tilføj").click()
    expect(page.get_by_text("Kommunen er medlem af klyngen")).to_be_visible()
    side.kontrol()
    page.get_by_role("link", name="Afslut medlemskabet for Herlev").click()
    side.kontrol()
    side.kontrol_smal()
    page.get_by_role("button", name="Afslut").click()
    expect(page.get_by_text("Medlemskabet for Herlev er afsluttet")).to_be_visible()
    side.kontrol()
