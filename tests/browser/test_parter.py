"""The board of thirty parties, by the keyboard alone: from what is overdue to a decision, a rejection and who must decide again."""

from playwright.sync_api import Page, expect

from faelles.tid import idag
from kommuner.models import Rolle
from rammeaftale.models import Rammeaftale
from rammeaftale.tekst.actions import Klausulindhold, ret_klausul
from rammeaftale.tekst.queries import klausuler
from tests import fabrik
from tests.browser.kontrol import Side
from tests.rammeaftale.aftaler import anbefal, godkend, sendt
from tests.rammeaftale.test_trin import nyeste

NR_3, NR_7, NR_12 = (f"Kommune {nr} Kommune" for nr in ("03", "07", "12"))


def med_tredive() -> Rammeaftale:
    """Sent to thirty parties; the deadline has passed, and two have not answered."""
    aftale = sendt(*(f"Kommune {nr:02}" for nr in range(1, 30)))
    assert aftale.parter.count() == 30
    godkend(aftale, NR_7, NR_12)
    aftale.godkendelsesfrist = fabrik.om(-1)
    aftale.save()
    return aftale


def vaelg(side: Side, navn: str) -> None:
    """Choose one of the page's radio buttons."""
    side.tab_til(side.page.get_by_role("radio").first)
    while not side.page.get_by_label(navn, exact=True).is_checked():
        side.page.keyboard.press("ArrowDown")


def besluttet(side: Side, navn: str, beslutning: str) -> None:
    """From the board to the party, its decision in the form, and back to the board."""
    page = side.page
    side.tryk(page.get_by_role("link", name=navn))
    expect(page.get_by_role("heading", name=navn)).to_be_visible()
    side.tryk(page.get_by_role("link", name="Registrér beslutning"))
    vaelg(side, beslutning)
    side.skriv_dato("Dato for beslutningen", idag())
    side.skriv("Besluttet af", "Socialudvalget")
    if beslutning == "Afvist":
        side.skriv("Link til referat", "https://www.kommune07.example/referat/8")
    side.tryk(page.get_by_role("button", name="Registrér"))


def felt(page: Page, navn: str) -> str:
    """What stands in a party's cell."""
    tavle = page.get_by_role("list", name="Parter og deres beslutning")
    return tavle.get_by_role("listitem").filter(has_text=navn).inner_text()


def test_party_of_thirty_is_taken_to_a_rejection_and_asked_again_by_the_keyboard(side: Side) -> None:
    aftale, page = med_tredive(), side.page
    sekretariat = aftale.kkr.sekretariat
    assert sekretariat is not None
    side.log_paa(fabrik.bruger(Rolle.SEKRETARIAT, sekretariat).email)
    bagud = page.get_by_role("list", name="Hvem der er bagud").get_by_role("listitem")
    expect(page.get_by_text("2 af 30 har overskredet en frist.")).to_be_visible()
    expect(bagud).to_have_count(30)
    expect(bagud.filter(has_text="Intet overskredet")).to_have_count(28)
    side.kontrol()
    side.kontrol_smal()
    side.tryk(bagud.filter(has_text=NR_7).get_by_role("link", name="Parternes godkendelse"))
    expect(page.get_by_text("28 af 30 har godkendt").first).to_be_visible()
    expect(page.get_by_role("list", name="Parter og deres beslutning").get_by_role("listitem")).to_have_count(30)
    side.kontrol()
    side.kontrol_smal()
    besluttet(side, NR_7, "I udvalg")
    expect(page.get_by_text("28 af 30 har godkendt").first).to_be_visible()
    assert "Socialudvalget" in felt(page, NR_7)
    besluttet(side, NR_7, "Afvist")
    expect(page.get_by_text("1 har afvist")).to_be_visible()
    side.kontrol()
    side.tryk(page.get_by_role("link", name=NR_7))
    expect(page.get_by_role("cell", name="Socialudvalget")).to_have_count(2)
    side.kontrol()
    side.kontrol_smal()
    page.go_back()
    side.tryk(page.get_by_role("link", name="Ny version"))
    side.skriv("Hvorfor kommer der en ny version?", "Kommune 07 skal have længere frist.")
    side.tryk(page.get_by_role("button", name="Åbn ny version"))
    expect(page.get_by_role("link", name="Forelæg for embedsmandsudvalget")).to_be_visible()
    ret_og_anbefal(aftale)
    side.aabn(f"/rammeaftaler/{aftale.slug}/send")
    side.skriv_dato("Frist for parternes beslutning", fabrik.om(60))
    vaelg(side, "Indholdet er ændret for nogle parter")
    side.tab_til(page.get_by_role("checkbox", name=NR_3))
    page.keyboard.press("Space")
    side.kontrol()
    side.kontrol_smal()
    side.tryk(page.get_by_role("button", name="Send til parterne"))
    expect(page.get_by_role("heading", name="Skal tage stilling igen til version 2")).to_be_visible()
    igen = page.get_by_role("listitem").filter(has_text=": ").filter(has_text="Kommune:")
    assert {tekst.split(":")[0] for tekst in igen.all_inner_texts()} == {NR_3, NR_7, NR_12}
    expect(page.get_by_text("27 af 30 har godkendt").first).to_be_visible()
    side.kontrol()
    side.kontrol_smal()


def ret_og_anbefal(aftale: Rammeaftale) -> None:
    """The words of the clause are changed, and the bodies recommend it again."""
    klausul, *_ = klausuler(nyeste(aftale))
    ret_klausul(
        aktoer=fabrik.sekretariat(), aftale_id=aftale.id, klausul_id=klausul.id, laest=klausul.udgave.udgave,
        indhold=Klausulindhold("3.1", "Takster og frister", "Parterne følger vilkårene. Kommune 07 svarer måneden efter."),
    )  # fmt: skip
    anbefal(aftale)
