"""A year's accounts from the list to the open balance, with keyboard and on a telephone; and what the secretariat reads of them."""

import pytest
from playwright.sync_api import expect

from kommuner.models import Rolle
from tests import fabrik
from tests.browser.conftest import NySide
from tests.takster.regnskab.situationer import AAR, solgt


@pytest.mark.django_db(transaction=True)
def test_accounts_are_filled_in_closed_and_stand_in_the_balance_the_secretariat_reads(ny_side: NySide) -> None:
    solgt(fabrik.tilbud("Kærgården", i="Gladsaxe"))
    oekonomen, sekretariatet = ny_side(), ny_side()
    page = oekonomen.page
    hvem = fabrik.bruger(Rolle.DRIFTSHERRE_OEKONOMI, fabrik.kommune("Gladsaxe").organisation)
    oekonomen.log_paa(hvem.email, f"/takster/regnskaber?aar={AAR}")
    oekonomen.kontrol()
    oekonomen.kontrol_smal()
    oekonomen.tab_til(page.get_by_role("link", name="Begynd regnskabet for Kærgården"))
    page.keyboard.press("Enter")
    oekonomen.kontrol()
    page.get_by_role("button", name="Begynd regnskabet").click()
    expect(page.get_by_text("»Løn« skal udfyldes")).to_be_visible()
    oekonomen.kontrol()
    oekonomen.kontrol_smal()
    page.locator("[name=linje_loen]").fill("mange")
    page.get_by_role("button", name="Gem regnskabet").click()
    expect(page.locator("[data-module='error-summary']")).to_be_focused()
    oekonomen.kontrol(forventet=422)
    for navn, beloeb in (
        ("linje_loen", "15.400.000"), ("linje_pension", "1300000"), ("linje_husleje", "1400000"), ("linje_aktivitet", "600000"),
        ("linje_tilsyn", "50000"), ("linje_salg", "150000"), ("overhead", "1.150.000"), ("grundlag", "20400000,00"),
    ):  # fmt: skip
        page.locator(f"[name={navn}]").fill(beloeb)
    page.get_by_role("button", name="Gem regnskabet").click()
    expect(page.get_by_text("21.072.560,00").first).to_be_visible()
    oekonomen.tab_til(page.get_by_role("button", name="Afslut regnskabet"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Regnskabet er afsluttet.")).to_be_visible()
    expect(page.get_by_role("row", name="Efterregulering")).to_contain_text("302.560,00")
    oekonomen.kontrol()
    oekonomen.kontrol_smal()
    oekonomen.aabn("/takster/regnskaber/saldo")
    expect(page.locator("[data-diagram=aabensaldo] svg")).to_be_visible()
    oekonomen.kontrol()
    oekonomen.kontrol_smal()

    sekretariatet.log_paa(
        fabrik.bruger(Rolle.SEKRETARIAT, fabrik.hjemsted(Rolle.SEKRETARIAT)).email, "/takster/frister"
    )
    sekretariatet.page.get_by_role("link", name="Regnskaber og åben saldo").click()
    expect(sekretariatet.page.get_by_role("row", name="Gladsaxe Kommune").first).to_contain_text("302.560,00")
    sekretariatet.kontrol()
    sekretariatet.kontrol_smal()
    sekretariatet.page.get_by_role("link", name="regnskabet for Kærgården").click()
    expect(sekretariatet.page.get_by_role("heading", name=f"Regnskab {AAR}")).to_be_visible()
    sekretariatet.kontrol()
