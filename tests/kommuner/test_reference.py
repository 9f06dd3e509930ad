"""The shipped reference data: complete, linked as the sources say, and safe to load again."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from faelles.tid import Periode
from kommuner import reference
from kommuner.models import Folketal, Kkr, KkrMedlemskab, Kommune, Organisation, Postnummer, Region, RegionMedlemskab

SIDSTE_DAG, DEREFTER = date(2026, 12, 31), date(2027, 1, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def indlaest(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, int]]:
    """Loaded once for the module, and rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield reference.indlaes()
        transaction.set_rollback(True)


def region_paa(kommune: str, dag: date) -> str:
    """The region the municipality lies in on a day."""
    return RegionMedlemskab.objects.paa(dag).get(kommune__kortnavn=kommune).region.organisation.navn


def test_indlaes_counts_what_there_is(indlaest: dict[str, int]) -> None:
    assert indlaest == {"regioner": 6, "KKR": 5, "kommuner": 98, "folketal": 1372, "postnumre": 1121}


def test_indlaes_again_changes_nothing_and_keeps_what_people_registered() -> None:
    koebenhavn = KkrMedlemskab.objects.get(kommune="0101")
    koebenhavn.periode = Periode(date(2007, 1, 1), date(2028, 1, 1)).som_range
    koebenhavn.save()
    foer = set(Organisation.objects.values_list("pk", "navn", "cvr"))
    reference.indlaes()
    assert set(Organisation.objects.values_list("pk", "navn", "cvr")) == foer
    assert KkrMedlemskab.objects.get(kommune="0101").periode.upper == date(2028, 1, 1)
    assert RegionMedlemskab.objects.count() == 98 + 46


def test_indlaes_brings_a_correction_of_the_file() -> None:
    Kommune.objects.filter(kommunekode="0101").update(kortnavn="Kjøbenhavn")
    Folketal.objects.filter(kommune="0101", aar=2026).update(antal=1)
    reference.indlaes()
    assert Kommune.objects.get(kommunekode="0101").kortnavn == "København"
    assert Folketal.objects.get(kommune="0101", aar=2026).antal > 600_000


def test_kommuner_are_whole() -> None:
    for kommune in Kommune.objects.select_related("organisation"):
        assert kommune.organisation.art == "kommune"
        assert len(kommune.organisation.cvr) == 8
        assert kommune.graense["type"] in {"Polygon", "MultiPolygon"}
        assert kommune.postnumre.exists()
        assert kommune.folketal.filter(aar=2026).exists()
    assert not Organisation.objects.filter(demo=True).exists()


def test_regions_change_by_law_and_kkr_do_not() -> None:
    assert region_paa("Gladsaxe", SIDSTE_DAG) == "Region Hovedstaden"
    assert region_paa("Sorø", SIDSTE_DAG) == "Region Sjælland"
    assert region_paa("Gladsaxe", DEREFTER) == region_paa("Sorø", DEREFTER) == "Region Østdanmark"
    assert region_paa("Aarhus", SIDSTE_DAG) == region_paa("Aarhus", DEREFTER) == "Region Midtjylland"
    oestdanmark = Region.objects.get(organisation__navn="Region Østdanmark")
    assert (oestdanmark.regionskode, oestdanmark.periode.lower) == ("", DEREFTER)
    assert set(oestdanmark.afloeser.values_list("regionskode", flat=True)) == {"1084", "1085"}
    assert not KkrMedlemskab.objects.exclude(periode__endswith=None).exists()  # what becomes of them is not known


def test_kkr_have_their_municipalities() -> None:
    antal = {kkr.slug: kkr.medlemskaber.count() for kkr in Kkr.objects.all()}
    assert antal == {
        "hovedstaden": 29,
        "sjaelland": 17,
        "syddanmark": 22,
        "midtjylland": 19,
        "nordjylland": 11,
    }


def test_folketal_leaves_unknown_age_groups_empty() -> None:
    assert sum(Folketal.objects.filter(aar=2026).values_list("antal", flat=True)) == 6_025_511
    assert Folketal.objects.filter(aar=2014, alder_67_plus=None).count() == 0
    assert Folketal.objects.filter(aar=2026).exclude(alder_0_17=None).count() == 0


def test_postnumre_touch_several_municipalities() -> None:
    assert Postnummer.objects.get(postnr="2860").by == "Søborg"
    assert Postnummer.objects.filter(kommuner="0159").exists()
