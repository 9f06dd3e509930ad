"""The start page tells each party which placement agreements wait for it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kommuner.models import Rolle
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


def test_agreement_waits_on_the_start_page_of_the_party_it_lies_with_until_that_one_accepts() -> None:
    aftale = kladde()
    assert VENTER not in start(Rolle.SAGSBEHANDLER, "Rødovre")
    assert VENTER not in start(Rolle.TILBUDSLEDER, "Gladsaxe"), "a draft waits for nobody else"
    goer(fabrik.sagsbehandler(), aftale, Udfald.FREMSAET)
    hos_tilbuddet = start(Rolle.TILBUDSLEDER, "Gladsaxe")
    assert VENTER in hos_tilbuddet
    assert reverse("aftaler:detalje", args=[aftale.pk]) in hos_tilbuddet
    assert "RK-2026-1" not in hos_tilbuddet
    assert VENTER not in start(Rolle.SAGSBEHANDLER, "Rødovre")
    assert VENTER not in start(Rolle.SAGSBEHANDLER, "Herlev")
    goer(fabrik.tilbudsleder(), aftale, Udfald.GODKEND)
    assert VENTER not in start(Rolle.TILBUDSLEDER, "Gladsaxe")


def test_agreement_the_offer_puts_forward_waits_for_the_municipality_with_its_own_reference() -> None:
    goer(fabrik.tilbudsleder(), kladde(), Udfald.FREMSAET)
    side = start(Rolle.SAGSBEHANDLER, "Rødovre")
    assert VENTER in side
    assert "RK-2026-1" in side.split(VENTER)[1].split("</section>")[0]


def test_panel_costs_the_same_with_many_agreements(django_assert_max_num_queries: Any) -> None:
    leder = klient(Rolle.TILBUDSLEDER, "Gladsaxe")

    def fremsat(antal: int) -> None:
        for _ in range(antal):
            goer(
                fabrik.sagsbehandler(), kladde(fabrik.bekraeftet_reservation(fabrik.plads_med_takst())), Udfald.FREMSAET
            )

    fremsat(1)
    leder.get(reverse("start"))
    with django_assert_max_num_queries(100) as maalt:
        leder.get(reverse("start"))
    fremsat(4)
    with django_assert_max_num_queries(len(maalt.captured_queries)):
        assert leder.get(reverse("start")).content.decode().count(", version 1") == 5
