"""The pages of the levels: the KKR's, an offer's, and the secretariat's form."""

import csv
import json
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from faelles.dokument.tegning import svg
from kommuner.models import Rolle
from tests import fabrik
from tilbud.models import Niveau, Tilbud

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


def specifikation(svar: Any, figur: str) -> dict[str, Any]:
    fundet = re.search(rf'<script id="{figur}" type="application/json">(.*?)</script>', svar.content.decode())
    assert fundet, figur
    spec: dict[str, Any] = json.loads(fundet[1])
    return spec


def flyttet(navn: str = "Solbakken") -> Tilbud:
    """An offer that went from level 3 to level 1 in 2024, with six places."""
    tilbud = fabrik.tilbud(navn, maalgrupper=("Medfødt døvblindhed",), metoder=["Taktil kommunikation", "Low arousal"])
    fabrik.niveau(tilbud, 3, fra=date(2020, 1, 1), til=date(2024, 3, 1))
    fabrik.niveau(tilbud, 1, fra=date(2024, 3, 1))
    afdeling = fabrik.afdeling(tilbud)
    for _ in range(6):
        fabrik.ledig_plads(afdeling)
    return tilbud


def test_area_shows_duties_figures_and_the_same_numbers_in_tables(rodovre: Client) -> None:
    flyttet()
    fabrik.niveau(fabrik.tilbud("Lukket", lukket_fra=date(2025, 1, 1)), 1)
    svar = rodovre.get(reverse("tilbud:niveauer"))
    side = tekst(svar)
    for ventet in (
        "Gensidig pligt",
        "Kommuner i en klynge",
        "sørger selv",
        "1 åbent tilbud",
        "fra 3 til 1",
        "mere specialiseret",
    ):
        assert ventet in side
    assert "Medfødt døvblindhed 1 6 1 2,0" in side
    assert "Lukket" not in side
    (prik,) = specifikation(svar, "figur-specialisering")["data"]["values"]
    assert (prik["navn"], prik["x"], prik["y"], prik["kategori"]) == ("Medfødt døvblindhed", 6, 2, Niveau.NAVNE[0][1])
    soejler = specifikation(svar, "figur-bevaegelser")["data"]["values"]
    assert [s["hoejde"] for s in soejler if s["trin"] == "2024"] == [1, 0]


def test_every_figure_can_be_drawn(rodovre: Client) -> None:
    tilbud = flyttet()
    for sti, figurer in (
        (reverse("tilbud:niveauer"), ("figur-specialisering", "figur-bevaegelser")),
        (reverse("tilbud:niveau", args=[tilbud.pk]), ("figur-specialisering", "figur-historik")),
    ):
        svar = rodovre.get(sti)
        for figur in figurer:
            assert b"<svg" in svg({**specifikation(svar, figur), "width": 600})


def test_area_filters_by_level_and_says_when_nothing_is_there(rodovre: Client) -> None:
    flyttet()
    fabrik.tilbud("Uden niveau")
    liste = reverse("tilbud:niveauer")
    assert [t.navn for t in rodovre.get(liste, {"niveau": "uden"}).context["side"]] == ["Uden niveau"]
    assert [t.navn for t in rodovre.get(liste, {"niveau": "1"}).context["side"]] == ["Solbakken"]
    assert "Ingen tilbud på niveauet" in tekst(rodovre.get(liste, {"niveau": "2"}))
    assert rodovre.get(liste, {"kkr": "findes-ikke"}).status_code == 404
    tomt = fabrik.kkr("KKR Syddanmark").slug
    fabrik.kommune("Odense", i="KKR Syddanmark")
    assert "Ingen tilbud med målgrupper er indplaceret endnu" in tekst(rodovre.get(liste, {"kkr": tomt}))


def test_area_is_the_actors_own(rodovre: Client, sekretariat: Client) -> None:
    fabrik.kkr("KKR A først i listen")
    region = klient(Rolle.TILBUDSLEDER, fabrik.region().organisation)
    for hvem in (rodovre, sekretariat, region):
        assert hvem.get(reverse("tilbud:niveauer")).context["kkr"].navn == "KKR Hovedstaden"


@pytest.mark.parametrize("dage", [1, 0])
def test_area_is_what_the_kkr_is_the_day_before_a_merger_and_the_day_after(rodovre: Client, dage: int) -> None:
    flyttet()
    fabrik.niveau(fabrik.tilbud("I Roskilde", i=fabrik.kommune("Roskilde", i="KKR Sjælland").kortnavn), 2)
    fabrik.kommune("Odense", i="KKR Syddanmark")
    nyt = fabrik.flyt_til_kkr("KKR Østdanmark", "Rødovre", "Gladsaxe", "Roskilde", fra=fabrik.om(dage))
    liste, gammelt = reverse("tilbud:niveauer"), fabrik.kkr().slug
    svar = {kkr: rodovre.get(liste, {"kkr": kkr}) for kkr in ("", gammelt, nyt.slug)}
    fundne = {kkr: [t.navn for t in et.context["side"]] for kkr, et in svar.items()}
    tilbydes = [navn for _, navn in svar[""].context["form"].fields["kkr"].choices]
    filen = rodovre.get(reverse("tilbud:eksport_niveauer", args=["csv"]), {"kkr": gammelt}).getvalue().decode()
    if dage:
        assert fundne == {"": ["Solbakken"], gammelt: ["Solbakken"], nyt.slug: []}
        assert tilbydes == ["Jeres eget KKR", "KKR Hovedstaden", "KKR Sjælland", "KKR Syddanmark"]
        assert "KKR Østdanmark har ingen kommuner i dag" in tekst(svar[nyt.slug])
        assert "indplaceret endnu" not in tekst(svar[nyt.slug])
        assert nyt.slug in dict(svar[nyt.slug].context["form"].fields["kkr"].choices)
    else:
        samlet = ["I Roskilde", "Solbakken"]
        assert fundne == {"": samlet, gammelt: samlet, nyt.slug: samlet}
        assert tilbydes == ["Jeres eget KKR", "KKR Syddanmark", "KKR Østdanmark"]
        assert "De tre niveauer i KKR Hovedstaden (nu KKR Østdanmark)" in tekst(svar[gammelt])
        assert gammelt in dict(svar[gammelt].context["form"].fields["kkr"].choices)
    assert ("I Roskilde" in filen) is not bool(dage)


def test_area_costs_the_same_for_one_and_many(
    rodovre: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    flyttet("Første")
    liste = reverse("tilbud:niveauer")
    rodovre.get(liste)
    with django_assert_num_queries(16) as foer:
        rodovre.get(liste)
    for nummer in range(100):
        fabrik.niveau(fabrik.tilbud(f"Tilbud {nummer}"), nummer % 3 + 1)
    with django_assert_num_queries(len(foer.captured_queries)):
        rodovre.get(liste)


def test_table_taken_out_holds_every_level_with_its_days(rodovre: Client) -> None:
    flyttet()
    svar = rodovre.get(reverse("tilbud:eksport_niveauer", args=["csv"]))
    hoved, foer, efter = csv.reader(svar.getvalue().decode("utf-8-sig").splitlines(), delimiter=";")
    assert hoved[:6] == ["Tilbud", "Kommune", "Driftsherre", "Niveau", "Gælder fra", "Sidste dag"]
    assert (foer[3:6], efter[3:6]) == (["3", "2020-01-01", "2024-02-29"], ["1", "2024-03-01", ""])


def test_offer_shows_its_history_and_marks_its_groups(rodovre: Client) -> None:
    tilbud = flyttet()
    fabrik.niveau(fabrik.tilbud("Et andet", maalgrupper=("Autismespektrum",)), 3)
    svar = rodovre.get(reverse("tilbud:niveau", args=[tilbud.pk]))
    side = tekst(svar)
    assert "niveau 3 fra 01.01.2020 og niveau 1 fra 01.03.2024" in side
    assert "Registrér niveau" not in side
    prikker = specifikation(svar, "figur-specialisering")["data"]["values"]
    assert {p["navn"]: p["fremhaevet"] for p in prikker} == {"Medfødt døvblindhed": True, "Autismespektrum": False}
    uden = tekst(rodovre.get(reverse("tilbud:niveau", args=[fabrik.tilbud().pk])))
    assert "Niveauet er ikke fastlagt" in uden


def test_secretariat_registers_a_level(sekretariat: Client) -> None:
    tilbud = flyttet()
    side = reverse("tilbud:niveau", args=[tilbud.pk])
    assert "Registrér niveau" in tekst(sekretariat.get(side))
    nyt = reverse("tilbud:nyt_niveau", args=[tilbud.pk])
    felter = {"niveau": "2", "fra": "2026-05-01", "grund": "Flere har lært det"}
    assert "Skriv, hvorfor" in tekst(sekretariat.post(nyt, {**felter, "grund": ""}))
    igen = sekretariat.post(nyt, {**felter, "niveau": "1"})
    assert (igen.status_code, "allerede på niveau 1" in tekst(igen)) == (422, True)
    assert sekretariat.post(nyt, felter).headers["Location"] == side
    assert "Niveau 2: specialiseret er registreret fra 01.05.2026" in tekst(sekretariat.get(side))
    assert [n.niveau for n in tilbud.niveauer.order_by("periode")] == [3, 1, 2]
