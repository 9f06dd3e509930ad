"""Those who were asked in the hearing before are asked again by one choice."""

import pytest
from django.test import Client
from django.urls import reverse

from faelles.fejl import IkkeFundet
from rammeaftale.hoering.actions import opret_hoering
from rammeaftale.hoering.queries import forrige_hoering
from rammeaftale.models import Hoering, Rammeaftale
from tests import fabrik
from tests.rammeaftale.hoering.situationer import HANDICAPRAAD, ORGANISATION, indhold, kladde, sendt, udkast
from tests.rammeaftale.test_sider import sekretariat

pytestmark = pytest.mark.django_db
SPURGTE = {(m.art.value, m.navn, m.email) for m in (HANDICAPRAAD, ORGANISATION)}


def spurgte(hoering: Hoering) -> set[tuple[str, str, str]]:
    return set(hoering.modtagere.values_list("art", "navn", "email"))


def ny(client: Client, aftale: Rammeaftale, **valg: str) -> Hoering:
    felter = {"titel": "Anden runde", "frist": f"{fabrik.om(30):%d.%m.%Y}", "foelgebrev": "", "paamind_dage": "7"}
    svar = client.post(reverse("rammeaftale:ny_hoering", args=[aftale.slug]), {**felter, **valg})
    hoering: Hoering = Hoering.objects.get(titel="Anden runde")
    videre = "hoering" if valg else "nye_hoeringsparter"
    assert svar.headers["Location"] == reverse(f"rammeaftale:{videre}", args=[hoering.pk])
    return hoering


def test_recipients_of_the_hearing_before_are_taken_over_when_that_is_chosen() -> None:
    client, foerste = sekretariat(), sendt()
    side = client.get(reverse("rammeaftale:ny_hoering", args=[foerste.version.aftale.slug])).content.decode()
    assert f"Tag de 2 høringsparter med fra »{foerste}«" in side
    assert spurgte(ny(client, foerste.version.aftale, tag_med="on")) == SPURGTE


def test_recipients_are_not_taken_over_unless_it_is_chosen_nor_offered_when_nobody_was_asked() -> None:
    client, aftale = sekretariat(), udkast()
    kladde(aftale)
    assert "tag_med" not in client.get(reverse("rammeaftale:ny_hoering", args=[aftale.slug])).content.decode()
    Hoering.objects.all().delete()
    sendt(aftale)
    assert spurgte(ny(client, aftale)) == set()


def test_one_of_the_agreement_goes_before_one_of_the_period_before() -> None:
    af = fabrik.sekretariat()
    foer = sendt(udkast(slug="den-forrige"))
    aftale = udkast(slug="den-nye")
    assert forrige_hoering(af, aftale) is None
    aftale.forrige = foer.version.aftale
    assert forrige_hoering(af, aftale) == foer
    assert forrige_hoering(fabrik.sekretariat("KKR Syddanmark"), aftale) is None, (
        "mailboxes are its secretariat's alone"
    )
    assert forrige_hoering(af, aftale) == foer
    egen = sendt(aftale)
    assert forrige_hoering(af, aftale) == egen


def test_allonge_begins_with_those_who_were_asked_about_the_agreement_it_amends() -> None:
    foer, allonge = sendt(udkast(slug="aftalen")), udkast(slug="allongen")
    allonge.hovedaftale = foer.version.aftale
    assert forrige_hoering(fabrik.sekretariat(), allonge) == foer


def test_only_a_hearing_of_ones_own_gives_its_recipients() -> None:
    foer = sendt(udkast(slug="aftalen"))
    fremmed = udkast(slug="syd", i="KKR Syddanmark")
    with pytest.raises(IkkeFundet):
        opret_hoering(
            aktoer=fabrik.sekretariat("KKR Syddanmark"), aftale_id=fremmed.pk, indhold=indhold(), som_i=foer.pk
        )
    assert list(Hoering.objects.all()) == [foer]
