"""A report's text and its publication: written beside the figures, made final, and read by somebody without an account."""

import re

import pytest
from playwright.sync_api import expect

from kommuner.models import Rolle
from rammeaftale.rapporter.actions import traek_tilbage
from tests import fabrik
from tests.browser.conftest import NySide
from tests.browser.kontrol import Side
from tests.rammeaftale.rapporter.situationer import omraade
from tests.sider import faerdig_rapport, udgivet_rapport

pytestmark = pytest.mark.django_db(transaction=True)


def test_secretariat_writes_a_chapter_and_sees_it_with_the_figures(ny_side: NySide) -> None:
    aftale, side = omraade(), ny_side()
    sekretariat = aftale.kkr.sekretariat
    assert sekretariat is not None
    bruger = fabrik.bruger(Rolle.SEKRETARIAT, sekretariat)
    side.log_paa(bruger.email, "/rapporter/")
    side.kontrol()
    side.page.get_by_role("link", name="Rammeaftale: Rammeaftale 2027–2028").click()
    side.kontrol()
    side.page.get_by_role("link", name="Resumé").click()
    side.kontrol()
    felt = side.page.locator("#id_tekst")
    felt.fill("Der er **{{ tilbut }}** tilbud.")
    side.page.get_by_role("button", name="Vis med tallene").press("Enter")
    expect(side.page.get_by_text("Mente du »tilbud«?")).to_be_visible()
    felt.fill("Der er **{{ tilbud }}** tilbud.")
    side.page.get_by_role("button", name="Vis med tallene").press("Enter")
    expect(side.page.locator("#tekstvisning strong")).to_have_text("2")
    side.kontrol()
    side.kontrol_smal()
    side.page.get_by_role("button", name="Gem").press("Enter")
    expect(side.page.get_by_text("Teksten i »Resumé« er gemt.")).to_be_visible()
    expect(side.page.get_by_role("row", name=re.compile("Resumé Gemt"))).to_be_visible()


def test_report_is_made_final_and_read_without_an_account(ny_side: NySide) -> None:
    aftale, side, anonym = omraade(), ny_side(), ny_side()
    sekretariat = aftale.kkr.sekretariat
    assert sekretariat is not None
    udkast, udgivelse = faerdig_rapport(aftale.pk), udgivet_rapport(aftale.pk)
    side.log_paa(fabrik.bruger(Rolle.SEKRETARIAT, sekretariat).email, f"/rapporter/{udkast.pk}/")
    side.kontrol()
    side.page.get_by_role("link", name="Gør endelig").click()
    side.kontrol()
    side.page.get_by_role("button", name="Gør endelig og udgiv").press("Enter")
    expect(side.page.get_by_text("Den endelige rapport laves nu.")).to_be_visible()
    adresse = f"/rapporter/udgivet/{udgivelse.pk}/"
    anonym.aabn(adresse)
    anonym.kontrol()
    anonym.kontrol_smal()
    expect(anonym.page.get_by_role("link", name=re.compile("Åbn rapporten"))).to_be_visible()
    traek_tilbage(aktoer=fabrik.sekretariat(), rapport_id=udgivelse.pk, grund="Tallene for Herlev er forkerte")
    anonym.aabn(adresse)
    anonym.kontrol()
    expect(anonym.page.get_by_text("Tallene for Herlev er forkerte")).to_be_visible()


def test_archive_is_searched_and_two_reports_are_compared_with_the_keyboard(side: Side) -> None:
    aftale, page = omraade(), side.page
    faerdig_rapport(aftale.pk)
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Nybo", i="Rødovre")))
    faerdig_rapport(aftale.pk)
    laeser = fabrik.bruger(Rolle.LAESER, fabrik.kommune("Rødovre").organisation)
    side.log_paa(laeser.email, "/rapporter/")
    side.kontrol_smal()
    side.skriv("Ord i aftale", "Hovedstaden")
    side.tab_til(page.get_by_label("Udgave"))
    page.keyboard.type("Udkast")
    side.tryk(page.get_by_role("button", name="Søg", exact=True))
    expect(page.get_by_text("2 rapporter", exact=True)).to_be_visible()
    assert "udgave=udkast" in page.url
    side.kontrol()
    side.tryk(page.get_by_role("link", name="Sammenlign to rapporter"))
    side.kontrol()
    side.kontrol_smal()
    side.tryk(page.get_by_role("button", name="Sammenlign", exact=True))
    expect(page.get_by_text("tabeller og figurer er anderledes")).to_be_visible()
    expect(page.get_by_role("row", name="Rødovre Pladser i alt 0 1 +1")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    side.aabn("/rapporter/sammenlign/")
    page.get_by_label("Før").select_option(index=0)
    side.tryk(page.get_by_role("button", name="Sammenlign", exact=True))
    expect(page.get_by_text("Vælg en anden rapport end den, der står under Før").first).to_be_visible()
    side.kontrol(forventet=422)


def test_overview_shows_its_small_charts_wide_and_narrow(side: Side) -> None:
    aftale, page = omraade(), side.page
    rapport = faerdig_rapport(aftale.pk)
    laeser = fabrik.bruger(Rolle.LAESER, fabrik.kommune("Rødovre").organisation)
    side.log_paa(laeser.email, "/rapporter/")
    side.tryk(page.get_by_role("link", name=f"Overblik over {aftale.titel}"))
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Overblik over {aftale.titel}")
    expect(page.locator("[data-diagram][data-tegnet]").first).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    side.tryk(page.locator("#rude-niveauer ~ details summary"))
    expect(page.get_by_role("columnheader", name="Niveau 1")).to_be_visible()
    side.tryk(page.get_by_role("link", name="rapporten »Rammeaftale«").last)
    expect(page).to_have_url(re.compile(str(rapport.pk)))
