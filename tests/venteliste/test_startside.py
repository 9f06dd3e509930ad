"""The start page tells the municipality of those who have waited too long, and the operator of its lists; nobody else."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from faelles.scope import som_systemet
from kommuner.models import Laesning, Rolle
from reservationer.venteliste.actions import afmeld
from reservationer.venteliste.begreber import ANSVAR, Afslutning
from tests import fabrik
from tests.venteliste.situationer import med_venteliste, venter

pytestmark = pytest.mark.django_db
FOR_LAENGE = "Behov, der har ventet for længe"


def start(client: Client) -> str:
    svar = client.get(reverse("start"))
    assert svar.status_code == 200
    return svar.content.decode()


def som(rolle: Rolle, navn: str) -> Client:
    client = Client()
    client.force_login(fabrik.bruger(rolle, fabrik.kommune(navn).organisation))
    return client


def test_need_that_has_waited_past_the_term_stands_on_the_start_page_of_the_municipality_and_of_nobody_else() -> None:
    post = venter(med_venteliste(), dage=30, reference="RK-17")
    venter(post.venteliste, dage=29, reference="RK-18")
    koeber, anden = som(Rolle.SAGSBEHANDLER, "Rødovre"), som(Rolle.SAGSBEHANDLER, "Herlev")
    side = start(koeber)
    assert FOR_LAENGE in side
    assert "RK-17" in side
    assert "RK-18" not in side
    assert "Har ventet i 30 dage" in side
    assert ANSVAR in side
    assert FOR_LAENGE not in start(anden)
    assert FOR_LAENGE not in start(som(Rolle.TILBUDSLEDER, "Gladsaxe"))
    with transaction.atomic(), som_systemet("test"):
        laest = Laesning.objects.for_systemet("test").filter(entitet_id=post.pk).values_list("funktion", flat=True)
        assert set(laest) == {"myndighed"}


def test_need_that_no_longer_waits_leaves_the_start_page() -> None:
    post = venter(med_venteliste(), dage=31)
    afmeld(aktoer=fabrik.sagsbehandler(), post_id=post.pk, grund=Afslutning.BEHOV_BORTFALDET)
    assert FOR_LAENGE not in start(som(Rolle.SAGSBEHANDLER, "Rødovre"))


def test_panel_costs_the_same_with_many_who_wait(django_assert_max_num_queries: Any) -> None:
    liste, koeber = med_venteliste(), som(Rolle.SAGSBEHANDLER, "Rødovre")
    venter(liste, dage=40)
    start(koeber)
    with django_assert_max_num_queries(100) as maalt:
        start(koeber)
    for nummer in range(6):
        venter(med_venteliste(fabrik.tilbud()) if nummer % 2 else liste, dage=40 + nummer, reference=f"RK-{nummer}")
    with django_assert_max_num_queries(len(maalt.captured_queries)):
        assert "RK-5" in start(koeber)


LISTER = "Jeres ventelister"


def panel(client: Client) -> str:
    return start(client).partition(LISTER)[2].partition("</section>")[0]


def test_operator_sees_its_lists_with_the_age_of_the_longest_and_how_many_wait_past_the_term() -> None:
    kort, lang = med_venteliste(fabrik.tilbud("Engen")), med_venteliste(fabrik.tilbud("Solbakken"))
    venter(kort, dage=1)
    venter(lang, "Herlev", dage=41, reference="HK-1")
    venter(lang, dage=29)
    med_venteliste(fabrik.tilbud("Tomhuset"))
    ens = panel(som(Rolle.TILBUDSLEDER, "Gladsaxe"))
    assert ens.index("Solbakken") < ens.index("Engen"), "who has waited longest is first"
    assert [ens.count(tekst) for tekst in ("2 venter", "Længst i 41 dage", "1 har ventet for længe")] == [1, 1, 1]
    assert [ens.count(tekst) for tekst in ("1 venter", "Længst i 1 dag<", "Tomhuset", "HK-1", "Herlev")] == [
        1,
        1,
        0,
        0,
        0,
    ]
    assert reverse("venteliste:listen", args=[lang.pk]) in ens
    assert ANSVAR in ens
    for hvem in (som(Rolle.SAGSBEHANDLER, "Rødovre"), som(Rolle.TILBUDSLEDER, "Herlev")):
        assert not panel(hvem)


def test_operators_panel_costs_the_same_with_many_lists(django_assert_max_num_queries: Any) -> None:
    driver = som(Rolle.TILBUDSLEDER, "Gladsaxe")
    venter(med_venteliste(fabrik.tilbud()), dage=40)
    start(driver)
    with django_assert_max_num_queries(30) as maalt:
        start(driver)
    for nummer in range(27):
        venter(med_venteliste(fabrik.tilbud()), dage=39, reference=f"RK-{nummer}")
    with django_assert_max_num_queries(len(maalt.captured_queries)):
        viste = panel(driver)
    assert viste.count("1 venter") == 25
    assert "Se dem alle på ventelisterne" in viste
