"""The place calendars by the keyboard alone: the operator's own, where things are done, and the strip on the offer's page."""

from datetime import date

import pytest
from django.db import transaction
from playwright.sync_api import expect

from faelles.tid import Periode
from kommuner.models import Rolle
from reservationer.sag.models import Ophold
from tests import fabrik
from tests.browser.kontrol import Side
from tilbud.belaegning.models import Pladslukning
from tilbud.models import Bekraeftelse, Plads


@pytest.mark.django_db(transaction=True)
def test_operator_moves_in_the_calendar_closes_a_place_opens_it_again_and_confirms_all(side: Side) -> None:
    huset = fabrik.afdeling(fabrik.tilbud("Botilbuddet Solbakken, som har et langt navn", i="Gladsaxe"))
    fabrik.bekraeftet(huset)
    foerste, anden = (fabrik.ledig_plads(huset, betegnelse=f"Bolig {nr}", merplads=nr == 2) for nr in (1, 2))
    fabrik.merpladstilladelse(huset)
    fabrik.optag(foerste, Periode(fabrik.om(-20), fabrik.om(30)))
    fabrik.lukning(fabrik.afdeling(huset.tilbud, navn="Annekset"), fra=5, til=60)
    leder = fabrik.bruger(Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation)
    page = side.page
    side.log_paa(leder.email)
    _til_belaegningen(side)
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
    side.tab_til(page.get_by_role("link", name="Luk pladsen midlertidigt"))
    _luk(side)
    expect(page.get_by_text("Bolig 2 er lukket")).to_be_visible()
    side.tab_til(optaget)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("grid").get_by_role("link", name="Bolig 2: Lukket til")).to_be_focused()
    _aabn(side)
    assert Pladslukning.objects.get(plads=anden).ophaevet is not None
    side.genvej("b")
    expect(page.get_by_text("Pladserne i 2 afdelinger er bekræftet")).to_be_visible()
    side.kontrol()
    assert Bekraeftelse.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_operator_registers_in_moves_gives_notice_and_registers_out_with_the_keyboard_alone(side: Side) -> None:
    foerste = fabrik.plads_med_takst(selvhenvendelse=True, kode="SEL-110", betegnelse="Bolig 1")
    anden, tredje = (fabrik.ledig_plads(foerste.afdeling, betegnelse=f"Bolig {nr}") for nr in (2, 3))
    fabrik.bekraeftet(foerste.afdeling)
    beboer = fabrik.ophold_uden_reservation(foerste, reference="FH-1", fra=fabrik.om(-20))
    leder = fabrik.bruger(Rolle.TILBUDSLEDER, foerste.afdeling.tilbud.driftsherre)
    page, kalender = side.page, side.page.get_by_role("grid", name="Pladskalender for Hovedhuset")
    side.log_paa(leder.email)
    _til_belaegningen(side)

    side.tab_til(kalender.get_by_role("link", name="Bolig 1: Optaget"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    _indskriv(side, anden)
    expect(page.get_by_text("Opholdet er begyndt.")).to_be_visible()
    side.kontrol()

    _til_belaegningen(side)
    expect(kalender.get_by_role("link", name="Bolig 2: Optaget")).to_be_visible()
    side.tab_til(kalender.get_by_role("link", name="Bolig 1: Optaget"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Gå til opholdet")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Ophold FH-1")).to_be_visible()
    _beslut(side, "Flyt eller forlæng", plads="Hovedhuset, Bolig 3")
    _beslut(side, "Opsig", grund=True)
    _beslut(side, "Udskriv", grund=True)
    expect(page.get_by_text("Sidste dag var")).to_be_visible()
    side.kontrol_smal()

    i_dag, i_morgen = fabrik.om(0), fabrik.om(1)
    assert _optaget(foerste) == [(fabrik.om(-20), i_dag)]
    assert _optaget(anden) == [(i_dag, None)]
    assert _optaget(tredje) == [(i_dag, i_morgen)]
    with transaction.atomic():
        assert Ophold.objects.for_systemet("test").get(pk=beboer.pk).sidste_dag == i_dag


def _optaget(plads: Plads) -> list[tuple[date, date | None]]:
    """The days somebody has the place."""
    dage = [Periode.af_range(o.periode) for o in plads.optagelser.filter(aktiv=True).order_by("periode")]
    return [(en.fra, en.til) for en in dage]


def _til_belaegningen(side: Side) -> None:
    """From wherever one is, through the menu."""
    side.tab_til(side.page.get_by_role("navigation", name="Hovedmenu").get_by_role("link", name="Belægning"))
    side.page.keyboard.press("Enter")
    expect(side.page.get_by_role("heading", name="Belægning")).to_be_visible()


def _indskriv(side: Side, plads: Plads) -> None:
    """From the chosen free place, where the place and the day stand already, through the form."""
    page = side.page
    expect(page.get_by_role("link", name="Indskriv en borger")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=f"Indskriv i {plads.afdeling.tilbud}")).to_be_visible()
    expect(page.get_by_label("Plads (frivilligt)")).to_have_value(str(plads.pk))
    side.kontrol()
    side.tab_til(page.get_by_label("Borgeren henvendte sig selv"))
    page.keyboard.press("Space")
    side.tab_til(page.get_by_label("Hjemmel"))
    page.keyboard.press("ArrowDown")
    for felt, ord_ in (("handlekommune", "R"), ("sagsreference", "FH-2")):
        side.tab_til(page.locator(f"[name={felt}]"))
        page.keyboard.type(ord_)
    side.tab_til(page.get_by_role("button", name="Indskriv"))
    page.keyboard.press("Enter")


def _beslut(side: Side, hvad: str, *, plads: str = "", grund: bool = False) -> None:
    """A step of the stay that is shown, from today, through its page and back."""
    page = side.page
    side.tab_til(page.get_by_role("link", name=hvad, exact=True).first)  # the deadline leads there too
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=hvad, exact=True)).to_be_visible()
    side.kontrol()
    if grund:
        side.tab_til(page.get_by_role("radio").first)
        page.keyboard.press("Space")
    side.skriv_dato("Dato", fabrik.om(0))
    if plads:
        side.tab_til(page.get_by_label("Plads"))
        page.keyboard.type(plads)
    side.tab_til(page.get_by_role("button", name=hvad, exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Ophold FH-1")).to_be_visible()
    side.kontrol()


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


def _aabn(side: Side) -> None:
    """From the closed bar, which has the focus, to opening again."""
    page = side.page
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
