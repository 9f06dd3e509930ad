"""The second wall: clients, credentials and their history are shown to their own administrators only, whatever Python forgets."""

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from faelles.scope import saet_database_aktoer
from kommuner.klienter.actions import ny_noegle
from kommuner.models import Rolle
from tests import fabrik
from tests.kommuner.klienter.situationer import administrator, gem_klient, klient

pytestmark = pytest.mark.django_db
TABELLER = ("kommuner_apiklient", "kommuner_apiklientevent", "kommuner_apinoegle", "kommuner_apinoegleevent")


def antal(tabel: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {tabel}")
        (fundet,) = cursor.fetchone() or (0,)
    return int(fundet)


@pytest.mark.parametrize("tabel", TABELLER)
def test_database_shows_clients_to_their_own_administrators_only(tabel: str) -> None:
    foerste = klient()
    ny_noegle(aktoer=administrator(), klient_id=foerste.noegle.klient_id)
    saet_database_aktoer(administrator())
    assert antal(tabel) > 0
    for fremmed in (
        administrator(fabrik.kommune("Herlev").organisation),
        fabrik.sagsbehandler("Rødovre"),
        fabrik.tilbudsleder("Rødovre"),
        fabrik.aktoer(Rolle.LAESER, fabrik.kommune().organisation),
        fabrik.sekretariat(),
    ):
        saet_database_aktoer(fremmed)
        assert antal(tabel) == 0
    saet_database_aktoer(None)
    assert antal(tabel) > 0


def test_database_refuses_to_write_a_client_for_another_organisation() -> None:
    saet_database_aktoer(administrator())
    gem_klient(fabrik.kommune().organisation)
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        gem_klient(fabrik.kommune("Herlev").organisation)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("tabel", TABELLER)
def test_database_shows_nothing_when_nobody_has_been_named(tabel: str) -> None:
    with transaction.atomic():
        klient()
    assert antal(tabel) == 0
