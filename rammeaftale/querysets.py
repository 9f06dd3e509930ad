"""The vocabulary for reading agreements."""

from typing import Any, Self, TypeVar

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet

from faelles.aktoer import Aktoer, Funktion
from faelles.scope import ScopedQuerySet
from faelles.tid import idag

M = TypeVar("M", bound=Model)

# Of a party: the agreement was adopted for some of its days.
VEDTAGET_FOR_DENS_DAGE = Q(aftale__tilstand="vedtaget", periode__overlap=F("aftale__periode"))


def har_ikke_forladt(part: str = "") -> Q:
    """That a party (`part`: the path to it) has not left by today; one that is to become one has not."""
    return Q(**{f"{part}periode__endswith": None}) | Q(**{f"{part}periode__endswith__gt": idag()})


def var_med(aktoer: Aktoer, som: str, dag: str) -> Q:
    """That the actor's organisation is one (a party, a member; `som`: the path to it) today, or was when the day (a field's path) came."""
    endnu = har_ikke_forladt(som) | Q(**{f"{som}periode__endswith__gt": F(dag)})
    return Q(**{f"{som}organisation": aktoer.organisation_id}) & endnu


class RammeaftaleQuerySet(QuerySet[M]):
    """Agreements."""

    def synlige_for(self, aktoer: Aktoer) -> Self:
        """Those the actor's organisation is party to, or whose secretariat it is.

        One that has left sees what was adopted for days it was a party, and what was sent while it was one; what is written after
        that is not its affair.
        """
        senere = alle(self.model, "versioner").filter(aftale=OuterRef("aftale"))
        senere = senere.exclude(sendt__lt=OuterRef("periode__endswith"))
        egne = alle(self.model, "parter").filter(
            har_ikke_forladt() | VEDTAGET_FOR_DENS_DAGE | ~Exists(senere),
            aftale=OuterRef("pk"),
            organisation=aktoer.organisation_id,
        )
        return self.filter(Q(kkr__sekretariat=aktoer.organisation_id) | Exists(egne))


class PartQuerySet(QuerySet[M]):
    """Parties."""

    def fjern(self) -> None:
        """Take the rows out; the database refuses when something points at one.

        Django's own `delete` reads every table that may point at them first, also the one nobody may read unscoped.
        """
        self._raw_delete(self.db)


class HoeringQuerySet(QuerySet[M]):
    """Hearings."""

    def synlige_for(self, aktoer: Aktoer) -> Self:
        """Those of the agreements the actor's secretariat keeps, and those sent of the agreements its organisation is party to; when it has
        left, only those that had ended by then: answers come to the others.
        """
        parter = var_med(aktoer, "version__aftale__parter__", "afsluttet__date") & Q(sendt__isnull=False)
        return self.filter(Q(version__aftale__kkr__sekretariat=aktoer.organisation_id) | parter).distinct()


class UdmeldingsfaktumQuerySet(QuerySet[M]):
    """What happened with central calls."""

    def gaeldende(self) -> Self:
        """Those that are not annulled."""
        return self.filter(annullering=None)


class UdmeldingsantalQuerySet(ScopedQuerySet[M]):
    """How many citizens a municipality answers a call about: seen by the municipality itself and the agreement's secretariat."""

    def _synlige(self, aktoer: Aktoer) -> Self:
        egne = Q(part__organisation=aktoer.organisation_id)
        if aktoer.funktion is Funktion.SEKRETARIAT:
            egne |= Q(part__aftale__kkr__sekretariat=aktoer.organisation_id)
        return self.filter(egne)


def alle(model: type[Model], sti: str) -> QuerySet[Any]:
    """Everything there is of what the path of relations leads to, whatever it is called (ADR 0009: no models here)."""
    for navn in sti.split("__"):
        model = model._meta.get_field(navn).related_model  # type: ignore[assignment]  # a relation's
    fundne: QuerySet[Any] = model._default_manager.all()
    return fundne
