"""An offered place becomes a stay that is followed and ended; with the keyboard alone too."""

from typing import Any

from playwright.sync_api import expect

from faelles.tid import Periode
from kommuner.models import Rolle
from reservationer.sag.overgange import Udfald
from tests import fabrik
from tests.browser.conftest import NySide
from tests.browser.kontrol import Side
from tests.sag.ophold.test_forloeb import goer


def test_place_is_offered_taken_and_becomes_a_stay(ny_side: NySide) -> None:
    plads = fabrik.plads_med_takst(betegnelse="Bolig 7")
    henvendelse = fabrik.henvendelse(plads.afdeling.tilbud)
    saelger, koeber = ny_side(), ny_side()
    saelger.log_paa(
        fabrik.bruger(Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation).email,
        f"/forespoergsler/tilbud/{henvendelse.pk}/plads",
    )
    saelger.kontrol_smal()
    saelger.page.get_by_label("Plads", exact=True).select_option(label="Bolig 7")
    saelger.page.get_by_label("Takst i kr. pr. døgn").fill("2.500,00")
    saelger.page.get_by_role("button", name="Tilbyd pladsen").click()
    expect(saelger.page.get_by_text("Pladsen er tilbudt.")).to_be_visible()
    saelger.kontrol()

    koeber.log_paa(
        fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation).email,
        f"/forespoergsler/tilbud/{henvendelse.pk}",
    )
    koeber.kontrol_smal()
    koeber.page.get_by_role("link", name="Reservér den tilbudte plads").click()
    koeber.kontrol()
    koeber.page.get_by_role("button", name="Reservér den tilbudte plads").click()
    expect(koeber.page.get_by_text("Tilbuddet om plads: taget imod.")).to_be_visible()

    saelger.aabn("/reservationer/")
    saelger.page.get_by_role("link", name="RK-2026-1").click()
    saelger.page.get_by_role("link", name="Bekræft").click()
    saelger.page.get_by_role("button", name="Bekræft").click()
    saelger.page.get_by_role("link", name="Indskriv").click()
    saelger.kontrol()
    saelger.kontrol_smal()
    dag, gruppe = fabrik.om(7), saelger.page.get_by_role("group", name="Dato")
    for navn, tal in (("Dag", dag.day), ("Måned", dag.month), ("År", dag.year)):
        gruppe.get_by_label(navn).fill(str(tal))
    saelger.page.get_by_role("button", name="Indskriv").click()
    expect(saelger.page.get_by_role("heading", name="Ophold RK-2026-1")).to_be_visible()
    saelger.kontrol()
    saelger.kontrol_smal()

    koeber.aabn("/ophold/")
    koeber.kontrol_smal()
    expect(koeber.page.get_by_role("row", name="RK-2026-1")).to_contain_text("2.500,00")
    koeber.aabn("/ophold/uden-godkendelse")
    koeber.kontrol_smal()


def test_notice_with_the_keyboard_alone(side: Side) -> None:
    fabrik.ophold(periode=Periode(fabrik.om(0)), reference="RK-2026-9")
    page = side.page
    side.log_paa(fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation).email, "/ophold/")
    side.genvej("j")
    expect(page.get_by_role("link", name="RK-2026-9")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Ophold RK-2026-9")).to_be_visible()
    side.tab_til(page.get_by_role("link", name="Opsig", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Opsig")).to_be_visible()
    side.tab_til(page.get_by_label("Et andet tilbud er valgt"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Behovet har ændret sig")).to_be_checked()
    side.skriv_dato("Dato", fabrik.om(0))
    side.tab_til(page.get_by_role("button", name="Opsig"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Opsagt til og med")).to_be_visible()
    side.kontrol()


def test_stay_is_moved_to_another_offer_with_the_keyboard_alone(side: Side) -> None:
    ophold = fabrik.ophold(periode=Periode(fabrik.om(0)), reference="RK-2026-8")
    sted = fabrik.plads_med_takst(i="Herlev", betegnelse="Ny bolig")
    fabrik.bekraeftet(sted.afdeling)
    page = side.page
    side.log_paa(fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation).email)
    expect(page.get_by_role("heading", name="Ophold, der venter på noget")).to_be_visible()
    side.kontrol_smal()
    side.aabn(f"/ophold/{ophold.pk}")
    expect(page.get_by_role("heading", name="Hvem taler man med?")).to_be_visible()
    side.kontrol_smal()
    side.tryk(page.get_by_role("link", name="Overflyt til et andet tilbud"))
    expect(page.get_by_text("der skal overflyttes")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    side.skriv_dato("Fra", fabrik.om(5))
    page.keyboard.press("Enter")
    side.tryk(page.get_by_role("row", name=str(sted.afdeling.tilbud)).get_by_role("link", name="Reservér"))
    expect(page.get_by_role("heading", name="Overflytning fra et andet tilbud")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    side.tryk(page.get_by_role("button", name="Reservér pladsen"))
    expect(page.get_by_role("heading", name="Pladsen er reserveret")).to_be_visible()
    side.kontrol()
    side.tryk(page.get_by_role("link", name="Til opholdet, der overflyttes"))
    expect(page.get_by_role("heading", name="Overflytning")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()


def test_absence_is_put_right_with_the_keyboard_alone(side: Side) -> None:
    ophold = fabrik.ophold(periode=Periode(fabrik.om(0)), reference="RK-2026-7")
    ferie: dict[str, Any] = {"art": "ferie", "dato": fabrik.om(1), "til": fabrik.om(3)}
    goer(fabrik.tilbudsleder(), ophold, Udfald.MELD_FRAVAER, **ferie)
    page = side.page
    leder = fabrik.bruger(Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation)
    side.log_paa(leder.email, f"/ophold/{ophold.pk}")
    side.tryk(page.get_by_role("link", name="Ret et fravær"))
    side.kontrol()
    side.kontrol_smal()
    side.tab_til(page.get_by_label("Det var registreret forkert"))
    page.keyboard.press("Space")
    side.tab_til(page.get_by_label("Fravær, der er forkert"))
    page.keyboard.press("ArrowDown")
    side.tab_til(page.get_by_label("Art", exact=True))
    page.keyboard.press("ArrowDown")
    side.skriv_dato("Dato", fabrik.om(1))
    side.skriv_dato("Til og med", fabrik.om(2))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Fravær rettet.")).to_be_visible()
    expect(page.get_by_text("gælder ikke")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
