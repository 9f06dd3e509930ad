"""The vocabulary for reading takster, and the budgets and calculations behind them."""

from datetime import date, datetime
from typing import Self, TypeVar

from django.db.models import F, Model, Q

from faelles.aktoer import Aktoer, Funktion
from faelles.dateret import DateretQuerySet
from faelles.scope import ScopedQuerySet
from faelles.tid import idag

M = TypeVar("M", bound=Model)


class TakstQuerySet(DateretQuerySet[M]):
    """Published takster, on two axes of time: the days they hold (`periode`), and when we said so (`oprettet` to `ophoert`)."""

    def gaeldende(self) -> Self:
        """What we say now."""
        return self.filter(ophoert__isnull=True)

    def kendt(self, tidspunkt: datetime) -> Self:
        """What we said just before the instant."""
        return self.filter(Q(ophoert__isnull=True) | Q(ophoert__gte=tidspunkt), oprettet__lt=tidspunkt)

    def paa(self, dag: date) -> Self:
        """Those that hold on the day, as we say now."""
        return self.gaeldende().filter(periode__contains=dag)


class _Driftsherrens(ScopedQuerySet[M]):
    """Rows of an offer, for those who run it: see `Aktoer.driver`."""

    _driftsherre, _tilbud = "driftsherre", "tilbud"

    def _synlige(self, aktoer: Aktoer) -> Self:
        return self.filter(self._egne(aktoer))

    def _egne(self, aktoer: Aktoer) -> Q:
        if aktoer.funktion is not Funktion.DRIFTSHERRE:
            return Q(pk__in=[])
        egne = Q(**{self._driftsherre: aktoer.organisation_id})
        return egne if aktoer.tilbud is None else egne & Q(**{f"{self._tilbud}__in": aktoer.tilbud})


class BudgetQuerySet(_Driftsherrens[M]):
    """Budgets."""


class BudgetlinjeQuerySet(_Driftsherrens[M]):
    """Their lines."""

    _driftsherre, _tilbud = "budget__driftsherre", "budget__tilbud"


class RegnskabQuerySet(_Driftsherrens[M]):
    """Accounts: the operator's own, and to a secretariat those that are closed, of municipalities' and regions' offers in its KKR today."""

    def _synlige(self, aktoer: Aktoer) -> Self:
        if aktoer.funktion is not Funktion.SEKRETARIAT:
            return super()._synlige(aktoer)
        i_kkr = {
            "tilbud__beliggenhedskommune__kkr_medlemskaber__kkr__sekretariat": aktoer.organisation_id,
            "tilbud__beliggenhedskommune__kkr_medlemskaber__periode__contains": idag(),
        }
        return self.filter(afsluttet__isnull=False, driftsherre__art__in=("kommune", "region"), **i_kkr)

    def egne(self, aktoer: Aktoer) -> Self:
        """Those the actor can do something with."""
        return self.synlige_for(aktoer).filter(self._egne(aktoer))


class RegnskabslinjeQuerySet(_Driftsherrens[M]):
    """Their lines, the operator's alone."""

    _driftsherre, _tilbud = "regnskab__driftsherre", "regnskab__tilbud"


class GenberegningQuerySet(_Driftsherrens[M]):
    """Calculations computed again by final terms."""

    def aabne(self) -> Self:
        """The newest of each calculation that is under way or what we say now, and that no final set has confirmed.

        Of takster those alone that gave another, or none; of prices and shares, which are several, that is for `bekraefter` to say.
        """
        undervejs = Q(beregning__tilstand__in=("kladde", "indsendt", "godkendt"))
        i_kraft = Q(
            beregning__takster__isnull=False, beregning__takster__ophoert=None, beregning__takster__bekraeftet=None
        )
        anden = Q(beloeb__isnull=True) | ~Q(beloeb=F("beregning__beloeb"))
        aaben = anden & (undervejs | i_kraft)
        for forloeb in ("prisblad", "finansiering"):
            venter = Q(**{f"{forloeb}__tilstand": "indsendt"})
            siges = {"tilstand": "offentliggjort", "ophoert": None, "bekraeftet": None}
            aaben |= venter | Q(**{f"{forloeb}__{felt}": vaerdi for felt, vaerdi in siges.items()})
        af = ("beregning_id", "prisblad_id", "finansiering_id")
        return self.filter(aaben).order_by(*af, "-beregnet").distinct(*af)


class ScenarieQuerySet(_Driftsherrens[M]):
    """What-ifs."""


class TakstberegningQuerySet(_Driftsherrens[M]):
    """Calculations: the operator's own in every state, and everybody's once published."""

    def _synlige(self, aktoer: Aktoer) -> Self:
        return self.filter(self._egne(aktoer) | Q(tilstand="offentliggjort"))

    def egne(self, aktoer: Aktoer) -> Self:
        """Those the actor can do something with."""
        return self.synlige_for(aktoer).filter(self._egne(aktoer))

    def egne_aabnet(self, aktoer: Aktoer) -> Self:
        """As `egne`, when the database has been told already who asks."""
        return self.aabnet_for(aktoer).filter(self._egne(aktoer))


class ForloebQuerySet(TakstberegningQuerySet[M]):
    """What two people decide on: the operator's own in every state, and everybody's once published."""

    def til_godkendelse(self, aktoer: Aktoer) -> Self:
        """Sent in by somebody else and waiting for the actor's organisation. The database has been told already who asks."""
        egne = self.egne_aabnet(aktoer).filter(tilstand="indsendt")
        return egne.exclude(indsendt_af=aktoer.identitet).order_by("indsendt", "id")

    def offentlige(self, aktoer: Aktoer, foer: datetime | None = None) -> Self:
        """Published ones that we say now, or just before the instant said: everybody's, so the database need not be told who asks."""
        synlige = self.aabnet_for(aktoer).filter(tilstand="offentliggjort")
        if foer is None:
            return synlige.filter(ophoert__isnull=True)
        return synlige.filter(Q(ophoert__isnull=True) | Q(ophoert__gte=foer), oprettet__lt=foer, afgjort__lt=foer)


class TakstpaamindelseQuerySet(ScopedQuerySet[M]):
    """Reminders of the year's takster, for the secretariat that sent them and the operator that got them."""

    def _synlige(self, aktoer: Aktoer) -> Self:
        if aktoer.funktion is Funktion.SEKRETARIAT:
            return self.filter(kkr__sekretariat=aktoer.organisation_id)
        if aktoer.funktion is Funktion.DRIFTSHERRE:
            return self.filter(driftsherre=aktoer.organisation_id)
        return self.none()
