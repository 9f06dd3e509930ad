"""What waits for an operator and for a municipality on the first page: accessible, and reached by the keyboard, at every width."""

from playwright.sync_api import expect

from kommuner.models import Rolle
from reservationer.sag.overgange import Udfald
from tests import fabrik
from tests.browser.conftest import NySide
from tests.sag.aftaler.situationer import goer, kladde
from tests.venteliste.situationer import med_venteliste, venter


def test_operator_and_municipality_find_everything_that_waits_for_them(ny_side: NySide) -> None:
    venter(med_venteliste(fabrik.tilbud("Solbakken")), dage=41)
    henvendelse = fabrik.henvendelse(fabrik.plads_med_takst().afdeling.tilbud)
    fabrik.pladstilbud(henvendelse)
    for hvem in (fabrik.sagsbehandler(), fabrik.tilbudsleder()):
        aftalen = kladde(fabrik.bekraeftet_reservation(fabrik.plads_med_takst()))
        goer(hvem, aftalen, Udfald.FREMSAET)
    fabrik.henvendelse(fabrik.tilbud("Engen"))
    fabrik.reservation()
    saelger, koeber = ny_side(), ny_side()
    saelger.log_paa(fabrik.bruger(Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation).email, "/")
    for overskrift in (
        "Forespørgsler, der venter på jeres svar",
        "Jeres ventelister",
        "Placeringsaftaler, der venter på jeres godkendelse",
        "Reservationer, der venter på jeres svar",
    ):
        expect(saelger.page.get_by_role("heading", name=overskrift)).to_be_visible()
    saelger.kontrol()
    saelger.kontrol_smal()
    koeber.log_paa(fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation).email, "/")
    for overskrift in (
        "Pladser, I er tilbudt",
        "Behov, der har ventet for længe",
        "Placeringsaftaler, der venter på jeres godkendelse",
    ):
        expect(koeber.page.get_by_role("heading", name=overskrift)).to_be_visible()
    koeber.kontrol()
    koeber.kontrol_smal()
    koeber.page.get_by_role("link", name=henvendelse.forespoergsel.reference).first.focus()
    koeber.page.keyboard.press("Enter")
    expect(koeber.page.get_by_role("link", name="Reservér den tilbudte plads")).to_be_visible()
