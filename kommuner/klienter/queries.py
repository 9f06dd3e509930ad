"""Reading an organisation's API clients for its administrators' pages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, F, Max, Min, Q

from faelles.aktoer import RETTIGHED_TEKST, Aktoer, Funktion, Rettighed
from faelles.spor import historik
from faelles.sprog import sortnoegle
from kommuner.models import ApiKlient, ApiNoegle, Organisation, Organisationsart
from kommuner.roller import klientmuligheder

_AKTIV = Q(noegler__ophoert__isnull=True)


@dataclass(frozen=True, slots=True)
class Klientraekke:
    """A client in the list: how many credentials count, when any of them last got a token, and what somebody should look at."""

    klient: ApiKlient
    aktive: int
    sidst_brugt: datetime | None
    aldrig_brugte: int
    for_gammel: bool


@dataclass(frozen=True, slots=True)
class Trin:
    """A line of a client's history: when, what, and whether a person or the platform itself did it."""

    tidspunkt: datetime
    tekst: str
    hvem: str


def er_for_gammel(oprettet: datetime | None, nu: datetime) -> bool:
    """Whether a credential has been there for longer than the setting says it should be."""
    return oprettet is not None and nu - oprettet > timedelta(days=settings.KLIENTNOEGLE_DAGE)


def klienter(aktoer: Aktoer, nu: datetime) -> list[Klientraekke]:
    """The actor's own clients, open ones first, in Danish order of name. An organisation has tens, so all are read at once."""
    fundne = ApiKlient.objects.synlige_for(aktoer).annotate(
        aktive=Count("noegler", filter=_AKTIV),
        aldrig_brugte=Count("noegler", filter=_AKTIV & Q(noegler__sidst_brugt__isnull=True)),
        aeldste=Min("noegler__oprettet", filter=_AKTIV),
        sidst_brugt=Max("noegler__sidst_brugt"),
    )
    return [
        Klientraekke(klient, klient.aktive, klient.sidst_brugt, klient.aldrig_brugte, er_for_gammel(klient.aeldste, nu))
        for klient in sorted(fundne, key=lambda k: (k.lukket is not None, sortnoegle(k.navn), k.pk))
    ]


def find(aktoer: Aktoer, klient_id: UUID) -> ApiKlient | None:
    """One client, or None when it does not exist or is another organisation's."""
    return ApiKlient.objects.synlige_for(aktoer).select_related("organisation").filter(pk=klient_id).first()


def noegler(aktoer: Aktoer, klient: ApiKlient) -> list[ApiNoegle]:
    """All credentials the client has had, active ones first, newest first."""
    return list(
        ApiNoegle.objects.synlige_for(aktoer)
        .filter(klient=klient)
        .select_related("application", "klient")
        .order_by(F("ophoert").desc(nulls_first=True), "-oprettet", "-id")
    )


def muligheder(aktoer: Aktoer) -> Mapping[Funktion, frozenset[Rettighed]]:
    """What a system of the actor's organisation can be."""
    return klientmuligheder(Organisationsart(Organisation.objects.get(pk=aktoer.organisation_id).art))


def forloeb(aktoer: Aktoer, klient: ApiKlient, klientens_noegler: list[ApiNoegle]) -> list[Trin]:
    """What has happened to the client and its credentials, latest first. The caller has found both for the actor."""
    return sorted(
        [*_klientens_trin(aktoer, klient), *_noeglernes_trin(aktoer, klientens_noegler)],
        key=lambda trin: trin.tidspunkt,
        reverse=True,
    )


def _klientens_trin(aktoer: Aktoer, klient: ApiKlient) -> Iterator[Trin]:
    haendelser = list(historik(ApiKlient).objects.synlige_for(aktoer).filter(pgh_obj=klient).order_by("pgh_id"))
    yield Trin(
        klient.oprettet, f"Klienten oprettet som {klient.funktion}", _hvem(haendelser[0] if haendelser else None)
    )
    for foer, efter in pairwise(haendelser):
        if efter.lukket and not foer.lukket:
            yield Trin(efter.lukket, "Klienten lukket", _hvem(efter))
        for ord_, scopes in (
            ("givet", set(efter.scopes) - set(foer.scopes)),
            ("taget", set(foer.scopes) - set(efter.scopes)),
        ):
            if scopes:
                navne = "; ".join(sorted(RETTIGHED_TEKST[Rettighed(scope)] for scope in scopes))
                yield Trin(efter.pgh_created_at, f"Adgang {ord_}: {navne}", _hvem(efter))


def _noeglernes_trin(aktoer: Aktoer, klientens_noegler: list[ApiNoegle]) -> Iterator[Trin]:
    efter_id = {noegle.pk: noegle for noegle in klientens_noegler}
    haendelser = historik(ApiNoegle).objects.synlige_for(aktoer).filter(pgh_obj__in=efter_id)
    for haendelse in haendelser:
        noegle = efter_id[haendelse.pgh_obj_id]
        klient_id = noegle.application.client_id
        if haendelse.pgh_label == "insert":
            yield Trin(haendelse.oprettet, f"Nøgle oprettet: {klient_id}", _hvem(haendelse))
        elif haendelse.ophoert:
            yield Trin(haendelse.ophoert, f"Nøgle spærret: {klient_id}", _hvem(haendelse))


def _hvem(haendelse: Any) -> str:
    """A function, never a person; the log of changes names the identity."""
    return "Administrator" if haendelse and haendelse.pgh_context.get("organisation") else "Platformen"
