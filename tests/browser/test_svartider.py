"""How long the steps took: read and turned to another half-year by keyboard alone, wide and narrow."""

from playwright.sync_api import expect

from faelles.tid import idag
from kommuner.models import Rolle
from reservationer.svartider.regler import halvaar_foer, halvaar_navn
from tests import fabrik
from tests.browser.kontrol import Side
from tests.svartider.situationer import afvist


def test_steps_are_read_and_another_half_year_chosen_by_keyboard(side: Side) -> None:
    foerste, anden = halvaar_foer(idag(), 2)
    hvor = fabrik.tilbud("Kilden")
    for halvaar in (foerste, anden):
        for nr in range(5):
            afvist(hvor, "Rødovre", halvaar.fra, nr + 1, reference=f"RK-{nr}")
    sekretariat = fabrik.kkr().sekretariat
    assert sekretariat is not None
    page = side.page
    side.log_paa(fabrik.bruger(Rolle.SEKRETARIAT, sekretariat).email, "/")
    side.tab_til(page.get_by_role("link", name="hvor længe borgere venter på svar"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Svar- og ventetider")).to_be_visible()
    expect(page.locator("[data-diagram] svg")).to_be_visible()
    expect(page.get_by_text("kom 5 svar: halvdelen inden for 3 dage")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    side.tab_til(page.locator("summary", has_text="Sådan tælles der"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("At bede om mere er ikke et svar.")).to_be_visible()
    side.tab_til(page.get_by_role("link", name=halvaar_navn(foerste)))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=f"{halvaar_navn(foerste)}, opdelt")).to_be_visible()
    side.kontrol()


def test_operator_reads_its_own_from_its_enquiries(side: Side) -> None:
    afvist(fabrik.tilbud("Kilden"), "Rødovre", halvaar_foer(idag(), 1)[0].fra, 1, reference="RK-1")
    page = side.page
    gladsaxe = fabrik.kommune("Gladsaxe").organisation
    side.log_paa(fabrik.bruger(Rolle.TILBUDSLEDER, gladsaxe).email, "/forespoergsler/")
    side.tab_til(page.get_by_role("link", name="Svar- og ventetider"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Svar- og ventetider")).to_be_visible()
    expect(page.get_by_role("rowheader", name="Kilden")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
