"""Bodies: members by keyboard, and what they decide about an agreement; wide and narrow."""

from playwright.sync_api import expect

from kommuner.models import Rolle
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.moeder.actions import opret_moede
from rammeaftale.organer.regler import Organart
from tests import fabrik
from tests.browser.kontrol import Side
from tests.rammeaftale.aftaler import kladde, tag
from tests.rammeaftale.moeder.situationer import REFERAT, organ_i
from tests.rammeaftale.organer.situationer import organ


def test_body_gets_a_member_by_keyboard(side: Side) -> None:
    organ("Herlev", "Gladsaxe")
    fabrik.kommune("Rødovre")
    sekretariat = fabrik.kkr().sekretariat
    assert sekretariat is not None
    page = side.page
    side.log_paa(fabrik.bruger(Rolle.SEKRETARIAT, sekretariat).email)
    side.aabn("/rammeaftaler/")
    page.get_by_role("link", name="Se organerne").click()
    side.kontrol()
    side.kontrol_smal()
    page.get_by_role("link", name="Nyt organ").click()
    side.kontrol()
    side.kontrol_smal()
    side.aabn("/rammeaftaler/organer/")
    side.tab_til(page.get_by_role("link", name="Embedsmandsudvalget"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 kommuner")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    side.tab_til(page.get_by_role("link", name="Tilføj medlem"))
    page.keyboard.press("Enter")
    side.kontrol()
    page.get_by_label("Organisation").select_option("Rødovre Kommune")
    side.tab_til(page.get_by_role("button", name="Tilføj"))
    side.kontrol_smal()
    page.keyboard.press("Enter")
    expect(page.get_by_text("3 kommuner")).to_be_visible()


def test_agreement_is_recommended_by_what_the_bodies_decide(side: Side) -> None:
    aftale = kladde()
    tag(aftale, Aftaletilstand.EMBEDSMANDSUDVALG)
    _, kkr = (organ_i(aftale, art) for art in (Organart.EMBEDSMANDSUDVALG, Organart.KKR))
    naeste = opret_moede(aktoer=fabrik.sekretariat(), organ_id=kkr.pk, dato=fabrik.om(7))
    page = side.page
    assert aftale.kkr.sekretariat is not None
    side.log_paa(
        fabrik.bruger(Rolle.SEKRETARIAT, aftale.kkr.sekretariat).email, f"/rammeaftaler/organer/moeder/{naeste.pk}/"
    )
    expect(page.get_by_role("row", name=aftale.titel)).to_contain_text("Ikke behandlet endnu")
    side.kontrol_smal()
    side.tryk(page.get_by_role("link", name=aftale.titel))
    for hvem, hvad in (("Embedsmandsudvalg", "Tiltrådt"), ("KKR", "Anbefalet til kommunerne")):
        side.tab_til(page.get_by_role("link", name="Registrér et organs beslutning"))
        page.keyboard.press("Enter")
        side.kontrol()
        side.kontrol_smal()
        for valg in (page.get_by_role("radio", name=hvem, exact=True), page.get_by_role("radio", name=hvad)):
            valg.check()
        page.get_by_label("Link til referat").fill(REFERAT)
        side.tab_til(page.get_by_role("button", name="Registrér"))
        page.keyboard.press("Enter")
        expect(page.get_by_text("Beslutningen er registreret.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Anbefalet af KKR")
    side.kontrol()
    side.kontrol_smal()
    page.get_by_role("region", name="Organernes beslutninger").get_by_role("link").first.click()
    side.kontrol()
    side.kontrol_smal()
