"""What waits for an operator, a municipality and the secretariat on the first page: accessible, and reached by the keyboard, at every width."""

import re

from playwright.sync_api import expect

from kommuner.models import Rolle
from rammeaftale.aarshjul.regler import Ansvar
from reservationer.sag.overgange import Udfald
from tests import fabrik
from tests.browser.conftest import NySide
from tests.browser.kontrol import Side
from tests.rammeaftale.aarshjul.situationer import trin
from tests.rammeaftale.hoering.situationer import sendt
from tests.rammeaftale.rapporter.test_omraadetal import under_loftet_og_naesten_fuldt
from tests.sag.aftaler.situationer import goer, kladde
from tests.venteliste.situationer import med_venteliste, venter
from tilbud.models import Faktum


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


def test_secretariat_finds_its_area_its_agreements_and_what_waits_for_it(side: Side) -> None:
    under_loftet_og_naesten_fuldt()
    hoering = sendt()
    trin(hoering.version.aftale, "Regionalt dialogforum", om=5, ansvar=Ansvar.SEKRETARIAT)
    fabrik.fejlmelding(faktum=Faktum.SPECIALISERING)
    sekretariat = fabrik.kkr().sekretariat
    assert sekretariat is not None
    side.log_paa(fabrik.bruger(Rolle.SEKRETARIAT, sekretariat).email)
    for overskrift in (
        "Fejlmeldinger",
        "Årshjul",
        "Åbne høringer",
        "Rammeaftaler",
        "KKR Hovedstaden mod aftalen",
        "Rapporter",
    ):
        expect(side.page.get_by_role("heading", name=overskrift, exact=True)).to_be_visible()
    for maaler, tekst in (("mod vækstloftet", "98,0"), ("Belægning", "90,0")):
        expect(side.page.get_by_role("meter", name=re.compile(maaler))).to_have_text(re.compile(f"{tekst} procent"))
    side.kontrol_smal()
    links = side.page.get_by_role("main").get_by_role("link").all()
    assert len(links) > 6
    for link in links:
        side.tab_til(link)
    side.tryk(side.page.get_by_role("link", name=hoering.titel))
    expect(side.page.get_by_role("heading", name=hoering.titel)).to_be_visible()
