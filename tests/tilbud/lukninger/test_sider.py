"""The pages of temporary closures, and what the offer's page and the API say of them."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from faelles.tid import Periode
from kommuner.models import Rolle
from tests import fabrik
from tests.api import klienter
from tilbud.belaegning.models import Pladslukning
from tilbud.models import Afdeling
from vilkaar.noegler import NOEGLER, Noegle

pytestmark = pytest.mark.django_db


def klient(rolle: Rolle, kommune: str = "Gladsaxe") -> Client:
    ny = Client()
    ny.force_login(fabrik.bruger(rolle, fabrik.kommune(kommune).organisation))
    return ny


@pytest.fixture
def huset() -> Afdeling:
    return fabrik.afdeling(fabrik.tilbud(i="Gladsaxe"))


def formular(**felter: Any) -> dict[str, Any]:
    dage = {
        f"{navn}_{del_}": vaerdi
        for navn, dag in (("fra", fabrik.om(5)), ("til", fabrik.om(10)))
        for del_, vaerdi in (("dag", dag.day), ("maaned", dag.month), ("aar", dag.year))
    }
    return dage | {"plads": "", "grund": "renovering", "bemaerkning": ""} | felter


def test_leader_closes_a_place_and_everybody_reads_why_in_the_calendar_and_the_list(huset: Afdeling) -> None:
    plads = fabrik.ledig_plads(huset)
    leder, side = klient(Rolle.TILBUDSLEDER), reverse("tilbud:luk", args=[huset.pk])
    svar = leder.post(side, formular(plads=str(plads.pk), bemaerkning="Gulvene slibes"), follow=True)
    assert f"{plads} er lukket" in svar.content.decode()
    vist = klient(Rolle.SAGSBEHANDLER, "Rødovre").get(reverse("tilbud:detalje", args=[huset.tilbud_id]))
    sidste = f"{fabrik.om(9):%d.%m.%Y}"
    assert f"Lukket til {sidste}: Renovering eller ombygning" in vist.content.decode()
    assert "Gulvene slibes" in vist.content.decode()
    assert "Åbn igen" not in vist.content.decode()
    assert "Åbn igen" in svar.content.decode()


def test_long_closure_closes_at_once_what_one_may_say_and_sends_the_rest_to_a_second_person_who_sees_it(
    huset: Afdeling,
) -> None:
    plads = fabrik.ledig_plads(huset, betegnelse="Bolig 7")
    foerste, anden = klient(Rolle.TILBUDSLEDER), klient(Rolle.TILBUDSLEDER)
    side = reverse("tilbud:luk", args=[huset.pk])
    assert "højst 90 dage" in foerste.get(side).content.decode()
    dage = formular(plads=str(plads.pk), bemaerkning="Nyt tag", til_aar=fabrik.om(10).year + 100)
    svar = foerste.post(side, dage, follow=True)
    nu, resten = f"{fabrik.om(5):%d.%m.%Y} til {fabrik.om(94):%d.%m.%Y}", f"{fabrik.om(95):%d.%m.%Y} til"
    assert f"Bolig 7 er lukket {nu} og vises ikke som ledig." in svar.content.decode()
    assert re.search(f"Resten, {resten} .*, er sendt. Den gælder, når en anden hos jer", svar.content.decode())
    assert Pladslukning.objects.get().dage == Periode(fabrik.om(5), fabrik.om(95))
    vist = anden.get(svar.request["PATH_INFO"])
    for ord_ in (
        "Bolig 7",
        f"{fabrik.om(95):%d.%m.%Y}",
        "Renovering eller ombygning",
        "Nyt tag",
        "Venter på din godkendelse",
    ):
        assert ord_ in vist.content.decode()
    fabrik.optag(plads, Periode(fabrik.om(150)))
    for hos in (foerste, anden):
        assert "Bolig 7: optaget fra" in hos.get(svar.request["PATH_INFO"]).content.decode()


def test_refusal_stands_above_the_form_and_keeps_what_was_written(huset: Afdeling) -> None:
    plads = fabrik.ledig_plads(huset, betegnelse="Bolig 7")
    fabrik.optag(plads, Periode(fabrik.om(1)))
    svar = klient(Rolle.TILBUDSLEDER).post(
        reverse("tilbud:luk", args=[huset.pk]), formular(bemaerkning="Gulvene slibes")
    )
    assert svar.status_code == 422
    assert "Bolig 7: optaget fra" in svar.content.decode()
    assert "Gulvene slibes" in svar.content.decode()
    assert not Pladslukning.objects.exists()


def test_link_carries_place_and_days_into_the_form(huset: Afdeling) -> None:
    plads = fabrik.ledig_plads(huset)
    adresse = f"{reverse('tilbud:luk', args=[huset.pk])}?plads={plads.pk}&fra=2027-03-01&til=2027-03-08"
    svar = klient(Rolle.TILBUDSLEDER).get(adresse).content.decode()
    assert f'<option value="{plads.pk}" selected>' in svar
    (til_dag,) = re.findall(r'<input[^>]*name="til_dag"[^>]*>', svar)
    assert 'value="08"' in til_dag


def test_leader_opens_again_and_a_closure_that_is_over_is_not_there(huset: Afdeling) -> None:
    lukket, leder = fabrik.lukning(huset, fra=5, til=10), klient(Rolle.TILBUDSLEDER)
    side = reverse("tilbud:aabn", args=[lukket.pk])
    sent = fabrik.om(10)
    for_sent = leder.post(side, {"fra_dag": sent.day, "fra_maaned": sent.month, "fra_aar": sent.year})
    assert for_sent.status_code == 422
    dag = fabrik.om(7)
    svar = leder.post(side, {"fra_dag": dag.day, "fra_maaned": dag.month, "fra_aar": dag.year}, follow=True)
    assert f"til {fabrik.om(6):%d.%m.%Y}" in svar.content.decode()
    Pladslukning.objects.update(periode=Periode(fabrik.om(-5), fabrik.om(0)).som_range)
    assert leder.get(side).status_code == 404
    assert "Midlertidige lukninger" not in leder.get(reverse("tilbud:detalje", args=[huset.tilbud_id])).content.decode()


def test_file_has_every_closure_the_lifted_ones_too(huset: Afdeling) -> None:
    plads = fabrik.ledig_plads(huset, betegnelse="Bolig 7")
    fabrik.lukning(huset, plads, fra=5, til=10)
    fabrik.lukning(huset, fra=20, til=30, grund="ferie")
    svar = klient(Rolle.LAESER, "Rødovre").get(reverse("tilbud:eksport_lukninger", args=[huset.tilbud_id, "csv"]))
    _, foerste, anden = svar.getvalue().decode("utf-8-sig").splitlines()
    assert foerste.startswith("Hovedhuset;Bolig 7;")
    assert anden.startswith("Hovedhuset;Hele afdelingen;")
    assert "Ferielukning" in anden
    assert f"{NOEGLER[Noegle.LUKNING_ALENE_DAGE].klausul}, sæt 1 i Testaftale" in foerste
    Pladslukning.objects.filter(plads=plads).update(vilkaarssaet=None)
    svar = klient(Rolle.LAESER, "Rødovre").get(reverse("tilbud:eksport_lukninger", args=[huset.tilbud_id, "csv"]))
    _, godkendt, _ = svar.getvalue().decode("utf-8-sig").splitlines()
    assert "Testaftale" not in godkendt, "a second person decided it, and no term did"


def test_offers_page_names_the_term_that_let_one_person_close_alone(huset: Afdeling) -> None:
    fabrik.lukning(huset, fra=20, til=30)
    side = klient(Rolle.LAESER, "Rødovre").get(reverse("tilbud:detalje", args=[huset.tilbud_id])).content.decode()
    assert f"Efter {NOEGLER[Noegle.LUKNING_ALENE_DAGE].klausul}, sæt 1 i Testaftale" in side


def test_api_lists_closures_from_today_on_half_open(huset: Afdeling) -> None:
    lukket = fabrik.lukning(huset, fra=5, til=10)
    forbi = fabrik.lukning(huset, fra=20, til=30)
    Pladslukning.objects.filter(pk=forbi.pk).update(periode=Periode(fabrik.om(-5), fabrik.om(0)).som_range)
    (fundet,) = klienter.myndighed("Rødovre").get("/api/v1/lukninger", {"afdeling": str(huset.pk)}).json()["resultater"]
    assert fundet == {
        "id": str(lukket.pk),
        "tilbudId": str(huset.tilbud_id),
        "afdelingId": str(huset.pk),
        "pladsId": None,
        "fra": fabrik.om(5).isoformat(),
        "til": fabrik.om(10).isoformat(),
        "grund": "renovering",
        "bemaerkning": "",
        "efterVilkaar": [
            {
                "felt": "til",
                "noegle": "lukning_alene_dage",
                "klausul": "Ledige pladser",
                "saet": 1,
                "aftale": "Testaftale",
                "foreloebig": False,
            }
        ],
    }
