"""The agreement's text and terms by the keyboard alone: what is changed, what is published, and two who write at once."""

import re
from datetime import date

import pytest
from playwright.sync_api import Locator, expect

from kommuner.models import Rolle
from rammeaftale.actions import opret_allonge
from rammeaftale.models import Klausuludgave, Rammeaftale
from rammeaftale.tekst.actions import Klausulindhold, ret_klausul
from rammeaftale.tekst.queries import klausuler
from tests import fabrik
from tests.browser.conftest import NySide
from tests.browser.kontrol import Side
from tests.rammeaftale.aftaler import anbefal, godkend, kladde, saet, send, sendt
from tests.rammeaftale.aftaler import klausul as skrevet
from tests.rammeaftale.test_trin import ny, nyeste
from vilkaar.noegler import NOEGLER, Noegle


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


def gem_i_begge(vinduer: tuple[Side, Side], sti: str, felt: str, tekster: tuple[str, str], sket: str) -> None:
    """Open the form in both windows, then save in one after the other; the second keeps what it says, and nothing of it is saved."""
    for side in vinduer:
        side.aabn(sti)
    for side, tekst in zip(vinduer, tekster, strict=True):
        side.skriv(felt, tekst)
        side.tryk(side.page.get_by_role("button", name="Gem"))
    foerste, anden = vinduer
    expect(foerste.page.get_by_text(sket)).to_be_visible()
    expect(anden.page.get_by_role("textbox", name=felt)).to_have_value(tekster[1])
    anden.kontrol(422)
    anden.kontrol_smal()


def test_two_windows_at_an_allonges_introduction_clause_and_terms_lose_nothing(ny_side: NySide, sekretaer: str) -> None:
    aftale = kladde()
    anbefal(aftale)
    send(aftale)
    godkend(aftale)
    allonge = opret_allonge(aktoer=fabrik.sekretariat(), aftale_id=aftale.pk, titel="Allonge 1", fra=date(2027, 7, 1))
    klausul = saet(allonge, skrevet(allonge, "9"), {Noegle.INDSIGELSE_FRIST: "45"}).klausul_id
    begge, rod = (ny_side(), ny_side()), f"/rammeaftaler/{allonge.slug}/tekst/"
    for side in begge:
        side.log_paa(sekretaer, rod)
    page = begge[1].page
    frist = NOEGLER[Noegle.INDSIGELSE_FRIST].navn
    for sti, felt, tekster, sket in (
        ("indledning", "Indledning", ("Vi vil det samme.", "Vi er enige."), "Indledningen er gemt."),
        (f"{klausul}/ret", "Tekst", ("Fristen er fælles.", "Fristen er længere."), "Klausulen er gemt."),
        (f"{klausul}/vilkaar", frist, ("50", "60"), "Vilkårene er gemt."),
    ):
        gem_i_begge(begge, f"{rod}{sti}", felt, tekster, sket)
        if felt == frist:
            expect(page.get_by_text("45 dage → 50 dage")).to_be_visible()
        else:
            den_foerstes, den_andens = (tekst.removesuffix(".").split()[-1] for tekst in tekster)
            expect(page.locator("del").filter(has_text=den_foerstes)).to_be_visible()
            expect(page.locator("ins").filter(has_text=den_andens)).to_be_visible()
        begge[1].tryk(page.get_by_role("button", name="Gem"))
        expect(page.get_by_text(sket)).to_be_visible()
    (tekst,) = klausuler(nyeste(allonge))
    assert (nyeste(allonge).indledning, tekst.udgave.tekst) == ("Vi er enige.", "Fristen er længere.")
    assert dict(tekst.vilkaar) == {Noegle.INDSIGELSE_FRIST: "60"}
    gemte = Klausuludgave.objects.filter(klausul=klausul).order_by("udgave")
    assert [en.tekst for en in gemte[2:4]] == ["Fristen er fælles.", "Fristen er længere."]
    assert [en.vilkaar.get().vaerdi for en in gemte[4:]] == ["50", "60"]


def test_two_windows_comments_both_stand_also_when_the_clause_is_saved_meanwhile(
    ny_side: NySide, sekretaer: str
) -> None:
    aftale = kladde()
    klausul, _ = klausuler(nyeste(aftale))
    begge, sti = (ny_side(), ny_side()), f"/rammeaftaler/{aftale.slug}/tekst/{klausul.id}/"
    for side in begge:
        side.log_paa(sekretaer, sti)
    for side, tekst in zip(begge, ("Gælder det også dagtilbud?", "Er fristen i hverdage?"), strict=True):
        side.skriv("Kommentar", tekst)
    ret_klausul(
        aktoer=fabrik.sekretariat(), aftale_id=aftale.id, klausul_id=klausul.id, laest=klausul.udgave.udgave,
        indhold=Klausulindhold("3.1", "Takster og frister", "Parterne følger de fælles vilkår."),
    )  # fmt: skip
    for side in begge:
        side.tryk(side.page.get_by_role("button", name="Gem kommentar"))
        expect(side.page.get_by_text("Kommentaren er gemt.")).to_be_visible()
    page = begge[1].page
    for tekst in ("Gælder det også dagtilbud?", "Er fristen i hverdage?", "de fælles vilkår"):
        expect(page.get_by_role("main").get_by_text(tekst)).to_be_visible()
    begge[1].kontrol()


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
