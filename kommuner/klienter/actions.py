"""What administrators do with their organisation's API clients. A secret leaves here once and can never be read again."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from faelles.aktoer import RETTIGHED_TEKST, Aktoer, Funktion, Rettighed
from faelles.cpr import uden_cpr
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.haendelser import publicer
from faelles.scope import saet_database_aktoer
from faelles.tid import nu
from kommuner.klienter.noegler import Udstedt, gem, ny_hemmelighed
from kommuner.models import ApiKlient, ApiNoegle, Organisation, Organisationsart
from kommuner.models.klienter import HOEJST_NOEGLER
from kommuner.roller import klientmuligheder

NAVN_LAENGST = 80


def opret_klient(*, aktoer: Aktoer, navn: str, funktion: Funktion, scopes: Collection[Rettighed]) -> Udstedt:
    """Register a system of the actor's organisation with its first credential.

    Raises UgyldigtInput with all faults at once.
    """
    aktoer.kraev(Rettighed.KLIENTER_STYR)
    hemmelighed = ny_hemmelighed()
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        # Two who choose the same name at once: the second waits here and finds the first.
        organisation = Organisation.objects.select_for_update(no_key=True).get(pk=aktoer.organisation_id)
        felter = _feltfejl(organisation, funktion, scopes)
        if fejl := _navnefejl(aktoer, navn):
            felter["navn"] = fejl
        if felter:
            raise UgyldigtInput("ugyldig_klient", "Klienten kan ikke oprettes, før felterne er rettet.", felter)
        klient = ApiKlient.objects.create(
            navn=navn.strip(), organisation=organisation, funktion=funktion, scopes=_vaerdier(scopes)
        )
        noegle = gem(klient, 1, hemmelighed)
        publicer("apiklient.oprettet", "apiklient", klient.id)
        publicer("apinoegle.oprettet", "apinoegle", noegle.id)
        return Udstedt(noegle, hemmelighed)


def ny_noegle(*, aktoer: Aktoer, klient_id: UUID) -> Udstedt:
    """Give the client another credential beside the one it has.

    Raises IkkeFundet, or Konflikt when the client is closed or has as many as it can.
    """
    aktoer.kraev(Rettighed.KLIENTER_STYR)
    hemmelighed = ny_hemmelighed()
    with _laast(aktoer, klient_id) as klient:
        brugte = set(
            ApiNoegle.objects.synlige_for(aktoer).gyldige().filter(klient=klient).values_list("plads", flat=True)
        )
        ledige = [plads for plads in range(1, HOEJST_NOEGLER + 1) if plads not in brugte]
        if not ledige:
            raise Konflikt(
                "noegler_i_brug",
                f"Klienten har allerede {HOEJST_NOEGLER} gældende nøgler. Spær den, systemet ikke længere bruger, og opret så en ny.",
            )
        noegle = gem(klient, ledige[0], hemmelighed)
        publicer("apinoegle.oprettet", "apinoegle", noegle.id)
        return Udstedt(noegle, hemmelighed)


def spaer_noegle(*, aktoer: Aktoer, klient_id: UUID, noegle_id: UUID) -> ApiNoegle:
    """End a credential and its tokens at once. Raises IkkeFundet, or Konflikt when it has ended already."""
    aktoer.kraev(Rettighed.KLIENTER_STYR)
    with _laast(aktoer, klient_id) as klient:
        noegle = ApiNoegle.objects.synlige_for(aktoer).filter(pk=noegle_id, klient=klient).first()
        if noegle is None:
            raise IkkeFundet("noegle_ikke_fundet", "Nøglen findes ikke.")
        if noegle.ophoert is not None:
            raise Konflikt("noegle_spaerret", "Nøglen er allerede spærret.")
        noegle.ophoert = nu()
        noegle.save(update_fields=["ophoert"])
        publicer("apinoegle.spaerret", "apinoegle", noegle.id)
        return noegle


def luk_klient(*, aktoer: Aktoer, klient_id: UUID) -> ApiKlient:
    """Close a client for good, with all its credentials and tokens. Raises IkkeFundet, or Konflikt when it is closed already."""
    aktoer.kraev(Rettighed.KLIENTER_STYR)
    with _laast(aktoer, klient_id) as klient:
        nu_ = nu()
        for noegle in ApiNoegle.objects.synlige_for(aktoer).gyldige().filter(klient=klient).order_by("id"):
            noegle.ophoert = nu_
            noegle.save(update_fields=["ophoert"])
            publicer("apinoegle.spaerret", "apinoegle", noegle.id)
        klient.lukket = nu_
        klient.save(update_fields=["lukket"])
        publicer("apiklient.lukket", "apiklient", klient.id)
        return klient


def aendr_adgange(*, aktoer: Aktoer, klient_id: UUID, scopes: Collection[Rettighed]) -> ApiKlient:
    """Change what the client may do. What is taken away ends at once, in tokens already given too.

    Raises IkkeFundet, UgyldigtInput, or Konflikt when the client is closed.
    """
    aktoer.kraev(Rettighed.KLIENTER_STYR)
    with _laast(aktoer, klient_id) as klient:
        if felter := _feltfejl(klient.organisation, klient.som, scopes):
            raise UgyldigtInput("ugyldige_adgange", "Adgangene kan ikke gemmes, før de er rettet.", felter)
        if klient.scopes != _vaerdier(scopes):
            klient.scopes = _vaerdier(scopes)
            klient.save(update_fields=["scopes"])
            publicer("apiklient.aendret", "apiklient", klient.id)
        return klient


@contextmanager
def _laast(aktoer: Aktoer, klient_id: UUID) -> Iterator[ApiKlient]:
    """A transaction that holds the client: who changes its credentials or rights waits for whoever does so already."""
    with transaction.atomic():
        klient = (
            ApiKlient.objects.synlige_for(aktoer)
            .select_related("organisation")
            .select_for_update(no_key=True, of=("self",))
            .filter(pk=klient_id)
            .first()
        )
        if klient is None:
            raise IkkeFundet("klient_ikke_fundet", "API-klienten findes ikke.")
        if klient.lukket is not None:
            raise Konflikt("klient_lukket", "API-klienten er lukket og kan ikke ændres. Opret en ny i stedet.")
        yield klient


def _vaerdier(scopes: Collection[Rettighed]) -> list[str]:
    return sorted(rettighed.value for rettighed in set(scopes))


def _navnefejl(aktoer: Aktoer, navn: str) -> list[str]:
    navn = navn.strip()
    if not 0 < len(navn) <= NAVN_LAENGST:
        return [f"Skriv et navn på højst {NAVN_LAENGST} tegn, så I kan kende systemet igen."]
    if ApiKlient.objects.synlige_for(aktoer).filter(lukket__isnull=True, navn__iexact=navn).exists():
        return ["I har allerede en API-klient med det navn. Vælg et andet."]
    try:
        uden_cpr(navn)
    except ValidationError as fejl:
        return list(fejl.messages)
    return []


def _feltfejl(organisation: Organisation, funktion: Funktion, scopes: Collection[Rettighed]) -> dict[str, list[str]]:
    """What is wrong with the function and the rights, by field."""
    muligheder = klientmuligheder(Organisationsart(organisation.art))
    if funktion not in muligheder:
        navne = " eller ".join(muligheder)
        return {"funktion": [f"{organisation} kan ikke have et system som {funktion}. Vælg {navne}."]}
    for_meget = sorted(RETTIGHED_TEKST[rettighed] for rettighed in set(scopes) - muligheder[funktion])
    if for_meget:
        return {"scopes": [f"Et system hos {organisation} kan ikke som {funktion} få: {'; '.join(for_meget).lower()}."]}
    if not scopes:
        return {"scopes": ["Vælg mindst én adgang. Skal systemet ikke kunne noget, så luk klienten."]}
    return {}
