"""The start page tells each party which placement agreements wait for it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from faelles.tid import idag
from kommuner.models import Rolle
from reservationer.sag.models import Placeringsaftale
from reservationer.sag.overgange import Udfald
from tests import fabrik
from tests.sag.aftaler.situationer import goer, kladde

pytestmark = pytest.mark.django_db
VENTER = "Placeringsaftaler, der venter på jeres godkendelse"


def start(rolle: Rolle, navn: str) -> str:
    return klient(rolle, navn).get(reverse("start")).content.decode()


def klient(rolle: Rolle, navn: str) -> Client:
    client = Client()
    client.force_login(fabrik.bruger(rolle, fabrik.kommune(navn).organisation))
    return client


def fremsat_af_tilbuddet() -> Placeringsaftale:
    return goer(fabrik.tilbudsleder(), kladde(fabrik.bekraeftet_reservation(fabrik.plads_med_takst())), Udfald.FREMSAET)


def fremsat_af_kommunen() -> Placeringsaftale:
    return goer(
        fabrik.sagsbehandler(), kladde(fabrik.bekraeftet_reservation(fabrik.plads_med_takst())), Udfald.FREMSAET
    )


def test_agreement_waits_on_the_start_page_of_the_municipality_until_it_accepts() -> None:
    kladde()
    assert VENTER not in start(Rolle.SAGSBEHANDLER, "Rødovre"), "a draft waits for nobody"
    aftale = fremsat_af_tilbuddet()
    side = start(Rolle.SAGSBEHANDLER, "Rødovre")
    assert reverse("aftaler:detalje", args=[aftale.pk]) in side
    assert "RK-2026-1" in side.split(VENTER)[1].split("</section>")[0]
    assert VENTER not in start(Rolle.SAGSBEHANDLER, "Herlev")
    assert VENTER not in start(Rolle.TILBUDSLEDER, "Gladsaxe")
    goer(fabrik.sagsbehandler(), aftale, Udfald.GODKEND)
    assert VENTER not in start(Rolle.SAGSBEHANDLER, "Rødovre")


def test_agreement_waits_on_the_start_page_of_the_offer_until_it_accepts() -> None:
    reservation = fabrik.bekraeftet_reservation(fabrik.plads_med_takst())
    aftale = goer(fabrik.sagsbehandler(), kladde(reservation), Udfald.FREMSAET)
    panel = start(Rolle.TILBUDSLEDER, "Gladsaxe").split(VENTER)[1].split("</section>")[0]
    assert reverse("aftaler:detalje", args=[aftale.pk]) in panel
    assert f"{fabrik.kommune().organisation}, {reservation.reference}" in panel
    assert f"Godkendt af den anden part {idag():%d.%m.%Y}" in panel
    assert VENTER not in start(Rolle.SAGSBEHANDLER, "Rødovre")
    assert VENTER not in start(Rolle.TILBUDSLEDER, "Herlev")
    goer(fabrik.tilbudsleder(), aftale, Udfald.AFVIS, "Prisen er en anden")
    assert VENTER not in start(Rolle.TILBUDSLEDER, "Gladsaxe")


@pytest.mark.parametrize(
    ("rolle", "navn", "fremsat"),
    [
        (Rolle.SAGSBEHANDLER, "Rødovre", fremsat_af_tilbuddet),
        (Rolle.TILBUDSLEDER, "Gladsaxe", fremsat_af_kommunen),
    ],
)
def test_panel_costs_the_same_with_many_agreements(
    rolle: Rolle, navn: str, fremsat: Callable[[], Placeringsaftale], django_assert_max_num_queries: Any
) -> None:
    part = klient(rolle, navn)
    fremsat()
    part.get(reverse("start"))
    with django_assert_max_num_queries(31) as maalt:
        part.get(reverse("start"))
    for _ in range(4):
        fremsat()
    with django_assert_max_num_queries(len(maalt.captured_queries)):
        assert part.get(reverse("start")).content.decode().count(", version 1") == 5
