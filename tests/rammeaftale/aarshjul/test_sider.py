"""Pages of the wheel as whole requests: what each reader sees, the secretariat's forms, the table out, and the start page."""

from typing import Any

import pytest
from django.urls import reverse

from faelles.tid import idag
from kommuner.models import Rolle
from rammeaftale.aarshjul.regler import Ansvar
from rammeaftale.models import Aarshjulstrin, Aarshjulsudfoerelse, Hoering, Moede, Rammeaftale
from rammeaftale.organer.regler import Organart
from rammeaftale.udmeldinger.regler import Udmeldingsart
from tests import fabrik
from tests.rammeaftale.aarshjul.situationer import trin, udfoert
from tests.rammeaftale.fokus.situationer import indsats, meldt, milepael, omraade
from tests.rammeaftale.moeder.situationer import organ_i
from tests.rammeaftale.test_sider import klient, sekretariat
from tests.rammeaftale.test_trin_sider import dag
from tests.rammeaftale.udmeldinger.situationer import sket, svaret, udmelding
from tests.samtidig import aabnet

pytestmark = pytest.mark.django_db


def side(rute: str, aftale: Rammeaftale, *mere: object) -> str:
    return reverse(f"rammeaftale:{rute}", args=[aftale.slug, *mere])


def test_party_sees_the_steps_where_it_stands_and_who_is_behind_but_no_way_to_change() -> None:
    aftale = fabrik.aftale()
    udfoert(trin(aftale, "Indberet <kapacitet>", om=-1), "Herlev", "Rødovre")
    html = klient(Rolle.LAESER, fabrik.kommune("Herlev").organisation).get(side("aarshjul", aftale)).content.decode()
    assert "1. Indberet &lt;kapacitet&gt;" in html
    assert "I: udført" in html
    assert "2 af 3 har gjort det" in html
    assert "1 overskredet" in html
    assert "Nyt trin" not in html
    assert "Fortryd" not in html


def test_empty_wheel_says_so_and_begins_with_a_step() -> None:
    aftale = fabrik.aftale()
    html = sekretariat().get(side("aarshjul", aftale)).content.decode()
    assert "Årshjulet er tomt" in html
    assert side("nyt_aarshjulstrin", aftale) in html
    assert side("hent_aarshjul", aftale) not in html


def test_year_that_is_asked_for_is_shown_and_else_the_nearest_with_something_in_it() -> None:
    aftale = fabrik.aftale()
    trin(aftale, "I år", om=0)
    trin(aftale, "Langt ude", om=800)
    client = sekretariat()
    assert "I år" in client.get(side("aarshjul", aftale)).content.decode()
    senere = client.get(side("aarshjul", aftale), {"aar": fabrik.om(800).year}).content.decode()
    assert "1. Langt ude" in senere
    assert "1. I år" not in senere
    for forkert in ("1999", "x", "²"):
        assert "1. I år" in client.get(side("aarshjul", aftale), {"aar": forkert}).content.decode()


def test_step_is_written_changed_done_taken_back_and_removed_by_forms() -> None:
    aftale = fabrik.aftale()
    client = sekretariat()
    felter = {
        "opgave": "Dialogmøde",
        "ansvar": "hver_part",
        "grundlag": "aftalt",
        "kilde": "Mødeplan",
        "paamind_dage": "",
    }
    svar = client.post(side("nyt_aarshjulstrin", aftale), {**felter, **dag("frist")}, follow=True)
    assert "Trinnet er tilføjet." in svar.content.decode()
    skrevet = Aarshjulstrin.objects.get()
    assert (skrevet.frist, skrevet.paamind_dage) == (idag(), None)
    ret = side("ret_aarshjulstrin", aftale, skrevet.id)
    assert 'value="Dialogmøde"' in client.get(ret).content.decode()
    rettet = {"kilde": "KKR den 3. februar", "paamind_dage": "7", **dag("frist"), **aabnet(client, ret)}
    client.post(ret, {**felter, **rettet})
    skrevet.refresh_from_db()
    assert (skrevet.kilde, skrevet.paamind_dage) == ("KKR den 3. februar", 7)
    herlev = fabrik.kommune("Herlev").organisation.id
    client.post(side("udfoert_aarshjulstrin", aftale, skrevet.id), {"organisationer": [herlev], **dag("dato")})
    gjort = Aarshjulsudfoerelse.objects.get()
    slet = side("slet_aarshjulstrin", aftale, skrevet.id)
    assert "bliver stående" in client.post(slet, aabnet(client, slet)).content.decode()
    client.post(side("fortryd_aarshjulstrin", aftale, gjort.id))
    assert not Aarshjulsudfoerelse.objects.exists()
    assert "Trinnet er fjernet." in client.post(slet, aabnet(client, slet), follow=True).content.decode()
    assert not Aarshjulstrin.objects.exists()


def test_all_faults_of_the_form_stand_at_their_fields() -> None:
    aftale = fabrik.aftale()
    svar = sekretariat().post(side("nyt_aarshjulstrin", aftale), {"paamind_dage": "-1"})
    html = svar.content.decode()
    assert svar.status_code == 422
    for fejl in ("Skriv hvad der skal gøres", "Vælg hvem der skal gøre det", "Skriv hvor datoen kommer fra"):
        assert fejl in html


def test_previous_wheel_is_fetched() -> None:
    gammel = fabrik.aftale(slug="gammel")
    trin(gammel)
    aftale = fabrik.aftale()
    Rammeaftale.objects.filter(pk=aftale.pk).update(forrige=gammel)
    client = sekretariat()
    assert side("hent_aarshjul", aftale) in client.get(side("aarshjul", aftale)).content.decode()
    html = client.post(side("hent_aarshjul", aftale), follow=True).content.decode()
    assert "Årshjulet er hentet." in html
    assert "Skal gennemgås" in html


def test_table_out_has_a_row_for_each_who_owes_a_step() -> None:
    aftale = fabrik.aftale()
    udfoert(trin(aftale), "Herlev")
    trin(aftale, "Sekretariatets", om=31, ansvar=Ansvar.SEKRETARIAT)
    linjer = sekretariat().get(side("eksport_aarshjul", aftale, "csv")).getvalue().decode("utf-8-sig").splitlines()
    assert len(linjer) == 1 + 3 + 1
    assert linjer[0].startswith("Frist;Opgave;Ansvarlig;Stand;Udført")
    assert "Herlev Kommune;Udført" in linjer[2]


def test_start_page_shows_the_secretariat_everybodys_and_a_party_its_own() -> None:
    aftale = fabrik.aftale()
    udfoert(trin(aftale, "Indberet kapacitet", om=-1), "Herlev")
    trin(aftale, "Sekretariatets møde", om=5, ansvar=Ansvar.SEKRETARIAT)
    html = sekretariat().get("/").content.decode()
    assert "Indberet kapacitet" in html
    assert html.index("I dag</strong>") < html.index("Sekretariatets møde")
    assert html.count("1 overskredet") == 2
    gladsaxes = klient(Rolle.LAESER, fabrik.kommune("Gladsaxe").organisation).get("/").content.decode()
    assert "Indberet kapacitet" in gladsaxes
    assert "Sekretariatets møde" not in gladsaxes
    assert "1 overskredet" not in gladsaxes
    assert "panel-aarshjul" not in klient(Rolle.LAESER, fabrik.kommune("Herlev").organisation).get("/").content.decode()


def test_board_of_the_start_page_leads_to_what_is_overdue_and_leaves_the_others_in_peace() -> None:
    aftale = fabrik.aftale()
    client = sekretariat()
    assert "Hvem der er bagud" not in client.get("/").content.decode(), "nothing is due from anybody"
    udfoert(skrevet := trin(aftale, "Indberet kapacitet", om=-1), "Herlev", "Rødovre")
    html = client.get("/").content.decode()
    assert "1 af 3 har overskredet en frist." in html
    assert html.count("Intet overskredet") == 2
    board = html[html.index("Hvem der er bagud") :]
    sted = f"{side('aarshjul', aftale)}?aar={fabrik.om(-1).year}"
    assert f'<a href="{sted}">Indberet kapacitet</a>' in board
    assert board.index("Gladsaxe") < board.index("1 overskredet") < board.index("Herlev") < board.index("Rødovre")
    udfoert(skrevet, "Gladsaxe")
    html = client.get("/").content.decode()
    assert "Ingen har overskredet en frist." in html
    assert html.count("Intet overskredet") == 3


def test_milestones_and_unanswered_calls_are_on_the_work_lists_of_those_who_owe_them_and_the_secretariat() -> None:
    aftale = fabrik.aftale()
    arbejde = indsats(omraade(aftale))
    sen = milepael(arbejde, "Skabelonen er afprøvet", ansvarlig="Gladsaxe", om=-3)
    meldt(milepael(arbejde, "Skabelonen er skrevet", ansvarlig="Gladsaxe", om=-4))
    hvad = udmelding(aftale, "Gravide med misbrug", svarfrist=fabrik.om(-1))
    svaret(hvad, "Herlev")
    sider = {
        "sekretariat": sekretariat().get("/").content.decode(),
        **{navn: klient(Rolle.LAESER, fabrik.kommune(navn).organisation).get("/").content.decode()
           for navn in ("Gladsaxe", "Rødovre", "Herlev")},
    }  # fmt: skip
    milepaelen = f'<a href="{reverse("rammeaftale:milepael", args=[sen.pk])}">Milepæl: Skabelonen er afprøvet</a>'
    svar = f'<a href="{reverse("rammeaftale:udmelding", args=[hvad.pk])}">Svar på udmelding: Gravide med misbrug</a>'
    assert {navn for navn, html in sider.items() if milepaelen in html} == {"sekretariat", "Gladsaxe"}
    assert {navn for navn, html in sider.items() if svar in html} == {"sekretariat", "Gladsaxe", "Rødovre"}
    assert "Skabelonen er skrevet" not in "".join(sider.values()), "it is reached"
    hjulet = klient(Rolle.LAESER, fabrik.kommune("Herlev").organisation).get(side("aarshjul", aftale)).content.decode()
    for html in (sider["sekretariat"], hjulet):
        assert f"{milepaelen}; {svar}" in html
        assert (html.count("2 overskredne"), html.count("1 overskredet")) == (1, 1)


def test_call_whose_report_is_sent_is_owed_by_nobody_until_it_is_taken_up_again() -> None:
    aftale = fabrik.aftale()
    hvad = udmelding(aftale, svarfrist=fabrik.om(-1))
    svaret(hvad, "Herlev")
    sket(hvad, Udmeldingsart.RAPPORT_SENDT)
    html = sekretariat().get(side("aarshjul", aftale)).content.decode()
    assert "1 af 1 har gjort det" in html
    assert "Ingen har overskredet en frist." in html
    sket(hvad, Udmeldingsart.FORNYET_BEHANDLING)
    html = sekretariat().get(side("aarshjul", aftale)).content.decode()
    assert "1 af 1 har gjort det" not in html, "renewed treatment makes the others owe an answer again"
    assert "1 af 3 har gjort det" in html
    assert "Ingen har overskredet en frist." in html, "the first deadline measures no more"


def test_milestone_of_one_who_is_no_party_any_more_is_still_shown() -> None:
    aftale = fabrik.aftale()
    hvad = milepael(indsats(omraade(aftale)), om=-1)
    fremmed = fabrik.kommune("Odense", i="KKR Syddanmark").organisation
    type(hvad).objects.filter(pk=hvad.pk).update(ansvarlig=fremmed)
    assert "Odense Kommune" in sekretariat().get(side("aarshjul", aftale)).content.decode()


# The start page asks for more than the wheel: the area's figures take six statements, and the deadline of the year's takster four.
@pytest.mark.parametrize(("sti", "hoejst"), [("/rammeaftaler/hovedstaden-2027-2028/aarshjul/", 24), ("/", 34)])
def test_number_of_statements_does_not_grow_with_what_is_in_the_wheel(
    sti: str, hoejst: int, django_assert_max_num_queries: Any
) -> None:
    aftale = fabrik.aftale()
    trin(aftale)
    client = sekretariat()
    client.get(sti)
    with django_assert_max_num_queries(hoejst) as faa:
        client.get(sti)
    arbejde, version, organ = indsats(omraade(aftale)), aftale.versioner.get(), organ_i(aftale, Organart.KKR)
    for nr in range(99):
        Moede.objects.create(organ=organ, dato=fabrik.om(nr))
        Hoering.objects.create(version=version, titel=f"Høring {nr}", frist=fabrik.om(nr))
        trin(aftale, f"Trin {nr}", om=nr)
        milepael(arbejde, f"Milepæl {nr}", om=nr - 50)
        udmelding(aftale, f"Udmelding {nr}", svarfrist=fabrik.om(nr))
    with django_assert_max_num_queries(len(faa.captured_queries)):
        client.get(sti)
