"""One scoped way to read tenant data, with a second wall in the database.

A query on a scoped model without `.synlige_for(aktoer)` or `.for_systemet(grund)` raises, in production too. Both also
tell PostgreSQL who asks, so that row-level security holds even where Python forgot something.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NoReturn, Self, TypeVar, cast

from django.db import connection, models, transaction
from django.db.models import sql
from django.db.models.query import QuerySet
from django.db.models.signals import class_prepared

from faelles.aktoer import Aktoer

M = TypeVar("M", bound=models.Model)

SYSTEM = "system"
# What the policies of row-level security can ask about: see the functions app_…() of faelles' migrations.
_INDSTILLINGER = ("app.organisation", "app.funktion", "app.identitet", "app.tilbud")
# Whom the database has been told of, inside `fortalt` and until it is told of another; a savepoint that goes back goes back to the same.
_fortalt: ContextVar[Aktoer | None] = ContextVar("fortalt", default=None)


class UdenScope(RuntimeError):
    """Tenant data was queried without saying for whom: a bug, never a user's mistake."""


def saet_database_aktoer(aktoer: Aktoer | None) -> None:
    """Tell PostgreSQL for the rest of this transaction who asks; None means the system itself.

    The settings are transaction-local (third argument true): session-wide ones would follow a pooled connection to
    the next user. Raises UdenScope outside a transaction, where they would be lost at once.
    """
    if not connection.in_atomic_block:
        raise UdenScope("Aktøren kan kun sættes inde i en transaktion")
    if aktoer is None:
        _saet("", SYSTEM, "", "")
    else:
        _saet(str(aktoer.organisation_id), aktoer.funktion.value, aktoer.identitet, _tilbud(aktoer))


def _saet(*vaerdier: str) -> None:
    _fortalt.set(None)
    kald = ", ".join(f"set_config('{navn}', %s, true)" for navn in _INDSTILLINGER)
    with connection.cursor() as cursor:
        cursor.execute(f"select {kald}", vaerdier)


@contextmanager
def fortalt(aktoer: Aktoer) -> Iterator[None]:
    """Many readings for one actor: the database is told once, and again only after it has been told something else."""
    saet_database_aktoer(aktoer)
    _fortalt.set(aktoer)
    try:
        yield
    finally:
        _fortalt.set(None)


@contextmanager
def som_systemet(grund: str) -> Iterator[None]:
    """Be the system itself for a moment, and afterwards who it was before; a savepoint goes back when something fails.

    The reason is for the reader of the code, as in `for_systemet`.
    """
    if not grund:
        raise UdenScope("Systemadgang kræver en grund")
    laes = ", ".join(f"coalesce(current_setting('{navn}', true), '')" for navn in _INDSTILLINGER)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"select {laes}")
            foer = cursor.fetchone() or ()
        saet_database_aktoer(None)
        yield
        _saet(*foer)


class ScopedQuery(sql.Query):
    """The SQL of a scoped model: it cannot be made before somebody has said for whom, on its own or as part of another."""

    i_scope: bool = False

    def kraev_scope(self) -> None:
        """Raise UdenScope."""
        if not self.i_scope:
            navn = self.model.__name__ if self.model else "Modellen"
            raise UdenScope(f"{navn} er læst uden .synlige_for(aktoer)")

    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:
        """As Django's, in scope only: every reading, counting, subquery and part of a union comes by here."""
        self.kraev_scope()
        return super().get_compiler(*args, **kwargs)

    def combine(self, rhs: sql.Query, connector: str) -> None:
        """As Django's: `a | b` is in scope when both are."""
        if isinstance(rhs, ScopedQuery):
            rhs.kraev_scope()
        super().combine(rhs, connector)


def _tilbud(aktoer: Aktoer) -> str:
    """The offers the actor is limited to as an array of PostgreSQL's; empty text means no limit, `{}` no offer at all."""
    if aktoer.tilbud is None:
        return ""
    return "{" + ",".join(sorted(map(str, aktoer.tilbud))) + "}"


class ScopedQuerySet(QuerySet[M]):
    """A QuerySet that refuses to run before somebody has said for whom.

    Not caught, and left to row-level security: joins from another model (`select_related`, `filter(reservation__…)`,
    aggregates over a relation), raw SQL on a cursor, and writing (`create`, `save`, `bulk_create`).
    """

    def __init__(
        self,
        model: type[M] | None = None,
        query: sql.Query | None = None,
        using: str | None = None,
        hints: dict[str, models.Model] | None = None,
    ) -> None:
        """As Django's, with a query that knows its scope."""
        super().__init__(model, query or ScopedQuery(model), using, hints)

    def synlige_for(self, aktoer: Aktoer) -> Self:
        """The rows the actor may see. Subclasses say which, in `_synlige`."""
        if _fortalt.get() != aktoer:
            saet_database_aktoer(aktoer)
        return self._aabn()._synlige(aktoer)  # noqa: SLF001 - our own class

    def aabnet_for(self, aktoer: Aktoer) -> Self:
        """As `synlige_for`, when the database has been told already who asks."""
        return self._aabn()._synlige(aktoer)  # noqa: SLF001 - our own class

    def for_systemet(self, grund: str) -> Self:
        """All rows, for the platform's own upkeep. The reason is for the reader of the code; grep finds every use."""
        if not grund:
            raise UdenScope("Systemadgang kræver en grund")
        saet_database_aktoer(None)
        return self._aabn()

    def _synlige(self, aktoer: Aktoer) -> Self:
        raise UdenScope(f"{type(self).__name__} siger ikke, hvad {aktoer.funktion} må se")

    def _aabn(self) -> Self:
        klon = self.all()
        klon._scoped.i_scope = True  # noqa: SLF001 - our own class
        return klon

    @property
    def _scoped(self) -> ScopedQuery:
        return cast(ScopedQuery, self.query)

    # These four change the query's class, or make none.

    def update(self, **kwargs: Any) -> int:
        """As Django's, in scope only."""
        self._scoped.kraev_scope()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """As Django's, in scope only."""
        self._scoped.kraev_scope()
        return super().delete()

    def _raw_delete(self, using: str | None) -> int:
        self._scoped.kraev_scope()
        return super()._raw_delete(using)

    def raw(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Never: nobody could tell what it reads."""
        raise UdenScope(f"{self.model.__name__} læses ikke med rå SQL")


def _goer_til_basis(sender: type[models.Model], **_kwargs: Any) -> None:
    """Make a scoped manager the base manager of its model too: a relation followed to a row, and a row fetched again, are readings."""
    meta = sender._meta
    manager = meta.default_manager
    if manager is not None and issubclass(getattr(manager, "_queryset_class", QuerySet), ScopedQuerySet):
        meta.base_manager_name = manager.name
        meta.__dict__.pop("base_manager", None)  # it may have been asked for already, and is remembered


class_prepared.connect(_goer_til_basis)
