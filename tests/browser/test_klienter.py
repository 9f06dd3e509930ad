"""An administrator connects a system: the secret is shown once, works in a real HTTP client, is changed, and stops."""

import httpx
import pytest
from django.db import transaction
from playwright.sync_api import Browser, Error, Page, expect

from kommuner.models import ApiNoegle, Bruger, Rolle
from tests import fabrik
from tests.browser.kontrol import Side

LAENGST = 5.0  # seconds; generous, the machine may be busy


@pytest.fixture
def administrator() -> Bruger:
    return fabrik.bruger(Rolle.ADMINISTRATOR, fabrik.kommune().organisation)


def vist(page: Page) -> tuple[str, str]:
    """The client id and the secret on the page."""
    expect(page.get_by_role("heading", name="Nøglens hemmelighed")).to_be_visible()
    klient_id, hemmelighed = (
        page.get_by_label("Klient-id").input_value(),
        page.get_by_label("Hemmelighed").input_value(),
    )
    assert len(hemmelighed) >= 43
    return klient_id, hemmelighed


def hent_token(side: Side, noegle: tuple[str, str]) -> httpx.Response:
    """What a system does: client id and secret by HTTP Basic."""
    return httpx.post(
        f"{side.adresse}/o/token/", data={"grant_type": "client_credentials"}, auth=noegle, timeout=LAENGST
    )


def token(side: Side, noegle: tuple[str, str]) -> str:
    svar = hent_token(side, noegle)
    assert svar.status_code == 200, svar.text
    return str(svar.json()["access_token"])


def kald(side: Side, adgangstoken: str) -> int:
    hoved = {"Authorization": f"Bearer {adgangstoken}"}
    return httpx.get(f"{side.adresse}/api/v1/tilbud", headers=hoved, timeout=LAENGST).status_code


def opret(side: Side) -> None:
    """From an empty list to the secret, by keyboard, with every page checked on the way."""
    page = side.page
    side.aabn("/klienter/")
    expect(page.get_by_role("heading", name="Ingen API-klienter")).to_be_visible()
    side.kontrol_smal()
    page.get_by_role("link", name="Ny klient").click()
    side.kontrol()
    side.kontrol_smal()
    side.tab_til(page.get_by_role("button", name="Opret klient"))
    page.keyboard.press("Enter")
    expect(page.locator("[data-module='error-summary']")).to_be_focused()
    side.kontrol(forventet=400)
    side.kontrol_smal()
    side.tab_til(page.get_by_label("Navn"))
    page.keyboard.type("Fagsystemet")
    side.tab_til(page.get_by_role("radio", name="Myndighed"))
    page.keyboard.press("Space")
    for navn in ("Se tilbud, pladser", "Se egne reservationer"):
        side.tab_til(page.get_by_role("checkbox", name=navn))
        page.keyboard.press("Space")
    side.tab_til(page.get_by_role("button", name="Opret klient"))
    page.keyboard.press("Enter")


def tilbage(page: Page, hemmelighed: str) -> None:
    """Back to the answer of a form. It is kept nowhere, so the browser asks before it sends the form again."""
    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        page.go_back()
    page.wait_for_url("chrome-error://**")
    assert hemmelighed not in page.content()


def forsvinder(side: Side, hemmelighed: str) -> None:
    """The secret is copied, and then gone: by reloading, and by going back."""
    page = side.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Kopiér hemmelighed").click()
    expect(page.get_by_role("button", name="Kopieret")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == hemmelighed
    page.reload()
    expect(page.get_by_role("heading", name="Fagsystemet")).to_be_visible()
    assert hemmelighed not in page.content()
    side.kontrol()
    side.kontrol_smal()
    tilbage(page, hemmelighed)


def skift(side: Side) -> tuple[str, str]:
    """A second key from the client's page, by keyboard; back on that page, where there is no room for a third."""
    page = side.page
    page.get_by_role("link", name="Ny nøgle").click()
    side.kontrol()
    side.kontrol_smal()
    side.tab_til(page.get_by_role("button", name="Opret nøgle"))
    page.keyboard.press("Enter")
    ny = vist(page)
    page.get_by_role("link", name="Jeg har gemt hemmeligheden").click()
    expect(page.get_by_role("heading", name="Fagsystemet")).to_be_visible()
    for gaa in (page.go_back, page.go_forward):
        gaa()
        assert ny[1] not in page.content()
    expect(page.get_by_role("link", name="Ny nøgle")).to_have_count(0)
    side.kontrol_smal()
    return ny


def spaer(side: Side, klient_id: str) -> None:
    """Revoke a key from the client's page, by keyboard."""
    page = side.page
    page.get_by_role("row", name=klient_id).get_by_role("link", name="Spær").click()
    side.kontrol()
    side.kontrol_smal()
    side.tab_til(page.get_by_role("button", name="Spær nøglen"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="er spærret")).to_be_visible()
    side.kontrol()


def luk(side: Side) -> None:
    """Close the client from its page."""
    page = side.page
    page.get_by_role("link", name="Luk klienten").click()
    side.kontrol()
    side.kontrol_smal()
    page.get_by_role("button", name="Luk klienten").click()
    expect(page.get_by_text("Klienten er lukket").first).to_be_visible()
    side.kontrol_smal()


def test_secret_is_shown_once_works_is_changed_and_stops(side: Side, administrator: Bruger) -> None:
    page = side.page
    side.log_paa(administrator.email)
    opret(side)
    gammel = vist(page)
    side.kontrol()
    side.kontrol_smal()
    forsvinder(side, gammel[1])
    gammelt_token = token(side, gammel)
    assert kald(side, gammelt_token) == 200

    side.aabn("/klienter/")
    side.kontrol_smal()
    page.get_by_role("link", name="Fagsystemet").click()
    expect(page.get_by_text("Aldrig brugt")).to_have_count(0)
    ny = skift(side)
    nyt_token = token(side, ny)
    assert [kald(side, t) for t in (gammelt_token, nyt_token, token(side, gammel))] == [200, 200, 200]

    spaer(side, gammel[0])
    assert (kald(side, gammelt_token), hent_token(side, gammel).status_code) == (401, 401)
    assert (kald(side, nyt_token), hent_token(side, ny).status_code) == (200, 200)

    luk(side)
    assert (kald(side, nyt_token), hent_token(side, ny).status_code) == (401, 401)


def test_right_that_is_taken_stops_in_the_token_the_system_holds(side: Side, administrator: Bruger) -> None:
    page = side.page
    side.log_paa(administrator.email)
    opret(side)
    systemets = token(side, vist(page))
    assert kald(side, systemets) == 200
    page.get_by_role("link", name="Jeg har gemt hemmeligheden").click()
    page.get_by_role("link", name="Ret adgange").click()
    side.kontrol()
    side.kontrol_smal()
    page.get_by_role("checkbox", name="Se tilbud, pladser").uncheck()
    page.get_by_role("button", name="Gem adgange").click()
    expect(page.get_by_text("Adgang taget: Se tilbud")).to_be_visible()
    assert kald(side, systemets) == 403


def test_second_press_on_the_button_makes_no_second_key(side: Side, administrator: Bruger) -> None:
    page = side.page
    side.log_paa(administrator.email)
    opret(side)
    vist(page)
    page.get_by_role("link", name="Jeg har gemt hemmeligheden").click()
    page.get_by_role("link", name="Ny nøgle").click()
    page.get_by_role("button", name="Opret nøgle").dblclick()
    vist(page)
    with transaction.atomic():
        assert ApiNoegle.objects.for_systemet("test").count() == 2  # the client's first, and this one


def test_secret_can_be_read_without_javascript(chromium: Browser, side: Side, administrator: Bruger) -> None:
    side.log_paa(administrator.email)
    kontekst = chromium.new_context(java_script_enabled=False, storage_state=side.page.context.storage_state())
    page = kontekst.new_page()
    page.goto(f"{side.adresse}/klienter/ny")
    page.get_by_label("Navn").fill("Fagsystemet")
    page.get_by_role("radio", name="Myndighed").check()
    page.get_by_role("checkbox", name="Se tilbud, pladser").check()
    page.get_by_role("button", name="Opret klient").click()
    noegle = vist(page)
    expect(page.get_by_role("button", name="Kopiér hemmelighed")).to_have_count(0)
    assert kald(side, token(side, noegle)) == 200
    kontekst.close()
