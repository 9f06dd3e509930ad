"""A takst from an empty budget to its history: typed by one person, approved by another, with keyboard and on a telephone."""

import pytest
from playwright.sync_api import FilePayload, Page, expect

from kommuner.models import Bruger, Rolle
from takster.genberegning.actions import genberegn_ventende
from tests import fabrik
from tests.browser.conftest import NySide
from tests.browser.kontrol import BRED, SMAL, Side
from tests.takster.budget.situationer import EKSEMPEL, Linje, budget
from tests.takster.budget.test_regneark import bog, hele
from tests.takster.fastsaettelse.situationer import offentliggjort
from tests.takster.genberegning.situationer import LAVERE_LOFT, endeligt, ens, foreloebigt, fyldt


def person(rolle: Rolle) -> Bruger:
    return fabrik.bruger(rolle, fabrik.kommune("Gladsaxe").organisation)


def kontrol(side: Side) -> None:
    side.kontrol()
    side.kontrol_smal()


def skriv(page: Page, **felter: str) -> None:
    for navn, vaerdi in felter.items():
        page.locator(f"[name={navn}]").fill(vaerdi)


@pytest.mark.django_db(transaction=True)
def test_budget_is_filled_in_computed_approved_published_and_looked_up(ny_side: NySide) -> None:
    tilbud = fabrik.afdeling(fabrik.tilbud("Kærgården", i="Gladsaxe")).tilbud
    foerste, anden = ny_side(), ny_side()
    page = foerste.page
    foerste.log_paa(person(Rolle.DRIFTSHERRE_OEKONOMI).email, "/takster/?aar=2027")
    kontrol(foerste)
    page.get_by_role("link", name="Begynd budgettet for Kærgården").click()
    kontrol(foerste)
    foerste.tab_til(page.get_by_role("button", name="Begynd budgettet"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Budget 2027")).to_be_visible()
    kontrol(foerste)
    skriv(page, linje_loen="mange")
    page.get_by_role("button", name="Gem budgettet").click()
    expect(page.locator("[data-module='error-summary']")).to_be_focused()
    foerste.kontrol(forventet=422)
    skriv(
        page,
        pladser="24",
        belaegning_foer="97,2",
        belaegning_sidst="95,6",
        linje_loen="17.850.000",
        linje_pension="96.000",
    )
    skriv(
        page, linje_husleje="1480000", linje_aktivitet="620000", linje_tilsyn="49202,00", linje_oevrig_drift="1315000"
    )
    page.get_by_role("button", name="Gem budgettet").click()
    expect(page.get_by_text("Budgettet er gemt.")).to_be_visible()
    kontrol(foerste)
    page.get_by_role("button", name="Beregn taksten").click()
    expect(page.get_by_text("22.694.814,12").first).to_be_visible()
    kontrol(foerste)
    page.get_by_role("button", name="Indsend til godkendelse").click()
    expect(page.get_by_role("heading", name="Venter på en anden")).to_be_visible()
    kontrol(foerste)
    _godkend(anden)
    anden.aabn(f"/takster/tilbud/{tilbud.pk}")
    expect(anden.page.get_by_role("row", name="01.01.2027 til og med 31.12.2027")).to_be_visible()
    kontrol(anden)


def _godkend(side: Side) -> None:
    page = side.page
    side.log_paa(person(Rolle.TILBUDSLEDER).email)
    kontrol(side)
    page.get_by_role("link", name="Kærgården, 2027").click()
    page.get_by_role("link", name="Afvis").click()
    kontrol(side)
    page.get_by_role("link", name="Tilbage til beregningen").click()
    page.get_by_role("link", name="Godkend").click()
    kontrol(side)
    page.get_by_role("button", name="Godkend").click()
    page.get_by_role("link", name="Offentliggør").click()
    kontrol(side)
    page.get_by_role("button", name="Offentliggør").click()
    expect(page.get_by_text("Taksten er offentliggjort.")).to_be_visible()
    kontrol(side)


@pytest.mark.django_db(transaction=True)
def test_waterfall_is_drawn_and_what_if_follows_the_keyboard(ny_side: NySide) -> None:
    et = budget(fabrik.afdeling(fabrik.tilbud("Kærgården", i="Gladsaxe")).tilbud)
    offentliggjort(et)
    en = offentliggjort(
        budget(et.tilbud, aar=2027, linjer={**EKSEMPEL.linjer, Linje("loen"): fabrik.Decimal(18_600_000)})
    )
    side = ny_side()
    page = side.page
    side.log_paa(person(Rolle.DRIFTSHERRE_OEKONOMI).email, f"/takster/beregninger/{en.pk}")
    expect(page.locator("[data-tegnet] svg")).to_be_visible()
    expect(page.get_by_text("Taksten stiger fra 2.687,00").first).to_be_visible()
    kontrol(side)
    page.set_viewport_size({"width": SMAL, "height": 900})
    for tabel in ("Ændringerne i kroner", "Linjerne i kroner"):  # what they are about is in the second column
        assert page.get_by_role("region", name=tabel).evaluate("tabel => tabel.scrollWidth <= tabel.clientWidth")
    page.set_viewport_size({"width": BRED, "height": 900})
    side.aabn(f"/takster/tilbud/{et.tilbud_id}")
    expect(page.locator("[data-tegnet] svg")).to_be_visible()
    kontrol(side)
    side.aabn(f"/takster/beregninger/{en.pk}")
    page.get_by_role("link", name="Hvad nu hvis").click()
    kontrol(side)
    svar = page.locator("#svar")
    side.tab_til(page.get_by_label("Pladser"))
    page.keyboard.press("Control+a")
    page.keyboard.type("22")
    expect(svar).to_contain_text("fra beregningens 2.782,00")
    side.kontrol()
    page.get_by_label("Navn på scenariet").fill("To færre pladser")
    page.get_by_role("button", name="Gem scenariet").click()
    expect(page.get_by_role("row", name="To færre pladser")).to_be_visible()
    kontrol(side)


@pytest.mark.django_db(transaction=True)
def test_workbook_with_faults_is_mended_and_stored(ny_side: NySide) -> None:
    fabrik.tilbud("Kærgården", i="Gladsaxe", ekstern_id="T1")
    side = ny_side()
    page = side.page
    side.log_paa(person(Rolle.DRIFTSHERRE_OEKONOMI).email, "/takster/budgetter/import")
    kontrol(side)
    for id_, besked in (("T2", "Filen har fejl"), ("T1", "Filen er i orden")):
        fil = FilePayload(name="budget.xlsx", mimeType="application/octet-stream", buffer=bog(*hele([id_])))
        page.get_by_label("Fil", exact=True).set_input_files(fil)
        page.get_by_role("button", name="Prøv filen").click()
        expect(page.get_by_role("heading", name=besked)).to_be_visible()
        side.kontrol(forventet=422 if id_ == "T2" else 200)
        side.kontrol_smal()
    page.get_by_role("button", name="Gem budgetterne").click()
    expect(page.get_by_text("1 budget er indlæst.")).to_be_visible()


@pytest.mark.django_db(transaction=True)
def test_takst_the_final_terms_change_is_found_on_the_start_page_and_taken_on_by_keyboard(ny_side: NySide) -> None:
    foreloebigt()
    ens()
    fyldt()
    endeligt(LAVERE_LOFT)
    genberegn_ventende()
    oekonomen, sekretaer = ny_side(), ny_side()
    oekonomen.log_paa(person(Rolle.DRIFTSHERRE_OEKONOMI).email, "/")
    kontrol(oekonomen)
    page = oekonomen.page
    oekonomen.tab_til(page.get_by_role("link", name="Fyldt, 2027"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Vilkårene er blevet endelige")).to_be_visible()
    kontrol(oekonomen)
    oekonomen.tab_til(page.get_by_role("link", name="Beregning 2"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Genberegnet: vilkårene er blevet endelige")).to_be_visible()
    oekonomen.aabn("/takster/?aar=2027")
    page.get_by_role("link", name="Fyldt, beregning 1").click()
    expect(page.get_by_text("Vilkårene er blevet endelige")).to_be_visible()
    kontrol(oekonomen)
    sekretariatet = fabrik.kkr().sekretariat
    assert sekretariatet is not None
    sekretaer.log_paa(fabrik.bruger(Rolle.SEKRETARIAT, sekretariatet).email, "/takster/frister/2027")
    expect(sekretaer.page.get_by_role("heading", name="Genberegnet efter endelige vilkår")).to_be_visible()
    kontrol(sekretaer)
