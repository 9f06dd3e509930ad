"""Whose people may be managed, and as what: an administrator's own organisation, or one that a secretariat helps."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from faelles.aktoer import Aktoer, Rettighed
from faelles.fejl import IkkeFundet
from faelles.tid import idag
from kommuner.models import KkrMedlemskab, Organisation, Organisationsart, RegionMedlemskab, Rolle, Tilknytning
from kommuner.tilbudsregister import driftsherrer_i


@dataclass(frozen=True, slots=True)
class Maal:
    """The organisation whose people are managed; `hjaelp` when it is a secretariat that does it."""

    organisation: Organisation
    hjaelp: bool


def hjaelpes_af(sekretariat_id: UUID, dag: date) -> QuerySet[Organisation]:
    """The organisations a secretariat helps on a day.

    The municipalities of its KKR, the regions they lie in, and the private and self-owned operators of an open offer in one
    of them. Not the secretariat itself: its administrators are made by `opret_administrator` and by each other.
    """
    kommuner = list(
        KkrMedlemskab.objects.paa(dag).filter(kkr__sekretariat=sekretariat_id).values_list("kommune_id", flat=True)
    )
    regioner = RegionMedlemskab.objects.paa(dag).filter(kommune__in=kommuner).values("region")
    private = Q(art__in=(Organisationsart.PRIVAT, Organisationsart.SELVEJENDE), pk__in=driftsherrer_i(kommuner))
    return Organisation.objects.filter(Q(kommune__in=kommuner) | Q(pk__in=regioner) | private)


def find_maal(aktoer: Aktoer, organisation_id: UUID) -> Maal:
    """The organisation, for somebody who may manage its people.

    Raises IngenAdgang for an actor who manages nobody's, and IkkeFundet for an organisation that is not hers to manage.
    """
    if not aktoer.maa(Rettighed.PERSONER_HJAELP):
        aktoer.kraev(Rettighed.PERSONER_STYR)
    if aktoer.maa(Rettighed.PERSONER_STYR):
        fundne, hjaelp = Organisation.objects.filter(pk=aktoer.organisation_id), False
    else:
        fundne, hjaelp = hjaelpes_af(aktoer.organisation_id, idag()), True
    organisation = fundne.filter(pk=organisation_id).first()
    if organisation is None:
        raise IkkeFundet("organisation_ikke_fundet", "Organisationen findes ikke.")
    return Maal(organisation, hjaelp)


def administratorer(organisation_id: UUID, dag: date) -> QuerySet[Tilknytning]:
    """Those who can manage the organisation's people on the day."""
    return Tilknytning.objects.paa(dag).filter(
        organisation=organisation_id, rolle=Rolle.ADMINISTRATOR, bruger__is_active=True
    )
