"""The secretariat: two agreements, a council's decision, and the report from order to PDF, made by a real worker."""

import io
import re
from datetime import date

import pikepdf
import pytest
from playwright.sync_api import expect

from bench.processer import worker
from faelles.models import Job, JobStatus
from faelles.scope import som_systemet
from faelles.tid import idag
from kommuner.models import Bruger, Organisation, Rolle
from rammeaftale.actions import opret_allonge
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.models import Delart, Part, Rammeaftale
from rammeaftale.tekst.actions import Klausulindhold, ret_klausul
from rammeaftale.tekst.dele import opret_del
from rammeaftale.tekst.queries import klausuler
from reservationer.soegning.behov.optaelling import kvartaler_foer
from tests import fabrik
from tests.browser.conftest import NySide
from tests.browser.kontrol import Side
from tests.database import database_url
from tests.rammeaftale.aftaler import kladde, klausul, med_udvikling, saet, tag, udvikling
from tests.rammeaftale.rapporter.situationer import beslut, omraade
from tests.rammeaftale.test_aftalens_liv import FRIST, TAERSKEL, sammenlaeg
from tests.sider import faerdig_rapport

TITEL = "Rammeaftale 2027–2028"


def sekretariatet() -> Organisation:
    fundet = fabrik.kkr().sekretariat
    assert fundet is not None
    return fundet


@pytest.fixture
def medarbejder() -> Bruger:
    return fabrik.bruger(Rolle.SEKRETARIAT, sekretariatet())


@pytest.fixture
def aftale() -> Rammeaftale:
    """Next period's agreement, approved by Gladsaxe only; this period's is in force."""
    fabrik.aftale(
        tilstand=Aftaletilstand.VEDTAGET, fra=date(2025, 1, 1), til=date(2027, 1, 1), slug="hovedstaden-2025-2026"
    )
    ny = omraade()
    beslut(ny, Part.objects.get(aftale=ny, organisation=fabrik.kommune("Gladsaxe").organisation))
    return ny


def test_council_decision_is_registered_and_counted(side: Side, aftale: Rammeaftale, medarbejder: Bruger) -> None:
    page = side.page
    side.log_paa(medarbejder.email)
    expect(page.get_by_text("1 af 3 har godkendt")).to_be_visible()
    side.kontrol_smal()
    side.aabn("/rammeaftaler/")
    expect(page.get_by_role("row")).to_have_count(3)
    side.kontrol_smal()
    page.get_by_role("link", name=TITEL).click()
    expect(page.get_by_role("heading", name=TITEL)).to_be_visible()
    expect(page.get_by_text("1 af 3 har godkendt")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    page.get_by_role("link", name="Herlev Kommune").click()
    page.get_by_role("link", name="Registrér beslutning").click()
    side.kontrol()
    side.kontrol_smal()
    page.get_by_role("button", name="Registrér").click()
    expect(page.locator("[data-module='error-summary']")).to_be_focused()
    side.kontrol(forventet=422)
    side.kontrol_smal()
    page.get_by_label("Godkendt", exact=True).check()
    for navn, tal in (("Dag", idag().day), ("Måned", idag().month), ("År", idag().year)):
        page.get_by_role("group", name="Dato for beslutningen").get_by_label(navn).fill(str(tal))
    page.get_by_label("Besluttet af").fill("Kommunalbestyrelsen")
    page.get_by_label("Link til referat").fill("https://www.herlev.example/referat/7")
    page.get_by_role("button", name="Registrér").click()
    expect(page.get_by_text("2 af 3 har godkendt").first).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    page.get_by_role("link", name="Herlev Kommune").click()
    expect(page.get_by_role("link", name="Referat")).to_have_attribute("href", "https://www.herlev.example/referat/7")
    side.kontrol()


def test_register_a_decision_with_the_keyboard_alone(side: Side, aftale: Rammeaftale, medarbejder: Bruger) -> None:
    page = side.page
    side.log_paa(medarbejder.email)
    side.tab_til(page.get_by_role("link", name=TITEL).first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=TITEL)).to_be_visible()
    side.genvej("j")
    expect(page.get_by_role("link", name="Gladsaxe Kommune")).to_be_focused()
    side.genvej("j")
    expect(page.get_by_role("link", name="Herlev Kommune")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Herlev Kommune")).to_be_visible()
    side.tab_til(page.get_by_role("link", name="Registrér beslutning"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Registrér beslutning")).to_be_visible()
    side.tab_til(page.get_by_role("radio").first)
    while not page.get_by_label("Afvist").is_checked():
        page.keyboard.press("ArrowDown")
    side.skriv_dato("Dato for beslutningen", idag())
    side.tab_til(page.get_by_label("Besluttet af"))
    page.keyboard.type("Kommunalbestyrelsen")
    side.tab_til(page.get_by_label("Link til referat"))
    page.keyboard.type("https://www.herlev.example/referat/8")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 har afvist")).to_be_visible()
    side.kontrol()


def test_party_sees_the_board_but_registers_nothing(side: Side, aftale: Rammeaftale) -> None:
    side.log_paa(
        fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation).email,
        f"/rammeaftaler/{aftale.slug}/",
    )
    expect(side.page.get_by_text("1 af 3 har godkendt")).to_be_visible()
    side.page.get_by_role("link", name="Herlev Kommune").click()
    expect(side.page.get_by_role("link", name="Registrér beslutning")).to_have_count(0)
    side.kontrol()


def test_agreement_is_begun_and_taken_on(side: Side, medarbejder: Bruger) -> None:
    page = side.page
    for navn in ("Rødovre", "Herlev"):
        fabrik.kommune(navn)
    side.log_paa(medarbejder.email, "/rammeaftaler/ny")
    page.get_by_label("Titel").fill("Rammeaftale 2027–2028")
    side.skriv_dato("Første dag", date(2027, 1, 1))
    side.skriv_dato("Sidste dag", date(2028, 12, 31))
    side.kontrol_smal()
    page.get_by_role("button", name="Opret").click()
    expect(page.get_by_text("Aftalen er oprettet som kladde.")).to_be_visible()
    aftale = Rammeaftale.objects.get()
    saet(aftale, klausul(aftale), fabrik.VAERDIER)
    udvikling(aftale)
    page.get_by_role("link", name="Forelæg for embedsmandsudvalget").click()
    page.get_by_label("Hvorfor tager KKR stilling uden et embedsmandsudvalg?").fill("Udvalget er ikke nedsat.")
    side.kontrol_smal()
    page.get_by_role("button", name="Forelæg").click()
    expect(page.get_by_text("Trinnet er registreret.")).to_be_visible()
    side.kontrol()
    tag(aftale, Aftaletilstand.KKR_ANBEFALET)
    side.aabn(f"/rammeaftaler/{aftale.slug}/")
    page.get_by_role("link", name="Send til godkendelse").click()
    side.skriv_dato("Frist for parternes beslutning", date(2027, 3, 1))
    side.kontrol_smal()
    page.get_by_role("button", name="Send til parterne").click()
    expect(page.get_by_text("0 af 3 har godkendt").first).to_be_visible()
    expect(page.get_by_role("region", name="Aftalens vej").get_by_role("row")).to_have_count(4)
    side.kontrol()
    side.kontrol_smal()
    for sti in ("ny-version", "trin/bortfaldet"):
        side.aabn(f"/rammeaftaler/{aftale.slug}/{sti}")
        side.kontrol_smal()


def test_adopted_agreement_shows_who_has_published_it(side: Side, medarbejder: Bruger) -> None:
    aftale = fabrik.aftale(tilstand=Aftaletilstand.VEDTAGET, fra=date(2026, 1, 1), til=date(2028, 1, 1))
    med_udvikling(aftale)
    fabrik.loggede_behov(9, fra=kvartaler_foer(idag(), 2)[0].fra)
    side.log_paa(medarbejder.email, f"/rammeaftaler/{aftale.slug}/tekst/")
    expect(side.page.get_by_role("heading", name="Udækkede behov", exact=True)).to_be_visible()
    side.kontrol_smal()
    side.aabn(f"/rammeaftaler/{aftale.slug}/")
    side.kontrol_smal()
    expect(side.page.get_by_text("Mangler")).to_have_count(3)
    for sti in ("allonge", "fakta/offentliggjort", f"parter/{aftale.parter.all()[0].id}/offentliggoerelse"):
        side.aabn(f"/rammeaftaler/{aftale.slug}/{sti}")
        side.kontrol_smal()


def test_part_is_moved_and_a_clause_repealed_with_the_keyboard_alone(side: Side, medarbejder: Bruger) -> None:
    page = side.page
    aftale = fabrik.aftale(tilstand=Aftaletilstand.VEDTAGET, fra=date(2026, 1, 1), til=date(2028, 1, 1))
    med_udvikling(aftale)
    af = fabrik.sekretariat()
    allonge = opret_allonge(aktoer=af, aftale_id=aftale.pk, titel="Allonge 1", fra=date(2027, 1, 1))
    for titel in ("Bilag 1", "Bilag 2"):
        opret_del(aktoer=af, aftale_id=allonge.pk, art=Delart.BILAG, titel=titel)
    side.log_paa(medarbejder.email, f"/rammeaftaler/{allonge.slug}/tekst/")
    side.kontrol_smal()
    for navn in ("Skriv indledningen", "Fjern delen Bilag 1", "Ret delen Bilag 2"):
        side.aabn(f"/rammeaftaler/{allonge.slug}/tekst/")
        page.get_by_role("link", name=navn).press("Enter")
        expect(page.get_by_role("link", name="Fortryd")).to_be_visible()
        side.kontrol_smal()
    page.get_by_label("Plads").select_option("Først")
    page.get_by_role("button", name="Gem").press("Enter")
    expect(page.get_by_role("heading", level=2, name="Bilag").first).to_have_text("Bilag 2")
    page.get_by_role("link", name="Ophæv en klausul i Bilag 2").press("Enter")
    page.get_by_label("Klausul, der ophæves").select_option("U Udvikling (fastsætter ingen vilkår)")
    page.get_by_role("button", name="Ophæv klausulen").press("Enter")
    side.kontrol(forventet=422)
    page.get_by_role("checkbox", name="Klausulen og de vilkår").press(" ")
    side.kontrol_smal()
    page.get_by_role("button", name="Ophæv klausulen").press("Enter")
    expect(page.get_by_role("heading", name="Det, der ophæves")).to_be_visible()
    side.kontrol_smal()
    page.get_by_role("link", name="Fortryd ophævelsen").press("Enter")
    page.get_by_role("button", name="Fortryd ophævelsen").press("Enter")
    expect(page.get_by_text("Ophævelsen af U Udvikling er fortrudt.")).to_be_visible()


def test_clause_is_written_commented_and_compared(side: Side, medarbejder: Bruger) -> None:
    page = side.page
    aftale = kladde("Rødovre", "Herlev")
    side.log_paa(medarbejder.email, f"/rammeaftaler/{aftale.slug}/tekst/")
    side.kontrol_smal()
    for sti in ("tekst/del", f"tekst/dele/{aftale.dele.all()[0].id}/klausul", "tekst/sammenlign", "vilkaar/"):
        side.aabn(f"/rammeaftaler/{aftale.slug}/{sti}")
        side.kontrol_smal()
    side.aabn(f"/rammeaftaler/{aftale.slug}/tekst/")
    page.get_by_role("link", name="3.1 Takster og frister").click()
    side.kontrol_smal()
    adresse = page.url
    page.get_by_role("link", name="Ret teksten").click()
    ret_klausul(  # another person saves first
        aktoer=fabrik.sekretariat(), aftale_id=aftale.id, klausul_id=klausuler(aftale.versioner.get())[0].id, laest=2,
        indhold=Klausulindhold("3.1", "Takster og frister", "Parterne følger de samme vilkår."),
    )  # fmt: skip
    page.get_by_label("Tekst").fill("Parterne følger **alle** vilkår.\n\n| Dag | Pris |\n|---|---|\n| 1 | 100 |")
    page.get_by_role("button", name="Gem").click()
    expect(page.get_by_role("heading", name="Den andens tekst og din")).to_be_visible()
    expect(page.locator("del").filter(has_text="de samme")).to_be_visible()
    expect(page.get_by_role("textbox", name="Tekst")).to_have_value(re.compile("alle"))
    side.kontrol(forventet=422)
    side.kontrol_smal()
    page.get_by_role("button", name="Gem").click()
    expect(page.get_by_text("Klausulen er gemt.")).to_be_visible()
    page.get_by_role("link", name="Udgave 3 i version 1").click()
    expect(page.get_by_role("heading", name="Ændret siden udgave 2")).to_be_visible()
    expect(page.locator("ins").filter(has_text="de samme")).to_be_visible()
    side.kontrol_smal()
    page.go_back()
    page.get_by_label("Kommentar").fill("Gælder det også dagtilbud?")
    page.get_by_role("button", name="Gem kommentar").click()
    expect(page.get_by_text("Gælder det også dagtilbud?")).to_be_visible()
    side.kontrol_smal()
    for sti in ("vilkaar", "udgaa"):
        side.aabn(adresse.removeprefix(side.adresse) + sti)
        side.kontrol_smal()


def test_terms_of_an_offer_on_a_day(side: Side, medarbejder: Bruger) -> None:
    tilbud = fabrik.tilbud("Solbakken", i="Rødovre")
    side.log_paa(medarbejder.email, f"/rammeaftaler/tilbud/{tilbud.id}/vilkaar")
    side.kontrol_smal()
    side.skriv_dato("Dag", date(2026, 5, 1))
    side.page.get_by_role("button", name="Vis vilkår").click()
    expect(side.page.get_by_role("heading", name="Den 1. maj 2026")).to_be_visible()
    side.kontrol()


def test_terms_of_the_years_stand_side_by_side_across_a_merger(side: Side) -> None:
    """Wide and narrow: the table is wider than a telephone, and is read on there by the keyboard."""
    ny = sammenlaeg()
    fabrik.vilkaar(ny, fra=date(2027, 1, 1), til=date(2031, 1, 1), andre={FRIST: "45", TAERSKEL: "2"})
    tilbud = fabrik.tilbud("Solbakken", i="Roskilde")
    laeser = fabrik.bruger(Rolle.LAESER, fabrik.kommune("Roskilde").organisation)
    page = side.page
    side.log_paa(laeser.email, f"/rammeaftaler/tilbud/{tilbud.id}/vilkaar")
    side.skriv_dato("Dag", date(2027, 1, 1))
    side.tab_til(page.get_by_role("button", name="Vis vilkår"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Årene før og efter, side om side")).to_be_visible()
    tabel = page.get_by_role("region", name="Vilkår side om side")
    raekke = tabel.get_by_role("row", name=re.compile(TAERSKEL.value))
    expect(raekke.get_by_role("cell").nth(-2)).to_contain_text("10")
    expect(raekke.get_by_role("cell").last).to_contain_text("2")
    side.kontrol()
    side.kontrol_smal()
    page.set_viewport_size({"width": 390, "height": 844})
    side.tab_til(tabel)
    page.keyboard.press("ArrowRight")
    expect(tabel).to_have_js_property("scrollTop", 0)
    expect(tabel).not_to_have_js_property("scrollLeft", 0)


@pytest.mark.usefixtures("rigtig_koe")
def test_report_is_ordered_watched_and_opened(ny_side: NySide, aftale: Rammeaftale, medarbejder: Bruger) -> None:
    side = ny_side()
    page = side.page
    side.log_paa(medarbejder.email, "/rapporter/")
    side.kontrol_smal()
    page.get_by_label("Bestil rapporten").select_option("Rammeaftale")
    page.get_by_label("Om aftalen").select_option(TITEL)
    page.get_by_role("button", name="Bestil rapport").click()
    expect(page.get_by_text("I kø")).to_be_visible()
    expect(page.get_by_text("Venter på at begynde")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    # The row is what the page follows: a worker on its second of four stages, then one that has not begun.
    with som_systemet("a worker is at it"):
        Job.objects.update(status=JobStatus.I_GANG, trin="Tegner figurer", naaet=1, i_alt=4)
    expect(page.locator(".fremdrift__trin")).to_contain_text("Tegner figurer · 1 af 4", timeout=15_000)
    side.kontrol()
    with som_systemet("a worker has given it back"):
        Job.objects.update(status=JobStatus.I_KOE, trin="", naaet=0, i_alt=0)
    with worker(database_url()):
        expect(page.get_by_text("Færdig")).to_be_visible(timeout=60_000)
    side.kontrol()
    side.kontrol_smal()
    sti = page.get_by_role("link", name="Åbn PDF").get_attribute("href")
    assert sti is not None
    svar = page.request.get(side.adresse + sti)
    assert svar.headers["content-type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(svar.body())) as pdf:
        assert pdf.docinfo["/Title"]
        assert str(pdf.Root.Lang).startswith("da")
        assert len(pdf.pages) > 3
    side.aabn("/rapporter/")
    expect(page.get_by_role("row", name=TITEL)).to_contain_text("Færdig")
    side.kontrol_smal()


def test_figures_behind_a_report_are_found_and_compared(side: Side, aftale: Rammeaftale, medarbejder: Bruger) -> None:
    page = side.page
    foer = faerdig_rapport(aftale.pk)
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Nybo", i="Rødovre")))
    efter = faerdig_rapport(aftale.pk)
    side.log_paa(medarbejder.email, "/rapporter/")
    page.get_by_label("Ord i aftale").fill("findes ikke")
    page.get_by_role("button", name="Søg", exact=True).click()
    expect(page.get_by_text("Ingen rapporter passer til afgrænsningen")).to_be_visible()
    side.kontrol()
    side.aabn(f"/rapporter/{efter.pk}/")
    page.get_by_role("link", name="Tabeller og figurer").click()
    expect(page.get_by_role("row", name="R1-T2")).to_contain_text("samling._kommuner")
    side.kontrol()
    side.kontrol_smal()
    with page.expect_download() as hentet:
        page.get_by_role("link", name="Hent tallene i R1-T2").click()
    assert hentet.value.suggested_filename == "R1-T2.csv"
    page.get_by_role("link", name="data pr.").click()
    expect(page.get_by_role("row", name="Rødovre Pladser i alt 0 1 +1")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    page.get_by_role("link", name="Byt om").click()
    expect(page.get_by_role("row", name="Rødovre Pladser i alt 1 0 −1")).to_be_visible()
    assert str(foer.pk) in page.url


def test_two_sets_of_terms_are_compared(side: Side) -> None:
    ny = sammenlaeg()
    saet = fabrik.vilkaar(ny, fra=date(2027, 1, 1), til=date(2031, 1, 1), andre={TAERSKEL: "2.5"})
    laeser = fabrik.bruger(Rolle.LAESER, fabrik.kommune("Roskilde").organisation)
    page = side.page
    side.log_paa(laeser.email, "/rammeaftaler/vilkaar")
    page.get_by_label("Sæt (frivilligt)").select_option(str(saet.pk))
    page.get_by_label("Sammenlign med").select_option(index=1)
    side.tab_til(page.get_by_role("button", name="Vis vilkår"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Sammenlignet med sæt")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
