"""A leader of single offers: hers are hers, the operator's others are as good as foreign: on pages, in actions and in bare SQL."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse

from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet
from faelles.scope import saet_database_aktoer
from faelles.tid import nu
from kommuner.models import Bruger
from reservationer.sag import queries
from reservationer.sag.actions import beslut
from reservationer.sag.models import Beslutning, Reservation
from reservationer.sag.overgange import Udfald
from tests import fabrik
from tests.api import klienter
from tests.tilbud.bekraeftelser.situationer import set_som_nu, vist
from tilbud.bekraeftelser.actions import bekraeft_viste
from tilbud.bekraeftelser.queries import afdelingsstande
from tilbud.models import Afdeling, Bekraeftelse

pytestmark = pytest.mark.django_db

TABELLER = ("sag_reservation", "sag_beslutning")


class To:
    """Two offers of Gladsaxe's, each with a department and a reserved place, and the leader of the first."""

    def __init__(self) -> None:
        self.egen, self.anden = (fabrik.afdeling(fabrik.tilbud(navn)) for navn in ("Solbakken", "Engen"))
        self.egen_sag, self.anden_sag = (
            fabrik.reservation(fabrik.ledig_plads(afdeling), reference=afdeling.tilbud.navn)
            for afdeling in (self.egen, self.anden)
        )
        self.leder = fabrik.tilbudsleder_for(self.egen.tilbud)
        self.alle = fabrik.tilbudsleder("Gladsaxe")

    def klient(self, aktoer: Aktoer) -> Client:
        ny = Client()
        ny.force_login(Bruger.objects.get(pk=aktoer.identitet.removeprefix("bruger:")))
        return ny


@pytest.fixture
def to() -> To:
    return To()


def set_af(aktoer: Aktoer) -> set[str]:
    return {reservation.sagsreference for reservation in queries.reservationer(aktoer, nu())}


def test_reservationer_of_own_offer_are_seen_and_of_the_other_are_not(to: To) -> None:
    assert set_af(to.leder) == {"Solbakken"}
    assert set_af(to.alle) == {"Solbakken", "Engen"}
    assert {r.sagsreference for r in queries.afventende(to.leder, nu())} == {"Solbakken"}


def test_beslut_about_the_other_offer_is_not_found_and_about_her_own_goes_through(to: To) -> None:
    with pytest.raises(IkkeFundet):
        beslut(aktoer=to.leder, reservation_id=to.anden_sag.id, udfald=Udfald.BEKRAEFT)
    beslut(aktoer=to.leder, reservation_id=to.egen_sag.id, udfald=Udfald.BEKRAEFT)
    assert [b.reservation_id for b in Beslutning.objects.synlige_for(to.alle)] == [to.egen_sag.id]


def test_bekraeft_the_other_offer_is_not_found_and_her_own_goes_through(to: To) -> None:
    with pytest.raises(IkkeFundet):
        bekraeft_viste(aktoer=to.leder, viste=set_som_nu(to.anden))
    bekraeft_viste(aktoer=to.leder, viste=set_som_nu(to.egen))
    assert [b.afdeling_id for b in Bekraeftelse.objects.all()] == [to.egen.id]


def test_forfaldne_and_the_button_for_all_of_them_keep_to_her_offer(to: To) -> None:
    def forfaldne(aktoer: Aktoer) -> list[Afdeling]:
        return [a.afdeling for a in afdelingsstande(aktoer, nu()) if a.er_forfalden]

    assert forfaldne(to.leder) == [to.egen]
    assert set(forfaldne(to.alle)) == {to.egen, to.anden}
    klient = to.klient(to.leder)
    klient.post(reverse("tilbud:bekraeft_pladser"), vist(klient.get(reverse("start"))))
    assert [b.afdeling_id for b in Bekraeftelse.objects.all()] == [to.egen.id]


def test_pages_show_and_offer_her_own_only(to: To) -> None:
    klient = to.klient(to.leder)
    start, liste = (klient.get(reverse(navn)).content.decode() for navn in ("start", "sag:liste"))
    for side in (start, liste):
        assert "Solbakken" in side
        assert "Engen" not in side
    assert "for <strong>1 tilbud</strong>" in start
    assert klient.get(reverse("sag:detalje", args=[to.egen_sag.id])).status_code == 200
    for navn, args in (("sag:detalje", [to.anden_sag.id]), ("sag:beslut", [to.anden_sag.id, "bekraeft"])):
        assert klient.get(reverse(navn, args=args)).status_code == 404
    knap = "Bekræft pladser<"
    assert knap in klient.get(reverse("tilbud:detalje", args=[to.egen.tilbud_id])).content.decode()
    anden = klient.get(reverse("tilbud:detalje", args=[to.anden.tilbud_id]))  # the register itself is open to her
    assert (anden.status_code, knap in anden.content.decode()) == (200, False)
    assert klient.post(reverse("tilbud:bekraeft", args=[to.anden.id])).status_code == 404


def antal(tabel: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {tabel}")
        raekke = cursor.fetchone()
    assert raekke is not None
    return int(raekke[0])


@pytest.mark.parametrize("tabel", TABELLER)
def test_bare_sql_shows_her_own_offer_only(to: To, tabel: str) -> None:
    for sag in (to.egen_sag, to.anden_sag):
        beslut(aktoer=to.alle, reservation_id=sag.id, udfald=Udfald.BEKRAEFT)
    saet_database_aktoer(to.alle)
    alle = antal(tabel)
    saet_database_aktoer(to.leder)
    assert (alle, antal(tabel)) in {(2, 1), (4, 2)}  # the history of a reservation has its making and its confirmation
    saet_database_aktoer(replace(to.leder, tilbud=frozenset()))
    assert antal(tabel) == 0


def test_bare_sql_cannot_write_to_the_other_offer(to: To) -> None:
    saet_database_aktoer(to.leder)
    with connection.cursor() as cursor:
        cursor.execute("update sag_reservation set sagsreference = 'x' where id = %s", [to.anden_sag.id])
        assert cursor.rowcount == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            cursor.execute("update sag_reservation set tilbud_id = %s", [to.anden.tilbud_id])


def test_limit_ends_with_the_next_actor_of_the_same_transaction(to: To) -> None:
    saet_database_aktoer(to.leder)
    assert antal("sag_reservation") == 1
    saet_database_aktoer(to.alle)
    assert antal("sag_reservation") == 2


def test_offer_that_has_another_operator_now_gives_nothing(to: To) -> None:
    to.egen.tilbud.driftsherre = fabrik.kommune("Herlev").organisation
    to.egen.tilbud.save()
    with pytest.raises(IkkeFundet):
        bekraeft_viste(aktoer=to.leder, viste=set_som_nu(to.egen))
    assert afdelingsstande(to.leder, nu() + timedelta(days=1)) == []


def test_system_of_the_operator_is_never_limited(to: To) -> None:
    klient = klienter.driftsherre("Gladsaxe")
    svar = klient.get("/api/v1/reservationer").json()["resultater"]
    assert {raekke["sagsreference"] for raekke in svar} == {"Solbakken", "Engen"}


def test_reservation_scope_of_the_buyer_does_not_know_the_limit(to: To) -> None:
    koeber = fabrik.sagsbehandler("Rødovre")
    assert Reservation.objects.synlige_for(koeber).count() == 2
