"""The place calendars by the keyboard alone: the operator's own, where things are done, and the strip on the offer's page."""

import pytest
from playwright.sync_api import Locator, expect

from faelles.tid import Periode
from kommuner.models import Rolle
from tests import fabrik
from tests.browser.kontrol import Side
from tilbud.belaegning.models import Pladslukning
from tilbud.models import Bekraeftelse, Plads


@pytest.mark.django_db(transaction=True)
def test_operator_moves_in_the_calendar_closes_a_place_opens_it_again_and_confirms_all(side: Side) -> None:
    huset = fabrik.afdeling(fabrik.tilbud("Botilbuddet Solbakken, som har et langt navn", i="Gladsaxe"))
    fabrik.bekraeftet(huset)
    foerste, anden = (fabrik.ledig_plads(huset, betegnelse=f"Bolig {nr}", merplads=nr == 2) for nr in (1, 2))
    fabrik.optag(foerste, Periode(fabrik.om(-20), fabrik.om(30)))
    fabrik.lukning(fabrik.afdeling(huset.tilbud, navn="Annekset"), fra=5, til=60)
    leder = fabrik.bruger(Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation)
    page = side.page
    side.log_paa(leder.email)
    side.tab_til(page.get_by_role("navigation", name="Hovedmenu").get_by_role("link", name="Belægning"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Belægning")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    kalender = page.get_by_role("grid", name="Pladskalender for Hovedhuset")
    optaget = kalender.get_by_role("link", name="Bolig 1: Optaget")
    side.tab_til(optaget)
    page.keyboard.press("ArrowRight")
    expect(kalender.get_by_role("link", name="Bolig 1: Ledig")).to_be_focused()
    page.keyboard.press("ArrowDown")
    ledig = kalender.get_by_role("link", name="Bolig 2: Ledig")
    expect(ledig).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(optaget).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowLeft")
    expect(optaget).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name="Bolig 2, Hovedhuset")).to_be_visible()
    expect(kalender.get_by_role("gridcell", selected=True)).to_have_text("Bolig 2: Ledig")
    expect(ledig).to_be_focused()
    side.kontrol()
    page.keyboard.press("Enter")
    _indskriv(side, anden)
    side.tab_til(optaget)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    side.tab_til(page.get_by_role("link", name="Luk pladsen midlertidigt"))
    _luk(side)
    expect(page.get_by_text("Bolig 2 er lukket")).to_be_visible()
    _aabn(side, page.get_by_role("grid").get_by_role("link", name="Bolig 2: Lukket til"))
    assert Pladslukning.objects.get(plads=anden).ophaevet is not None
    side.genvej("b")
    expect(page.get_by_text("Pladserne i 2 afdelinger er bekræftet")).to_be_visible()
    side.kontrol()
    assert Bekraeftelse.objects.count() == 3


def _indskriv(side: Side, plads: Plads) -> None:
    """From the chosen free place to registering in, where the place stands already, and back."""
    page = side.page
    expect(page.get_by_role("link", name="Indskriv en borger")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Indskriv i Botilbuddet Solbakken")).to_be_visible()
    expect(page.get_by_label("Plads (frivilligt)")).to_have_value(str(plads.pk))
    side.kontrol()
    page.go_back()


def _luk(side: Side) -> None:
    """From the link that has the focus through the form; the days chosen in the calendar stand in it already."""
    page = side.page
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Luk midlertidigt i Hovedhuset")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    side.skriv_dato("Åbner igen", fabrik.om(60))
    side.tab_til(page.get_by_label("Grund"))
    page.keyboard.type("Smitte")
    side.tab_til(page.get_by_role("button", name="Luk", exact=True))
    page.keyboard.press("Enter")


def _aabn(side: Side, lukket: Locator) -> None:
    """From the closed bar to opening again."""
    page = side.page
    lukket.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Åbn igen")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Åbn igen i Hovedhuset")).to_be_visible()
    side.kontrol()
    side.tab_til(page.get_by_role("button", name="Åbn igen"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Lukningen er ophævet")).to_be_visible()


@pytest.mark.django_db(transaction=True)
def test_case_worker_reads_the_strip_of_a_department_and_its_days_as_a_table(side: Side) -> None:
    huset = fabrik.afdeling(fabrik.tilbud(i="Gladsaxe"))
    fabrik.bekraeftet(huset)
    pladser = [fabrik.ledig_plads(huset, betegnelse=f"Bolig {nr}") for nr in (1, 2, 3)]
    fabrik.optag(pladser[0], Periode(fabrik.om(-20), fabrik.om(30)))
    fabrik.lukning(huset, pladser[1], fra=5, til=60)
    fabrik.ledig_plads(fabrik.afdeling(huset.tilbud, navn="Annekset"))
    page = side.page
    side.log_paa(
        fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation).email, f"/tilbud/{huset.tilbud_id}"
    )
    strimmel = page.get_by_role("region", name="Pladskalender for Hovedhuset", exact=True)
    expect(strimmel.get_by_text("Renovering eller ombygning")).to_be_visible()
    expect(
        page.get_by_role("region", name="Pladskalender for Annekset", exact=True).get_by_text("Ukendt")
    ).to_be_visible()
    side.tab_til(page.get_by_text("Kalenderen som tabel, dag for dag: Pladskalender for Hovedhuset"))
    page.keyboard.press("Enter")
    som_tabel = page.get_by_role("region", name="Pladskalender for Hovedhuset som tabel")
    sidste = f"{fabrik.om(29):%d.%m.%Y}"
    expect(som_tabel.get_by_role("row", name=f"Bolig 1 Optaget til {sidste}")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
