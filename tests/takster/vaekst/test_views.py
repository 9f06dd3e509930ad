"""The secretariat's page of the growth: verdict, tables and figures, what it rests on, and what is taken out."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from faelles.tid import idag
from kommuner.models import Rolle
from tests import fabrik
from tests.takster.vaekst.situationer import afdeling, omraade, vilkaar
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db
AAR = 2026


@pytest.fixture
def sekretaer() -> Client:
    klient = Client()
    sekretariat = fabrik.kkr().sekretariat
    assert sekretariat is not None
    klient.force_login(fabrik.bruger(Rolle.SEKRETARIAT, sekretariat))
    return klient


def adresse(rute: str = "vaekst", *andre: str) -> str:
    return reverse(f"takster:{rute}", args=[AAR, *andre])


def tekst(svar: Any) -> str:
    return " ".join(svar.content.decode().split())


def fil(klient: Client, rute: str, **valg: str) -> list[list[str]]:
    svar: Any = klient.get(adresse(rute, "csv"), valg)
    raekker = csv.reader(StringIO(b"".join(svar.streaming_content).decode().lstrip("\ufeff")), delimiter=";")
    return list(raekker)


def test_page_says_whether_the_ceiling_is_kept_and_by_how_much(sekretaer: Client) -> None:
    omraade()
    side = tekst(sekretaer.get(adresse()))
    # (10 × 1,020 + 10 × 1,200 + 15 × 1,000 + 10 × 2,000) / 45 against (30 × 1,000 + 10 × 900) / 40 × 1.029996
    assert "Driftsherrerne har samlet ikke holdt loftet for 2026." in side
    assert (
        "Udgiften ligger 26.686 øre over loftet: 1.271,11 kr. pr. plads pr. døgn mod 1.004,25 kr. 0 af 2 driftsherrer holder det hver for sig."
        in side
    )
    assert "Regnet additivt var loftet 1.004,64 kr., og dommen: udgiften ligger 26.647 øre over loftet." in side


def test_page_shows_operators_legal_bases_overhead_and_figures(sekretaer: Client) -> None:
    omraade()
    svar = sekretaer.get(adresse())
    side = tekst(svar)
    gladsaxe, roedovre = svar.context["driftsherrer"]
    assert (gladsaxe["navn"], roedovre["navn"]) == ("Gladsaxe Kommune", "Rødovre Kommune")
    assert [f"{tal:.2f}" for tal in roedovre["udgifter"]] == ["1040.40", "1071.00", "1200.00"]
    assert (roedovre["afstand"], roedovre["over_normen"], gladsaxe["over_normen"]) == ("17.000 øre over", True, False)
    assert "Normen for overhead er 6,0 procent af de direkte omkostninger; 1 driftsherre ligger over." in side
    assert [r["navn"] for r in svar.context["hjemler"]] == ["§ 107 Midlertidigt botilbud"]
    assert len(svar.context["kurve"]["data"]["values"]) == 6
    assert len(svar.context["vandfald"]["data"]["values"]) == 6


def test_page_tells_price_from_other_offers_and_names_what_is_left_out(sekretaer: Client) -> None:
    omraade()
    svar = sekretaer.get(adresse())
    side = tekst(svar)
    virkninger = {navn: (v.tilbud, v.kr) for navn, v in svar.context["virkninger"]}
    assert {navn: antal for navn, (antal, _) in virkninger.items()} == {
        "Prisen i de samme tilbud": 2,
        "Tilbud med andre pladser eller hjemler": 1,
        "Nye tilbud": 1,
        "Tilbud uden takst længere": 1,
    }
    hele = svar.context["v"].sammensaetning
    assert hele.foer + sum(kr for _, kr in virkninger.values()) == hele.nu
    assert "Prisen i de samme tilbud er +" in side
    assert [(et.grund.value, et.nu) for _, et in svar.context["udeladte"]] == [
        ("uden_beregning", 1), ("del_af_aaret", 1), ("uden_takst", 2), ("anden_enhed", 1), ("privat", 1),
    ]  # fmt: skip


def test_page_names_the_terms_it_rests_on(sekretaer: Client) -> None:
    omraade()
    side = tekst(sekretaer.get(adresse()))
    assert "Testaftale, sæt 2 (endeligt), som gælder 1. januar 2026." in side
    assert "<dt>Vækstloftets basisår</dt><dd>2024<span" in side
    assert "<dt>Aftalt PL pr. år</dt><dd>2025: 2; 2026: 2 (procent)<span" in side


@pytest.mark.parametrize(
    ("sorter", "foerst"), [("navn", "G"), ("-navn", "R"), ("loft", "G"), ("-loft", "R"), ("overhead", "G"), ("x", "G")]
)
def test_operators_are_in_the_order_asked_for(sekretaer: Client, sorter: str, foerst: str) -> None:
    omraade()
    afdeling((2026, 500), i="Herlev")
    raekker = sekretaer.get(adresse(), {"sorter": sorter}).context["driftsherrer"]
    assert raekker[0]["navn"][0] == foerst
    if sorter.endswith("loft"):
        assert raekker[-1]["navn"] == "Herlev Kommune"


def test_takster_per_day_are_a_page_of_their_own(sekretaer: Client) -> None:
    omraade()
    side = tekst(sekretaer.get(adresse(), {"enhed": "dag"}))
    assert "Væksten kan ikke vurderes. Udgiften mangler for 2024 og 2026." in side
    assert "Takster i den anden enhed" in side


def test_missing_term_is_named_and_what_is_left_out_is_told(sekretaer: Client) -> None:
    vilkaar(uden=Noegle.VAEKSTLOFT_METODE)
    afdeling((2024, 1000), (2026, 1000))
    afdeling()
    side = tekst(sekretaer.get(adresse()))
    assert "Væksten kan ikke vurderes. Vilkåret »Vækstloftets fradrag regnes« (vaekstloft_metode" in side
    assert "Tilbud uden takst i året" in side


def test_address_without_a_year_leads_to_this_year(sekretaer: Client) -> None:
    svar: Any = sekretaer.get(reverse("takster:aarets_vaekst"))
    assert svar.url == reverse("takster:vaekst", args=[idag().year])


@pytest.mark.parametrize("aar", [1999, 2101])
def test_year_no_takst_can_be_of_is_not_found(sekretaer: Client, aar: int) -> None:
    assert sekretaer.get(reverse("takster:vaekst", args=[aar])).status_code == 404


def test_table_taken_out_holds_every_year_of_every_series(sekretaer: Client) -> None:
    omraade()
    hoved, *raekker = fil(sekretaer, "eksport_vaekst")
    assert [(r[0], r[1], r[2]) for r in raekker if r[2] == "2026"] == [
        ("I alt", "Alle", "2026"),
        ("Driftsherre", "Gladsaxe Kommune", "2026"),
        ("Driftsherre", "Rødovre Kommune", "2026"),
        ("Hjemmel", "§ 107 Midlertidigt botilbud", "2026"),
    ]
    assert raekker[2][hoved.index("Under loftet i øre")] == "-26686"
    assert raekker[0][hoved.index("Under loftet i øre")] == ""


def test_list_of_what_is_left_out_names_each_with_its_reason(sekretaer: Client) -> None:
    omraade()
    _, *raekker = fil(sekretaer, "eksport_udeladte")
    assert {(r[2], r[0].split(",")[0]) for r in raekker} == {
        ("Huset", "Takster"),
        ("Midt i året", "Takster"),
        ("Værkstedet", "Takster i den anden enhed"),
        ("Uden takst", "Tilbud uden takst i året"),
        ("Fondens", "Private og selvejende tilbud"),
        *((navn, "Tilbud uden takst i året") for _, _, navn, *_ in raekker if navn.startswith("Tilbud ")),
    }


def test_page_asks_as_much_of_one_offer_as_of_a_hundred(
    sekretaer: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    vilkaar()
    afdeling((2024, 1000), (2026, 1000))
    sekretaer.get(adresse())
    with django_assert_num_queries(12):
        sekretaer.get(adresse())
    for _ in range(99):
        afdeling((2024, 1000), (2026, 1000))
    with django_assert_num_queries(12):
        assert sekretaer.get(adresse()).context["v"].alle


def egen(rolle: Rolle = Rolle.DRIFTSHERRE_OEKONOMI, i: str = "Rødovre") -> Client:
    klient = Client()
    klient.force_login(fabrik.bruger(rolle, fabrik.kommune(i).organisation))
    return klient


def test_operator_sees_its_own_row_beside_the_area_and_nobody_elses() -> None:
    omraade()
    svar = egen().get(adresse("egen_vaekst"))
    side = tekst(svar)
    (et,) = svar.context["omraader"]
    assert [r["navn"] for r in et["raekker"]] == ["Rødovre Kommune", "Alle driftsherrer i området"]
    assert "Jeres udgift ligger 17.000 øre over loftet: 1.200,00 kr. pr. plads pr. døgn mod 1.030,00 kr." in side
    assert "samlet ikke holdt loftet for 2026" in side
    assert (
        "Jeres udgift er indeks 115,3. I området: udgiften pr. plads pr. døgn i faste priser er indeks 125,3 i 2026"
        in side
    )
    assert "Gladsaxe" not in side
    assert {v["serie"] for v in et["kurve"]["data"]["values"]} == {"Jeres udgift", "Områdets udgift", "Loft"}
    assert "Testaftale, sæt 2 (endeligt): Vækstloftets basisår 2024 (" in side


def test_operator_without_the_base_year_or_without_offers_is_told_so() -> None:
    omraade()
    afdeling((2026, 1000), i="Herlev")
    fabrik.kommune("Ballerup")
    assert "Jeres egen vækst kan ikke vurderes" in tekst(egen(i="Herlev").get(adresse("egen_vaekst")))
    assert "Ingen tilbud" in tekst(egen(i="Ballerup").get(adresse("egen_vaekst")))


def test_operator_is_told_which_term_lacks() -> None:
    vilkaar(uden=Noegle.VAEKSTLOFT_METODE)
    afdeling((2024, 1000), (2026, 1000), i="Rødovre")
    assert "Væksten kan ikke vurderes. Vilkåret" in tekst(egen().get(adresse("egen_vaekst")))
    assert adresse("egen_vaekst") in tekst(egen().get(reverse("takster:liste"), {"aar": AAR}))


def test_what_is_left_out_is_listed_with_its_reason_as_it_is_counted(sekretaer: Client) -> None:
    omraade()
    talt = {et.grund: et.nu for _, et in sekretaer.get(adresse()).context["udeladte"]}
    svar = sekretaer.get(adresse("udeladte_af_vaekst"))
    fundne = [et.grund for _, et in svar.context["side"]]
    assert {grund: fundne.count(grund) for grund in talt} == talt
    _, *raekker = fil(sekretaer, "eksport_udeladte")
    assert len(fundne) == len(raekker)
    for grund, *navne in raekker:
        for ord_ in (grund, *navne[:2]):
            assert ord_ in tekst(svar)


def test_what_is_left_out_is_narrowed_to_one_reason_from_the_count_of_it(sekretaer: Client) -> None:
    omraade()
    _, foerste = sekretaer.get(adresse()).context["udeladte"][0]
    url = f"{adresse('udeladte_af_vaekst')}?enhed=doegn&amp;grund={foerste.grund}"
    assert url in tekst(sekretaer.get(adresse()))
    svar = sekretaer.get(adresse("udeladte_af_vaekst"), {"grund": foerste.grund})
    assert {et.grund for _, et in svar.context["side"]} == {foerste.grund}
    assert "Intet er udeladt" in tekst(sekretaer.get(adresse("udeladte_af_vaekst"), {"grund": "findes-ikke"}))
