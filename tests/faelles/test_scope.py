"""Tenant data: no query without saying for whom, and a second wall in the database behind it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from faelles.scope import UdenScope, saet_database_aktoer
from reservationer.sag.actions import beslut
from reservationer.sag.models import Beslutning, Reservation
from reservationer.sag.overgange import Udfald
from tests import fabrik

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "spoerg",
    [
        list,
        lambda q: q.first(),
        lambda q: q.count(),
        lambda q: q.exists(),
        lambda q: q.aggregate(),
        lambda q: q.update(sagsreference="x"),
        lambda q: q.delete(),
        lambda q: list(q.iterator()),
        lambda q: list(q.values_list("id")),
        lambda q: q.get(pk=None),
        lambda q: q.in_bulk(),
    ],
)
def test_reservation_query_without_scope_raises(spoerg: Callable[[Any], Any]) -> None:
    with pytest.raises(UdenScope):
        spoerg(Reservation.objects.all())


def test_reservation_related_manager_without_scope_raises() -> None:
    reservation = fabrik.reservation()
    with pytest.raises(UdenScope):
        list(reservation.beslutninger.all())


def test_synlige_for_shows_each_side_its_own_and_others_nothing() -> None:
    reservation = fabrik.reservation()
    ser = [fabrik.sagsbehandler("Rødovre"), fabrik.tilbudsleder("Gladsaxe")]
    ser_ikke = [
        fabrik.sagsbehandler("Gladsaxe"),
        fabrik.tilbudsleder("Rødovre"),
        fabrik.sagsbehandler("Herlev"),
        fabrik.sekretariat(),
    ]
    for aktoer in ser:
        assert list(Reservation.objects.synlige_for(aktoer)) == [reservation]
    for aktoer in ser_ikke:
        assert list(Reservation.objects.synlige_for(aktoer)) == []


def antal_i_databasen(tabel: str) -> int:
    """Rows PostgreSQL itself shows, whatever Python would have filtered."""
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {tabel}")
        raekke = cursor.fetchone()
    assert raekke is not None
    return int(raekke[0])


@pytest.mark.parametrize("tabel", ["sag_reservation", "sag_reservationevent", "sag_beslutning", "sag_beslutningevent"])
def test_row_level_security_holds_where_python_forgets(tabel: str) -> None:
    reservation = fabrik.reservation()
    beslut(aktoer=fabrik.tilbudsleder(), reservation_id=reservation.id, udfald=Udfald.BEKRAEFT)
    for aktoer, ser in [
        (fabrik.sagsbehandler("Rødovre"), True),
        (fabrik.tilbudsleder("Gladsaxe"), True),
        (fabrik.sagsbehandler("Gladsaxe"), False),
        (fabrik.tilbudsleder("Rødovre"), False),
        (fabrik.sagsbehandler("Herlev"), False),
        (fabrik.sekretariat(), False),
    ]:
        saet_database_aktoer(aktoer)
        assert (antal_i_databasen(tabel) > 0) is ser


def test_row_level_security_refuses_to_write_for_others() -> None:
    reservation = fabrik.reservation()
    saet_database_aktoer(fabrik.sagsbehandler("Herlev"))
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Reservation.objects.create(
            optagelse=fabrik.optag(fabrik.ledig_plads(), fabrik.PERIODE_FREMME),
            tilbud=reservation.tilbud,
            handlekommune=reservation.handlekommune,
            driftsherre=reservation.driftsherre,
            hjemmel=reservation.hjemmel,
            sagsreference="fremmed",
            tilstand="afventer",
            oprettet_af="test",
        )


def test_the_web_role_owns_nothing_and_cannot_bypass_row_level_security() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user"
        )
        assert cursor.fetchone() == (False, False, False, False)
        cursor.execute(
            "select count(*) from pg_class where relowner = (select oid from pg_roles where rolname = current_user)"
            " and relkind in ('r', 'v', 'm', 'S')"
        )
        assert cursor.fetchone() == (0,)


def test_every_tenant_table_has_row_level_security() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid"
            " where c.relkind = 'r' and not c.relrowsecurity and a.attname in ('handlekommune_id', 'reservation_id')"
        )
        assert cursor.fetchall() == []


@pytest.mark.django_db(transaction=True)
def test_actor_does_not_follow_the_connection_to_the_next_transaction() -> None:
    with transaction.atomic():
        fabrik.reservation()
    with transaction.atomic():
        saet_database_aktoer(fabrik.sagsbehandler("Rødovre"))
        assert antal_i_databasen("sag_reservation") == 1
    with transaction.atomic():
        assert antal_i_databasen("sag_reservation") == 0


@pytest.mark.django_db(transaction=True)
def test_synlige_for_outside_a_transaction_raises() -> None:
    aktoer = fabrik.sagsbehandler()
    with pytest.raises(UdenScope):
        Beslutning.objects.synlige_for(aktoer)
