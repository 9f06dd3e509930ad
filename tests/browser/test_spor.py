"""An administrator finds out who has done what and who has seen what, and takes it with her as a file."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import expect

from faelles.tid import idag
from kommuner.models import Bruger, Rolle
from tests import fabrik
from tests.browser.kontrol import Side
from tests.kommuner.spor.situationer import REFERENCE, Forloeb, forloeb


@pytest.fixture
def sag(side: Side) -> Forloeb:
    """A reservation from beginning to answer."""
    return forloeb()


@pytest.fixture
def administrator(sag: Forloeb) -> Bruger:
    return fabrik.bruger(Rolle.ADMINISTRATOR, fabrik.kommune("Gladsaxe").organisation)


def test_change_is_found_and_read(side: Side, sag: Forloeb, administrator: Bruger, tmp_path: Path) -> None:
    page = side.page
    side.log_paa(administrator.email)
    page.get_by_role("link", name="Ændringer").first.click()
    expect(page.get_by_role("heading", name="Ændringer")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    page.get_by_label("Reference eller id").fill(REFERENCE)
    page.get_by_label("Slags").select_option("Reservation")
    page.get_by_role("button", name="Vis").click()
    expect(page.get_by_text("2 ændringer")).to_be_visible()
    expect(page.get_by_text("fra »Afventer svar« til »Bekræftet«")).to_be_visible()
    expect(page.get_by_role("table")).to_contain_text(sag.saelger.email)
    expect(page.locator("body")).not_to_contain_text(sag.koeber.email)
    page.locator("tbody summary").first.click()
    expect(page.get_by_text("Handlekommune:")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    with page.expect_download() as hentning:
        page.get_by_role("link", name="CSV med alle rækker i udvalget").click()
    fil = tmp_path / "log.csv"
    hentning.value.save_as(fil)
    raekker = list(csv.reader(io.StringIO(fil.read_text(encoding="utf-8-sig")), delimiter=";"))
    assert len(raekker) == 3
    assert all(REFERENCE in raekke for raekke in raekker[1:])
    page.get_by_role("link", name=f"Reservation {REFERENCE}").first.click()
    expect(page.get_by_label("Reference eller id")).to_have_value(str(sag.reservation.id))
    side.kontrol()


def test_reading_is_found_and_so_is_the_look_into_the_log(side: Side, sag: Forloeb, administrator: Bruger) -> None:
    page = side.page
    side.log_paa(administrator.email)
    page.get_by_role("link", name="Læsninger").first.click()
    expect(page.get_by_role("heading", name="Læsninger")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text=sag.saelger.email).first).to_contain_text(REFERENCE)
    side.kontrol()
    side.kontrol_smal()
    page.get_by_role("button", name="Vis").click()
    expect(page.get_by_role("row").filter(has_text="Læseloggen").first).to_contain_text(administrator.email)
    side.kontrol()


def test_question_without_answer_and_question_with_errors(side: Side, administrator: Bruger) -> None:
    page = side.page
    side.log_paa(administrator.email, "/spor/laesninger/?objekt=findes+ikke")
    expect(page.get_by_role("heading", name="Ingen læsninger i udvalget")).to_be_visible()
    side.kontrol_smal()
    page.get_by_role("link", name="Vis de seneste 30 dage").last.click()
    expect(page.get_by_role("table")).to_be_visible()
    side.aabn("/spor/aendringer/?fra=2026-02-01&til=2026-01-01", status=400)
    expect(page.locator("[data-module='error-summary']")).to_contain_text("Sidste dag skal ligge efter første dag")


def test_narrowing_with_the_keyboard_alone(side: Side, administrator: Bruger) -> None:
    page = side.page
    side.log_paa(administrator.email)
    side.tab_til(page.get_by_role("link", name="Ændringer").first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Ændringer")).to_be_visible()
    side.skriv_dato("Fra", idag())
    side.tab_til(page.get_by_label("Slags"))
    page.keyboard.type("Beslut")
    side.tab_til(page.get_by_role("button", name="Vis"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 ændring", exact=True)).to_be_visible()
    side.genvej("j")
    expect(page.get_by_role("link", name="Beslutning")).to_be_focused()
    side.tab_til(page.get_by_role("link", name="Excel med alle rækker i udvalget"))
