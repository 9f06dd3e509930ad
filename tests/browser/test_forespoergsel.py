"""From a search to an answered enquiry: chosen, sent, asked for more, answered, written about; with the keyboard alone too."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from kommuner.models import Bruger, Rolle
from tests import fabrik
from tests.browser.conftest import NySide
from tests.browser.kontrol import Side

FRA, TIL = fabrik.om(14), fabrik.om(104)


@dataclass(frozen=True)
class Egn:
    """Two offers of Gladsaxe's, a case worker of Rødovre's and a leader."""

    sagsbehandler: Bruger
    leder: Bruger


@pytest.fixture
def egn() -> Egn:
    for navn in ("Solbakken", "Åhuset"):
        afdeling = fabrik.afdeling(fabrik.tilbud(navn, i="Gladsaxe"))
        fabrik.ledig_plads(afdeling, betegnelse="Plads 1")
        fabrik.bekraeftet(afdeling)
    return Egn(
        fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation),
        fabrik.bruger(Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation),
    )


def test_enquiry_from_search_to_answer(ny_side: NySide, egn: Egn) -> None:
    koeber = ny_side()
    koeber.log_paa(egn.sagsbehandler.email, f"/soeg/?fra={FRA}&til={TIL}&hjemmel=SEL-107")
    koeber.page.get_by_label("Vælg Solbakken, Hovedhuset").check()
    koeber.page.get_by_label("Vælg Åhuset, Hovedhuset").check()
    koeber.kontrol_smal()
    koeber.page.get_by_role("button", name="Send forespørgsel til de valgte").click()
    expect(koeber.page.get_by_role("heading", name="Tjek og send forespørgslen")).to_be_visible()
    koeber.kontrol()
    koeber.kontrol_smal()
    koeber.page.get_by_role("button", name="Send forespørgsel").click()
    expect(koeber.page.locator("[data-module='error-summary']")).to_be_focused()
    koeber.kontrol(forventet=400)
    koeber.page.get_by_label("Jeres sagsreference").fill("RK-2026-17")
    koeber.page.get_by_role("button", name="Send forespørgsel").click()
    expect(koeber.page.get_by_text("Forespørgslen er sendt.")).to_be_visible()
    koeber.kontrol()
    koeber.kontrol_smal()

    saelger = ny_side()
    saelger.log_paa(egn.leder.email)
    saelger.page.get_by_role("link", name="Solbakken, ").click()
    expect(saelger.page.get_by_role("heading", name="Forespørgsel hos Solbakken")).to_be_visible()
    expect(saelger.page.get_by_text("RK-2026-17")).to_have_count(0)
    saelger.kontrol()
    saelger.page.get_by_label("Skriv en besked").fill("Er der brug for støtte om natten?")
    saelger.page.get_by_role("button", name="Send besked").click()
    expect(saelger.page.get_by_text("Ikke læst endnu")).to_be_visible()
    saelger.kontrol_smal()
    saelger.page.get_by_role("link", name="Svar ja").click()
    saelger.kontrol()
    saelger.kontrol_smal()
    dato = saelger.page.get_by_role("group", name="Kan tage imod fra")
    for navn, tal in (("Dag", FRA.day), ("Måned", FRA.month), ("År", FRA.year)):
        dato.get_by_label(navn).fill(str(tal))
    saelger.page.get_by_role("button", name="Svar ja").click()
    expect(saelger.page.get_by_text("Forespørgslen er nu: kan tage imod.")).to_be_visible()
    saelger.kontrol()

    koeber.aabn("/forespoergsler/")
    koeber.kontrol_smal()
    expect(koeber.page.get_by_role("row", name="Solbakken")).to_contain_text("Kan tage imod")
    expect(koeber.page.get_by_role("row", name="Solbakken")).to_contain_text("1 ulæst besked")


def test_answer_with_the_keyboard_alone(side: Side, egn: Egn) -> None:
    henvendelse = fabrik.henvendelse(fabrik.tilbud("Engen", i="Gladsaxe"))
    page = side.page
    side.log_paa(egn.leder.email)
    side.tab_til(page.get_by_role("link", name=f"Engen, {henvendelse.forespoergsel.reference}"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Forespørgsel hos Engen")).to_be_visible()
    side.tab_til(page.get_by_role("link", name="Afvis"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Afvis")).to_be_visible()
    side.tab_til(page.get_by_label("Behovet ligger uden for målgruppen"))
    page.keyboard.press("Space")
    side.tab_til(page.get_by_role("button", name="Afvis"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Forespørgslen er nu: afvist.")).to_be_visible()
    side.kontrol()
