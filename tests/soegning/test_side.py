"""The search page: what it says, what it never says, and where its links lead."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from faelles.tid import Periode
from kommuner.models import Rolle
from reservationer.soegning.kriterier import Kriterium
from reservationer.soegning.views import LEMPES_MED, RAAD
from takster.models import OffentliggjortPris
from tests import fabrik
from tilbud.models import OffentligtTilbud

pytestmark = pytest.mark.django_db

PERIODE = {"fra": fabrik.om(10).isoformat(), "til": fabrik.om(39).isoformat()}


@pytest.fixture
def rodovre(client: Client) -> Client:
    """A case worker's browser."""
    client.force_login(fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation))
    return client


def soeg(klient: Client, **valg: str | list[str]) -> tuple[Any, str]:
    """The answer and the words on the page."""
    svar = klient.get(reverse("soegning:soeg"), {**PERIODE, **valg})
    return svar, re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", svar.content.decode()))


def test_side_opens_without_a_search_and_with_a_part_of_one(rodovre: Client) -> None:
    for data in ({}, {"tekst": "Solbakken"}):
        svar = rodovre.get(reverse("soegning:soeg"), data)
        assert svar.status_code == 200
        assert not svar.context["form"].errors
        assert svar.context["form"]["tekst"].value() == data.get("tekst")
        assert "Du har ikke søgt endnu" in svar.content.decode()


@pytest.mark.parametrize(
    ("valg", "felt"),
    [
        ({"fra": "31.2.2027"}, "fra"),
        ({"fra": fabrik.om(-1).isoformat()}, "fra"),
        ({"til": fabrik.om(9).isoformat()}, "til"),
        ({"hoejeste_takst": "mange penge"}, "hoejeste_takst"),
        ({"maalgruppe": "noget"}, "maalgruppe"),
        ({"kommuner": "9999"}, "kommuner"),
    ],
)
def test_side_shows_a_fault_at_its_field_and_no_result(rodovre: Client, valg: dict[str, str], felt: str) -> None:
    fabrik.ledig_plads()
    svar, tekst = soeg(rodovre, **valg)
    assert list(svar.context["form"].errors) == [felt]
    assert "afdeling med" not in tekst


def test_side_reads_an_old_code_in_its_address_as_the_one_that_took_its_place(rodovre: Client) -> None:
    ny, gammel = fabrik.hjemmel("BL-43"), fabrik.hjemmel("SEL-66")
    gammel.erstattes_af = ny
    gammel.save()
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Hjemmet", hjemler=("BL-43",))))
    svar, _ = soeg(rodovre, hjemmel="SEL-66")
    assert [r.fakta.tilbud for r in svar.context["side"]] == ["Hjemmet"]
    assert svar.context["form"]["hjemmel"].value() == "BL-43"
    assert '<option value="BL-43" selected' in svar.content.decode()


def test_side_danish_amount_and_last_day_are_read_as_people_write_them(rodovre: Client) -> None:
    plads = fabrik.ledig_plads(til=fabrik.om(40))
    fabrik.takst(plads.afdeling, "2687.50")
    svar, _ = soeg(rodovre, hoejeste_takst="2.687,50")
    assert svar.context["profil"].hoejeste_takst == Decimal("2687.50")
    assert svar.context["profil"].periode == Periode(fabrik.om(10), fabrik.om(40))
    assert len(svar.context["side"]) == 1


def test_side_stale_place_is_called_unknown_never_free(rodovre: Client) -> None:
    afdeling = fabrik.ledig_plads().afdeling
    fabrik.bekraeftet(afdeling, dage_siden=31)
    _, tekst = soeg(rodovre)
    assert "Ukendt siden" in tekst
    assert "1 uden reservation" in tekst
    assert not re.search(r"\d+ ledige?\b", tekst)
    assert "0 afdelinger med ledig plads, og 1 hvor det er ukendt" in tekst


def test_side_empty_result_offers_to_relax_the_criterion_that_removes_most(rodovre: Client) -> None:
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(i="Herlev")))
    fabrik.tilbud(i="Gladsaxe")
    svar, tekst = soeg(rodovre, kommuner=fabrik.kommune("Gladsaxe").pk, hjemmel="SEL-107")
    assert (
        "Kravet »Kommune« er det, der alene sorterer flest fra. Uden det er der 1 afdeling at vælge imellem." in tekst
    )
    assert len(rodovre.get(svar.context["tom"]["handling_url"]).context["side"]) == 1


def test_side_empty_result_in_a_kkr_offers_to_search_the_whole_country(rodovre: Client) -> None:
    fabrik.kommune("Odense", i="KKR Syddanmark")
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(i="Odense")))
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(alder_fra=40)))
    svar, tekst = soeg(rodovre, kkr=str(fabrik.kkr().pk), alder="30")
    assert "Kravet »Alder« er det, der alene sorterer flest fra. Uden det er der 1 afdeling" in tekst
    assert "Der er kun søgt i det valgte KKR" in tekst
    landet = rodovre.get(svar.context["landet_url"])
    assert [r.fakta.kommune for r in landet.context["side"]] == ["Odense"]
    assert not soeg(rodovre, alder="12")[0].context["landet_url"]


def test_udeladte_page_of_a_kkr_shows_what_lies_outside_as_a_step_of_its_own(rodovre: Client) -> None:
    fabrik.kommune("Odense", i="KKR Syddanmark")
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Fjordhuset", i="Odense")))
    valg = PERIODE | {"kkr": str(fabrik.kkr().pk)}
    html = rodovre.get(reverse("soegning:udeladte"), valg).content.decode()
    assert "Fjordhuset" not in html
    (vej,) = re.findall(r'href="([^"]+)">Tag dem uden for KKR', html)
    html = rodovre.get(reverse("soegning:udeladte") + vej.replace("&amp;", "&")).content.decode()
    assert "Fjordhuset" in html
    assert "Kode: kkr" in html
    for ventet in (False, True):
        fil = rodovre.get(
            reverse("soegning:eksport_udeladte", args=["csv"]), valg | ({"uden_for_kkr": "1"} if ventet else {})
        )
        assert ("Fjordhuset" in fil.getvalue().decode("utf-8-sig")) is ventet


def test_side_empty_result_that_no_single_criterion_explains_offers_to_relax_the_fewest(rodovre: Client) -> None:
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(i="Herlev", hjemler=("SEL-108",))))
    fabrik.tilbud(i="Gladsaxe")
    svar, tekst = soeg(rodovre, kommuner=fabrik.kommune("Gladsaxe").pk, hjemmel="SEL-107")
    assert "Intet enkelt krav er skyld i det. Uden »Hjemmel og Kommune« er der 1 afdeling" in tekst
    assert len(rodovre.get(svar.context["tom"]["handling_url"]).context["side"]) == 1


def test_side_empty_result_names_only_what_the_link_takes_away(rodovre: Client) -> None:
    fabrik.optag(fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(i="Herlev"))), Periode(fabrik.om(0)))
    fabrik.tilbud(i="Gladsaxe")
    svar, tekst = soeg(rodovre, kommuner=fabrik.kommune("Gladsaxe").pk)
    assert "Prøv også en anden periode." in tekst
    assert svar.context["tom"]["handling_tekst"] == "Søg uden »Kommune«"


def test_side_empty_result_of_a_period_without_places_offers_another_period(rodovre: Client) -> None:
    fabrik.optag(fabrik.ledig_plads(), Periode(fabrik.om(0)))
    svar, tekst = soeg(rodovre)
    assert "Kravet »Ledig i hele perioden« er det, der alene sorterer flest fra" in tekst
    assert "Prøv en anden periode" in tekst
    assert not svar.context["tom"]["handling_url"]


@pytest.mark.parametrize("felter", [{"forbeholdt_egne": True}, {"art": "dag", "forbeholdt_beboere": True}])
def test_side_empty_result_of_places_kept_for_others_says_whom_to_ask(rodovre: Client, felter: dict[str, Any]) -> None:
    fabrik.ledig_plads(**felter)
    _, tekst = soeg(rodovre)
    assert "Kravet »Ikke forbeholdt andre«" in tekst
    assert "Spørg driftsherren, om borgeren alligevel kan få pladsen." in tekst
    assert "en anden periode" not in tekst


def test_side_has_advice_or_a_field_to_leave_out_for_every_criterion() -> None:
    assert {*LEMPES_MED, *RAAD} == set(Kriterium) - {Kriterium.KKR}, "one's own KKR is where one searches"


def test_side_says_of_each_hit_what_is_met_unknown_and_not_met(rodovre: Client) -> None:
    autisme, angst = fabrik.maalgruppe(), fabrik.maalgruppe("Angst")
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(maalgrupper=("Angst",))))
    _, tekst = soeg(rodovre, maalgruppe=str(autisme.pk), andre_maalgrupper=str(angst.pk), niveauer="1")
    for linje in ("Målgruppe: opfyldt", "Niveau: ukendt", "Autismespektrum: ikke opfyldt", "Angst: opfyldt"):
        assert linje in tekst


def test_side_finds_what_has_neither_places_nor_departments_and_asks_the_offer_itself(rodovre: Client) -> None:
    team = fabrik.tilbud("Hjemmevejledningen", uden_pladser=True)
    fabrik.tilbud("Tomt hus")  # has places to be, and none
    svar, tekst = soeg(rodovre)
    assert [r.fakta.tilbud for r in svar.context["side"]] == ["Hjemmevejledningen"]
    assert "Uden pladser Spørg, hvornår ydelsen kan begynde" in tekst
    assert not re.search(r"\d+ ledige?\b", tekst)
    (vej,) = re.findall(r'href="(/forespoergsler/ny[^"]+)"', svar.content.decode())
    assert f"tilbud={team.pk}" in vej
    assert "Kan ikke vælges til sammenligning, fordi tilbuddet ikke har afdelinger. Spørg det for sig" in tekst
    assert "Hjemmevejledningen" in rodovre.get(vej.replace("&amp;", "&")).content.decode()
    fabrik.hjemmel("SEL-108")
    for valg, grund in (({"hjemmel": "SEL-108"}, "hjemmel"), ({"arter": "doegn"}, "arter")):
        svar, _ = soeg(rodovre, **valg)
        assert not svar.context["side"]
        assert f"Kode: {grund}" in rodovre.get(svar.context["udeladte_url"]).content.decode()
    fil = rodovre.get(reverse("soegning:eksport", args=["csv"]), PERIODE).getvalue().decode("utf-8-sig")
    assert "Hjemmevejledningen" in fil
    assert "None" not in fil


def test_side_names_what_is_delivered_without_places_for_what_it_is_and_offers_to_ask(rodovre: Client) -> None:
    team = fabrik.afdeling(fabrik.tilbud("Hjemmevejledningen", uden_pladser=True))
    svar, tekst = soeg(rodovre)
    assert "0 afdelinger med ledig plads, og 1 , der leverer ydelsen uden pladser" in tekst
    assert "Uden pladser Spørg, hvornår ydelsen kan begynde" in tekst
    for falsk in ("1 uden reservation", "aldrig bekræftet", "Reservér"):
        assert falsk not in tekst
    assert not re.search(r"\d+ ledige?\b", tekst)
    assert f"{reverse('forespoergsler:ny')}?fra=" in (html := svar.content.decode())
    assert f"afdeling={team.pk}" in html


def test_offers_own_page_says_that_it_has_no_places_and_nothing_else_of_them(rodovre: Client) -> None:
    hvor = fabrik.tilbud("Hjemmevejledningen", uden_pladser=True)
    for afdelinger in (0, 1):
        for _ in range(afdelinger):
            fabrik.afdeling(hvor)
        tekst = rodovre.get(reverse("tilbud:detalje", args=[hvor.pk])).content.decode()
        assert "Tilbuddet leveres uden pladser" in tekst
        assert ("Ingen afdelinger" in tekst) is not bool(afdelinger)
        assert "findes tilbuddet i søgningen" not in tekst, "it is found without, too"
        assert "Send forespørgsel" in tekst
        for falsk in (
            "Find en ledig plads",
            "Kalenderen viser",
            "ingen åbne pladser",
            "ukendt, om der er ledige",
            "Bekræft pladser",
        ):
            assert falsk not in tekst


def test_udeladte_page_gives_the_reason_and_its_code(rodovre: Client) -> None:
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(alder_fra=40)))
    html = rodovre.get(reverse("soegning:udeladte"), PERIODE | {"alder": "30"}).content.decode()
    assert "Borgeren er uden for tilbuddets alder" in html
    assert "Kode: alder" in html


def test_side_published_offers_stand_apart_with_source_and_year_and_without_places(rodovre: Client) -> None:
    tilbud = OffentligtTilbud.objects.create(
        raekke=4,
        navn="Kendt fra nettet",
        kommune=fabrik.kommune("Herlev"),
        pladser=77,
        kilde_url="https://example.dk/a",
    )
    OffentliggjortPris.objects.create(
        raekke=9,
        tilbud=tilbud,
        tilbud_navn=tilbud.navn,
        ydelse="Botilbud",
        beloeb=Decimal("2278.00"),
        enhed="døgn",
        aar=2021,
        moms="inkl. moms",
        note="365 d/å",
        kilde_url="https://example.dk/b",
    )
    svar, tekst = soeg(rodovre, kommuner=fabrik.kommune("Herlev").pk)
    assert "Offentliggjorte tilbud og priser (ikke i pladsregnskabet)" in tekst
    assert "2.278,00 kr. pr. døgn, 2021" in tekst
    assert "Botilbud · inkl. moms · Note: 365 d/å · kilde" in tekst
    assert "https://example.dk/b" in svar.content.decode()
    assert "77" not in tekst
    assert not svar.context["side"].object_list


def loes_pris(raekke: int, navn: str = "Hadruplund") -> OffentliggjortPris:
    """A price whose offer stands on no list."""
    return OffentliggjortPris.objects.create(
        raekke=raekke,
        tilbud_navn=navn,
        ydelse=f"Ydelse {raekke}",
        beloeb=Decimal(1000 + raekke),
        moms="inkl. moms",
        note="lægges til basistakst",
        kilde_url="https://example.dk/c",
        mangler=["hjemlen er ikke angivet"],
    )


def test_side_prices_without_an_offer_are_found_by_name_and_hjemmel_but_never_by_municipality(rodovre: Client) -> None:
    loes_pris(1).hjemler.set([fabrik.hjemmel("SEL-107")])
    for valg in ({"tekst": "hadrup"}, {"hjemmel": "SEL-107"}):
        svar, tekst = soeg(rodovre, **valg)
        assert "1.001,00" in tekst
        assert "inkl. moms" in tekst
        assert "Note: lægges til basistakst" in tekst
        assert "https://example.dk/c" in svar.content.decode()
    for valg in ({"tekst": "andet"}, {"hjemmel": "SEL-108"}, {"kommuner": fabrik.tilbud().beliggenhedskommune_id}):
        fabrik.hjemmel("SEL-108")
        assert "1.001,00" not in soeg(rodovre, **valg)[1]


def test_side_shows_the_first_published_prices_and_a_way_to_them_all(rodovre: Client) -> None:
    for raekke in range(11):
        loes_pris(raekke)
    _, tekst = soeg(rodovre)
    assert "Ydelse 9 " in tekst
    assert "Ydelse 10 " not in tekst
    assert "Vis alle offentliggjorte tilbud og priser, der passer" in tekst
    _, alle = soeg(rodovre, alle="1")
    assert "Ydelse 10 " in alle
    assert "Vis alle offentliggjorte" not in alle


def test_side_sends_a_constant_number_of_statements(rodovre: Client, django_assert_max_num_queries: Any) -> None:
    def kald() -> int:
        with django_assert_max_num_queries(30) as maalt:
            soeg(rodovre, hjemmel="SEL-107")
        return len(maalt)

    fabrik.bekraeftet(fabrik.takst(fabrik.ledig_plads().afdeling).afdeling)
    foer = kald()
    for nummer in range(40):
        afdeling = fabrik.ledig_plads().afdeling
        fabrik.takst(afdeling)
        fabrik.bekraeftet(afdeling)
        OffentligtTilbud.objects.create(
            raekke=nummer, navn=f"Nr. {nummer}", kilde_url="https://example.dk"
        ).hjemler.set([fabrik.hjemmel()])
    assert kald() <= foer + 1  # the published prices are fetched only when there are published offers


@pytest.mark.parametrize(
    ("vaegt", "foerst"), [("vigtige_maalgrupper", "Angsthuset"), ("andre_maalgrupper", "Parhuset")]
)
def test_side_ranks_by_the_weights_chosen(rodovre: Client, vaegt: str, foerst: str) -> None:
    """Two groups that matter something (1 + 1) weigh more than one (1), and no more than one that matters much (2), which goes first by name."""
    autisme, angst, depression = (fabrik.maalgruppe(navn) for navn in ("Autismespektrum", "Angst", "Depression"))
    for navn, grupper in (("Angsthuset", ("Angst",)), ("Parhuset", ("Autismespektrum", "Depression"))):
        fabrik.bekraeftet(fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(navn, maalgrupper=grupper))).afdeling)
    noget = [str(autisme.pk), str(depression.pk)]
    valg = {"andre_maalgrupper": noget} | {vaegt: [str(angst.pk), *(noget if vaegt == "andre_maalgrupper" else [])]}
    svar, _ = soeg(rodovre, **valg)
    assert svar.context["raekker"][0][0].fakta.tilbud == foerst


def test_distance_has_a_column_of_its_own_where_there_is_a_place_to_count_from(rodovre: Client) -> None:
    punkt: dict[str, Any] = {
        "laengdegrad": Decimal("12.45"),
        "breddegrad": Decimal("55.77"),
    }  # 10 km north of the town hall
    for tilbud in (fabrik.tilbud("Nordhuset", **punkt), fabrik.tilbud("Ukendt")):
        fabrik.bekraeftet(fabrik.ledig_plads(fabrik.afdeling(tilbud)).afdeling)
    _, tekst = soeg(rodovre)
    assert "Takst Afstand Krav" in tekst
    om = {del_.partition(" ")[0]: del_ for del_ in re.split(r"(?=Nordhuset Hovedhuset|Ukendt Hovedhuset)", tekst)}
    assert (" 10 km " in om["Nordhuset"], " km " in om["Ukendt"]) == (True, False)
    hvem = fabrik.kkr().sekretariat
    assert hvem is not None
    sekretariat = Client()
    sekretariat.force_login(fabrik.bruger(Rolle.SEKRETARIAT, hvem))
    _, tekst = soeg(sekretariat)
    assert "Takst Krav" in tekst
