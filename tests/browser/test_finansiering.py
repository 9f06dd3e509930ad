"""A cost shared by a key: written, seen and sent in by keyboard alone, published by another, and found by who pays."""

from playwright.sync_api import expect

from kommuner.models import Rolle
from tests import fabrik
from tests.browser.kontrol import Side
from tests.takster.finansiering.situationer import AAR, folketal


def test_shares_are_seen_before_they_are_sent_in_and_published_by_another(side: Side) -> None:
    for navn, antal in (("Gladsaxe", 75_000), ("Rødovre", 25_000)):
        folketal(navn, antal)
    tilbud, gladsaxe = fabrik.tilbud(i="Gladsaxe"), fabrik.kommune("Gladsaxe").organisation
    page = side.page
    side.log_paa(
        fabrik.bruger(Rolle.DRIFTSHERRE_OEKONOMI, gladsaxe).email, f"/takster/tilbud/{tilbud.pk}/finansiering/ny"
    )
    side.kontrol()
    side.kontrol_smal()
    vis = page.get_by_role("button", name="Se andelene")
    side.tab_til(vis)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Skriv, hvad der betales for").first).to_be_visible()
    side.kontrol(422)
    page.get_by_label("Navn", exact=True).fill("Tale og hørelse")
    page.get_by_label("Art", exact=True).select_option("abonnement")
    page.get_by_role("spinbutton", name="År").fill(str(AAR))
    page.get_by_label("Beløb for hele året").fill("1.000.000")
    page.get_by_label("Nøgle", exact=True).select_option(f"{AAR}:antal")
    side.tab_til(vis)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Sådan deles beløbet")).to_be_visible()
    expect(page.locator("[data-diagram] svg")).to_be_visible()
    expect(page.get_by_role("row", name="Rødovre")).to_contain_text("250.000,00")
    side.kontrol()
    side.kontrol_smal()
    side.tab_til(page.get_by_role("button", name="Send ind"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=f"Tale og hørelse {AAR}")).to_be_visible()
    side.kontrol()
    adresse = page.url
    side.log_paa(fabrik.bruger(Rolle.TILBUDSLEDER, gladsaxe).email, adresse.removeprefix(side.adresse))
    page.get_by_role("link", name="Offentliggør").click()
    side.kontrol()
    page.get_by_role("button", name="Offentliggør").click()
    expect(page.get_by_text("Andelene er offentliggjort.")).to_be_visible()
    side.kontrol()
    for sti in (f"/takster/finansiering/{AAR}", f"/takster/tilbud/{tilbud.pk}/finansiering", f"/tilbud/{tilbud.pk}"):
        page.goto(side.adresse + sti)
        expect(page.get_by_role("link", name="Tale og hørelse").first).to_be_visible()
        side.kontrol()
        side.kontrol_smal()
