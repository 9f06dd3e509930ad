"""Screen 4, »Sammenlign«, with the keyboard alone: choose, compare, check the free choice, and keep it as a note."""

import re
from importlib import import_module

import pytest
from django.db import transaction
from playwright.sync_api import expect

from faelles.job import koer
from kommuner.models import Bruger, Rolle
from reservationer.soegning.models import Fritvalgsproeve
from tests import fabrik
from tests.browser.kontrol import Side
from tilbud.models import Afdeling

FRA, TIL = fabrik.om(14), fabrik.om(104)


@pytest.fixture
def sagsbehandler() -> Bruger:
    """A case worker of Rødovre, with three offers under § 108 to choose among."""
    for navn, hvor, pris in (("Solbakken", "Gladsaxe", "2000.00"), ("Lindegården", "Herlev", "2200.00")):
        afdeling = fabrik.afdeling(fabrik.tilbud(navn, i=hvor, hjemler=("SEL-108",), metoder=[f"Metode {hvor}"]))
        fabrik.ledig_plads(afdeling)
        fabrik.bekraeftet(afdeling)
        fabrik.takst(afdeling, pris, kode="SEL-108", fra=fabrik.FOR_LAENGE_SIDEN, til=None)
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Tredje", hjemler=("SEL-108",))))
    return fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation)


def vaelg(side: Side) -> None:
    """From a search to the comparison of the first two."""
    page = side.page
    side.aabn(f"/soeg/?fra={FRA}&til={TIL}&hjemmel=SEL-108&alder=30")
    for navn in ("Solbakken", "Lindegården"):
        side.tab_til(page.get_by_label(f"Vælg {navn}, Hovedhuset"))
        page.keyboard.press("Space")
    side.tab_til(page.get_by_role("button", name="Sammenlign de valgte"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Sammenlign tilbud")).to_be_visible()


def test_two_offers_stand_side_by_side_with_what_differs_marked(side: Side, sagsbehandler: Bruger) -> None:
    page = side.page
    side.log_paa(sagsbehandler.email)
    vaelg(side)
    expect(page.get_by_role("row", name="Metoder")).to_contain_text("forskel")
    expect(page.get_by_role("row", name="Takst")).to_contain_text("2.200,00")
    assert "forskel" not in page.get_by_role("row", name="Normering").inner_text()
    assert page.get_by_role("row", name="Tredje").count() == 0
    side.ro()
    foerste = page.locator("tbody th[scope=row]").first
    assert foerste.evaluate("(celle) => getComputedStyle(celle).position") == "sticky"
    side.kontrol()
    side.kontrol_smal()
    side.tab_til(page.get_by_role("link", name="Tilbage til søgningen"))
    page.keyboard.press("Enter")
    expect(page.get_by_label("Borgerens alder")).to_have_value("30")


def test_free_choice_is_checked_and_kept_as_a_note_with_the_keyboard_alone(side: Side, sagsbehandler: Bruger) -> None:
    page = side.page
    side.log_paa(sagsbehandler.email)
    vaelg(side)
    side.tab_til(page.get_by_role("link", name="Prøv frit valg"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("2.200,00")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    for felt, vaerdi in (
        ("visiteret", "Solbakken"),
        ("visiteret_udgift", "2.000,00"),
        ("oensket", "Lindeg"),
        ("forhandlet_pris", "2.200,00"),
    ):
        side.tab_til(page.locator(f"[name={felt}]"))
        page.keyboard.type(vaerdi)
    side.tab_til(page.get_by_role("button", name="Prøv og gem notat"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Inden for grænsen").first).to_be_visible()
    expect(page.get_by_text("Forskellen er 10,00 procent")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    import_module("reservationer.soegning.tasks")
    with transaction.atomic():
        job_id = Fritvalgsproeve.objects.for_systemet("tests").get().job_id
    koer(job_id)
    page.reload()
    expect(page.get_by_role("link", name="Åbn notatet (PDF)")).to_be_visible()
    side.kontrol()
    side.tab_til(page.get_by_role("link", name="Tilbage til sammenligningen"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("row", name="Prøve af prisen")).to_contain_text("10,00 procent dyrere end Solbakken")
    side.aabn("/soeg/fritvalg")
    side.kontrol_smal()


def test_one_is_chosen_with_a_reason_and_found_again_with_the_keyboard_alone(side: Side, sagsbehandler: Bruger) -> None:
    page = side.page
    side.log_paa(sagsbehandler.email)
    vaelg(side)
    side.tab_til(page.get_by_role("link", name="Vælg og begrund Lindegården, Hovedhuset"))
    page.keyboard.press("Enter")
    expect(page.get_by_label("Lindegården, Hovedhuset")).to_be_checked()
    side.tab_til(page.get_by_role("button", name="Gem valget"))
    page.keyboard.press("Enter")
    expect(page.locator("[data-module='error-summary']")).to_be_focused()
    side.kontrol(forventet=400)
    side.kontrol_smal()
    side.tab_til(page.get_by_label("Begrundelse"))
    page.keyboard.type("Personalet kender metoden")
    side.tab_til(page.get_by_role("button", name="Gem valget"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader", name="Lindegården")).to_contain_text("Valgt")
    side.kontrol()
    side.kontrol_smal()
    side.tab_til(page.get_by_role("link", name="Alle valg"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("row", name="Lindegården")).to_contain_text("Personalet kender metoden")
    side.kontrol()
    side.kontrol_smal()


def test_choice_with_faults_leads_to_the_fields_and_what_has_changed_is_shown_again(
    side: Side, sagsbehandler: Bruger
) -> None:
    page = side.page
    side.log_paa(sagsbehandler.email)
    vaelg(side)
    # Nothing is chosen in advance, as when one comes by an address somebody has shared.
    link = page.get_by_role("link", name="Vælg og begrund Lindegården, Hovedhuset")
    side.aabn(re.sub(r"&?valgt=[^&]*", "", str(link.get_attribute("href"))))
    for felt in ("Solbakken, Hovedhuset", "Begrundelse"):
        side.tab_til(page.get_by_role("button", name="Gem valget"))
        page.keyboard.press("Enter")
        resume = page.locator("[data-module='error-summary']")
        expect(resume).to_be_focused()
        side.kontrol(forventet=400)
        side.tab_til(resume.get_by_role("link").first)
        page.keyboard.press("Enter")
        expect(page.get_by_label(felt)).to_be_focused()
        if felt == "Begrundelse":
            page.keyboard.type("Personalet kender metoden")
        else:
            page.keyboard.press("Space")
    with transaction.atomic():
        Afdeling.objects.filter(tilbud__navn="Solbakken").update(navn="Skovfløjen")
    side.tab_til(page.get_by_role("button", name="Gem valget"))
    page.keyboard.press("Enter")
    expect(page.locator("[data-module='error-summary']")).to_be_focused()
    side.kontrol(forventet=400)
    side.kontrol_smal()
    expect(page.get_by_label("Solbakken, Skovfløjen")).to_be_checked()
    expect(page.get_by_label("Begrundelse")).to_have_value("Personalet kender metoden")
    side.tab_til(page.get_by_role("button", name="Gem valget"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader", name="Solbakken")).to_contain_text("Valgt")


def test_check_with_faults_leads_to_the_fields(side: Side, sagsbehandler: Bruger) -> None:
    page = side.page
    side.log_paa(sagsbehandler.email)
    vaelg(side)
    for maal in (page.get_by_role("link", name="Prøv frit valg"), page.get_by_role("button", name="Prøv og gem notat")):
        side.tab_til(maal)
        page.keyboard.press("Enter")
    expect(page.locator("[data-module='error-summary']")).to_be_focused()
    side.kontrol(forventet=400)
    side.kontrol_smal()
