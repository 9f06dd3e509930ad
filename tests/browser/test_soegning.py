"""Screen 2, »Find tilbud«, with the keyboard alone: keys, filters, the address, and what to do when nothing fits."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Browser, expect

from kommuner.models import Bruger, Rolle
from reservationer.soegning.behov.optaelling import kvartaler_foer
from reservationer.soegning.gemte.actions import proev_alle
from reservationer.soegning.views import PR_SIDE
from tests import fabrik
from tests.browser.kontrol import Side

FRA, TIL = fabrik.om(14), fabrik.om(104)


@pytest.fixture
def sagsbehandler() -> Bruger:
    """A case worker of Rødovre, with a place to find in Gladsaxe and one in Herlev for another target group."""
    for navn, hvor, gruppe in (("Solbakken", "Gladsaxe", "Autismespektrum"), ("Lindegården", "Herlev", "Angst")):
        afdeling = fabrik.afdeling(fabrik.tilbud(navn, i=hvor, maalgrupper=(gruppe,)))
        fabrik.ledig_plads(afdeling)
        fabrik.bekraeftet(afdeling)
    return fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation)


def test_search_is_narrowed_with_keys_alone_and_the_address_holds_it(side: Side, sagsbehandler: Bruger) -> None:
    page = side.page
    side.log_paa(sagsbehandler.email, f"/soeg/?fra={FRA}&til={TIL}")
    side.genvej("/")
    expect(page.locator("[name=maalgruppe]")).to_be_focused()
    side.tab_til(page.get_by_role("link", name="Nulstil"))  # a key is only a shortcut outside the fields
    side.genvej("f")
    expect(page.get_by_text("Kommuner", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    side.tab_til(page.get_by_label("Herlev"))
    page.keyboard.press("Space")
    expect(page.get_by_role("row", name="Solbakken")).to_have_count(0)
    expect(page.get_by_role("row", name="Lindegården")).to_be_visible()
    expect(page).to_have_url(re.compile(r"kommuner="))
    side.kontrol()
    page.reload()
    expect(page.get_by_role("row", name="Lindegården")).to_be_visible()
    expect(page.get_by_role("row", name="Solbakken")).to_have_count(0)


def test_distance_stands_in_its_own_column_at_both_widths(side: Side, sagsbehandler: Bruger) -> None:
    page = side.page
    punkt: dict[str, Any] = {"laengdegrad": Decimal("12.45"), "breddegrad": Decimal("55.77")}
    naer = fabrik.tilbud("Botilbuddet Nordhuset", i="Gladsaxe", **punkt)
    fabrik.bekraeftet(fabrik.ledig_plads(fabrik.afdeling(naer)).afdeling)
    side.log_paa(sagsbehandler.email, f"/soeg/?fra={FRA}&til={TIL}")
    expect(page.get_by_role("columnheader", name="Afstand")).to_be_visible()
    expect(page.get_by_role("row", name="Nordhuset").get_by_role("cell", name="10 km", exact=True)).to_be_visible()
    side.kontrol()
    side.kontrol_smal()


def test_first_page_of_results_is_useful_without_javascript(
    chromium: Browser, side: Side, sagsbehandler: Bruger
) -> None:
    for nummer in range(PR_SIDE - 1):
        fabrik.bekraeftet(fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(f"Ørnehuset {nummer}"))).afdeling)
    side.log_paa(sagsbehandler.email)
    kontekst = chromium.new_context(java_script_enabled=False, storage_state=side.page.context.storage_state())
    page = kontekst.new_page()
    page.goto(f"{side.adresse}/soeg/?fra={FRA}&til={TIL}")
    # What is free, where and how sure it is stands in the page as it is sent; the last of 26 is on the second.
    raekke = page.get_by_role("row", name="Solbakken")
    expect(raekke).to_contain_text("Gladsaxe")
    expect(raekke).to_contain_text("Bekræftet")
    uden_script = Side(page, side.adresse)
    uden_script.tab_til(page.get_by_role("link", name="Næste").first)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"side=2"))
    expect(page.get_by_role("row", name=re.compile("Ørnehuset|Lindegården|Solbakken"))).to_have_count(1)
    # A filter waits for the button.
    uden_script.tab_til(page.locator("[name=maalgruppe]"))
    page.keyboard.type("Angst")
    expect(page).to_have_url(re.compile(r"side=2"))
    uden_script.tab_til(page.get_by_role("button", name="Søg", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("row", name="Lindegården")).to_be_visible()
    expect(page.get_by_role("row", name="Solbakken")).to_have_count(0)
    kontekst.close()


def test_what_is_typed_narrows_the_search_without_losing_it_or_the_focus(side: Side, sagsbehandler: Bruger) -> None:
    page = side.page
    side.log_paa(sagsbehandler.email, f"/soeg/?fra={FRA}&til={TIL}")
    felt = page.locator("#id_tekst")
    side.tab_til(felt)
    page.keyboard.type("Lindegården", delay=60)
    expect(page.get_by_role("row", name="Solbakken")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"tekst=Lindeg"))
    side.ro()
    expect(felt).to_be_focused()
    page.keyboard.type("x")
    expect(felt).to_have_value("Lindegårdenx")
    side.tab_til(page.locator("#id_hoejst_km"))
    page.keyboard.type("400")
    expect(page).to_have_url(re.compile(r"hoejst_km=400"))
    side.kontrol()


def test_hit_unfolds_all_its_criteria(side: Side, sagsbehandler: Bruger) -> None:
    page, autisme = side.page, fabrik.maalgruppe()
    side.log_paa(sagsbehandler.email, f"/soeg/?fra={FRA}&til={TIL}&maalgruppe={autisme.pk}&niveauer=1")
    raekke = page.get_by_role("row", name="Solbakken")
    side.tab_til(raekke.locator("summary"))
    page.keyboard.press("Enter")
    expect(raekke.get_by_text("Autismespektrum: opfyldt")).to_be_visible()
    expect(raekke.get_by_text("Niveau: ukendt")).to_have_count(2)
    side.kontrol()
    side.kontrol_smal()


def test_empty_result_is_relaxed_with_one_key_press(side: Side, sagsbehandler: Bruger) -> None:
    page = side.page
    side.log_paa(sagsbehandler.email, f"/soeg/?fra={FRA}&til={TIL}&alder=12")
    expect(page.get_by_text("Kravet »Alder« er det, der alene sorterer flest fra")).to_be_visible()
    side.kontrol_smal()
    side.tab_til(page.get_by_role("link", name="Søg uden »Alder«"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("row", name="Solbakken")).to_be_visible()


def test_page_of_what_was_left_out_holds_at_all_widths(side: Side, sagsbehandler: Bruger) -> None:
    side.log_paa(sagsbehandler.email, f"/soeg/udeladte?fra={FRA}&til={TIL}&alder=12")
    expect(side.page.get_by_text("Kode: alder").first).to_be_visible()
    side.kontrol_smal()


def test_need_nobody_can_meet_is_logged_with_the_keyboard_alone(side: Side, sagsbehandler: Bruger) -> None:
    page, autisme = side.page, fabrik.maalgruppe()
    side.log_paa(sagsbehandler.email, f"/soeg/?fra={FRA}&til={TIL}&maalgruppe={autisme.pk}&alder=12")
    side.tab_til(page.get_by_role("link", name="Log behovet som udækket"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Log udækket behov")).to_be_visible()
    expect(page.get_by_text("0–17 år")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    side.tab_til(page.get_by_role("button", name="Log behovet"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Behovet er logget.")).to_be_visible()
    expect(page.get_by_role("row", name="Autismespektrum")).to_contain_text("Alder")
    side.kontrol()
    side.kontrol_smal()
    side.tab_til(page.get_by_role("link", name="Træk tilbage"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Træk udækket behov tilbage")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    side.tab_til(page.get_by_role("button", name="Træk behovet tilbage"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("row", name="Autismespektrum")).to_contain_text("Trukket tilbage")
    side.kontrol()


def test_secretariat_reads_the_counts(side: Side, sagsbehandler: Bruger) -> None:
    del sagsbehandler
    kvartal = kvartaler_foer(fabrik.om(0), 2)[0]
    fabrik.loggede_behov(8, fra=kvartal.fra)
    sekretariat = fabrik.kkr().sekretariat
    assert sekretariat is not None
    side.log_paa(fabrik.bruger(Rolle.SEKRETARIAT, sekretariat).email)
    side.tab_til(side.page.get_by_role("link", name="hvilke målgrupper kommunerne mangler tilbud til"))
    side.page.keyboard.press("Enter")
    expect(side.page.get_by_role("row", name="Autismespektrum")).to_contain_text("8")
    side.kontrol()
    side.kontrol_smal()


def test_saved_search_tells_what_is_new_and_is_given_up_with_the_keyboard_alone(
    side: Side, sagsbehandler: Bruger
) -> None:
    page = side.page
    side.log_paa(sagsbehandler.email, f"/soeg/?fra={FRA}&til={TIL}&alder=12")
    side.tab_til(page.get_by_role("button", name="Gem søgningen, og få besked"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Søgningen er gemt.")).to_be_visible()
    side.kontrol()
    afdeling = fabrik.afdeling(fabrik.tilbud("Børnehuset", alder_fra=6, alder_til=17))
    fabrik.ledig_plads(afdeling)
    fabrik.bekraeftet(afdeling)
    with transaction.atomic():
        proev_alle()
    side.aabn("/")
    side.tab_til(page.get_by_role("link", name="Børnehuset, Hovedhuset"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nyt", exact=True)).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    side.tab_til(page.get_by_role("button", name="Markér som set"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nyt", exact=True)).to_have_count(0)
    side.tab_til(page.get_by_role("link", name="Slet"))
    page.keyboard.press("Enter")
    side.kontrol()
    side.tab_til(page.get_by_role("button", name="Slet søgningen"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Ingen gemte søgninger")).to_be_visible()
    side.kontrol()


def test_map_is_unfolded_with_a_key_beside_the_table_and_stays_when_the_search_changes(
    side: Side, sagsbehandler: Bruger
) -> None:
    page = side.page
    side.log_paa(sagsbehandler.email, f"/soeg/?fra={FRA}&til={TIL}")
    billede = page.get_by_alt_text("Afdelinger med ledig plads efter kommune", exact=False)
    expect(billede).to_be_hidden()
    side.genvej("m")
    expect(billede).to_be_visible()
    expect(billede).to_have_js_property("naturalWidth", 720)
    tabel, kort = page.get_by_role("region", name="Søgeresultat").bounding_box(), billede.bounding_box()
    assert tabel is not None
    assert kort is not None
    assert kort["x"] >= tabel["x"] + tabel["width"]  # beside it
    side.kontrol()
    side.kontrol_smal()
    side.tab_til(page.locator("[name=hjemmel]"))
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile(r"hjemmel=SEL-107"))
    expect(billede).to_be_visible()
    side.tab_til(page.get_by_role("link", name="Nulstil"))
    side.genvej("m")
    expect(billede).to_be_hidden()
