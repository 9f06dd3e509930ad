"""A log-in that is about to end says so in time, can be kept, and leaves nothing on the screen when it ends."""

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from kommuner.models import Bruger, Rolle
from tests import fabrik
from tests.browser.kontrol import Side

ALDER = 10  # seconds a log-in lasts without use; the warning comes half-way
FRIST = ALDER * 1000


@pytest.fixture
def bruger(settings: Any) -> Bruger:
    settings.SESSION_COOKIE_AGE = ALDER
    return fabrik.bruger(Rolle.LAESER, fabrik.kommune().organisation)


def advarsel(side: Side) -> Locator:
    return side.page.get_by_role("alertdialog", name="Du bliver snart logget af")


def anden_fane(side: Side) -> Side:
    """Another tab of the same browser."""
    return Side(side.page.context.new_page(), side.adresse)


def test_warning_comes_by_itself_in_every_tab_and_the_button_keeps_the_login_in_all(side: Side, bruger: Bruger) -> None:
    side.log_paa(bruger.email)
    anden = anden_fane(side)
    anden.aabn("/was")
    # As when another tab has changed role: a new token, which neither page holds.
    side.page.context.add_cookies([{"name": "csrftoken", "value": "n" * 32, "url": side.adresse}])
    for fane in (side, anden):
        expect(advarsel(fane)).to_be_visible(timeout=FRIST)
    expect(advarsel(side).get_by_role("timer")).to_contain_text("sekund")
    side.page.bring_to_front()
    expect(side.page.get_by_role("button", name="Bliv logget på")).to_be_focused()
    side.page.keyboard.press("Enter")
    for fane in (side, anden):
        expect(advarsel(fane)).to_be_hidden()
    side.page.wait_for_timeout(ALDER / 2 * 1000)
    side.aabn("/profil")


def test_warning_stays_when_the_server_does_not_answer_and_escape_keeps_the_login(side: Side, bruger: Bruger) -> None:
    side.log_paa(bruger.email)
    expect(advarsel(side)).to_be_visible(timeout=FRIST)
    side.page.route("**/session", lambda rute: rute.abort())
    side.page.get_by_role("button", name="Bliv logget på").click()
    expect(advarsel(side).get_by_text("Vi fik ikke forbindelse. Prøv igen.")).to_be_visible()
    side.page.unroute("**/session")
    with side.page.expect_response(lambda svar: svar.url.endswith("/session") and svar.request.method == "POST"):
        side.page.keyboard.press("Escape")
    expect(advarsel(side)).to_be_hidden()


def test_unused_login_ends_and_the_page_says_so_and_leads_back(side: Side, bruger: Bruger) -> None:
    side.log_paa(bruger.email, "/profil")
    expect(side.page.get_by_text("Du er logget af", exact=True)).to_be_visible(timeout=2 * FRIST)
    assert "next=%2Fprofil" in side.page.url
    expect(side.page.get_by_text(bruger.email)).to_have_count(0)
    side.kontrol()
    side.kontrol_smal()


def test_logging_off_from_the_warning(side: Side, bruger: Bruger) -> None:
    side.log_paa(bruger.email)
    expect(advarsel(side)).to_be_visible(timeout=FRIST)
    side.page.set_viewport_size({"width": 390, "height": 844})
    side.kontrol()
    advarsel(side).get_by_role("button", name="Log af").click()
    expect(side.page.get_by_role("heading", name="Log på", exact=True)).to_be_visible()


def test_tab_in_use_keeps_the_other_tabs_without_a_warning(side: Side, bruger: Bruger) -> None:
    side.log_paa(bruger.email)
    anden = anden_fane(side)
    for _ in range(3):
        anden.aabn("/was")
        side.page.wait_for_timeout(ALDER / 4 * 1000)
        expect(advarsel(side)).to_be_hidden()
