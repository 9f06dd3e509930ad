"""`POST /soegninger`: what it takes and what it answers."""

from typing import Any

import pytest
from django.test import Client

from kommuner.models import Postnummer
from tests import fabrik
from tests.api import klienter

pytestmark = pytest.mark.django_db


@pytest.fixture
def system() -> Client:
    """The case system of Rødovre."""
    return klienter.myndighed()


def soeg(system: Client, **profil: Any) -> Any:
    """The answer to a need profile."""
    krop = {"fra": fabrik.om(10).isoformat(), "til": fabrik.om(40).isoformat(), **profil}
    return system.post("/api/v1/soegninger", krop, content_type="application/json")


def test_soegninger_tells_each_hit_which_target_groups_it_is_for_and_what_is_unknown(system: Client) -> None:
    autisme, angst = fabrik.maalgruppe(), fabrik.maalgruppe("Angst")
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(maalgrupper=("Angst",))))
    grupper = [{"kode": str(autisme.kode), "vaegt": 3}, {"kode": str(angst.kode), "vaegt": 1}]
    (fundet,) = soeg(system, maalgrupper=grupper, niveauer=[1]).json()["resultater"]
    assert fundet["maalgrupper"] == [
        {"kode": str(autisme.kode), "opfyldt": False},
        {"kode": str(angst.kode), "opfyldt": True},
    ]
    assert {krav["kode"]: krav["udfald"] for krav in fundet["krav"]} == {
        "maalgruppe": "opfyldt",
        "aabent": "opfyldt",
        "niveauer": "ukendt",
        "ledig": "ukendt",
    }


def test_soegninger_without_hits_names_the_fewest_criteria_to_relax_and_lists_the_reasons(system: Client) -> None:
    hvor = fabrik.tilbud(i="Gladsaxe", hjemler=("SEL-108",))
    fabrik.ledig_plads(fabrik.afdeling(hvor))
    herlev = fabrik.kommune("Herlev").pk
    svar = soeg(system, hjemmel="SEL-107", kommuner=[herlev], medUdeladte=True).json()
    assert svar["lempelse"] == {
        "kode": "hjemmel",
        "koder": ["hjemmel", "kommuner"],
        "navn": "Hjemmel og Kommune",
        "antal": 1,
    }
    (udeladt,) = svar["udeladte"]
    assert [grund["kode"] for grund in udeladt["grunde"]] == ["hjemmel", "kommuner"]


def test_soegninger_counts_the_distance_from_a_municipality_or_a_postcode(system: Client) -> None:
    rodovre = fabrik.kommune("Rødovre")
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(laengdegrad="12.45000", breddegrad="55.78000")))
    Postnummer.objects.create(postnr="2610", by="Rødovre").kommuner.set([rodovre])
    for sted in ({"naerKommune": rodovre.pk}, {"naerPostnr": "2610"}, {"naer": {"laengde": 12.45, "bredde": 55.68}}):
        (fundet,) = soeg(system, **sted, hoejstKm=12).json()["resultater"]
        assert fundet["afstandKm"] == 11.1
        assert not soeg(system, **sted, hoejstKm=11).json()["resultater"]


@pytest.mark.parametrize(
    ("sted", "felt", "kode"),
    [
        ({"naerPostnr": "9999"}, "/naerPostnr", "ukendt_sted"),
        ({"naerKommune": "9999"}, "/naerKommune", "ukendt_sted"),
        ({"naerKommune": "0001", "naer": {"laengde": 12, "bredde": 55}}, "/naerKommune", "flere_steder"),
        ({"hoejstKm": 10}, "/naer", "mangler_sted"),
    ],
)
def test_soegninger_refuses_a_place_that_is_unknown_or_given_twice(
    system: Client, sted: dict[str, Any], felt: str, kode: str
) -> None:
    svar = soeg(system, **sted)
    assert svar.status_code == 400
    assert [(fejl["pointer"], fejl["code"]) for fejl in svar.json()["errors"]] == [(felt, kode)]
