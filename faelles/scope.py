"""One scoped way to read tenant data, with a second wall in the database.

A query on a scoped model without `.synlige_for(aktoer)` or `.for_systemet(grund)` raises, in production too. Both also
tell PostgreSQL who asks, so that row-level security holds even where Python forgot something.
"""

from collections.abc import Iterator
from typing import Any, Self, TypeVar

from django.db import connection, models
from django.db.models.query import QuerySet

from faelles.aktoer import Aktoer

M = TypeVar("M", bound=models.Model)

SYSTEM = "system"


class UdenScope(RuntimeError):
    """Tenant data was queried without saying for whom: a bug, never a user's mistake."""


def saet_database_aktoer(aktoer: Aktoer | None) -> None:
    """Tell PostgreSQL for the rest of this transaction who asks; None means the system itself.

    The settings are transaction-local (third argument true): session-wide ones would follow a pooled connection to
    the next user. Raises UdenScope outside a transaction, where they would be lost at once.
    """
    if not connection.in_atomic_block:
        raise UdenScope("Aktøren kan kun sættes inde i en transaktion")
    organisation, funktion = (str(aktoer.organisation_id), aktoer.funktion.value) if aktoer else ("", SYSTEM)
    with connection.cursor() as cursor:
        cursor.execute(
            "select set_config('app.organisation', %s, true), set_config('app.funktion', %s, true),"
            " set_config('app.tilbud', %s, true)",
            [organisation, funktion, _tilbud(aktoer)],
        )


def _tilbud(aktoer: Aktoer | None) -> str:
    """The offers the actor is limited to as an array of PostgreSQL's; empty text means no limit, `{}` no offer at all."""
    if aktoer is None or aktoer.tilbud is None:
        return ""
    return "{" + ",".join(sorted(map(str, aktoer.tilbud))) + "}"


class ScopedQuerySet(QuerySet[M]):
    """A QuerySet that refuses to run before somebody has said for whom."""

    _i_scope: bool = False

    def synlige_for(self, aktoer: Aktoer) -> Self:
        """The rows the actor may see. Subclasses say which, in `_synlige`."""
        saet_database_aktoer(aktoer)
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
        klon._i_scope = True  # noqa: SLF001 - our own class
        return klon

    def _kraev_scope(self) -> None:
        if not self._i_scope:
            raise UdenScope(f"{self.model.__name__} er læst uden .synlige_for(aktoer)")

    def _clone(self) -> Self:
        klon: Self = super()._clone()  # type: ignore[misc]  # Django's own extension point, missing in the stubs
        klon._i_scope = self._i_scope
        return klon

    def _fetch_all(self) -> None:
        self._kraev_scope()
        super()._fetch_all()

    def iterator(self, *args: Any, **kwargs: Any) -> Iterator[M]:
        """As Django's, in scope only."""
        self._kraev_scope()
        return super().iterator(*args, **kwargs)

    def count(self) -> int:
        """As Django's, in scope only."""
        self._kraev_scope()
        return super().count()

    def exists(self) -> bool:
        """As Django's, in scope only."""
        self._kraev_scope()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """As Django's, in scope only."""
        self._kraev_scope()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        """As Django's, in scope only."""
        self._kraev_scope()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """As Django's, in scope only."""
        self._kraev_scope()
        return super().delete()
