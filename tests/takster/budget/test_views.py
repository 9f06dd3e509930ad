"""The budget's pages as people use them."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from takster.budget.indhold import Linje
from takster.budget.queries import budget as hent
from takster.budget.queries import indhold
from takster.models import Budget
from tests import fabrik
from tests.takster.budget.situationer import EKSEMPEL, budget, oekonom

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    """Gladsaxe's economist has logged in."""
    hvem = fabrik.bruger(fabrik.Rolle.DRIFTSHERRE_OEKONOMI, fabrik.kommune("Gladsaxe").organisation)
    klient = Client()
    klient.force_login(hvem)
    return klient


def test_nyt_budget__leads_to_the_form_and_a_second_one_is_refused(client: Client) -> None:
    tilbud = fabrik.tilbud("Kærgården", i="Gladsaxe")
    data = {"tilbud": str(tilbud.pk), "aar": "2027"}
    svar = client.post(reverse("takster:nyt_budget"), data)
    et = Budget.objects.synlige_for(oekonom()).get()
    assert svar.headers["Location"] == reverse("takster:budget", args=[et.pk])
    igen = client.post(reverse("takster:nyt_budget"), data)
    assert igen.status_code == 422
    assert "Der er allerede et budget for Kærgården i 2027" in igen.content.decode()


def test_nyt_budget__somebody_elses_offer_is_no_choice(client: Client) -> None:
    fremmed = fabrik.tilbud(i="Herlev")
    svar = client.post(reverse("takster:nyt_budget"), {"tilbud": str(fremmed.pk), "aar": "2027"})
    assert svar.status_code == 422
    assert not Budget.objects.for_systemet("test").exists()


def test_budget__form_shows_what_stands_there_and_saving_it_changes_nothing(client: Client) -> None:
    et = budget()
    url = reverse("takster:budget", args=[et.pk])
    form = client.get(url).context["form"]
    data = {felt.html_name: felt.value() for felt in form if felt.value() not in (None, False)}
    assert (data["linje_loen"], data["linje_tilsyn"], data["belaegning_foer"]) == ("17850000", "49202", "97,2")
    assert {data["ejendom_0"], data["ejendom_1"]} == {"Nordhuset", "Sydhuset"}
    assert client.post(url, data).status_code == 302
    assert indhold(oekonom(), hent(oekonom(), et.pk)) == EKSEMPEL


def test_budget__danish_numbers_are_read_and_every_fault_is_said_at_once(client: Client) -> None:
    et = budget()
    url = reverse("takster:budget", args=[et.pk])
    data = {
        "enhed": "doegn",
        "ejendom_0": "",
        "pladser": "24",
        "linje_loen": "-5",
        "linje_pension": "12,345",
        "linje_aktivitet": "mange",
    }
    svar = client.post(url, data)
    assert svar.status_code == 422
    assert set(svar.context["form"].errors) == {"linje_loen", "linje_pension", "linje_aktivitet"}
    assert (
        client.post(
            url, {**data, "linje_loen": "17.850.000,50", "linje_pension": "", "linje_aktivitet": "0"}
        ).status_code
        == 302
    )
    linjer = indhold(oekonom(), hent(oekonom(), et.pk)).linjer
    assert linjer == {Linje("loen"): Decimal("17850000.50"), Linje("aktivitet"): Decimal(0)}


def test_budget__several_properties_each_have_a_name_of_their_own(client: Client) -> None:
    et = budget()
    url = reverse("takster:budget", args=[et.pk])
    data = {"enhed": "doegn", "ejendom_0": "Nord", "linje_husleje": "1", "linje_husleje_1": "2"}
    for navn, felt in (("", "ejendom_1"), ("Nord", "ejendom_1")):
        svar = client.post(url, {**data, "ejendom_1": navn})
        assert list(svar.context["form"].errors) == [felt]
    svar = client.post(url, {**data, "ejendom_1": "Syd", "tilfoej": "1"})
    assert svar.headers["Location"] == f"{url}?ejendom"
    assert client.get(svar.headers["Location"]).context["form"].antal_ejendomme == 3


def test_budget__cpr_number_is_stopped_at_its_field(client: Client) -> None:
    et = budget()
    data = {"enhed": "doegn", "ejendom_0": "010203-1234", "koncernnote": "Vedr. 010203-1234"}
    svar = client.post(reverse("takster:budget", args=[et.pk]), data)
    assert set(svar.context["form"].errors) == {"ejendom_0", "koncernnote"}
    assert indhold(oekonom(), hent(oekonom(), et.pk)) == EKSEMPEL


def test_budget__mandatory_lines_that_lack_are_listed(client: Client) -> None:
    et = budget(linjer={Linje("loen"): Decimal(1)})
    side = client.get(reverse("takster:budget", args=[et.pk])).content.decode()
    assert "»Pension« skal udfyldes" in side
    assert "»Løn« skal udfyldes" not in side


def test_kopier__a_year_without_pl_is_a_message_on_the_page(client: Client) -> None:
    et = budget(aar=2018)
    svar = client.post(reverse("takster:kopier_budget", args=[et.pk]), follow=True)
    assert "Der mangler PL for 2019" in svar.content.decode()
    foer = budget(aar=2016)
    svar = client.post(reverse("takster:kopier_budget", args=[foer.pk]), follow=True)
    assert "kopieret til 2017 med aftalt PL" in svar.content.decode()


@pytest.mark.parametrize("antal", [1, 100])
def test_liste__asks_as_much_of_one_offer_as_of_a_hundred(
    client: Client, antal: int, django_assert_max_num_queries: Any
) -> None:
    oekonomen = oekonom()
    for nummer in range(antal):
        tilbud = fabrik.tilbud(f"Nr. {nummer}", i="Gladsaxe")
        fabrik.takst(fabrik.afdeling(tilbud))
        if nummer % 10 == 1:
            budget(tilbud, af=oekonomen, aar=2027)
    with django_assert_max_num_queries(21):
        svar = client.get(reverse("takster:liste"), {"aar": 2027})
    assert len(svar.context["raekker"]) == antal
