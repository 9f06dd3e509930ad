"""The wheel by the keyboard alone: a step made, corrected and reminded of, and the start page's board of all thirty parties."""

from playwright.sync_api import Locator, expect

from kommuner.models import Rolle
from rammeaftale.models import Aarshjulstrin, Hoering, Moede, Rammeaftale
from rammeaftale.organer.regler import Organart
from tests import fabrik
from tests.browser.kontrol import BRED, SMAL, Side
from tests.rammeaftale.aarshjul.situationer import trin, udfoert
from tests.rammeaftale.aftaler import sendt
from tests.rammeaftale.moeder.situationer import organ_i

KOMMUNER = [f"Kommune {nr:02}" for nr in range(1, 30)]


def log_paa(side: Side, aftale: Rammeaftale, sti: str = "/") -> None:
    sekretariat = aftale.kkr.sekretariat
    assert sekretariat is not None
    side.log_paa(fabrik.bruger(Rolle.SEKRETARIAT, sekretariat).email, sti)


def vaelg(side: Side, gruppe: str, navn: str) -> None:
    """Choose one of a group's radio buttons with the arrows."""
    knapper = side.page.get_by_role("group", name=gruppe)
    valgt = knapper.get_by_role("radio", checked=True)
    side.tab_til(valgt if valgt.count() else knapper.get_by_role("radio").first)
    side.page.keyboard.press("Space")
    while not knapper.get_by_label(navn, exact=True).is_checked():
        side.page.keyboard.press("ArrowDown")


def test_step_is_made_refused_corrected_and_reminded_of_by_keyboard(side: Side) -> None:
    aftale, page = fabrik.aftale(), side.page
    frist = fabrik.om(30)
    moede = Moede.objects.create(organ=organ_i(aftale, Organart.KKR), dato=frist)
    Hoering.objects.create(version=aftale.versioner.get(), titel="Udkast", frist=frist)
    log_paa(side, aftale, f"/rammeaftaler/{aftale.slug}/aarshjul/")
    side.tryk(page.get_by_role("link", name="Nyt trin"))
    side.tryk(page.get_by_role("button", name="Tilføj"))
    expect(page.get_by_text("Skriv hvad der skal gøres").first).to_be_visible()
    side.kontrol(422)
    side.kontrol_smal()
    side.skriv("Hvad skal gøres?", "Indberet kapacitet")
    side.skriv_dato("Senest den", frist)
    vaelg(side, "Hvem skal gøre det?", "Hver part")
    vaelg(side, "Hvem har fastsat datoen?", "Aftalt")
    side.skriv("Hvor står det?", "KKR's mødeplan")
    side.tryk(page.get_by_role("button", name="Tilføj"))
    expect(page.get_by_text("Trinnet er tilføjet.")).to_be_visible()
    raekker = page.get_by_role("region", name="Årets trin").get_by_role("row")
    expect(raekker.get_by_role("rowheader")).to_contain_text(
        ["1. Høring: Udkast", "2. Indberet kapacitet", f"3. Møde: {moede.organ.navn}"]
    )
    side.kontrol()
    side.kontrol_smal()
    side.tryk(page.get_by_role("link", name="Ret Indberet kapacitet"))
    side.skriv("Hvad skal gøres?", "Indberet ventelister")
    vaelg(side, "Hvem skal gøre det?", "Sekretariatet")
    side.tab_til(page.get_by_label("Påmind så mange dage før"))
    page.keyboard.type("400")
    side.tryk(page.get_by_role("button", name="Gem"))
    expect(page.get_by_role("heading", name="Ret Indberet kapacitet")).to_be_visible()
    side.kontrol(422)
    side.kontrol_smal()
    side.tab_til(page.get_by_label("Påmind så mange dage før"))
    page.keyboard.press("Control+a")
    page.keyboard.type("14")
    side.tryk(page.get_by_role("button", name="Gem"))
    expect(page.get_by_text("Trinnet er rettet.")).to_be_visible()
    gemt = Aarshjulstrin.objects.get()
    assert (gemt.opgave, gemt.frist, gemt.ansvar, gemt.paamind_dage) == (
        "Indberet ventelister",
        frist,
        "sekretariat",
        14,
    )
    side.tryk(page.get_by_role("link", name=f"Møde: {moede.organ.navn}").first)
    expect(page.get_by_role("heading", level=1, name="Møde")).to_be_visible()
    side.kontrol()


def test_every_cell_of_the_start_pages_board_of_thirty_is_seen_whole_and_reached_in_order(side: Side) -> None:
    aftale, page = sendt(*KOMMUNER), side.page
    for nr, opgave in enumerate(("Indberet kapacitet", "Indberet ventelister og belægning for hele året"), start=1):
        udfoert(trin(aftale, opgave, om=-nr), "Kommune 03")
    log_paa(side, aftale)
    tavle = page.get_by_role("list", name="Hvem der er bagud")
    felter = tavle.get_by_role("listitem")
    expect(felter).to_have_count(30)
    expect(page.get_by_text("29 af 30 har overskredet en frist.")).to_be_visible()
    expect(felter.filter(has_text="2 overskredne")).to_have_count(29)
    expect(felter.filter(has_text="Intet overskredet")).to_contain_text(["Kommune 03 Kommune"])
    navne = [tekst.split("\n")[0] for tekst in felter.all_inner_texts()]
    assert navne == [*(f"{kommune} Kommune" for kommune in KOMMUNER), "Region Hovedstaden"]
    for bredde in (BRED, SMAL):
        page.set_viewport_size({"width": bredde, "height": 900})
        side.kontrol()
        kraev_hele(felter)
        kraev_naaet_i_orden(side, tavle)


def kraev_hele(felter: Locator) -> None:
    """No cell's text runs out of it, no two cover each other, and all are inside the screen."""
    maal = felter.evaluate_all(
        "felter => felter.map(f => ({over: f.scrollWidth > f.clientWidth || f.scrollHeight > f.clientHeight,"
        " ...f.getBoundingClientRect().toJSON()}))"
    )
    bredde = felter.page.viewport_size["width"] if felter.page.viewport_size else 0
    for nr, felt in enumerate(maal):
        assert not felt["over"], f"felt {nr} er for lille til sin tekst ved {bredde}"
        assert felt["left"] >= 0, f"felt {nr} ved {bredde}"
        assert felt["right"] <= bredde, f"felt {nr} ved {bredde}"
        for andet in maal[:nr]:
            adskilt = andet["right"] <= felt["left"] or felt["right"] <= andet["left"] or andet["bottom"] <= felt["top"]
            assert adskilt, f"felt {nr} dækker et andet ved {bredde}"


def kraev_naaet_i_orden(side: Side, tavle: Locator) -> None:
    """Tab goes through what each cell leads to, in the order the cells stand in, and shows where it is."""
    links = tavle.get_by_role("link")
    antal = links.count()
    assert antal == 2 * 29
    side.page.evaluate("document.activeElement.blur()")
    side.tab_til(links.first)
    naaet = []
    for _ in range(antal):
        naaet.append(tavle.evaluate("tavle => [...tavle.querySelectorAll('a')].indexOf(document.activeElement)"))
        assert side.page.evaluate(
            "() => { const k = document.activeElement.getBoundingClientRect();"
            " return k.top >= 0 && k.bottom <= innerHeight && k.left >= 0 && k.right <= innerWidth }"
        ), f"link {naaet[-1]} er uden for skærmen, når det har fokus"
        side.page.keyboard.press("Tab")
    assert naaet == list(range(antal))
