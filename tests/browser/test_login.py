"""Logging in with a second factor, with a passkey and through a provider, in a real browser with a virtual authenticator."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from kommuner.models import Bruger, Rolle
from tests import fabrik
from tests.browser.kontrol import Side
from tests.oidc import CVR, SUB, OidcUdbyder, gladsaxe, koerende_udbyder
from tests.totrin import genoprettelseskoder, kode, kodeapp

NySide = Callable[[], Side]


@pytest.fixture
def bruger() -> Bruger:
    return fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation)


@pytest.fixture
def udbyder(settings: Any) -> Iterator[OidcUdbyder]:
    with koerende_udbyder(settings) as klar:
        yield klar


def med_noeglering(side: Side) -> Callable[[bool], None]:
    """Give the browser a platform authenticator that knows its person; the function says whether it still does."""
    cdp = side.page.context.new_cdp_session(side.page)
    cdp.send("WebAuthn.enable")
    svar = cdp.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )

    def kendt(er_kendt: bool) -> None:
        cdp.send("WebAuthn.setUserVerified", {"authenticatorId": svar["authenticatorId"], "isUserVerified": er_kendt})

    return kendt


def knap(side: Side, navn: str) -> None:
    side.ro()  # a passkey is made by the page's script: a press before it listens sends the bare form
    side.page.get_by_role("button", name=navn, exact=True).first.click()


def skriv_adgangskode(side: Side, bruger: Bruger) -> None:
    """The first step of logging in."""
    side.aabn("/konto/login/")
    side.page.get_by_label("E-mail").fill(bruger.email)
    side.page.get_by_label("Adgangskode", exact=True).fill(fabrik.ADGANGSKODE)
    knap(side, "Log på")


def bekraeft(side: Side) -> None:
    """Show that it is still the same person."""
    expect(side.page.get_by_role("heading", name="Bekræft, at det er dig")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    side.page.get_by_label("Adgangskode", exact=True).fill(fabrik.ADGANGSKODE)
    knap(side, "Bekræft")


def lav_noegle(side: Side, bruger: Bruger, navn: str = "Min computer") -> None:
    """Log in and make a passkey that logs in alone; leaves the recovery codes open."""
    side.log_paa(bruger.email)
    side.page.goto(f"{side.adresse}/konto/totrin/webauthn/add/")
    side.page.get_by_label("Adgangskode", exact=True).fill(fabrik.ADGANGSKODE)
    knap(side, "Bekræft")
    side.page.get_by_label("Navn").fill(navn)
    knap(side, "Lav adgangsnøgle")
    expect(side.page.get_by_role("heading", name="Genoprettelseskoder")).to_be_visible()


def test_passkey_is_made_logs_in_alone_confirms_and_is_removed(side: Side, bruger: Bruger) -> None:
    med_noeglering(side)
    lav_noegle(side, bruger)
    side.kontrol()
    side.kontrol_smal()
    knap(side, "Log af")
    side.aabn("/konto/login/")
    side.kontrol_smal()
    knap(side, "Brug adgangsnøgle")
    expect(side.page.get_by_role("heading", name="Min side")).to_be_visible()
    side.aabn("/konto/totrin/webauthn/")
    expect(side.page.get_by_text("Logger på alene")).to_be_visible()
    side.kontrol_smal()
    side.page.get_by_role("link", name="Omdøb Min computer").click()
    side.page.get_by_role("link", name="bruge en adgangsnøgle").click()
    expect(side.page.get_by_role("button", name="Brug adgangsnøgle")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    knap(side, "Brug adgangsnøgle")
    expect(side.page.get_by_role("heading", name="Omdøb adgangsnøgle")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    side.page.get_by_label("Navn").fill("Bærbar")
    knap(side, "Gem navn")
    side.page.get_by_role("link", name="Fjern Bærbar").click()
    expect(side.page.get_by_role("heading", name="Vil du fjerne »Bærbar«?")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    knap(side, "Fjern adgangsnøglen")
    expect(side.page.get_by_text("Du har ingen endnu.")).to_be_visible()
    side.kontrol()
    assert not Authenticator.objects.filter(user=bruger).exists()


def test_page_for_a_new_passkey_asks_for_the_password_first(side: Side, bruger: Bruger) -> None:
    side.log_paa(bruger.email)
    side.page.get_by_role("link", name="Sæt totrinslogin op").click()
    side.page.get_by_role("link", name="Tilføj adgangsnøgle").click()
    bekraeft(side)
    expect(side.page.get_by_role("heading", name="Tilføj adgangsnøgle")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()


def test_passkey_is_the_second_step_after_the_password(side: Side, bruger: Bruger) -> None:
    kendt = med_noeglering(side)
    lav_noegle(side, bruger)
    knap(side, "Log af")
    skriv_adgangskode(side, bruger)
    expect(side.page.get_by_role("heading", name="Log på: andet trin")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    kendt(False)
    knap(side, "Brug adgangsnøgle")
    expect(side.page.get_by_text("Adgangsnøglen blev ikke brugt.")).to_be_visible(timeout=20_000)
    side.kontrol()
    kendt(True)
    knap(side, "Brug adgangsnøgle")
    expect(side.page.get_by_role("heading", name="Min side")).to_be_visible()
    side.kontrol()


def test_code_app_is_set_up_and_used_with_the_keyboard(side: Side, bruger: Bruger) -> None:
    side.log_paa(bruger.email)
    side.page.get_by_role("link", name="Sæt totrinslogin op").click()
    expect(side.page.get_by_role("heading", name="Totrinslogin", exact=True)).to_be_visible()
    side.kontrol()
    side.page.get_by_role("link", name="Sæt kodeapp op").click()
    bekraeft(side)
    expect(side.page.get_by_role("heading", name="Sæt kodeapp op")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    billede = side.page.get_by_role("img", name="QR-kode")
    assert billede.evaluate("billede => billede.complete && billede.naturalWidth > 0")
    hemmelighed = side.page.locator("#totrin-noegle").inner_text()
    felt = side.page.get_by_label("Kode fra appen")
    felt.fill("000000")
    knap(side, "Slå kodeapp til")
    expect(side.page.locator("[data-module='error-summary']")).to_be_focused()
    side.kontrol()
    assert side.page.locator("#totrin-noegle").inner_text() == hemmelighed
    side.tab_til(felt)
    side.page.keyboard.press("Control+a")
    side.page.keyboard.type(kode(hemmelighed))
    side.page.keyboard.press("Enter")
    expect(side.page.get_by_role("heading", name="Genoprettelseskoder")).to_be_visible()
    side.kontrol()
    knap(side, "Log af")
    skriv_adgangskode(side, bruger)
    side.tab_til(side.page.get_by_label("Kode", exact=True))
    side.page.keyboard.type(kode(hemmelighed))
    side.page.keyboard.press("Enter")
    expect(side.page.get_by_role("heading", name="Min side")).to_be_visible()
    side.kontrol()


def test_recovery_code_logs_in_when_the_app_is_gone(side: Side, bruger: Bruger) -> None:
    kodeapp(bruger)
    skriv_adgangskode(side, bruger)
    side.page.get_by_label("Kode", exact=True).fill(genoprettelseskoder(bruger)[0])
    knap(side, "Log på")
    expect(side.page.get_by_role("heading", name="Min side")).to_be_visible()
    side.aabn("/profil")
    expect(side.page.get_by_text("9 tilbage.")).to_be_visible()
    side.kontrol_smal()


def test_new_recovery_codes_and_removing_the_app_ask_first(side: Side, bruger: Bruger) -> None:
    kodeapp(bruger)
    side.page.context.add_cookies([_cookie(side, bruger)])
    side.aabn("/konto/totrin/")
    side.kontrol_smal()
    side.page.get_by_role("link", name="Se koderne").click()
    bekraeft(side)
    side.page.get_by_role("link", name="Lav nye koder").click()
    expect(side.page.get_by_text("De 10, du har nu, virker ikke mere.")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    knap(side, "Lav nye koder")
    expect(side.page.get_by_text("Du har fået nye genoprettelseskoder.")).to_be_visible()
    side.aabn("/konto/totrin/totp/deactivate/")
    side.kontrol_smal()
    knap(side, "Fjern kodeappen")
    expect(side.page.get_by_text("Kodeappen er fjernet.")).to_be_visible()
    side.kontrol()


def _cookie(side: Side, bruger: Bruger) -> Any:
    """The person logged in without the pages for it."""
    client = Client()
    client.force_login(bruger)
    navn = settings.SESSION_COOKIE_NAME
    return {"name": navn, "value": client.cookies[navn].value, "url": side.adresse}


def test_provider_button_leads_through_the_provider_and_back_inside_the_policy(
    side: Side, udbyder: OidcUdbyder
) -> None:
    gladsaxe()
    udbyder.siger(roles="RA-Sag", cvr=CVR)
    side.aabn("/konto/login/?next=/profil")
    side.kontrol_smal()
    knap(side, "Log på med Gladsaxe Kommune")
    side.page.wait_for_url(f"{udbyder.adresse}/**")
    assert not [klage for klage in side.klager if "Content Security Policy" in klage]
    side.page.locator("input[name=sub]").fill(SUB)
    side.page.locator("button[type=submit]").first.click()
    side.page.wait_for_url(f"{side.adresse}/profil")
    side.klager.clear()  # what the provider's own page said
    side.aabn("/profil")
    expect(side.page.get_by_text("Gladsaxe Kommune, når du logger på dér")).to_be_visible()


def test_provider_that_is_not_in_the_policy_cannot_be_reached(side: Side, udbyder: OidcUdbyder, settings: Any) -> None:
    politik = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {**politik, "form-action": ["'self'"]}}
    side.aabn("/konto/login/")
    knap(side, "Log på med Gladsaxe Kommune")
    side.page.wait_for_function("window.__brud.length > 0")
    assert "form-action" in side.page.evaluate("window.__brud")[0]


def test_person_the_provider_gives_no_role_is_told_what_to_do(side: Side, udbyder: OidcUdbyder) -> None:
    gladsaxe()
    udbyder.siger(roles="noget-andet", cvr=CVR)
    side.aabn("/konto/login/")
    knap(side, "Log på med Gladsaxe Kommune")
    side.page.wait_for_url(f"{udbyder.adresse}/**")
    side.page.locator("input[name=sub]").fill(SUB)
    side.page.locator("button[type=submit]").first.click()
    expect(side.page.get_by_role("heading", name="Du kan ikke logge på")).to_be_visible()
    side.klager.clear()
    side.kontrol(forventet=403)
    side.kontrol_smal()


def test_too_many_tries_are_answered_with_when_to_try_again(side: Side, bruger: Bruger) -> None:
    side.aabn("/konto/login/")
    for _ in range(6):
        side.page.get_by_label("E-mail").fill(bruger.email)
        side.page.get_by_label("Adgangskode", exact=True).fill("forkert")
        knap(side, "Log på")
        side.ro()
    expect(side.page.get_by_role("heading", name="Vent lidt, før du prøver igen")).to_be_visible()
    side.kontrol(forventet=429)
    side.kontrol_smal()


@pytest.mark.parametrize(
    ("sti", "status"),
    [
        ("/konto/udbyder/login/cancelled/", 200),
        ("/konto/udbyder/login/error/", 401),
        ("/konto/login/?udloebet=1", 200),
        ("/konto/password/reset/done/", 200),
        ("/konto/password/reset/key/1-x/", 200),
        ("/konto/inactive/", 200),
    ],
)
def test_page_on_the_way_in_holds_at_both_widths(side: Side, sti: str, status: int) -> None:
    side.aabn(sti, status)
    side.kontrol_smal()


def test_link_straight_to_a_provider_asks_first(side: Side, udbyder: OidcUdbyder) -> None:
    side.aabn("/konto/oidc/gladsaxe/login/")
    side.kontrol_smal()


def test_other_place_is_logged_off_from_here(ny_side: NySide, bruger: Bruger) -> None:
    her, der = ny_side(), ny_side()
    for side in (der, her):
        side.log_paa(bruger.email)
    her.page.get_by_role("link", name="Min profil").first.click()
    her.kontrol()
    her.kontrol_smal()
    her.page.get_by_role("link", name="Se stederne, og log af").click()
    expect(her.page.get_by_role("heading", name="Her er du logget på")).to_be_visible()
    her.kontrol()
    her.kontrol_smal()
    her.page.get_by_role("listitem").filter(has_not_text="Her").get_by_role("button", name="Log af").click()
    expect(her.page.get_by_text("Du er logget af dér.")).to_be_visible()
    expect(her.page.get_by_text("Du er ikke logget på andre steder.")).to_be_visible()
    der.page.reload()
    expect(der.page.get_by_text("Du er logget af", exact=True)).to_be_visible()
    der.kontrol()


def test_profile_is_reached_from_the_menu_of_a_telephone(side: Side, bruger: Bruger) -> None:
    side.log_paa(bruger.email)
    side.page.set_viewport_size({"width": 390, "height": 844})
    side.page.get_by_role("button", name="Menu").click()
    side.page.get_by_role("dialog", name="Menu").get_by_role("link", name="Min profil").click()
    expect(side.page.get_by_role("heading", name="Min profil")).to_be_visible()
    side.kontrol()
