"""The whole story of a person: invited, link, password, roles, proposed, approved by another, switching, ended. At both widths."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from kommuner.models import Bruger, Rolle
from tests import fabrik
from tests.browser.conftest import NySide
from tests.browser.kontrol import BRED, SMAL, Side
from tests.sider import organisation

pytestmark = pytest.mark.django_db

NY = "nyansat@roedovre.example.dk"


def se(side: Side) -> None:
    """The page that is shown, at both widths."""
    side.kontrol()
    side.kontrol_smal()


def link_i_mail(til: str) -> str:
    """The path of the link in the latest mail to the address."""
    brev = [brev for brev in mail.outbox if brev.to == [til]][-1]
    (sti,) = re.findall(r"http://[^/]+(/personer/invitation/\S+)", str(brev.body))
    return str(sti)


def tryk(side: Side, rolle: str, navn: str) -> None:
    """Go to a link or button with Tab alone, and press Enter."""
    maal = side.page.get_by_role(rolle, name=navn)  # type: ignore[arg-type]  # one of Playwright's role names
    side.tab_til(maal.first)
    with side.page.expect_navigation():
        side.page.keyboard.press("Enter")


def test_invite_password_roles_proposal_and_approval(ny_side: NySide) -> None:
    roedovre = fabrik.kommune("Rødovre").organisation
    fabrik.tilbud("Solbakken", i="Rødovre")
    to = [fabrik.bruger(Rolle.ADMINISTRATOR, roedovre) for _ in range(2)]
    foerste, anden, ny = ny_side(), ny_side(), ny_side()

    foerste.log_paa(to[0].email)
    se(foerste)
    tryk(foerste, "link", "Invitér en person")
    expect(foerste.page.get_by_role("heading", name="Invitér en person")).to_be_visible()
    se(foerste)
    foerste.page.get_by_role("button", name="Send invitation").click()
    expect(foerste.page.locator("[data-module='error-summary']")).to_be_focused()
    foerste.kontrol(forventet=400)
    foerste.page.get_by_label("E-mail").fill(NY)
    foerste.page.get_by_label("Visitator").check()
    foerste.page.get_by_role("button", name="Send invitation").click()
    expect(foerste.page.get_by_text(f"Invitationen er sendt til {NY}.")).to_be_visible()
    se(foerste)

    ny.aabn(link_i_mail(NY))
    se(ny)
    ny.tab_til(ny.page.get_by_label("Vælg adgangskode"))
    ny.page.keyboard.type(fabrik.ADGANGSKODE)
    ny.tab_til(ny.page.get_by_label("Gentag adgangskoden"))
    ny.page.keyboard.type(fabrik.ADGANGSKODE)
    ny.page.keyboard.press("Enter")
    expect(ny.page.get_by_text("Din adgangskode er gemt.")).to_be_visible()
    ny.log_paa(NY)
    expect(ny.page.get_by_text("som visitator")).to_be_visible()
    ny.aabn(link_i_mail(NY), 410)
    ny.kontrol_smal()

    foerste.page.reload()
    tryk(foerste, "link", NY)
    se(foerste)
    giv_rolle(foerste)
    foreslaa(foerste)

    anden.log_paa(to[1].email)
    se(anden)
    tryk(anden, "link", NY)
    expect(anden.page.get_by_role("heading", name="Forslag om administratorer")).to_be_visible()
    tryk(anden, "link", "Godkend")
    se(anden)
    tryk(anden, "button", "Godkend")
    expect(anden.page.get_by_text(f"Forslaget om {NY} er godkendt.")).to_be_visible()
    se(anden)

    skift(ny)
    afslut_midt_i_arbejdet(foerste, ny)


def giv_rolle(side: Side) -> None:
    """A second role, limited to one offer."""
    page = side.page
    page.get_by_role("link", name="Giv en rolle").click()
    page.get_by_label("Rolle", exact=True).select_option("tilbudsleder")
    page.get_by_text("Begræns en tilbudsleder").click()
    page.get_by_label("Solbakken").check()
    se(side)
    page.get_by_role("button", name="Giv rollen").click()
    expect(page.get_by_text("Kun Solbakken")).to_be_visible()
    se(side)


def foreslaa(side: Side) -> None:
    """Propose her as administrator; the one who proposes can only withdraw."""
    side.page.get_by_role("link", name="Foreslå som administrator").click()
    expect(side.page.get_by_label("E-mail")).to_have_value(NY)
    se(side)
    tryk(side, "button", "Stil forslaget")
    expect(side.page.get_by_text("Du har selv stillet forslaget")).to_be_visible()
    expect(side.page.get_by_role("link", name="Godkend")).to_have_count(0)
    se(side)


def skift(side: Side) -> None:
    """The new person has three roles now: she is asked, chooses with the keyboard, and can choose again on every page."""
    side.page.goto(side.adresse + "/")
    expect(side.page.get_by_role("heading", name="Vælg, hvem du handler for")).to_be_visible()
    se(side)
    tryk(side, "button", "Tilbudsleder for Solbakken")
    expect(side.page.get_by_role("heading", name="Min side")).to_be_visible()
    expect(side.page.locator(".ramme__aktoer")).to_contain_text("tilbudsleder for 1 tilbud")
    se(side)
    side.page.set_viewport_size({"width": SMAL, "height": 844})
    side.page.get_by_role("link", name="Skift rolle").click()
    expect(side.page.get_by_text("Du handler sådan nu")).to_be_visible()
    side.kontrol()
    side.page.set_viewport_size({"width": BRED, "height": 900})
    side.genvej("j")
    side.page.keyboard.press("Enter")
    expect(side.page.locator(".ramme__aktoer")).to_contain_text("administrator")


def afslut_midt_i_arbejdet(administrator: Side, ny: Side) -> None:
    """A role that ends stops at once, and the person is told instead of becoming somebody else."""
    bruger = Bruger.objects.get(email=NY)
    administrator.aabn(f"/personer/{fabrik.kommune().organisation.pk}/{bruger.pk}/")
    administrator.page.get_by_role("link", name="Afslut rollen administrator").click()
    se(administrator)
    tryk(administrator, "button", "Afslut rollen")
    expect(administrator.page.get_by_text("Rollen administrator er afsluttet.")).to_be_visible()
    ny.page.get_by_role("link", name="Min side").first.click()
    expect(ny.page.get_by_text("Den rolle, du arbejdede i, er afsluttet.")).to_be_visible()
    se(ny)


def test_secretariat_finds_an_organisation_and_its_help_is_seen_there(ny_side: NySide) -> None:
    roedovre = fabrik.kommune("Rødovre").organisation
    admin = fabrik.bruger(Rolle.ADMINISTRATOR, roedovre)
    hjaelper, egen = ny_side(), ny_side()
    hjaelper.log_paa(fabrik.bruger(Rolle.SEKRETARIAT, organisation("KKR Hovedstaden")).email)
    tryk(hjaelper, "link", "Personer")
    se(hjaelper)
    tryk(hjaelper, "link", "Rødovre Kommune")
    expect(hjaelper.page.get_by_text("Du hjælper en anden organisation")).to_be_visible()
    se(hjaelper)
    hjaelper.page.get_by_role("link", name="Invitér en person").click()
    hjaelper.page.get_by_label("E-mail").fill(NY)
    hjaelper.page.get_by_label("Læser").check()
    hjaelper.page.get_by_role("button", name="Send invitation").click()
    expect(hjaelper.page.get_by_text(f"Invitationen er sendt til {NY}.")).to_be_visible()
    assert [brev.subject for brev in mail.outbox if brev.to == [admin.email]] == [
        "Sekretariatet har hjulpet med personer i Rødovre Kommune"
    ]
    egen.log_paa(admin.email)
    egen.page.get_by_role("link", name="Se personer og roller").click()
    expect(egen.page.get_by_text(f"Sekretariatet for KKR Hovedstaden har inviteret {NY} (læser)")).to_be_visible()
    se(egen)
    egen.page.get_by_role("button", name="Træk tilbage").click()
    expect(egen.page.get_by_text("er trukket tilbage.")).to_be_visible()
    egen.aabn(link_i_mail(NY), 410)


def test_person_with_a_login_takes_an_invitation_and_a_stranger_cannot(ny_side: NySide) -> None:
    kendt = fabrik.bruger(Rolle.LAESER, fabrik.kommune("Herlev").organisation, email=NY)
    fremmed = fabrik.bruger(Rolle.LAESER, fabrik.kommune("Herlev").organisation)
    _, noegle = fabrik.invitation(NY, organisation=fabrik.kommune("Rødovre").organisation)
    side, anden = ny_side(), ny_side()
    anden.log_paa(fremmed.email, f"/personer/invitation/{noegle}")
    expect(anden.page.get_by_text("Invitationen er til en anden")).to_be_visible()
    anden.kontrol_smal()
    side.aabn(f"/personer/invitation/{noegle}")
    side.kontrol_smal()
    tryk(side, "link", "Log på")
    side.page.get_by_label("E-mail").fill(kendt.email)
    side.page.get_by_label("Adgangskode", exact=True).fill(fabrik.ADGANGSKODE)
    side.page.keyboard.press("Enter")
    se(side)
    tryk(side, "button", "Tag imod invitationen")
    expect(side.page.get_by_text("Du er nu læser for Rødovre Kommune.")).to_be_visible()
    side.kontrol()


def test_operations_sees_how_the_work_flows(side: Side) -> None:
    side.log_paa(fabrik.bruger(Rolle.DRIFT, fabrik.hjemsted(Rolle.DRIFT)).email)
    expect(side.page.get_by_role("heading", name="Platformens drift")).to_be_visible()
    se(side)


def test_removing_a_person_is_confirmed_first(side: Side) -> None:
    roedovre = fabrik.kommune("Rødovre").organisation
    admin, laeser = (fabrik.bruger(rolle, roedovre) for rolle in (Rolle.ADMINISTRATOR, Rolle.LAESER))
    side.log_paa(admin.email, f"/personer/{roedovre.pk}/{laeser.pk}/")
    tryk(side, "link", "Fjern fra organisationen")
    se(side)
    tryk(side, "button", "Fjern fra organisationen")
    expect(side.page.get_by_text("har ikke længere nogen rolle")).to_be_visible()
    expect(side.page.get_by_role("link", name=laeser.email)).to_have_count(0)
    side.kontrol()
