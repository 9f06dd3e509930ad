"""From need to confirmed place: the case worker reserves, the operator decides, a third municipality only sees that it is taken."""

from dataclasses import dataclass
from datetime import date

import pytest
from playwright.sync_api import expect

from kommuner.models import Bruger, Rolle
from tests import fabrik
from tests.browser.conftest import NySide
from tests.browser.kontrol import Side
from tests.vilkaar.test_sent_vedtaget import vedtag_sent
from tilbud.models import Tilbud

FRA, TIL = fabrik.om(14), fabrik.om(104)


@dataclass(frozen=True)
class Egn:
    """An offer in Gladsaxe with one place, and the three who look at it."""

    tilbud: Tilbud
    sagsbehandler: Bruger
    leder: Bruger
    tredje: Bruger


@pytest.fixture
def egn() -> Egn:
    tilbud = fabrik.tilbud("Solbakken", i="Gladsaxe")
    afdeling = fabrik.afdeling(tilbud)
    fabrik.ledig_plads(afdeling, betegnelse="Plads 1")
    fabrik.takst(afdeling, fra=fabrik.FOR_LAENGE_SIDEN, til=None)
    fabrik.bekraeftet(afdeling, dage_siden=2)
    optaget = fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Lindegården", i="Herlev", maalgrupper=("Demens",))))
    fabrik.optag(optaget, fabrik.Periode(fabrik.om(0), fabrik.om(365)))
    return Egn(
        tilbud,
        fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation),
        fabrik.bruger(Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation),
        fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune("Herlev").organisation),
    )


def skriv_dato(side: Side, felt: str, dato: date) -> None:
    gruppe = side.page.get_by_role("group", name=felt)
    for navn, tal in (("Dag", dato.day), ("Måned", dato.month), ("År", dato.year)):
        gruppe.get_by_label(navn).fill(str(tal))


def reserver(side: Side, reference: str = "RK-2026-17") -> None:
    """Search and reserve, checking every page on the way."""
    side.aabn("/soeg/")
    side.kontrol_smal()
    page = side.page
    page.get_by_label("Målgruppe").select_option("Autismespektrum")
    page.get_by_label("Hjemmel").select_option("SEL-107")
    skriv_dato(side, "Fra", FRA)
    skriv_dato(side, "Til og med", TIL)
    page.get_by_label("Højeste takst").fill("2.700")
    page.get_by_text("Kommuner", exact=True).click()
    page.get_by_label("Gladsaxe").check()
    page.get_by_role("button", name="Søg", exact=True).click()
    raekke = page.get_by_role("row", name="Solbakken")
    expect(raekke).to_contain_text("1 ledig")
    expect(raekke).to_contain_text("2.687,00")
    expect(raekke).to_contain_text("Gladsaxe Kommune")
    side.kontrol()
    side.kontrol_smal()
    raekke.get_by_role("link", name="Reservér").click()
    expect(page.get_by_role("heading", name="Tjek dine svar")).to_be_visible()
    expect(page.get_by_text("Reservationen holder til")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    page.get_by_label("Jeres sagsreference").fill(reference)
    page.get_by_role("button", name="Reservér pladsen").click()
    expect(page.get_by_role("heading", name="Pladsen er reserveret")).to_be_visible()
    expect(page.locator("[data-tid-til]")).to_have_text("13 dage og 23 timer")
    side.kontrol()
    side.kontrol_smal()
    page.get_by_role("link", name="Se reservationen").click()
    expect(page.get_by_role("heading", name=f"Reservation {reference}")).to_be_visible()


def test_reservation_is_found_reserved_seen_and_confirmed(ny_side: NySide, egn: Egn) -> None:
    koeber, saelger, tredje = ny_side(), ny_side(), ny_side()

    koeber.log_paa(egn.sagsbehandler.email)
    reserver(koeber)
    expect(koeber.page.get_by_text("Afventer svar")).to_be_visible()
    expect(koeber.page.get_by_text("Holder til")).to_be_visible()
    koeber.kontrol()
    koeber.kontrol_smal()
    koeber.aabn("/")
    koeber.kontrol_smal()
    expect(koeber.page.get_by_role("link", name="RK-2026-17")).to_be_visible()

    tredje.log_paa(egn.tredje.email, f"/tilbud/{egn.tilbud.pk}")
    tredje.kontrol_smal()
    kalender = tredje.page.get_by_role("table").first
    expect(kalender).to_contain_text("Reserveret")
    assert "Rødovre" not in tredje.page.content()
    tredje.aabn(f"/soeg/?fra={FRA}&til={TIL}&hjemmel=SEL-107")
    expect(tredje.page.get_by_text("Ingen ledige pladser passer til søgningen")).to_be_visible()
    tredje.kontrol_smal()
    tredje.aabn("/reservationer/")
    expect(tredje.page.get_by_text("I har ikke reserveret nogen plads.")).to_be_visible()
    sag = koeber.page.get_by_role("link", name="RK-2026-17").get_attribute("href")
    assert sag is not None
    tredje.aabn(sag, 404)

    saelger.log_paa(egn.leder.email)
    saelger.kontrol_smal()
    saelger.page.get_by_role("link", name="Solbakken, Hovedhuset, Plads 1").click()
    expect(saelger.page.get_by_text("Rødovre Kommune").first).to_be_visible()
    saelger.kontrol()
    saelger.page.get_by_role("link", name="Bekræft").click()
    saelger.kontrol()
    saelger.kontrol_smal()
    saelger.page.get_by_role("button", name="Bekræft").click()
    expect(saelger.page.get_by_text("Reservationen er nu bekræftet.")).to_be_visible()
    saelger.kontrol()
    saelger.aabn(f"/tilbud/{egn.tilbud.pk}")
    expect(saelger.page.get_by_role("table").first).to_contain_text("Reserveret")

    koeber.aabn("/reservationer/")
    koeber.kontrol_smal()
    expect(koeber.page.get_by_role("row", name="RK-2026-17")).to_contain_text("Bekræftet")


def test_operator_declines_with_a_reason_the_buyer_can_read(ny_side: NySide, egn: Egn) -> None:
    sag = fabrik.reservation(egn.tilbud.afdelinger.get().pladser.get())
    saelger = ny_side()
    saelger.log_paa(egn.leder.email, f"/reservationer/{sag.pk}")
    saelger.page.get_by_role("link", name="Afvis").click()
    saelger.kontrol()
    saelger.page.get_by_role("button", name="Afvis").click()
    expect(saelger.page.locator("[data-module='error-summary']")).to_be_focused()
    saelger.kontrol(forventet=400)
    saelger.kontrol_smal()
    saelger.page.get_by_label("Pladsen er ikke klar i perioden").check()
    saelger.page.get_by_role("button", name="Afvis").click()
    expect(saelger.page.get_by_text("Reservationen er nu afvist.")).to_be_visible()
    saelger.kontrol()

    koeber = ny_side()
    koeber.log_paa(egn.sagsbehandler.email, f"/reservationer/{sag.pk}")
    expect(koeber.page.get_by_text("Pladsen er ikke klar i perioden")).to_be_visible()
    koeber.aabn(f"/soeg/?fra={FRA}&til={TIL}")
    expect(koeber.page.get_by_role("row", name="Solbakken")).to_contain_text("1 ledig")


def test_place_taken_meanwhile_leads_back_to_the_same_search(ny_side: NySide, egn: Egn) -> None:
    koeber = ny_side()
    koeber.log_paa(egn.sagsbehandler.email, f"/soeg/?fra={FRA}&til={TIL}")
    koeber.page.get_by_role("link", name="Reservér").click()
    koeber.page.get_by_label("Hjemmel").select_option("SEL-107")
    koeber.page.get_by_label("Jeres sagsreference").fill("RK-2026-18")
    fabrik.reservation(egn.tilbud.afdelinger.get().pladser.get(), af=fabrik.sagsbehandler("Herlev"))
    koeber.page.get_by_role("button", name="Reservér pladsen").click()
    expect(koeber.page.get_by_role("heading", name="Pladsen kunne ikke reserveres")).to_be_visible()
    koeber.kontrol(forventet=409)
    koeber.kontrol_smal()
    koeber.page.get_by_role("link", name="Søg igen med de samme krav").click()
    expect(koeber.page).to_have_url(f"{koeber.adresse}/soeg/?fra={FRA}&til={TIL}")
    koeber.kontrol()


def test_search_and_reserve_with_the_keyboard_alone(side: Side, egn: Egn) -> None:
    page = side.page
    side.aabn("/konto/login/")
    side.tab_til(page.get_by_label("E-mail"))
    page.keyboard.type(egn.sagsbehandler.email)
    side.tab_til(page.get_by_label("Adgangskode", exact=True))
    page.keyboard.type(fabrik.ADGANGSKODE)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Min side")).to_be_visible()
    side.tab_til(page.get_by_role("link", name="Find tilbud").first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Find tilbud")).to_be_visible()
    side.tab_til(page.get_by_label("Målgruppe"))
    page.keyboard.type("Autis")
    side.skriv_dato("Fra", FRA)
    side.skriv_dato("Til og med", TIL)
    page.keyboard.press("Enter")
    expect(page.get_by_role("row", name="Solbakken")).to_be_visible()
    side.genvej("j")
    expect(page.get_by_role("link", name="Solbakken").first).to_be_focused()
    side.tab_til(page.get_by_role("link", name="Reservér"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Tjek dine svar")).to_be_visible()
    side.tab_til(page.get_by_label("Hjemmel"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Hjemmel")).to_have_value("SEL-107")
    side.tab_til(page.get_by_label("Jeres sagsreference"))
    page.keyboard.type("RK-2026-19")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Pladsen er reserveret")).to_be_visible()
    side.kontrol()
    side.tryk(page.get_by_role("link", name="Se reservationen"))
    expect(page.get_by_role("heading", name="Reservation RK-2026-19")).to_be_visible()
    side.kontrol()


def test_confirm_with_the_keyboard_alone(side: Side, egn: Egn) -> None:
    fabrik.reservation(egn.tilbud.afdelinger.get().pladser.get())
    page = side.page
    side.log_paa(egn.leder.email)
    side.tab_til(page.get_by_role("link", name="Solbakken, Hovedhuset, Plads 1"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Reservation RK-2026-1")).to_be_visible()
    side.tab_til(page.get_by_role("link", name="Bekræft"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Bekræft reservationen")).to_be_visible()
    side.tab_til(page.get_by_role("button", name="Bekræft"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Reservationen er nu bekræftet.")).to_be_visible()
    side.kontrol()


def test_operator_confirms_its_places_with_one_key(side: Side, egn: Egn) -> None:
    fabrik.afdeling(egn.tilbud, navn="Annekset")
    side.log_paa(egn.leder.email)
    expect(side.page.get_by_role("heading", name="Bekræft jeres pladser")).to_be_visible()
    side.genvej("b")
    expect(side.page.get_by_text("er bekræftet.")).to_be_visible()
    side.kontrol()


def test_cpr_number_is_refused_where_it_is_typed_and_the_case_is_found_by_its_reference(
    ny_side: NySide, egn: Egn
) -> None:
    sag = fabrik.reservation(egn.tilbud.afdelinger.get().pladser.get(), reference="RK-2026-20")
    fabrik.ledig_plads(egn.tilbud.afdelinger.get(), betegnelse="Plads 2")
    koeber = ny_side()
    page = koeber.page
    koeber.log_paa(egn.sagsbehandler.email, f"/soeg/?fra={FRA}&til={TIL}&hjemmel=SEL-107")
    page.get_by_role("link", name="Reservér").click()
    felt = page.get_by_label("Jeres sagsreference")
    felt.fill("010203 - 1234")
    page.get_by_role("button", name="Reservér pladsen").click()
    expect(page.locator("[data-module='error-summary']")).to_be_focused()
    expect(page.get_by_role("link", name="Jeres sagsreference: Det ligner et CPR-nummer")).to_be_visible()
    koeber.kontrol(forventet=400)
    koeber.kontrol_smal()
    page.get_by_role("link", name="Jeres sagsreference: Det ligner et CPR-nummer").click()
    expect(felt).to_be_focused()

    koeber.aabn("/reservationer/")
    page.get_by_label("Reference eller sagsreference").fill(str(sag.reference).lower())
    page.get_by_role("button", name="Vis").click()
    expect(page.get_by_role("row", name="RK-2026-20")).to_contain_text(str(sag.reference))
    koeber.kontrol()
    koeber.kontrol_smal()
    page.get_by_role("link", name="RK-2026-20").click()
    expect(page.get_by_text(str(sag.reference))).to_be_visible()
    koeber.kontrol_smal()


def test_link_beside_the_hold_opens_the_set_it_was_made_under_after_a_late_adoption(side: Side) -> None:
    reservation = fabrik.reservation()
    foerste = fabrik.kkr().vilkaarssaet.get()
    vedtag_sent()
    side.log_paa(
        fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation).email,
        f"/reservationer/{reservation.pk}",
    )
    side.kontrol()
    side.page.get_by_role("link", name="sæt 1").click()
    expect(side.page.get_by_text("Sent vedtaget").first).to_be_visible()
    expect(side.page.locator(f"#saet-{foerste.pk}")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
