"""The pages of the planned reports: none yet, a new one, what it says, and stopped again."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from rammeaftale.models import Rammeaftale
from rammeaftale.rapporter.models import Rapportplan
from tests import fabrik
from tests.rammeaftale.rapporter.planer.test_actions import aftalen, fast
from tests.rammeaftale.test_sider import sekretariat

pytestmark = pytest.mark.django_db
PLANER, NY = "rapporter:planer", "rapporter:ny_plan"


def felter(aftale: Rammeaftale, dag: date) -> dict[str, str]:
    delt = {f"foerste_{navn}": str(getattr(dag, del_)) for navn, del_ in (("dag", "day"), ("maaned", "month"), ("aar", "year"))}  # fmt: skip
    return {"type": "takstanalyse", "aftale": aftale.slug, "hver": "kvartal", **delt}


def test_empty_page_leads_to_the_form_and_a_new_plan_stands_there_with_its_next_day() -> None:
    aftale, client = aftalen(), sekretariat()
    tom = client.get(reverse(PLANER)).content.decode()
    assert "Ingen faste rapporter" in tom
    assert reverse(NY) in tom
    assert client.post(reverse(NY), felter(aftale, fabrik.om(-1))).status_code == 422
    assert not Rapportplan.objects.exists()
    svar = client.post(reverse(NY), felter(aftale, fabrik.om(4)), follow=True).content.decode()
    plan = Rapportplan.objects.get()
    assert plan.naeste == fabrik.om(4)
    for ord_ in ("Rapporten laves nu fast.", plan.typenavn, aftale.titel, "Hvert kvartal"):
        assert ord_ in svar


def test_plan_that_could_not_be_ordered_says_why_and_one_of_an_agreement_that_is_over_says_so() -> None:
    plan = fast(aftalen())
    Rapportplan.objects.update(fejl="Aftalen har ingen version, der kan laves en rapport om.")
    assert "Sidste gang: Aftalen har ingen version" in sekretariat().get(reverse(PLANER)).content.decode()
    Rammeaftale.objects.filter(pk=plan.aftale_id).update(
        periode=(fabrik.om(-100), fabrik.om(0)),
    )
    assert "Aftalen er udløbet" in sekretariat().get(reverse(PLANER)).content.decode()


def test_stopped_plan_is_asked_about_first_and_then_gone() -> None:
    plan, client = fast(aftalen()), sekretariat()
    url = reverse("rapporter:stop_plan", args=[plan.pk])
    assert "De rapporter, der er lavet, bliver." in client.get(url).content.decode()
    assert Rapportplan.objects.exists()
    assert "Rapporten laves ikke længere fast." in client.post(url, follow=True).content.decode()
    assert not Rapportplan.objects.exists()
    assert client.get(url).status_code == 404


def test_pages_cost_the_same_with_many_plans(django_assert_max_num_queries: Any) -> None:
    client = sekretariat()
    fast(aftalen())
    client.get(reverse(PLANER))
    with django_assert_max_num_queries(60) as foer:
        client.get(reverse(PLANER))
    for nummer in range(5):
        fast(aftalen(f"nr-{nummer}"))
    with django_assert_max_num_queries(len(foer.captured_queries)):
        assert client.get(reverse(PLANER)).content.decode().count("Hver måned") == 6
