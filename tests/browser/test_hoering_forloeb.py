"""A hearing's note, its end, an answer given again and two who change the same hearing; by keyboard, wide and narrow."""

from importlib import import_module

from playwright.sync_api import expect

from faelles.job import koer
from kommuner.models import Bruger
from rammeaftale.hoering.actions import afslut, behandl, nyt_link, ret_hoering
from rammeaftale.hoering.breve import send_links
from rammeaftale.hoering.regler import Behandlingsudfald
from rammeaftale.models import Hoeringsnotat
from tests import fabrik
from tests.browser.kontrol import Side
from tests.rammeaftale.hoering.situationer import HANDICAPRAAD, besvar, indhold, kladde, med_svar, noegle, sendt, udkast

import_module("rammeaftale.tasks")  # says how the note is set, as in the worker


def sekretariat() -> str:
    return Bruger.objects.get(pk=fabrik.sekretariat().identitet.removeprefix("bruger:")).email


def test_note_is_ordered_and_opened_and_the_hearing_closed(side: Side) -> None:
    hoering, bemaerkning = med_svar(udkast())
    behandl(aktoer=fabrik.sekretariat(), bemaerkning_id=bemaerkning.pk, udfald=Behandlingsudfald.TIL_EFTERRETNING)
    page, adresse = side.page, f"/rammeaftaler/hoeringer/{hoering.pk}/"
    side.log_paa(sekretariat(), adresse)
    side.tryk(page.get_by_role("button", name="Bestil høringsnotat"))
    expect(page.get_by_text("Høringsnotatet er bestilt.")).to_be_visible()
    side.kontrol()
    koer(Hoeringsnotat.objects.get().job_id)
    side.aabn(adresse)
    link = page.get_by_role("link", name="Åbn høringsnotatet (PDF)")
    side.tab_til(link)
    svar = page.request.get(side.adresse + str(link.get_attribute("href")))
    assert (svar.headers["content-type"], svar.body()[:5]) == ("application/pdf", b"%PDF-")
    side.kontrol_smal()
    side.tryk(page.get_by_role("link", name="Afslut høringen"))
    side.kontrol()
    side.tryk(page.get_by_role("button", name="Afslut"))
    expect(page.get_by_text("Høringen er afsluttet.")).to_be_visible()
    expect(page.get_by_role("link", name="Åbn høringsnotatet (PDF)")).to_be_visible()
    expect(page.get_by_role("link", name="Behandl igen")).to_be_visible()
    for navn in ("Send nyt link", "Forlæng fristen", "Tilføj høringsparter"):
        expect(page.get_by_role("link", name=navn)).to_have_count(0)
    side.kontrol()
    side.kontrol_smal()


def test_link_of_a_closed_hearing_says_what_to_do(side: Side) -> None:
    hoering = sendt()
    afslut(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk)
    side.aabn(f"/hoering/svar?noegle={noegle()}", status=410)
    expect(side.page.get_by_role("heading", name="Høringen er slut")).to_be_visible()
    side.kontrol_smal()


def test_recipient_answers_again_before_the_deadline_and_the_first_answer_gives_way(side: Side) -> None:
    hoering = sendt(udkast())
    foerste = noegle()
    besvar(foerste, {None: "Det første."})
    nyt_link(aktoer=fabrik.sekretariat(), modtager_id=hoering.modtagere.get(navn=HANDICAPRAAD.navn).pk)
    send_links()
    page = side.page
    side.aabn(f"/hoering/svar?noegle={noegle()}")
    expect(page.get_by_text("gælder det nye svar i stedet for det gamle")).to_be_visible()
    side.skriv("Bemærkninger til udkastet som helhed", "Det andet.")
    side.tryk(page.get_by_role("button", name="Send svaret"))
    expect(page.get_by_role("heading", name="Svaret er modtaget")).to_be_visible()
    expect(page.get_by_text("Det andet.")).to_be_visible()
    expect(page.get_by_text("Det første.")).to_have_count(0)
    side.kontrol()
    side.kontrol_smal()
    side.aabn(f"/hoering/svar?noegle={foerste}", status=410)
    expect(page.get_by_role("heading", name="Linket gælder ikke længere")).to_be_visible()
    side.log_paa(sekretariat(), f"/rammeaftaler/hoeringer/{hoering.pk}/")
    expect(page.get_by_text("Det andet.")).to_be_visible()
    expect(page.get_by_text("Det første.")).to_have_count(0)


def test_second_who_changes_a_hearing_sees_what_the_first_saved(side: Side) -> None:
    hoering = kladde()
    page = side.page
    side.log_paa(sekretariat(), f"/rammeaftaler/hoeringer/{hoering.pk}/")
    side.tryk(page.get_by_role("link", name="Ret høringen"))
    side.skriv("Hvad hedder høringen?", "Mit udkast")
    ret_hoering(
        aktoer=fabrik.sekretariat(), hoering_id=hoering.pk, indhold=indhold("Deres udkast", foelgebrev="Kære alle")
    )
    side.tryk(page.get_by_role("button", name="Gem"))
    imens = page.get_by_role("region", name="Rettet af en anden, siden du åbnede siden")
    expect(imens).to_contain_text("Kære alle")
    expect(imens.locator("ins")).to_contain_text("Mit")
    expect(page.get_by_label("Hvad hedder høringen?")).to_have_value("Mit udkast")
    expect(page.get_by_label("Følgebrev")).to_have_value("Kære alle")
    side.kontrol(forventet=422)
    side.kontrol_smal()
    side.tryk(page.get_by_role("button", name="Gem"))
    expect(page.get_by_text("Høringen er rettet.")).to_be_visible()
    expect(page.get_by_role("heading", name="Mit udkast")).to_be_visible()
    expect(page.get_by_text("Kære alle")).to_be_visible()
