"""The pages everybody can open, and what log-in does."""

import pytest
from playwright.sync_api import expect

from kommuner.models import Rolle
from tests import fabrik
from tests.browser.kontrol import Side


@pytest.mark.parametrize(
    ("sti", "status"),
    [
        ("/konto/login/", 200),
        ("/konto/password/reset/", 200),
        ("/konto/signup/", 200),
        ("/was", 200),
        ("/findes-ikke", 404),
    ],
)
def test_open_page_holds_at_both_widths(side: Side, sti: str, status: int) -> None:
    side.aabn(sti, status)
    side.kontrol_smal()


def test_wrong_password_is_said_on_top_and_at_the_form(side: Side) -> None:
    bruger = fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation)
    side.aabn("/konto/login/")
    side.page.get_by_label("E-mail").fill(bruger.email)
    side.page.get_by_label("Adgangskode", exact=True).fill("forkert")
    side.page.get_by_role("button", name="Log på", exact=True).click()
    expect(side.page.locator("[data-module='error-summary']")).to_be_focused()
    expect(side.page).to_have_title("Fejl: Log på – Rammeaftale")
    side.kontrol()
    side.kontrol_smal()


def test_person_without_membership_is_told_whom_to_ask(side: Side) -> None:
    bruger = fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation)
    bruger.tilknytninger.all().delete()
    side.aabn("/konto/login/")
    side.page.get_by_label("E-mail").fill(bruger.email)
    side.page.get_by_label("Adgangskode", exact=True).fill(fabrik.ADGANGSKODE)
    side.page.get_by_role("button", name="Log på", exact=True).click()
    expect(side.page.get_by_text("Du har ingen aktiv tilknytning")).to_be_visible()
    side.aabn("/", 403)


def test_shortcuts_are_listed_and_can_be_switched_off(side: Side) -> None:
    side.aabn("/was")
    side.genvej("?")
    expect(side.page.get_by_role("dialog", name="Tastaturgenveje")).to_be_visible()
    side.kontrol()
    side.page.get_by_label("Brug tastaturgenveje på denne computer").uncheck()
    side.page.keyboard.press("Escape")
    side.genvej("?")
    expect(side.page.get_by_role("dialog", name="Tastaturgenveje")).to_be_hidden()


def test_log_on_and_off(side: Side) -> None:
    bruger = fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation)
    side.log_paa(bruger.email)
    side.kontrol_smal()
    side.page.get_by_role("button", name="Log af").first.click()
    expect(side.page.get_by_role("button", name="Log på")).to_be_visible()
    side.kontrol()
