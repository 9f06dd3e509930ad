"""An operator corrects an offer with the keyboard: before and after, what holds at once, and what a colleague approves."""

import pytest
from playwright.sync_api import expect

from kommuner.models import Rolle
from tests import fabrik
from tests.browser.conftest import NySide
from tests.browser.kontrol import Side


def leder(ny_side: NySide) -> Side:
    """A leader of Gladsaxe's who has logged in."""
    side = ny_side()
    side.log_paa(fabrik.bruger(Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation).email)
    return side


@pytest.mark.django_db(transaction=True)
def test_correction_is_shown_saved_and_approved(ny_side: NySide) -> None:
    fabrik.maalgruppe("Demens")
    tilbud = fabrik.tilbud("Solbakken", adresse="Solvej 1")
    fabrik.ledig_plads(fabrik.afdeling(tilbud), betegnelse="Bolig 1")
    foerste, anden = leder(ny_side), leder(ny_side)
    page = foerste.page
    foerste.aabn(f"/tilbud/{tilbud.pk}")
    page.get_by_role("link", name="Ret oplysningerne").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Ret Solbakken")).to_be_visible()
    foerste.kontrol()
    foerste.kontrol_smal()
    page.get_by_label("Adresse (frivilligt)").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("Solvej 5")
    page.get_by_label("Demens").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Gælder straks")).to_be_visible()
    expect(page.get_by_role("row", name="Adresse Solvej 1 Solvej 5")).to_be_visible()
    foerste.kontrol()
    foerste.kontrol_smal()
    foerste.tab_til(page.get_by_role("button", name="Gem, og send resten til godkendelse"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Ændring af tilbud og pladser")).to_be_visible()
    foerste.kontrol()
    anden.page.reload()
    anden.page.get_by_role("link", name="Ændring: 0 nye og 1 ændrede rækker").focus()
    anden.page.keyboard.press("Enter")
    expect(anden.page.get_by_text("Venter på din godkendelse")).to_be_visible()
    anden.kontrol_smal()
    foerste.aabn(f"/tilbud/{tilbud.pk}")
    page.get_by_role("link", name="Bolig 1").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Ret Bolig 1")).to_be_visible()
    foerste.kontrol()
    foerste.kontrol_smal()


@pytest.mark.django_db(transaction=True)
def test_approval_is_added_by_keyboard_and_waits(ny_side: NySide) -> None:
    tilbud = fabrik.tilbud("Solbakken")
    fabrik.afdeling(tilbud)
    fabrik.godkendelse(tilbud, 8, til=fabrik.om(-3))
    fabrik.tilsynsrapport(tilbud)
    fabrik.ydelse(tilbud)
    foerste = leder(ny_side)
    page = foerste.page
    foerste.aabn(f"/tilbud/{tilbud.pk}/godkendelser")
    expect(page.get_by_text("Gælder ikke i dag")).to_be_visible()
    foerste.kontrol()
    foerste.kontrol_smal()
    page.get_by_role("link", name="Tilføj under Godkendelser").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Ny godkendelse af Solbakken")).to_be_visible()
    foerste.kontrol()
    page.get_by_label("Hjemmel").select_option("SEL-107")
    page.get_by_label("Godkendte pladser").fill("10")
    page.get_by_label("Socialtilsyn").fill("Socialtilsyn Øst")
    gaelder_fra = page.get_by_role("group", name="Gælder fra")
    for del_, vaerdi in (("Dag", "1"), ("Måned", "1"), ("År", "2030")):
        gaelder_fra.get_by_label(del_, exact=True).fill(vaerdi)
    page.keyboard.press("Enter")
    expect(page.get_by_role("row", name="Godkendte pladser – 10")).to_be_visible()
    foerste.tab_til(page.get_by_role("button", name="Send til godkendelse"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Ændring af tilbud og pladser")).to_be_visible()
