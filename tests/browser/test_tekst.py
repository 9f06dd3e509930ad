"""The agreement's text and terms by the keyboard alone: what is changed, what is published, and two who write at once."""

import re
from datetime import date

import pytest
from playwright.sync_api import Locator, expect

from kommuner.models import Rolle
from rammeaftale.models import Rammeaftale
from rammeaftale.tekst.actions import Klausulindhold, ret_klausul
from rammeaftale.tekst.queries import klausuler
from tests import fabrik
from tests.browser.conftest import NySide
from tests.browser.kontrol import Side
from tests.rammeaftale.aftaler import anbefal, godkend, kladde, saet, send, sendt
from tests.rammeaftale.test_trin import ny, nyeste
from vilkaar.noegler import Noegle


@pytest.fixture
def sekretaer() -> str:
    """The address of one of the secretariat's."""
    sekretariat = fabrik.kkr().sekretariat
    assert sekretariat is not None
    return fabrik.bruger(Rolle.SEKRETARIAT, sekretariat).email


def med_forskel() -> Rammeaftale:
    """Sent, called back, and recommended again with other words and another term in its clause."""
    aftale = sendt()
    ny(aftale)
    klausul, _ = klausuler(nyeste(aftale))
    skrevet = ret_klausul(
        aktoer=fabrik.sekretariat(), aftale_id=aftale.id, klausul_id=klausul.id, laest=klausul.udgave.udgave,
        indhold=Klausulindhold("3.1", "Takster og frister", "Parterne følger de fælles vilkår."),
    )  # fmt: skip
    saet(aftale, skrevet, {**fabrik.VAERDIER, Noegle.INDSIGELSE_FRIST: "45"})
    anbefal(aftale)
    return aftale


def vaelg(side: Side, felt: Locator, tekst: str) -> None:
    """Choose in a list by the arrows: from the top, the first that says so."""
    side.tab_til(felt)
    side.page.keyboard.press("Home")
    while tekst not in (valgt := felt.evaluate("liste => liste.selectedOptions[0].text")):
        side.page.keyboard.press("ArrowDown")
        assert felt.evaluate("liste => liste.selectedOptions[0].text") != valgt, f"{tekst} er ikke i listen"


def test_versions_are_compared_and_their_terms_published_and_held_beside_those_before(
    side: Side, sekretaer: str
) -> None:
    aftale, page = med_forskel(), side.page
    side.log_paa(sekretaer, f"/rammeaftaler/{aftale.slug}/tekst/")
    side.tryk(page.get_by_role("link", name="Se hvad der er ændret"))
    expect(page.get_by_text("version 1 til version 2")).to_be_visible()
    expect(page.locator("ins")).to_contain_text("de fælles")
    expect(page.get_by_text(re.compile("^30 .*→ 45 "))).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    vaelg(side, page.get_by_label("Fra version"), "2")
    side.tryk(page.get_by_role("button", name="Sammenlign"))
    expect(page.get_by_role("heading", name="Ingen forskelle")).to_be_visible()
    side.kontrol()
    side.aabn(f"/rammeaftaler/{aftale.slug}/vilkaar/")
    side.tryk(page.get_by_role("link", name="Udsend som foreløbige"))
    expect(page.get_by_text("mærkes foreløbige")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    side.tryk(page.get_by_role("button", name="Udsend"))
    expect(page.get_by_text("Vilkårene er udsendt som foreløbige: sæt 2.")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    side.tryk(page.get_by_role("link", name="Sæt 2"))
    expect(page.get_by_role("heading", name="Sæt 2, KKR Hovedstaden")).to_be_visible()
    vaelg(side, page.get_by_label("Sammenlign med"), "Sæt 1 ")
    side.tryk(page.get_by_role("button", name="Vis vilkår"))
    forskelle = page.get_by_role("region", name="Forskelle fra sæt 1")
    celler = forskelle.get_by_role("row", name=re.compile(Noegle.INDSIGELSE_FRIST.value)).get_by_role("cell")
    expect(celler.first).to_contain_text("30")
    expect(celler.last).to_contain_text("45")
    expect(forskelle.get_by_role("row")).to_have_count(2)
    side.kontrol()
    side.kontrol_smal()


def test_second_of_two_windows_sees_what_the_first_saved_and_nothing_is_lost(ny_side: NySide, sekretaer: str) -> None:
    aftale = kladde()
    klausul, _ = klausuler(aftale.versioner.get())
    foerste, anden = ny_side(), ny_side()
    for side in (foerste, anden):
        side.log_paa(sekretaer, f"/rammeaftaler/{aftale.slug}/tekst/{klausul.id}/ret")
    for side, tekst in ((foerste, "Parterne følger de fælles vilkår."), (anden, "Parterne følger alle vilkår.")):
        side.skriv("Tekst", tekst)
        side.tryk(side.page.get_by_role("button", name="Gem"))
    expect(foerste.page.get_by_text("Klausulen er gemt.")).to_be_visible()
    page = anden.page
    expect(page.get_by_role("heading", name="Den andens tekst og din")).to_be_visible()
    expect(page.locator("del")).to_contain_text("de fælles")
    expect(page.locator("ins")).to_contain_text("alle")
    expect(page.get_by_role("textbox", name="Tekst")).to_have_value("Parterne følger alle vilkår.")
    anden.kontrol(422)
    anden.kontrol_smal()
    anden.skriv("Tekst", "Parterne følger alle de fælles vilkår.")
    anden.tryk(page.get_by_role("button", name="Gem"))
    expect(page.get_by_text("Klausulen er gemt.")).to_be_visible()
    udgaver = page.get_by_role("region", name="Klausulens udgaver").get_by_role("link")
    expect(udgaver).to_have_count(4)
    anden.tryk(udgaver.nth(1))
    expect(page.locator("ins")).to_contain_text("de fælles")
    anden.kontrol()


def test_allonge_is_begun_and_amends_a_clause(side: Side, sekretaer: str) -> None:
    aftale, page = kladde(fra=date(2026, 1, 1)), side.page
    anbefal(aftale)
    send(aftale)
    godkend(aftale)
    side.log_paa(sekretaer, f"/rammeaftaler/{aftale.slug}/")
    side.tryk(page.get_by_role("link", name="Ny allonge"))
    side.tryk(page.get_by_role("button", name="Opret allonge"))
    expect(page.locator("[data-module='error-summary']")).to_be_focused()
    side.kontrol(422)
    side.kontrol_smal()
    side.skriv("Titel", "Allonge 1")
    side.skriv_dato("Ændringen gælder fra", date(2027, 7, 1))
    side.tryk(page.get_by_role("button", name="Opret allonge"))
    expect(page.get_by_text("Allongen er oprettet som kladde.")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link", name=aftale.titel)).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    side.tryk(page.get_by_role("link", name="Aftalens tekst"))
    side.tryk(page.get_by_role("link", name="Ny del"))
    vaelg(side, page.get_by_label("Slags"), "Styringsdel")
    side.skriv("Titel", "Ændringer")
    side.tryk(page.get_by_role("button", name="Gem"))
    side.tryk(page.get_by_role("link", name="Ny klausul i"))
    side.skriv("Nummer", "3.1")
    side.skriv("Overskrift", "Takster og frister")
    side.skriv("Tekst", "Parterne følger de fælles vilkår.")
    vaelg(side, page.get_by_label("Ændrer klausulen"), "3.1")
    side.kontrol()
    side.kontrol_smal()
    side.tryk(page.get_by_role("button", name="Gem"))
    expect(page.get_by_text("er oprettet.")).to_be_visible()
    side.aabn(f"/rammeaftaler/{Rammeaftale.objects.get(hovedaftale=aftale).slug}/tekst/sammenlign")
    expect(page.get_by_text("Det, allongen ikke nævner, står ved magt.")).to_be_visible()
    expect(page.locator("ins")).to_contain_text("de fælles")
    side.kontrol_smal()
