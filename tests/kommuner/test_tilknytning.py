"""Dated memberships: what the database itself refuses, and on which days one holds."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from faelles.tid import Periode, idag, nu
from kommuner.models import ROLLE_ARTER, Bruger, Organisation, Organisationsart, Rolle, Tilknytning
from kommuner.queries import tilknytninger_for
from kommuner.roller import ROLLEINDHOLD
from tests import fabrik

pytestmark = pytest.mark.django_db


@pytest.fixture
def bruger() -> Bruger:
    return Bruger.objects.create_user("ny@example.dk", fabrik.ADGANGSKODE)


@pytest.mark.parametrize("art", list(Organisationsart))
@pytest.mark.parametrize("rolle", list(Rolle))
def test_role_exists_only_in_the_kinds_of_organisation_that_have_it(
    bruger: Bruger, rolle: Rolle, art: Organisationsart
) -> None:
    organisation = Organisation.objects.create(art=art, navn="En organisation")
    if art in ROLLEINDHOLD[rolle].arter:
        fabrik.tilknyt(bruger, rolle, organisation)
        return
    with pytest.raises(IntegrityError, match="tilknytning_rolle_passer_til_arten"), transaction.atomic():
        fabrik.tilknyt(bruger, rolle, organisation)


def test_role_cannot_be_moved_to_an_organisation_of_another_kind(bruger: Bruger) -> None:
    tilknytning = fabrik.tilknyt(bruger, Rolle.SAGSBEHANDLER, fabrik.kommune().organisation)
    for felter in ({"organisation": fabrik.region().organisation}, {"rolle": Rolle.SEKRETARIAT}):
        with pytest.raises(IntegrityError, match="tilknytning_rolle_passer_til_arten"), transaction.atomic():
            Tilknytning.objects.filter(pk=tilknytning.pk).update(**felter)


def test_every_role_has_a_kind_of_organisation() -> None:
    assert set(ROLLE_ARTER) == set(Rolle)
    assert all(ROLLE_ARTER.values())


@pytest.mark.parametrize("rolle", [rolle for rolle in Rolle if Organisationsart.KOMMUNE in ROLLE_ARTER[rolle]])
def test_only_a_leader_of_offers_is_limited_to_some(bruger: Bruger, rolle: Rolle) -> None:
    felter = {"bruger": bruger, "organisation": fabrik.kommune().organisation, "rolle": rolle, "kun_tilbud": [uuid4()]}
    periode = Periode(idag()).som_range
    if rolle is Rolle.TILBUDSLEDER:
        Tilknytning.objects.create(**felter, periode=periode)
        return
    with pytest.raises(IntegrityError, match="tilknytning_kun_tilbudsleder_har_kun_tilbud"), transaction.atomic():
        Tilknytning.objects.create(**felter, periode=periode)


def test_ended_membership_holds_on_no_day_and_leaves_room_for_a_new_one(bruger: Bruger) -> None:
    organisation = fabrik.kommune().organisation
    gammel = fabrik.tilknyt(bruger, Rolle.LAESER, organisation)
    assert tilknytninger_for(bruger, idag()) == [gammel]
    Tilknytning.objects.filter(pk=gammel.pk).update(afsluttet=nu())
    assert tilknytninger_for(bruger, idag()) == []
    ny = fabrik.tilknyt(bruger, Rolle.LAESER, organisation, periode=Periode(idag()).som_range)
    assert tilknytninger_for(bruger, idag()) == [ny]


def test_aktive_are_those_of_today_and_later(bruger: Bruger) -> None:
    organisation, dag = fabrik.kommune().organisation, timedelta(days=1)
    perioder = {
        "gaaet": Periode(idag() - 5 * dag, idag()),
        "slutter i dag": Periode(idag() - 5 * dag, idag() + dag),
        "kommer": Periode(idag() + 5 * dag, idag() + 9 * dag),
        "uden slut": Periode(idag() + 9 * dag),
    }
    for nummer, periode in enumerate(perioder.values()):
        rolle = (Rolle.LAESER, Rolle.VISITATOR)[nummer % 2]  # the same role twice on a day is refused
        fabrik.tilknyt(bruger, rolle, organisation, periode=periode.som_range)
    aktive = {Periode.af_range(t.periode) for t in Tilknytning.objects.aktive(idag())}
    assert aktive == set(perioder.values()) - {perioder["gaaet"]}


def test_what_a_role_may_names_the_same_organisations_as_the_database() -> None:
    assert {rolle: indhold.arter for rolle, indhold in ROLLEINDHOLD.items()} == ROLLE_ARTER
