"""The pages one looks things up on, and what long words and faults do to the frame."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from kommuner.models import Bruger, Rolle
from takster.models import OffentliggjortPris
from tests import fabrik
from tests.browser.kontrol import Side
from tilbud.models import OffentligtTilbud

LANG_REFERENCE = "R" * 60


@pytest.fixture
def sagsbehandler() -> Bruger:
    return fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation)


@pytest.fixture
def offentliggjort() -> None:
    """An offer and its price, and a price without an offer that could not be placed."""
    kilde = {"kilde_url": "https://example.dk/takster"}
    tilbud = OffentligtTilbud.objects.create(raekke=2, navn="Højsletten", kommune=fabrik.kommune("Herlev"), **kilde)
    faelles = {"beloeb": Decimal(2278), "enhed": "døgn", "aar": 2021, "moms": "inkl. moms", **kilde}
    OffentliggjortPris.objects.create(raekke=2, tilbud=tilbud, tilbud_navn=tilbud.navn, ydelse="Botilbud", **faelles)
    OffentliggjortPris.objects.create(
        raekke=3, tilbud_navn="Hadruplund", ydelse="STU", note="siden viser også månedstakst",
        mangler=["hjemlen er ikke angivet"], **faelles,
    )  # fmt: skip


@pytest.mark.usefixtures("offentliggjort")
@pytest.mark.parametrize(
    "sti", ["/tilbud/", "/tilbud/offentliggjorte", "/soeg/?fra=2030-01-01", "/konto/password/change/"]
)
def test_page_of_a_case_worker_holds_at_all_widths(side: Side, sagsbehandler: Bruger, sti: str) -> None:
    fabrik.ledig_plads()
    side.log_paa(sagsbehandler.email, sti)
    side.kontrol_smal()


def test_page_about_the_api_is_found_from_the_footer_and_holds_at_all_widths(side: Side) -> None:
    side.aabn("/was")
    side.page.get_by_role("link", name="API for fagsystemer").click()
    expect(side.page.get_by_role("heading", name="API-dokumentation")).to_be_visible()
    side.page.locator("summary", has_text="Eksempel: krop").filter(has_text="/godkendelser").click()
    expect(side.page.locator("details[open] pre")).to_contain_text('"organ": "Kommunalbestyrelsen"')
    assert "`" not in side.page.locator("main").inner_text()
    side.kontrol()
    side.kontrol_smal()


def test_year_is_readable_in_a_date_with_a_fault(side: Side, sagsbehandler: Bruger) -> None:
    side.log_paa(sagsbehandler.email, "/soeg/?fra=2020-01-01&til=2027-06-01")
    for navn in ("fra_aar", "til_aar"):
        aar = side.page.locator(f"[name={navn}]")
        assert aar.evaluate("(felt) => felt.scrollWidth <= felt.clientWidth"), navn
    side.kontrol_smal()


def test_long_reference_without_spaces_stays_in_its_column(side: Side, sagsbehandler: Bruger) -> None:
    af = fabrik.aktoer(Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation)
    reservation = fabrik.reservation(af=af, reference=LANG_REFERENCE)
    side.log_paa(sagsbehandler.email)
    side.kontrol_smal()
    side.aabn("/reservationer/")
    tabel = side.page.get_by_role("region", name="Reservationer")
    assert tabel.evaluate("(ramme) => ramme.scrollWidth <= ramme.clientWidth")
    side.kontrol_smal()
    for sti in (f"/reservationer/{reservation.pk}", f"/reservationer/{reservation.pk}/annuller"):
        side.aabn(sti)
        side.kontrol_smal()
