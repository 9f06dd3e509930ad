"""Pages that say no, as people meet them: what to do next, at both widths."""

from typing import Any

import pytest
from django.db import OperationalError
from playwright.sync_api import expect

from faelles.graenser import Graense
from kommuner.models import Rolle
from tests import fabrik
from tests.browser.kontrol import Side


def test_too_many_searches_say_when_to_try_again(side: Side, settings: Any) -> None:
    settings.GRAENSER = {**settings.GRAENSER, Graense.SOEG: (1, 86_400)}  # a window that does not end meanwhile
    side.log_paa(fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation).email, "/soeg/")
    side.aabn("/soeg/", 429)
    expect(side.page.get_by_text("Prøv igen om")).to_be_visible()
    side.kontrol_smal()
    side.page.get_by_role("link", name="Gå til forsiden").click()
    expect(side.page.get_by_role("heading", level=1)).to_be_visible()


def test_what_is_down_is_said_calmly(side: Side, monkeypatch: pytest.MonkeyPatch) -> None:
    def nede(*_args: Any) -> None:
        raise OperationalError

    side.log_paa(fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation).email)
    monkeypatch.setattr("kommuner.views.paneler", nede)
    side.aabn("/", 503)
    expect(side.page.get_by_role("heading", name="Vi kan ikke svare lige nu")).to_be_visible()
    side.kontrol_smal()
    monkeypatch.undo()
    side.aabn("/")


def test_form_that_is_too_large_is_turned_away(side: Side, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    side.log_paa(fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation).email, "/konto/password/change/")
    side.page.get_by_label("Nuværende adgangskode").fill("x" * 1200)
    for felt in side.page.locator("input[type=password]").all():
        felt.fill("x" * 1200)
    side.page.locator("main button[type=submit]").click()
    expect(side.page.get_by_role("heading", name="Der er sendt for meget på én gang")).to_be_visible()
    side.kontrol(forventet=413)
    side.kontrol_smal()
