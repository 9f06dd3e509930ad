"""The duty to pass knowledge on, on its pages and as a file."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from faelles.tid import idag
from kommuner.models import Rolle
from rammeaftale.models import Rammeaftale, Videndeling
from tests import fabrik
from tests.rammeaftale.test_sider import klient, sekretariat
from tests.rammeaftale.videndeling.situationer import delt, meget_specialiseret, registreret, tilbud_paa
from tilbud.models import Niveau

pytestmark = pytest.mark.django_db


@pytest.fixture
def aftale() -> Rammeaftale:
    return fabrik.aftale(fra=fabrik.om(-400))


def html(svar: Any) -> str:
    return str(svar.content.decode())


def test_operator_finds_its_offer_and_registers_who_had_knowledge(aftale: Rammeaftale) -> None:
    leder = klient(Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation)
    aftale.parter.create(organisation=fabrik.region().organisation, periode=aftale.periode)
    siden = reverse("rammeaftale:viden", args=[aftale.slug])
    assert "Ingen tilbud skylder viden" in html(leder.get(siden))
    tilbud = meget_specialiseret()
    assert "1 af dem har ikke registreret nogen endnu" in html(leder.get(siden))
    formular = reverse("rammeaftale:ny_videndeling", args=[aftale.slug, tilbud.pk])
    tilbuddets = reverse("rammeaftale:videntilbud", args=[aftale.slug, tilbud.pk])
    assert formular in html(leder.get(tilbuddets))
    assert "Region Hovedstaden (ingen pligt)" in html(leder.get(formular))
    felter = {"emne": "Lav <arousal>", "form": "kursus", "dato": f"{idag():%d.%m.%Y}"}
    assert leder.post(formular, felter).status_code == 422
    felter["modtagere"] = str(fabrik.kommune("Herlev").organisation.pk)
    svar = html(leder.post(formular, felter, follow=True))
    assert "Vidensdelingen er registreret." in svar
    assert "1 af 2 har fået viden" in svar
    assert "Lav &lt;arousal&gt;" in svar
    deling = Videndeling.objects.get()
    laeser = klient(Rolle.LAESER, fabrik.kommune("Herlev").organisation)
    assert "Fortryd" not in html(laeser.get(tilbuddets))
    leder.post(reverse("rammeaftale:fortryd_videndeling", args=[aftale.slug, deling.pk]))
    assert not Videndeling.objects.exists()


def test_registration_is_taken_back_by_its_operator_also_when_the_offer_owes_nothing_any_more(
    aftale: Rammeaftale,
) -> None:
    deling = registreret(fabrik.tilbud(i="Gladsaxe"), "Herlev")
    adresse = reverse("rammeaftale:fortryd_videndeling", args=[aftale.slug, deling.pk])
    assert klient(Rolle.TILBUDSLEDER, fabrik.kommune("Herlev").organisation).post(adresse).status_code == 404
    leder = klient(Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation)
    assert "Registreringen er fortrudt." in html(leder.post(adresse, follow=True))
    assert not Videndeling.objects.exists()


def test_level_can_be_chosen_and_one_nobody_has_is_the_first(aftale: Rammeaftale) -> None:
    tilbud_paa(Niveau.SPECIALISERET, navn="Delt tilbud")
    fabrik.klynge(medlemmer=("Gladsaxe", "Herlev"))
    siden = reverse("rammeaftale:viden", args=[aftale.slug])
    assert "Delt tilbud" in html(sekretariat().get(siden, {"niveau": "2"}))
    for niveau in ("", "1", "3", "x"):
        assert "Delt tilbud" not in html(sekretariat().get(siden, {"niveau": niveau}))


def test_file_has_a_row_for_each_municipality_that_is_owed(aftale: Rammeaftale) -> None:
    delt(aftale, meget_specialiseret(), "Herlev")
    svar = sekretariat().get(reverse("rammeaftale:eksport_viden", args=[aftale.slug, "csv"]))
    linjer = b"".join(svar).decode("utf-8-sig").splitlines()
    assert [";Ja;" in linje for linje in linjer[1:]] == [True, False]


def test_page_reads_many_offers_with_as_many_statements_as_one(aftale: Rammeaftale) -> None:
    client, siden = sekretariat(), reverse("rammeaftale:viden", args=[aftale.slug])

    def laest() -> int:
        with CaptureQueriesContext(connection) as fangst:
            client.get(siden)
        return len(fangst)

    delt(aftale, meget_specialiseret(), "Herlev")
    laest()
    faa = laest()
    for _ in range(12):
        delt(aftale, meget_specialiseret(), "Herlev", "Rødovre")
    assert laest() == faa
