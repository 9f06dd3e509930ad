"""The operator confirms all places with the keyboard alone, and is told when they have changed under her hands."""

import re
from urllib.parse import urlsplit

import pytest
from django.core import mail
from playwright.sync_api import expect

from faelles.tid import Periode
from kommuner.models import Rolle
from tests import fabrik
from tests.browser.kontrol import Side
from tilbud.bekraeftelser.paamindelse import send_paamindelser
from tilbud.models import Bekraeftelse


@pytest.mark.django_db(transaction=True)
def test_all_places_are_confirmed_with_one_key_as_they_were_shown(side: Side) -> None:
    lang = "Et tilbud med et meget langt navn, som skal kunne stå på en telefon"
    forfalden, plads = (fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(navn))) for navn in ("Solbakken", lang))
    fabrik.bekraeftet(forfalden.afdeling, dage_siden=8)
    fabrik.bekraeftet(plads.afdeling, dage_siden=31)
    leder = fabrik.bruger(Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation)
    page = side.page
    side.log_paa(leder.email)
    side.kontrol_smal()
    side.tab_til(page.get_by_role("link", name="Se alle afdelinger"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Bekræft jeres pladser")).to_be_visible()
    expect(page.get_by_text("Ukendt siden")).to_be_visible()
    side.kontrol()
    side.kontrol_smal()
    fabrik.optag(plads, Periode(fabrik.om(0), fabrik.om(9)))
    side.genvej("b")
    expect(page.get_by_text("Intet er bekræftet")).to_be_visible()
    side.kontrol()
    assert Bekraeftelse.objects.count() == 2
    side.genvej("b")
    expect(page.get_by_text("Pladserne i 2 afdelinger er bekræftet")).to_be_visible()
    side.kontrol()
    assert Bekraeftelse.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_start_page_confirms_what_is_due_with_the_same_key_and_an_empty_page_says_why(side: Side) -> None:
    fabrik.ledig_plads()
    leder = fabrik.bruger(Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation)
    side.log_paa(leder.email)
    side.genvej("b")
    expect(side.page.get_by_text("Alle jeres afdelinger er bekræftet for nylig")).to_be_visible()
    fabrik.Tilbud.objects.update(lukket_fra=fabrik.om(0))
    side.aabn("/tilbud/bekraeft")
    expect(side.page.get_by_role("heading", name="Ingen pladser at bekræfte")).to_be_visible()
    side.kontrol_smal()


@pytest.mark.django_db(transaction=True)
def test_link_in_the_mail_leads_by_the_log_in_to_where_one_key_confirms(side: Side) -> None:
    fabrik.bekraeftet(fabrik.ledig_plads().afdeling, dage_siden=31)
    leder = fabrik.bruger(Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation)
    assert send_paamindelser() == 1
    (brev,) = mail.outbox
    link = re.search(r"https?://\S+bekraeft\S*", str(brev.body))
    assert link is not None
    side.aabn(urlsplit(link[0]).path)
    page = side.page
    page.get_by_label("E-mail").fill(leder.email)
    page.get_by_label("Adgangskode", exact=True).fill(fabrik.ADGANGSKODE)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Bekræft jeres pladser")).to_be_visible()
    side.kontrol()
    side.genvej("b")
    expect(page.get_by_text("Pladserne i 1 afdeling er bekræftet")).to_be_visible()
    assert Bekraeftelse.objects.filter(tidspunkt__date=fabrik.om(0)).count() == 1
