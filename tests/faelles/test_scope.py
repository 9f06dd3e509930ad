"""Tenant data: no query without saying for whom, however it is asked. The wall behind it: test_raekkesikkerhed."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from faelles.aktoer import Aktoer
from faelles.scope import ScopedQuerySet, UdenScope, fortalt, saet_database_aktoer
from reservationer.sag.models import Beslutning, Reservation
from tests import fabrik
from tilbud.belaegning.models import Optagelse
from tilbud.models import Tilbud

pytestmark = pytest.mark.django_db


UDEN: list[Callable[[Any], Any]] = [
    list,
    lambda q: q.first(),
    lambda q: q.last(),
    lambda q: q.latest("oprettet"),
    lambda q: q.earliest("oprettet"),
    lambda q: q.count(),
    lambda q: q.exists(),
    lambda q: q.contains(Reservation()),
    lambda q: q.aggregate(models.Count("pk")),
    lambda q: q.update(sagsreference="x"),
    lambda q: q.delete(),
    lambda q: list(q.iterator()),
    lambda q: list(q.values_list("id")),
    lambda q: list(q.values("sagsreference").annotate(antal=models.Count("pk"))),
    lambda q: list(q.dates("oprettet", "year")),
    lambda q: list(q.datetimes("oprettet", "day")),
    lambda q: list(q.distinct()),
    lambda q: list(q.only("id")),
    lambda q: q.get(pk=None),
    lambda q: q.get_or_create(sagsreference="x"),
    lambda q: q.update_or_create(sagsreference="x", defaults={"tilstand": "afventer"}),
    lambda q: q.in_bulk(),
    lambda q: q.bulk_update([Reservation(pk=uuid4(), tilstand="afvist")], ["tilstand"]),
    lambda q: q.explain(),
    lambda q: list(q.raw("select * from sag_reservation")),
    lambda q: q[0],
    lambda q: list(q[:3]),
    bool,
    len,
    lambda q: str(q.query),
    lambda q: list(q.union(q)),
    lambda q: list(q.select_for_update()),
    lambda q: list(q.select_related("tilbud")),
    lambda q: list(q.prefetch_related("beslutninger")),
    # as a part of another query
    lambda q: list(Tilbud.objects.filter(pk__in=q.values("tilbud"))),
    lambda q: list(Tilbud.objects.filter(models.Exists(q.filter(tilbud=models.OuterRef("pk"))))),
    lambda q: list(Tilbud.objects.annotate(sag=models.Subquery(q.values("sagsreference")[:1]))),
]
FULGT: list[Callable[[], Any]] = [
    lambda: list(Tilbud(pk=uuid4()).reservationer.all()),
    lambda: list(Tilbud.objects.prefetch_related("reservationer")),
    lambda: Reservation(pk=uuid4()).refresh_from_db(),
    lambda: Beslutning(reservation_id=uuid4()).reservation,
    lambda: Optagelse(pk=uuid4()).reservation,
    lambda: Tilbud(pk=uuid4()).delete(),
]


@pytest.mark.parametrize("spoerg", UDEN)
def test_reservation_query_without_scope_raises(spoerg: Callable[[Any], Any]) -> None:
    with pytest.raises(UdenScope):
        spoerg(Reservation.objects.all())


@pytest.mark.parametrize("foelg", FULGT)
def test_reservation_reached_from_a_row_without_scope_raises(foelg: Callable[[], Any]) -> None:
    fabrik.tilbud()
    with pytest.raises(UdenScope):
        foelg()


@pytest.mark.parametrize(
    "sammen", [lambda a, b: a | b, lambda a, b: b | a, lambda a, b: a & b, lambda a, b: list(a.union(b))]
)
def test_query_in_scope_combined_with_one_without_raises(sammen: Callable[[Any, Any], Any]) -> None:
    i_scope = Reservation.objects.synlige_for(fabrik.sagsbehandler())
    assert list(i_scope | i_scope.all()) == []
    with pytest.raises(UdenScope):
        list(sammen(i_scope, Reservation.objects.filter(tilstand="afventer")))


def test_query_in_scope_stays_in_scope_however_it_is_asked() -> None:
    reservation = fabrik.reservation()
    synlige = Reservation.objects.synlige_for(fabrik.sagsbehandler())
    assert synlige.filter(tilstand="afventer").exclude(sagsreference="x").order_by("pk").get() == reservation
    assert list(synlige.values_list("pk", flat=True)) == [reservation.pk]
    assert (synlige.count(), synlige.exists(), len(synlige.in_bulk())) == (1, True, 1)
    assert synlige.union(synlige).count() == 1
    assert list(Tilbud.objects.filter(pk__in=synlige.values("tilbud"))) == [reservation.tilbud]
    assert synlige.aggregate(antal=models.Count("pk")) == {"antal": 1}
    reservation.refresh_from_db(from_queryset=synlige)
    assert synlige.update(sagsreference="Ny") == 1
    assert synlige.get().sagsreference == "Ny"


def test_what_python_cannot_catch_row_level_security_does() -> None:
    """Joins from another model, and a row saved without asking: the actor set last decides."""
    reservation = fabrik.reservation()
    optagelser = Optagelse.objects.filter(pk=reservation.optagelse_id)

    def set_af(aktoer: Aktoer) -> tuple[int, int, int]:
        saet_database_aktoer(aktoer)
        return (
            optagelser.filter(reservation__sagsreference=reservation.sagsreference).count(),
            Tilbud.objects.aggregate(antal=models.Count("reservationer"))["antal"],
            len([o for o in optagelser.select_related("reservation") if hasattr(o, "reservation")]),
        )

    assert set_af(fabrik.sagsbehandler("Rødovre")) == (1, 1, 1)
    assert set_af(fabrik.sagsbehandler("Herlev")) == (0, 0, 0)
    reservation.sagsreference = "Rettet"
    with pytest.raises(DatabaseError), transaction.atomic():
        reservation.save(update_fields=["sagsreference"])


def test_every_scoped_model_is_scoped_by_its_base_manager_too() -> None:
    scopede = [model for model in apps.get_models() if isinstance(model._default_manager.none(), ScopedQuerySet)]
    assert Reservation in scopede
    assert all(isinstance(model._base_manager.none(), ScopedQuerySet) for model in scopede)


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


def funktion() -> str:
    """Whom row-level security takes the asker for."""
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('app.funktion', true)")
        return str(cursor.fetchone()[0])


def test_fortalt_tells_the_database_once_and_again_after_somebody_else(
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    reservation, koeber, saelger = fabrik.reservation(), fabrik.sagsbehandler(), fabrik.tilbudsleder()
    alle = Reservation.objects
    with fortalt(koeber):
        with django_assert_num_queries(2):
            assert list(alle.synlige_for(koeber)) == list(alle.synlige_for(koeber)) == [reservation]
        for en_anden in (
            lambda: list(alle.for_systemet("test")),
            lambda: list(alle.synlige_for(saelger)),
            lambda: saet_database_aktoer(None),
        ):
            en_anden()
            assert list(alle.synlige_for(koeber)) == [reservation]
            assert funktion() == "myndighed"
    with fortalt(koeber), suppress(ZeroDivisionError), transaction.atomic():
        list(alle.synlige_for(saelger))
        1 / 0  # noqa: B018 - the savepoint goes back
    alle.for_systemet("test")
    assert list(alle.synlige_for(koeber)) == [reservation], "it holds inside only"
    assert funktion() == "myndighed"


def test_fortalt_of_one_tells_nothing_about_another() -> None:
    reservation, koeber = fabrik.reservation(), fabrik.sagsbehandler()
    with fortalt(koeber):
        assert list(Reservation.objects.synlige_for(fabrik.sagsbehandler("Herlev"))) == []
        assert list(Reservation.objects.synlige_for(fabrik.tilbudsleder())) == [reservation]
        assert funktion() == "driftsherre"


@pytest.mark.django_db(transaction=True)
def test_synlige_for_outside_a_transaction_raises() -> None:
    aktoer = fabrik.sagsbehandler()
    with pytest.raises(UdenScope):
        Beslutning.objects.synlige_for(aktoer)
