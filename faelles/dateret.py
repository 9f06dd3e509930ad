"""What every dated fact shares: one value a day, a real period, and the question "what held on day D"."""

from datetime import date
from typing import Self, TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db.models import CheckConstraint, Model, Q, QuerySet

M = TypeVar("M", bound=Model)


def en_ad_gangen(navn: str, *noegle: str, betingelse: Q | None = None) -> ExclusionConstraint:
    """Never two values on one day: rows with the same key may not have overlapping `periode` (invariant of architecture.md)."""
    return ExclusionConstraint(
        name=navn,
        expressions=[*((felt, RangeOperators.EQUAL) for felt in noegle), ("periode", RangeOperators.OVERLAPS)],
        condition=betingelse,
    )


def rigtig_periode(navn: str) -> CheckConstraint:
    """A stored `periode` holds at least one day and has a first day."""
    return CheckConstraint(condition=Q(periode__isempty=False, periode__startswith__isnull=False), name=navn)


class DateretQuerySet(QuerySet[M]):
    """Facts with a `periode`."""

    def paa(self, dag: date) -> Self:
        """Those that hold on the day."""
        return self.filter(periode__contains=dag)
