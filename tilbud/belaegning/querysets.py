"""Reading the ledger. One predicate decides whether a claim counts; search, calendar, counts and settlement all use it."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Self, TypeVar

from django.db.models import DateField, Exists, F, Model, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from faelles.tid import Periode
from vilkaar.kilde import kildefelt
from vilkaar.noegler import Noegle

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable, NegatedExpression

M = TypeVar("M", bound=Model)

# The first day after a claim, far off for one without an end: what `optagelse_pr_plads` is sorted by, so that what is over is passed by.
SLUT = Coalesce(F("periode__endswith"), Value(date.max, DateField()))


class OptagelseQuerySet(QuerySet[M]):
    """Claims."""

    def gaelder(self, nu: datetime) -> Self:
        """Those that count at the instant: active, and not a hold that has run out."""
        return self.filter(Q(udloeber__isnull=True) | Q(udloeber__gt=nu), aktiv=True)

    def i_perioden(self, periode: Periode) -> Self:
        """Those that share a day with the period."""
        efter = self.alias(slut=SLUT).filter(slut__gt=periode.fra)
        return efter if periode.til is None else efter.filter(periode__startswith__lt=periode.til)

    def udloebne(self, nu: datetime) -> Self:
        """Active holds that have run out and only wait to be ended."""
        return self.filter(aktiv=True, udloeber__lte=nu)


class PladslukningQuerySet(QuerySet[M]):
    """Temporary closures."""

    def gaelder(self) -> Self:
        """Those nobody has lifted."""
        return self.filter(ophaevet__isnull=True)

    def fra(self, dag: date) -> Self:
        """Those that close something on the day or later."""
        return self.gaelder().filter(periode__endswith__gt=dag)

    def med_kilde(self) -> Self:
        """With `kilde` (`fra_felt`): where it is said that one person alone may close so much, when one did."""
        return self.annotate(kilde=kildefelt(Noegle.LUKNING_ALENE_DAGE))


def er_ledig(
    optagelser: "OptagelseQuerySet[M]", periode: Periode, nu: datetime, ugedage: list[int] | None = None
) -> "NegatedExpression[Combinable]":
    """Condition on places: no claim counts for the weekdays on any day of the period. `optagelser` is the claims' queryset.

    `ugedage`: 1 (Monday) to 7; None means the place's own.
    """
    optagne = optagelser.gaelder(nu).i_perioden(periode)
    return ~Exists(optagne.filter(plads=OuterRef("pk"), ugedage__overlap=ugedage or OuterRef("ugedage")))
