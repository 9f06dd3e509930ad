"""The overview as whole requests: which report a figure is from, what is said when there is none, and what it costs."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from rammeaftale.rapporter.models import Oejebliksbillede, Rapport, Tilbagetraekning, Udgivelse
from tests import fabrik
from tests.rammeaftale.rapporter import situationer
from tests.rammeaftale.rapporter.test_sider import faerdig, laeser
from tests.rammeaftale.test_sider import sekretariat
from tests.sider import udgivet_rapport

pytestmark = pytest.mark.django_db


def rude(aftale: Any, kode: str = "niveauer") -> Any:
    svar = laeser().get(reverse("rapporter:overblik", args=[aftale.slug]))
    assert svar.status_code == 200
    return next(en for en in svar.context["ruder"] if en.noegletal.kode == kode)


def test_figures_are_of_the_newest_data_and_lead_to_their_table() -> None:
    aftale = situationer.omraade()
    gammel, ny = faerdig(situationer.bestil(aftale)), faerdig(situationer.bestil(aftale))
    senere = Oejebliksbillede.objects.create(
        type="rammeaftale",
        skema_version=ny.oejebliksbillede.skema_version,  # type: ignore[union-attr]  # it has one
        data=situationer.data(aftale),
        sha256="0" * 64,
        datatidspunkt=situationer.OEJEBLIK + timedelta(days=1),
    )
    tredje = situationer.bestil(aftale)
    tredje.oejebliksbillede = senere
    tredje.save()
    assert rude(aftale).rapport.pk == ny.pk, "the third is not finished"
    html = laeser().get(reverse("rapporter:overblik", args=[aftale.slug])).content.decode()
    assert reverse("rapporter:tal_csv", args=[ny.pk, "R1-T7"]) in html
    assert "Niveau 1: " in html
    assert "når der er en færdig rapport »Kapacitet og belægning«" in html
    assert (
        reverse("rapporter:overblik", args=[aftale.slug]) in laeser().get(reverse("rapporter:liste")).content.decode()
    )
    assert gammel.pk != ny.pk


def test_data_that_are_withdrawn_or_of_an_older_shape_are_not_shown() -> None:
    aftale = situationer.omraade()
    faerdig(situationer.bestil(aftale), skema_version=1)
    assert rude(aftale).rapport is None
    udgivet = udgivet_rapport(aftale.pk)
    assert rude(aftale).rapport.pk in {udgivet.pk, udgivet.rapport.udkast_id}
    Tilbagetraekning.objects.create(udgivelse=Udgivelse.objects.get(pk=udgivet.pk), grund="Tallene var forkerte")
    assert rude(aftale).rapport is None, "nor is the draft, which is of the same data"


def test_agreement_of_others_is_not_found() -> None:
    aftale = fabrik.aftale()
    adresse = reverse("rapporter:overblik", args=[aftale.slug])
    assert laeser("Aarhus", "KKR Midtjylland").get(adresse).status_code == 404
    assert laeser().get(reverse("rapporter:overblik", args=["findes-ikke"])).status_code == 404


def test_overview_costs_the_same_with_many_reports(django_assert_num_queries: Any) -> None:
    aftale, hvem = fabrik.aftale(), sekretariat()
    adresse = reverse("rapporter:overblik", args=[aftale.slug])
    faerdig(situationer.bestil(aftale))
    hvem.get(adresse)
    for _ in range(2):
        with django_assert_num_queries(8):
            assert hvem.get(adresse).status_code == 200
        for _ in range(20):
            faerdig(situationer.bestil(aftale))
    assert Rapport.objects.count() == 41
