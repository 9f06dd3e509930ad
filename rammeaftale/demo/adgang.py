"""Demo logins and API clients. Secrets are derived from SECRET_KEY, so none is in the repository and all can be shown again."""

import hmac
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from oauth2_provider.models import Application

from faelles.aktoer import Funktion, Rettighed
from faelles.tid import Periode
from kommuner.models import ApiKlient, Bruger, Kommune, Organisation, Rolle, Tilknytning

FRA = date(2025, 1, 1)
LAES = (Rettighed.TILBUD_LAES, Rettighed.RAMMEAFTALER_LAES, Rettighed.RAPPORTER_LAES)
SAGER = (Rettighed.RESERVATIONER_LAES, Rettighed.RESERVATIONER_SKRIV)


@dataclass(frozen=True, slots=True)
class DemoBruger:
    """A person and what she is; `kommune` None means the secretariat."""

    email: str
    kommune: str | None
    roller: tuple[Rolle, ...]


@dataclass(frozen=True, slots=True)
class DemoKlient:
    """A municipal system; `kommune` None means the secretariat's."""

    client_id: str
    navn: str
    kommune: str | None
    funktion: Funktion
    scopes: tuple[Rettighed, ...]


BRUGERE = (
    DemoBruger("sagsbehandler@roedovre.example.dk", "Rødovre", (Rolle.SAGSBEHANDLER,)),
    DemoBruger("tilbudsleder@gladsaxe.example.dk", "Gladsaxe", (Rolle.TILBUDSLEDER,)),
    DemoBruger("sagsbehandler@herlev.example.dk", "Herlev", (Rolle.SAGSBEHANDLER,)),
    DemoBruger("sekretariat@hovedstaden.example.dk", None, (Rolle.SEKRETARIAT,)),
    DemoBruger("laeser@gentofte.example.dk", "Gentofte", (Rolle.LAESER,)),
    DemoBruger("begge@gladsaxe.example.dk", "Gladsaxe", (Rolle.SAGSBEHANDLER, Rolle.TILBUDSLEDER)),
)
KLIENTER = (
    DemoKlient("roedovre-fagsystem", "Rødovres fagsystem", "Rødovre", Funktion.MYNDIGHED, (*LAES, *SAGER)),
    DemoKlient(
        "gladsaxe-udfoerer",
        "Gladsaxes udførersystem",
        "Gladsaxe",
        Funktion.DRIFTSHERRE,
        (*LAES, *SAGER, Rettighed.PLADSER_BEKRAEFT),
    ),
    DemoKlient("herlev-fagsystem", "Herlevs fagsystem", "Herlev", Funktion.MYNDIGHED, (*LAES, *SAGER)),
    DemoKlient(
        "sekretariat",
        "Sekretariatets system",
        None,
        Funktion.SEKRETARIAT,
        (*LAES, Rettighed.GODKENDELSER_SKRIV, Rettighed.RAPPORTER_BESTIL),
    ),
)


def hemmelighed(navn: str) -> str:
    """The demo secret of a login or client: the same as long as SECRET_KEY is."""
    return hmac.new(settings.SECRET_KEY.encode(), f"demoadgang:{navn}".encode(), "sha256").hexdigest()[:20]


def opret(sekretariat: Organisation) -> None:
    """Create logins and clients that do not exist yet."""
    for demo in BRUGERE:
        if not Bruger.objects.filter(email=demo.email).exists():
            _bruger(demo, _organisation(demo.kommune, sekretariat))
    for klient in KLIENTER:
        if not Application.objects.filter(client_id=klient.client_id).exists():
            _klient(klient, _organisation(klient.kommune, sekretariat))


def _organisation(kommune: str | None, sekretariat: Organisation) -> Organisation:
    return Kommune.objects.get(kortnavn=kommune).organisation if kommune else sekretariat


def _bruger(demo: DemoBruger, organisation: Organisation) -> None:
    bruger = Bruger.objects.create_user(demo.email, hemmelighed(demo.email))
    Tilknytning.objects.bulk_create(
        Tilknytning(bruger=bruger, organisation=organisation, rolle=rolle, periode=Periode(FRA).som_range)
        for rolle in demo.roller
    )


def _klient(klient: DemoKlient, organisation: Organisation) -> None:
    application = Application.objects.create(
        client_id=klient.client_id,
        client_secret=hemmelighed(klient.client_id),
        name=klient.navn,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
    )
    ApiKlient.objects.create(
        application=application,
        organisation=organisation,
        funktion=klient.funktion.value,
        scopes=[scope.value for scope in klient.scopes],
    )


def oversigt(adresse: str) -> dict[str, Any]:
    """Logins and clients that exist, as `manage.py demoadgang --json` prints them."""
    roller = Tilknytning.objects.filter(bruger__email__in=[demo.email for demo in BRUGERE]).select_related(
        "bruger", "organisation"
    )
    klienter = ApiKlient.objects.filter(
        application__client_id__in=[klient.client_id for klient in KLIENTER]
    ).select_related("application", "organisation")
    return {
        "brugere": [
            {
                "email": tilknytning.bruger.email,
                "adgangskode": hemmelighed(tilknytning.bruger.email),
                "rolle": tilknytning.rolle,
                "organisation": tilknytning.organisation.navn,
            }
            for tilknytning in roller.order_by("organisation__navn_sortering", "bruger__email", "rolle")
        ],
        "klienter": [
            {
                "clientId": klient.application.client_id,
                "clientSecret": hemmelighed(klient.application.client_id),
                "organisation": klient.organisation.navn,
                "funktion": klient.funktion,
                "scopes": klient.scopes,
            }
            for klient in klienter.order_by("organisation__navn_sortering", "application__client_id")
        ],
        "tokenUrl": f"{adresse}/o/token/",
        "apiUrl": f"{adresse}/api/v1",
    }
