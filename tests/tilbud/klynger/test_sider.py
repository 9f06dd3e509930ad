"""The pages of the clusters."""

import csv
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from faelles.dokument.tal import kort_dato
from faelles.tid import Periode
from kommuner.models import Rolle
from tests import fabrik
from tests.api import klienter
from tilbud.models import Klynge

pytestmark = pytest.mark.django_db


def klient(rolle: Rolle, organisation: Any) -> Client:
    ny = Client()
    ny.force_login(fabrik.bruger(rolle, organisation))
    return ny


@pytest.fixture
def rodovre() -> Client:
    return klient(Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation)


@pytest.fixture
def sekretariat() -> Client:
    return klient(Rolle.SEKRETARIAT, fabrik.kkr().sekretariat)


def tekst(svar: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", svar.content.decode()))


def test_list_shows_members_of_today_only(rodovre: Client) -> None:
    klynge = fabrik.klynge("Hjerneskade", medlemmer=("Herlev", "Gladsaxe"))
    klynge.medlemskaber.filter(kommune__kortnavn="Herlev").update(
        periode=Periode(date(2020, 1, 1), date(2021, 1, 1)).som_range
    )
    (vist,) = rodovre.get(reverse("tilbud:klynger")).context["klynger"]
    assert (vist.klynge, vist.medlemmer) == (klynge, ["Gladsaxe"])
    assert "Ingen klynger" in tekst(rodovre.get(reverse("tilbud:klynger"), {"kkr": fabrik.kkr("KKR Syddanmark").slug}))


def test_clusters_stand_in_danish_order_also_when_one_is_renamed_on_page_and_over_rest(rodovre: Client) -> None:
    for navn in ("Ådalen", "Ørene", "autisme", "Ængstelse", "Blindhed"):
        fabrik.klynge(navn)
    omdoebt = Klynge.objects.get(navn="Blindhed")
    omdoebt.navn = "Øjne"
    omdoebt.save()
    orden = ["autisme", "Ængstelse", "Øjne", "Ørene", "Ådalen"]
    assert [en.klynge.navn for en in rodovre.get(reverse("tilbud:klynger")).context["klynger"]] == orden
    over_rest = klienter.myndighed().get("/api/v1/klynger").json()["resultater"]
    assert [en["navn"] for en in over_rest] == orden


def test_cluster_shows_the_offers_of_level_2_it_shares(rodovre: Client) -> None:
    klynge = fabrik.klynge("Hjerneskade", medlemmer=("Herlev",), maalgrupper=("Erhvervet hjerneskade",))
    for navn, i, gruppe, niveau in (
        ("Deles", "Herlev", "Erhvervet hjerneskade", 2),
        ("Andet niveau", "Herlev", "Erhvervet hjerneskade", 3),
        ("Anden gruppe", "Herlev", "Autismespektrum", 2),
        ("Anden kommune", "Gladsaxe", "Erhvervet hjerneskade", 2),
    ):
        fabrik.niveau(fabrik.tilbud(navn, i=i, maalgrupper=(gruppe,)), niveau)
    side = reverse("tilbud:klynge", args=[klynge.pk])
    svar = rodovre.get(side)
    (delt,) = svar.context["side"]
    assert delt.navn == "Deles"
    meld = f"{reverse('tilbud:meld_fejl', args=[delt.pk])}?faktum=klynger"
    assert meld in svar.content.decode()
    laeser = klient(Rolle.LAESER, fabrik.kommune("Rødovre").organisation)
    assert "meld-fejl" not in laeser.get(side).content.decode()
    klynge.maalgrupper.clear()
    assert {t.navn for t in rodovre.get(side).context["side"]} == {"Deles", "Anden gruppe"}


def test_list_costs_the_same_for_one_and_many(
    rodovre: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fabrik.klynge("Første", medlemmer=("Herlev",))
    liste = reverse("tilbud:klynger")
    rodovre.get(liste)
    with django_assert_num_queries(13) as foer:
        rodovre.get(liste)
    for nummer in range(100):
        fabrik.klynge(f"Klynge {nummer}", medlemmer=("Herlev", "Gladsaxe"), maalgrupper=("Autismespektrum",))
    with django_assert_num_queries(len(foer.captured_queries)):
        rodovre.get(liste)


def test_table_taken_out_holds_every_membership_and_empty_clusters(rodovre: Client) -> None:
    fabrik.klynge("Med", medlemmer=("Herlev",))
    fabrik.klynge("Tom")
    svar = rodovre.get(reverse("tilbud:eksport_klynger", args=["csv"]))
    _, med, tom = csv.reader(svar.getvalue().decode("utf-8-sig").splitlines(), delimiter=";")
    assert (med[0], med[3:6]) == ("Med", ["Herlev", "2007-01-01", ""])
    assert (tom[0], tom[3:6]) == ("Tom", ["", "", ""])


def test_secretariat_forms_a_cluster_changes_it_and_lets_in_and_out(sekretariat: Client) -> None:
    fabrik.kommune("Herlev")
    gruppe = fabrik.maalgruppe()
    ny = reverse("tilbud:ny_klynge")
    assert sekretariat.post(ny, {"navn": ""}).status_code == 422
    svar = sekretariat.post(ny, {"navn": "Autisme", "formaal": "Viden", "maalgrupper": [str(gruppe.pk)]})
    klynge = Klynge.objects.get()
    assert svar.headers["Location"] == reverse("tilbud:klynge", args=[klynge.pk])
    ret = reverse("tilbud:ret_klynge", args=[klynge.pk])
    assert f'value="{gruppe.pk}" ' in sekretariat.get(ret).content.decode()
    sekretariat.post(ret, {"navn": "Autisme og ADHD", "formaal": ""})
    medlem = reverse("tilbud:nyt_klyngemedlem", args=[klynge.pk])
    felter = {"kommune": fabrik.kommune("Herlev").pk, "fra": "2026-01-01"}
    assert sekretariat.post(medlem, felter).status_code == 302
    assert "allerede medlem" in tekst(sekretariat.post(medlem, felter))
    (medlemskab,) = klynge.medlemskaber.all()
    afslut = reverse("tilbud:afslut_klyngemedlem", args=[medlemskab.pk])
    assert "blev medlem den 01.01.2026" in tekst(sekretariat.post(afslut, {"sidste_dag": "2025-01-01"}))
    sekretariat.post(afslut, {"sidste_dag": "2026-02-28"})
    side = tekst(sekretariat.get(reverse("tilbud:klynge", args=[klynge.pk])))
    assert "Autisme og ADHD" in side
    assert "01.01.2026 til og med 28.02.2026" in side


def test_secretariat_ends_a_cluster_and_the_page_and_the_list_say_so(sekretariat: Client) -> None:
    klynge = fabrik.klynge(medlemmer=("Herlev",))
    url, vej = reverse("tilbud:klynge", args=[klynge.pk]), reverse("tilbud:afslut_klynge", args=[klynge.pk])
    assert vej in sekretariat.get(url).content.decode()
    assert "Klyngens sidste dag" in sekretariat.get(vej).content.decode()
    assert sekretariat.post(vej, {"sidste_dag": "1.1.2000"}).status_code == 422
    sekretariat.post(vej, {"sidste_dag": f"{fabrik.om(0):%d.%m.%Y}"})
    html = sekretariat.get(url).content.decode()
    assert f"<dd>Fra {kort_dato(fabrik.om(1))}</dd>" in html
    assert vej not in html
    assert reverse("tilbud:nyt_klyngemedlem", args=[klynge.pk]) not in html
    assert f"Afsluttet fra {kort_dato(fabrik.om(1))}" in sekretariat.get(reverse("tilbud:klynger")).content.decode()
    assert sekretariat.post(vej, {"sidste_dag": f"{fabrik.om(0):%d.%m.%Y}"}).status_code == 422
