"""The vocabulary for reading the register."""

from datetime import date
from typing import Self, TypeVar

from django.db.models import Model, Q, QuerySet

from faelles.aktoer import Aktoer, Funktion
from faelles.scope import ScopedQuerySet
from faelles.tid import Periode
from tilbud.fejlmeldinger.overgange import AABNE

M = TypeVar("M", bound=Model)


class TilbudQuerySet(QuerySet[M]):
    """Offers. The register is open to everybody who may log in; nothing in it is about a citizen."""

    def aabne(self, dag: date) -> Self:
        """Offers that are not closed on the day."""
        return self.filter(Q(lukket_fra__isnull=True) | Q(lukket_fra__gt=dag))

    def med_pladser(self) -> Self:
        """Offers that are delivered in places, so that there is something to confirm."""
        return self.filter(uden_pladser=False)

    def drevet_af(self, aktoer: Aktoer) -> Self:
        """Offers the actor acts as the operator of: see `Aktoer.driver`."""
        if aktoer.funktion is not Funktion.DRIFTSHERRE:
            return self.none()
        egne = self.filter(driftsherre=aktoer.organisation_id)
        return egne if aktoer.tilbud is None else egne.filter(pk__in=aktoer.tilbud)


def i_aabent_tilbud(periode: Periode) -> Q:
    """Condition on places: the offer is open on every day of the period; it is closed from the very day it closes."""
    aabent = Q(afdeling__tilbud__lukket_fra__isnull=True)
    return aabent if periode.til is None else aabent | Q(afdeling__tilbud__lukket_fra__gte=periode.til)


class PladsQuerySet(QuerySet[M]):
    """Places."""

    def aabne_i_hele(self, periode: Periode) -> Self:
        """Places that are open on every day of the period."""
        return self.filter(periode__contains=periode.som_range)

    def i_aabne_tilbud(self, periode: Periode) -> Self:
        """Places whose offer has not closed on any day of the period."""
        return self.filter(i_aabent_tilbud(periode))

    def aabne_paa(self, dag: date) -> Self:
        """Places that are open on the day."""
        return self.filter(periode__contains=dag)


class RegisterimportQuerySet(ScopedQuerySet[M]):
    """Imports: for the operator's own people, and what is read or a draft for the one who made it only."""

    def _synlige(self, aktoer: Aktoer) -> Self:
        if aktoer.funktion is not Funktion.DRIFTSHERRE:
            return self.none()
        egne = self.filter(
            ~Q(tilstand__in=["laeses", "kladde"]) | Q(bestilt_af=aktoer.identitet), organisation=aktoer.organisation_id
        )
        if aktoer.tilbud is None:
            return egne
        return egne.filter(opretter_tilbud=False, tilbud__contained_by=sorted(aktoer.tilbud))


class FejlmeldingQuerySet(QuerySet[M]):
    """Reports of errors, as far as everybody may know them."""

    def aabne(self) -> Self:
        """Those that wait for an answer."""
        return self.filter(tilstand__in=sorted(AABNE))

    def overskredne(self, dag: date) -> Self:
        """Open ones whose last day has passed."""
        return self.aabne().filter(frist__lt=dag)


def _modtaget_af(aktoer: Aktoer) -> Q:
    """Condition on the cases: the actor is to answer, as the secretariat that owns the fact or else as the operator."""
    if aktoer.funktion is Funktion.SEKRETARIAT:
        return Q(sekretariat=aktoer.organisation_id)
    if aktoer.funktion is not Funktion.DRIFTSHERRE:
        return Q(pk__in=[])
    egne = Q(driftsherre=aktoer.organisation_id, sekretariat=None)
    return egne if aktoer.tilbud is None else egne & Q(tilbud__in=aktoer.tilbud)


class FejlsagQuerySet(ScopedQuerySet[M]):
    """What was reported and answered: for the organisation that reported, in the function it did, and for the one that answers."""

    def _synlige(self, aktoer: Aktoer) -> Self:
        meldte = Q(organisation=aktoer.organisation_id, funktion=aktoer.funktion.value)
        if aktoer.tilbud is not None:
            meldte &= Q(meldt_af=aktoer.identitet)
        return self.filter(meldte | _modtaget_af(aktoer))

    def modtaget_af(self, aktoer: Aktoer) -> Self:
        """Those the actor is to answer."""
        return self.filter(_modtaget_af(aktoer))


class PortalsammenligningQuerySet(ScopedQuerySet[M]):
    """Comparisons with Tilbudsportalen: for the operator's own people; one limited to single offers sees those about no others."""

    def _synlige(self, aktoer: Aktoer) -> Self:
        if aktoer.funktion is not Funktion.DRIFTSHERRE:
            return self.none()
        egne = self.filter(organisation=aktoer.organisation_id)
        return egne if aktoer.tilbud is None else egne.filter(tilbud__contained_by=sorted(aktoer.tilbud))


class PortalafvigelseQuerySet(ScopedQuerySet[M]):
    """Differences: as the comparisons they belong to."""

    def _synlige(self, aktoer: Aktoer) -> Self:
        if aktoer.funktion is not Funktion.DRIFTSHERRE:
            return self.none()
        egne = self.filter(sammenligning__organisation=aktoer.organisation_id)
        return egne if aktoer.tilbud is None else egne.filter(sammenligning__tilbud__contained_by=sorted(aktoer.tilbud))
