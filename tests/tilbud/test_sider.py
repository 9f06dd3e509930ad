"""The register's pages: list, offer, confirmation, published offers."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from faelles.tid import Periode
from kommuner.models import Organisation, Rolle
from takster.models import OffentliggjortPris
from tests import fabrik
from tilbud.models import OffentligtTilbud

pytestmark = pytest.mark.django_db


def klient(rolle: Rolle, organisation: Organisation) -> Client:
    """A browser in which a person with the role has logged in."""
    ny = Client()
    ny.force_login(fabrik.bruger(rolle, organisation))
    return ny


@pytest.fixture
def rodovre() -> Client:
    """A case worker."""
    return klient(Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation)


def tekst(svar: Any) -> str:
    """The words on the page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", svar.content.decode()))


def test_liste_is_in_danish_order_and_can_be_turned(rodovre: Client) -> None:
    for navn in ("Ålholm", "Zebra", "Æblehaven", "Østerled"):
        fabrik.tilbud(navn)

    def navne(**valg: str) -> list[str]:
        return [tilbud.navn for tilbud in rodovre.get(reverse("tilbud:liste"), valg).context["side"]]

    assert navne() == ["Zebra", "Æblehaven", "Østerled", "Ålholm"]
    assert navne(sorter="-navn") == ["Ålholm", "Østerled", "Æblehaven", "Zebra"]
    assert navne(sorter="password") == navne()


def test_liste_counts_open_places_and_filters_by_name_and_municipality(rodovre: Client) -> None:
    plads = fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Ålholm", i="Gladsaxe")))
    fabrik.ledig_plads(plads.afdeling)
    fabrik.ledig_plads(plads.afdeling, til=fabrik.om(0))
    fabrik.tilbud("Solbakken", i="Herlev")
    fabrik.tilbud("Lukket", lukket_fra=fabrik.om(0))
    (fundet,) = rodovre.get(reverse("tilbud:liste"), {"tekst": "aalholm"}).context["side"]
    assert (fundet.navn, fundet.aabne_pladser) == ("Ålholm", 2)
    (fundet,) = rodovre.get(reverse("tilbud:liste"), {"kommune": fabrik.kommune("Herlev").pk}).context["side"]
    assert fundet.navn == "Solbakken"
    assert "Ingen tilbud passer" in tekst(rodovre.get(reverse("tilbud:liste"), {"tekst": "findes ikke"}))


def test_detalje_shows_facts_calendar_and_takster(rodovre: Client) -> None:
    tilbud = fabrik.tilbud("Solbakken")
    plads = fabrik.ledig_plads(fabrik.afdeling(tilbud), betegnelse="Bolig 1")
    fabrik.bekraeftet(plads.afdeling)
    fabrik.optag(plads, Periode(fabrik.om(-5), fabrik.om(60)))
    fabrik.takst(plads.afdeling, "2687.50")
    fabrik.niveau(tilbud, 1)
    side = tekst(rodovre.get(reverse("tilbud:detalje", args=[tilbud.pk])))
    for ventet in ("Niveau 1: meget specialiseret", "Optaget til", "Ledig", "2.687,50", "Testaftale", "Bekræftet"):
        assert ventet in side
    assert "Det er ukendt" not in side
    assert "Bekræft pladser" not in side


def test_detalje_shows_the_numbers_an_offer_is_known_by_unless_they_lead_to_a_protected_address(
    rodovre: Client,
) -> None:
    numre: dict[str, Any] = {"cvr": "62761113", "p_nummer": "1003346512", "tilbudsportal_id": "TP-48213"}
    tilbud = fabrik.tilbud("Solbakken", laengdegrad=Decimal("12.45678"), breddegrad=Decimal("55.76543"), **numre)
    plads = fabrik.ledig_plads(fabrik.afdeling(tilbud), art="dag", ugedage=[1, 3])
    fabrik.merpladstilladelse(plads.afdeling)
    adresse = reverse("tilbud:detalje", args=[tilbud.pk])
    side = tekst(rodovre.get(adresse))
    ventede = (
        "62761113", "1003346512", "TP-48213", "55,76543° N, 12,45678° Ø", "Gladsaxe Kommune Kommune", "Dagplads, man, ons",
        "Merpladser i Hovedhuset Tilladelse til 1 plads mere",
    )  # fmt: skip
    assert [ventet for ventet in ventede if ventet not in side] == []
    tilbud.hjemler.add(fabrik.hjemmel("SEL-109"))
    beskyttet = tekst(rodovre.get(adresse))
    assert [vaerdi for vaerdi in (*numre.values(), "12,45678") if vaerdi in beskyttet] == []
    assert beskyttet.count("Beskyttet") == 4
    assert "TP-48213" not in rodovre.get(reverse("tilbud:eksport", args=["csv"])).getvalue().decode()


def test_detalje_draws_the_takster_over_the_years_once_there_are_two(rodovre: Client) -> None:
    afdeling = fabrik.afdeling(fabrik.tilbud("Solbakken"))
    adresse = reverse("tilbud:detalje", args=[afdeling.tilbud_id])
    fabrik.takst(afdeling, "2500.00", fra=date(2025, 1, 1), til=date(2026, 1, 1))
    assert rodovre.get(adresse).context["takstfigur"] is None
    fabrik.takst(afdeling, "2687.50", fra=date(2026, 1, 1), til=date(2027, 1, 1))
    figur = rodovre.get(adresse).context["takstfigur"]
    assert [(punkt["trin"], punkt["vaerdi"]) for punkt in figur["data"]["values"]] == [("2025", 2500), ("2026", 2687.5)]


@pytest.mark.parametrize(
    ("rolle", "lukket", "kan"),
    [
        (Rolle.SAGSBEHANDLER, None, True),
        (Rolle.SAGSBEHANDLER, 0, False),
        (Rolle.LAESER, None, False),
        (Rolle.TILBUDSLEDER, None, False),
    ],
)
def test_detalje_leads_those_who_buy_on_to_reserve_or_ask(rolle: Rolle, lukket: int | None, kan: bool) -> None:
    tilbud = fabrik.tilbud("Solbakken", lukket_fra=None if lukket is None else fabrik.om(lukket))
    side = klient(rolle, fabrik.hjemsted(rolle)).get(reverse("tilbud:detalje", args=[tilbud.pk])).content.decode()
    assert (f"/forespoergsler/ny?tilbud={tilbud.pk}" in side, "/soeg/?tekst=Solbakken" in side) == (kan, kan)


def test_detalje_unknown_offer_is_not_found(rodovre: Client) -> None:
    assert rodovre.get(reverse("tilbud:detalje", args=["00000000-0000-0000-0000-000000000000"])).status_code == 404


@pytest.mark.parametrize(("dage", "siger"), [(0, "Tilbuddet lukkede den"), (1, "Tilbuddet lukker den")])
def test_detalje_says_of_a_closed_offer_that_it_closed_and_of_one_that_will_that_it_does(
    rodovre: Client, dage: int, siger: str
) -> None:
    tilbud = fabrik.tilbud("Solbakken", lukket_fra=fabrik.om(dage))
    assert siger in rodovre.get(reverse("tilbud:detalje", args=[tilbud.pk])).content.decode()


def test_detalje_gives_the_telephone_though_nothing_else_is_said_of_whom_to_ask(rodovre: Client) -> None:
    tilbud = fabrik.tilbud("Solbakken", kontakt_telefon="12345678")
    side = rodovre.get(reverse("tilbud:detalje", args=[tilbud.pk])).content.decode()
    assert '<dd><a href="tel:12345678">12345678</a></dd>' in side


def test_detalje_stale_department_warns_and_its_free_weeks_are_unknown(rodovre: Client) -> None:
    plads = fabrik.ledig_plads()
    fabrik.bekraeftet(plads.afdeling, dage_siden=30)
    svar = rodovre.get(reverse("tilbud:detalje", args=[plads.afdeling.tilbud_id]))
    assert "Det er ukendt, om der er ledige pladser" in tekst(svar)
    assert 'kalender__bjaelke--ukendt">Ukendt' in svar.content.decode()
    assert 'kalender__bjaelke--ledig">Ledig' not in svar.content.decode()


def test_offentliggjorte_shows_what_could_not_be_placed_with_row_and_reason(rodovre: Client) -> None:
    felter = {"kilde_url": "https://example.dk/k"}
    OffentligtTilbud.objects.create(raekke=4, navn="Med kommune", kommune=fabrik.kommune("Herlev"), **felter)
    OffentligtTilbud.objects.create(raekke=7, navn="Uden kommune", mangler=["kommunen er ikke angivet"], **felter)
    OffentliggjortPris.objects.create(
        raekke=131,
        tilbud_navn="National takst",
        ydelse="Ophold",
        beloeb=Decimal(1510239),
        mangler=["året er ikke angivet"],
        **felter,
    )
    side = tekst(rodovre.get(reverse("tilbud:offentliggjorte")))
    placerede, uplacerede = side.split("Kunne ikke placeres", 1)
    assert "Med kommune" in placerede
    assert "Uden kommune" not in placerede
    for ventet in ("Uden kommune", "kommunen er ikke angivet", "1.510.239,00", "række 131", "året er ikke angivet"):
        assert ventet in uplacerede


def test_sider_send_a_constant_number_of_statements(rodovre: Client, django_assert_max_num_queries: Any) -> None:
    def kald(url: str) -> int:
        with django_assert_max_num_queries(30) as maalt:
            assert rodovre.get(url).status_code == 200
        return len(maalt)

    tilbud = fabrik.tilbud()
    afdeling = fabrik.ledig_plads(fabrik.afdeling(tilbud)).afdeling
    fabrik.takst(afdeling)
    fabrik.bekraeftet(afdeling)
    adresser = [reverse("tilbud:liste"), reverse("tilbud:detalje", args=[tilbud.pk])]
    foer = [kald(url) for url in adresser]
    for nummer in range(30):
        fabrik.optag(fabrik.ledig_plads(afdeling), Periode(fabrik.om(0), fabrik.om(9)))
        fabrik.takst(fabrik.ledig_plads(fabrik.afdeling(tilbud, navn=f"Nr. {nummer}")).afdeling)
        fabrik.tilbud()
    assert [kald(url) for url in adresser] == foer
