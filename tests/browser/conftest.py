"""Chromium over a real server. What failed is left as a picture in the temporary directory that pytest names."""

import os
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.browser.kontrol import BRED, Side

# Playwright's synchronous interface runs an event loop in this thread; Django would refuse to touch the database here.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

CHROMIUM = "/usr/bin/chromium"
ARGUMENTER = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
FRIST = 10_000  # ms; generous, the machine may be busy

fejlede = pytest.StashKey[bool]()

NySide = Callable[[], Side]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this directory opens Chromium."""
    her = Path(__file__).parent
    for item in items:
        if her in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let the fixtures know that the test failed."""
    rapport = yield
    item.stash[fejlede] = item.stash.get(fejlede, False) or rapport.failed
    return rapport


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One browser for all tests here; ended with them, so that no event loop is left to the rest of the suite."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=ARGUMENTER)
        yield browser
        browser.close()


@pytest.fixture
def ny_side(
    chromium: Browser, live_server: LiveServer, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[NySide]:
    """Opens tabs that share nothing: each is a person of her own."""
    sider: list[Side] = []

    def aabn() -> Side:
        kontekst = chromium.new_context(viewport={"width": BRED, "height": 900}, locale="da-DK")
        kontekst.set_default_timeout(FRIST)
        sider.append(Side(kontekst.new_page(), live_server.url))
        return sider[-1]

    yield aabn
    for nummer, side in enumerate(sider):
        if request.node.stash.get(fejlede, False):
            fil = tmp_path / f"{nummer}.png"
            side.page.screenshot(path=fil, full_page=True)
            print(f"Skærmbillede: {fil} ({side.page.url})")
        side.page.context.close()


@pytest.fixture
def side(ny_side: NySide) -> Side:
    """One tab."""
    return ny_side()
