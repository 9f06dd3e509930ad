"""The secretariat's page of total price against list price: words, tables, what may not be shown, and what is taken out."""

import csv
import re
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from freezegun import freeze_time
from pytest_django import DjangoAssertNumQueries

from faelles.tid import Periode
from kommuner.models import Rolle
from tests import fabrik
from tests.sag.prisudvikling.situationer import AAR, BASIS, afdeling, betalt, dyrere, omraade
from tests.takster.vaekst.situationer import vilkaar
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db
AARET = Periode.aar(AAR)
STATEMENTS = 18


def logget_ind(klient: Client) -> Client:
    sekretariat = fabrik.kkr().sekretariat
    assert sekretariat is not None
    klient.force_login(fabrik.bruger(Rolle.SEKRETARIAT, sekretariat))
    return klient


@pytest.fixture
def sekretaer() -> Client:
    return logget_ind(Client())


def adresse(rute: str = "aaret", *andre: str, aar: int = AAR) -> str:
    return reverse(f"prisudvikling:{rute}", args=[aar, *andre])


def tekst(svar: Any) -> str:
    return " ".join(svar.content.decode().split())


def fil(klient: Client, rute: str, **valg: str) -> list[list[str]]:
    svar: Any = klient.get(adresse(rute, "csv"), valg)
    return list(csv.reader(StringIO(b"".join(svar.streaming_content).decode().lstrip("\ufeff")), delimiter=";"))


def test_page_says_what_a_day_cost_beside_the_takst_and_that_the_price_grew_more(sekretaer: Client) -> None:
    omraade()
    side = tekst(sekretaer.get(adresse()))
    # (5 × 1,122 + 5 × 2,040 + 5 × 510) / 15 against (5 × 1,020 + 5 × 2,040 + 5 × 510) / 15
    assert (
        "Et døgn kostede i gennemsnit 1.224,00 kr. i 2025 mod 1.190,00 kr. efter de offentliggjorte takster: 34,00 kr. (2,9 procent) mere. "
        "Tillæg er 34,00 kr. af prisen." in side
    )
    assert (
        "I faste priser er den samlede pris indeks 102,9 i 2025, når 2024 er 100, og taksten for de samme ophold indeks 100,0: "
        "prisen med tillæg er vokset mere end taksten." in side
    )
    assert "Der er talt til og med 31. december 2025." in side


def test_page_shows_operators_and_hides_who_has_few_stays_but_not_their_sum(sekretaer: Client) -> None:
    omraade()
    svar = sekretaer.get(adresse())
    assert [r["navn"] for r in svar.context["driftsherrer"]] == ["Fonden", "Gladsaxe Kommune"]
    gladsaxe = svar.context["driftsherrer"][1]["aaret"]
    assert [gladsaxe[navn] for navn in ("takst", "samlet", "tillaeg", "forskel")] == [1020, 1122, 102, 102]
    assert (gladsaxe["et"].vejledende_indeks, gladsaxe["et"].samlet_indeks) == (100, 110)
    assert [a["tal"].dage for a in svar.context["aarene_vist"]] == [15 * 366, 15 * 365]
    assert [r["navn"] for r in svar.context["hjemler"]] == ["§ 107 Midlertidigt botilbud"]
    assert "Herlev" not in tekst(svar)
    assert {v["serie"] for v in svar.context["kurve"]["data"]["values"]} == {"Samlet pris", "Takst"}


def test_page_shows_volume_and_private_spend_beside_the_price(sekretaer: Client) -> None:
    omraade()
    svar = sekretaer.get(adresse())
    (private,) = [e for e in svar.context["ejere"] if e["navn"].startswith("Private") and e["et"].aar == AAR]
    assert (private["tal"].dage, private["tal"].samlet) == (5 * 365, 5 * 365 * 2040)
    assert [round(private[navn], 1) for navn in ("andel_dage", "andel_beloeb")] == [Decimal("33.3"), Decimal("55.6")]
    assert "3.723.000 kr." in tekst(svar)


def test_page_names_the_clause_and_set_of_the_limit_and_of_the_fixed_prices(sekretaer: Client) -> None:
    omraade()
    side = tekst(sekretaer.get(adresse()))
    assert "Det, der hviler på færre end 5 ophold eller ville røbe et sådant tal, vises ikke." in side
    klausuler = re.findall(r"Efter ([^<]+), sæt 2 i Testaftale", side)
    assert len(klausuler) == 2


def test_area_with_few_stays_shows_no_figure(sekretaer: Client) -> None:
    vilkaar()
    betalt(afdeling((AAR, "1234")), AARET, 1234)
    svar = sekretaer.get(adresse())
    side = tekst(svar)
    assert "Der er for få ophold med både aftalt pris og offentliggjort takst i 2025 til, at tallene kan vises." in side
    assert "1.234" not in side
    assert "Ingen grund har så mange ophold, at den kan nævnes." in side
    assert (svar.context["kurve"], fil(sekretaer, "eksport")[1:]) == (None, [])


def test_without_the_limit_nothing_is_shown_and_the_term_is_named(sekretaer: Client) -> None:
    vilkaar(uden=Noegle.DISKRETION_GRAENSE)
    for _ in range(5):
        betalt(afdeling((AAR, "1234")), AARET, 1234)
    side = tekst(sekretaer.get(adresse()))
    assert "Tallene kan ikke vises. Vilkåret" in side
    assert "diskretion_graense" in side
    assert "1.234" not in side


def test_without_agreed_pl_the_year_is_told_in_its_own_prices_and_the_term_is_named(sekretaer: Client) -> None:
    vilkaar(uden=Noegle.VAEKSTLOFT)
    hvor = afdeling((BASIS, "1000"), (AAR, "1000"))
    for _ in range(5):
        dyrere(hvor, (1000, 0), (1000, 50))
    svar = sekretaer.get(adresse())
    assert "Der er ingen faste priser og ingen tidligere år. Vilkåret" in tekst(svar)
    assert [a["et"].aar for a in svar.context["aarene_vist"]] == [AAR]
    assert svar.context["kurve"] is None


def test_month_that_is_not_over_is_not_counted() -> None:
    vilkaar()
    hvor = afdeling((AAR, "1000"))
    for _ in range(5):
        betalt(hvor, Periode(AARET.fra), 1000)
    with freeze_time(date(AAR, 3, 17)):
        (aaret,) = logget_ind(Client()).get(adresse()).context["aarene_vist"]
        assert aaret["tal"].dage == 5 * (31 + 28)
    with freeze_time(date(AAR, 1, 17)):
        side = tekst(logget_ind(Client()).get(adresse()))
        assert "Ingen måned i 2025 er slut endnu. Vælg et tidligere år." in side


def test_what_is_not_in_the_figures_is_told_by_reason_and_owner_where_there_is_enough(sekretaer: Client) -> None:
    vilkaar()
    for ejer, antal in (("Fonden", 5), ("", 4)):
        hvor = afdeling(ejer=ejer)
        for _ in range(antal):
            betalt(hvor, AARET, 3000)
    svar = sekretaer.get(adresse())
    (grund, ejer, udeladt) = svar.context["udeladte"][0]
    assert (grund, ejer, udeladt.dage) == (
        "Ingen offentliggjort takst efter opholdets hjemmel", "Private og selvejende tilbud", 5 * 365,
    )  # fmt: skip
    assert len(svar.context["udeladte"]) == 1
    _, raekke = fil(sekretaer, "eksport_udeladte")
    assert raekke[:6] == [grund, ejer, "2025", "kr./døgn", "1825", "5475000,00"]


@pytest.mark.parametrize(
    ("sorter", "foerst"), [("navn", "F"), ("-navn", "G"), ("samlet", "G"), ("-forskel", "G"), ("forskel", "F"), ("x", "F")]
)  # fmt: skip
def test_operators_are_in_the_order_asked_for(sekretaer: Client, sorter: str, foerst: str) -> None:
    omraade()
    assert sekretaer.get(adresse(), {"sorter": sorter}).context["driftsherrer"][0]["navn"][0] == foerst


def test_operator_without_enough_stays_in_the_year_keeps_its_earlier_ones_and_stands_last(sekretaer: Client) -> None:
    omraade()
    hvor = afdeling((BASIS, "700"), i="Herlev", ejer="Aa-fonden")
    for _ in range(5):
        betalt(hvor, Periode.aar(BASIS), 700)
    svar = sekretaer.get(adresse(), {"sorter": "-samlet"})
    assert [(r["navn"], r["aaret"] is None) for r in svar.context["driftsherrer"]][-1] == ("Aa-fonden", True)
    assert '<td class="tal">skjult</td>' in tekst(svar)


def test_prices_per_day_are_a_page_of_their_own_and_the_growth_leads_here(sekretaer: Client) -> None:
    omraade()
    assert "Der er for få ophold" in tekst(sekretaer.get(adresse(), {"enhed": "dag"}))
    vaeksten = tekst(sekretaer.get(reverse("takster:vaekst", args=[AAR]), {"enhed": "dag"}))
    assert f"{adresse()}?enhed=dag" in vaeksten


@pytest.mark.parametrize("aar", [1999, 2101])
def test_year_no_takst_can_be_of_is_not_found(sekretaer: Client, aar: int) -> None:
    assert sekretaer.get(adresse(aar=aar)).status_code == 404


def test_table_taken_out_holds_every_year_of_every_series_and_the_terms(sekretaer: Client) -> None:
    omraade()
    hoved, *raekker = fil(sekretaer, "eksport")
    assert [(r[0], r[1]) for r in raekker if r[2] == str(AAR)] == [
        ("I alt", "I alt"),
        ("Ejer", "Kommunale tilbud"),
        ("Ejer", "Private og selvejende tilbud"),
        ("Driftsherre", "Fonden"),
        ("Driftsherre", "Gladsaxe Kommune"),
        ("Hjemmel", "§ 107 Midlertidigt botilbud"),
    ]
    gladsaxe = dict(zip(hoved, raekker[9], strict=True))
    assert (gladsaxe["Navn"], gladsaxe["År"], gladsaxe["Døgn eller dage"]) == ("Gladsaxe Kommune", "2025", "1825")
    assert (gladsaxe["Heraf tillæg"], gladsaxe["Prisens indeks"], gladsaxe["Prisår"]) == ("186150,00", "110,00", "2025")
    assert "sæt 2 i Testaftale" in gladsaxe["PL efter"]
    assert gladsaxe["Vilkår"] == "Testaftale, sæt 2"


def test_page_asks_as_much_of_few_stays_as_of_a_hundred(
    sekretaer: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    vilkaar()
    hvor = afdeling((AAR, "1000"), ejer="Fonden")
    for _ in range(5):
        betalt(hvor, AARET, 1000)
    sekretaer.get(adresse())
    with django_assert_num_queries(STATEMENTS):
        sekretaer.get(adresse())
    for nummer in range(20):
        hvor = afdeling((AAR, "1000"), ejer=f"Fond {nummer}")
        for _ in range(5):
            betalt(hvor, AARET, 1000)
    with django_assert_num_queries(STATEMENTS):
        assert len(sekretaer.get(adresse()).context["driftsherrer"]) == 21
