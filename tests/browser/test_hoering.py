"""A hearing from the secretariat's draft to the answer behind the link and the handling; by keyboard, wide and narrow."""

from playwright.sync_api import FilePayload, expect

from kommuner.models import Rolle
from rammeaftale.hoering.breve import send_links
from tests import fabrik
from tests.browser.kontrol import Side
from tests.rammeaftale.hoering.situationer import HANDICAPRAAD, PDF, kladde, noegle, sendt, udkast

SVAR: FilePayload = {"name": "svar.pdf", "mimeType": "application/pdf", "buffer": PDF}


def test_recipient_answers_by_the_link_without_an_account(side: Side) -> None:
    sendt(udkast("Parterne **samarbejder** om viden.", "Viden deles."))
    page, sti = side.page, f"/hoering/svar?noegle={noegle()}"
    side.aabn(sti)
    side.kontrol()
    side.kontrol_smal()
    side.tab_til(page.get_by_role("button", name="Send svaret"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert", name="Der er en fejl")).to_contain_text(
        "sæt kryds ved, at I ingen bemærkninger har"
    )
    side.kontrol(forventet=422)
    fil = page.get_by_label("Fil 1 ", exact=False).first
    fil.set_input_files(SVAR)
    page.get_by_text("Vi har ingen bemærkninger til udkastet", exact=True).click()
    page.get_by_role("button", name="Send svaret").click()
    expect(page.get_by_role("alert", name="Der er fejl")).to_contain_text("»svar.pdf« er ikke sendt; vælg den igen")
    side.kontrol(forventet=422)
    side.kontrol_smal()
    page.get_by_text("Vi har ingen bemærkninger til udkastet", exact=True).click()
    page.get_by_label("Bemærkninger til 2.1 Emne 1").fill("Skriv, hvem der har ansvaret.")
    fil.set_input_files(SVAR)
    side.tab_til(page.get_by_role("button", name="Send svaret"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Svaret er modtaget")).to_be_visible()
    expect(page.get_by_text("Skriv, hvem der har ansvaret.")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    side.aabn("/hoering/svar?noegle=forkert", status=404)
    side.kontrol(forventet=404)
    side.kontrol_smal()


def test_secretariat_sends_a_hearing_and_handles_the_answer(side: Side) -> None:
    hoering = kladde()
    sekretariat = hoering.version.aftale.kkr.sekretariat
    assert sekretariat is not None
    page = side.page
    side.log_paa(
        fabrik.bruger(Rolle.SEKRETARIAT, sekretariat).email, f"/rammeaftaler/{hoering.version.aftale.slug}/hoeringer/"
    )
    side.kontrol()
    side.kontrol_smal()
    side.tab_til(page.get_by_role("link", name=hoering.titel))
    page.keyboard.press("Enter")
    side.kontrol()
    side.kontrol_smal()
    for navn in ("Tilføj høringsparter", "Ret høringen"):
        page.get_by_role("link", name=navn).click()
        side.kontrol()
        side.kontrol_smal()
        page.get_by_role("link", name="Fortryd").click()
    side.tab_til(page.get_by_role("link", name="Send i høring"))
    page.keyboard.press("Enter")
    side.kontrol()
    side.tab_til(page.get_by_role("button", name="Send"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Høringen er sendt.")).to_be_visible()
    send_links()
    hoeringsside = page.url
    side.aabn(f"/hoering/svar?noegle={noegle(HANDICAPRAAD)}")
    page.get_by_label("Bemærkninger til udkastet som helhed").fill("Godt udkast.")
    page.get_by_role("button", name="Send svaret").click()
    expect(page.get_by_role("heading", name="Svaret er modtaget")).to_be_visible()
    page.goto(hoeringsside)
    side.kontrol()
    side.kontrol_smal()
    page.get_by_role("link", name="Behandl bemærkningen").click()
    side.kontrol()
    page.get_by_role("radio", name="Taget til efterretning").check()
    side.tab_til(page.get_by_role("button", name="Gem"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Behandlingen er gemt.")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
