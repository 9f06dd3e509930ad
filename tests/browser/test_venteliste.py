"""A need waits for a place, is passed over with a reason, and gets the next; its pages are accessible at every width."""

from playwright.sync_api import expect

from faelles.tid import Periode
from kommuner.models import Rolle
from tests import fabrik
from tests.browser.conftest import NySide
from tests.browser.kontrol import Side
from tests.venteliste.situationer import med_venteliste, uden_plads, venter


def test_need_waits_is_passed_over_with_a_reason_and_gets_the_next_place(ny_side: NySide) -> None:
    liste = med_venteliste(fabrik.tilbud("Solbakken"))
    anden = venter(liste, "Herlev", reference="HK-1")
    henvendelse = uden_plads(liste.tilbud)
    saelger, koeber = ny_side(), ny_side()
    koeber.log_paa(
        fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation).email,
        f"/forespoergsler/tilbud/{henvendelse.pk}",
    )
    koeber.page.get_by_role("link", name="Skriv på venteliste").click()
    koeber.kontrol()
    koeber.kontrol_smal()
    koeber.page.get_by_role("button", name="Skriv op").click()
    expect(koeber.page.get_by_text("Nr. 2 i køen.")).to_be_visible()
    koeber.kontrol()
    koeber.kontrol_smal()

    saelger.log_paa(fabrik.bruger(Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation).email, "/ventelister/")
    saelger.kontrol()
    saelger.kontrol_smal()
    saelger.page.get_by_role("link", name="Solbakken", exact=True).click()
    expect(saelger.page.get_by_role("heading", name="Venteliste til Solbakken")).to_be_visible()
    saelger.kontrol()
    saelger.kontrol_smal()
    saelger.page.get_by_role("link", name=f"Tilbyd plads til {henvendelse.forespoergsel.reference}").click()
    saelger.page.get_by_label("Plads", exact=True).select_option(index=1)
    saelger.page.get_by_label("Takst i kr. pr. døgn").fill("2.500,00")
    saelger.page.get_by_role("button", name="Tilbyd pladsen").click()
    expect(saelger.page.locator("[data-module='error-summary']")).to_be_focused()
    saelger.kontrol(422)
    saelger.page.get_by_label("Hvorfor får nr. 1").select_option(label="Kommunen kan ikke tage imod pladsen nu")
    saelger.page.get_by_role("button", name="Tilbyd pladsen").click()
    expect(saelger.page.get_by_text("Pladsen er tilbudt.")).to_be_visible()

    koeber.aabn("/ventelister/")
    koeber.kontrol()
    koeber.kontrol_smal()
    expect(koeber.page.get_by_text("opfylder ikke kommunens pligt")).to_be_visible()
    saelger.aabn(f"/ventelister/post/{anden.pk}")
    expect(saelger.page.get_by_text("Kommunen kan ikke tage imod pladsen nu")).to_be_visible()
    saelger.kontrol()


def test_search_without_a_free_place_leads_to_the_waiting_list_with_the_need(side: Side) -> None:
    afdeling = fabrik.afdeling(fabrik.tilbud("Solbakken"))
    fabrik.optag(fabrik.ledig_plads(afdeling), Periode(fabrik.om(0)))
    med_venteliste(afdeling.tilbud)
    page, fra = side.page, fabrik.om(10)
    roedovre = fabrik.kommune("Rødovre").organisation
    side.log_paa(fabrik.bruger(Rolle.SAGSBEHANDLER, roedovre).email, f"/soeg/?fra={fra}&hjemmel=SEL-107&alder=34")
    side.kontrol()
    side.kontrol_smal()
    page.get_by_role("link", name="Se de tilbud, der er udeladt").click()
    side.kontrol()
    side.kontrol_smal()
    side.tab_til(page.get_by_role("link", name="Skriv på venteliste til Solbakken"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Skriv på venteliste til Solbakken")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    expect(page.get_by_label("Aldersgruppe")).to_have_value("25-39")
    knap = page.get_by_role("button", name="Send forespørgslen, og skriv op")
    knap.click()
    expect(page.locator("[data-module='error-summary']")).to_be_focused()
    side.kontrol(422)
    page.get_by_label("Jeres sagsreference").fill("RK-7")
    knap.click()
    expect(page.get_by_text("Nr. 1 i køen.")).to_be_visible()
    side.kontrol()
