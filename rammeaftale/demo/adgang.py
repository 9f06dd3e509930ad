"""Demo logins and API clients. Secrets are derived from SECRET_KEY, so none is in the repository and all can be shown again."""

import hmac
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction

from faelles.aktoer import Funktion, Rettighed
from faelles.tid import Periode
from kommuner.klienter import noegler
from kommuner.klienter.querysets import ApiNoegleQuerySet
from kommuner.models import ApiKlient, ApiNoegle, Bruger, Kommune, Organisation, Rolle, Tilknytning
from kommuner.tilbudsregister import tilbud_hos

FRA = date(2025, 1, 1)
LAES = (Rettighed.TILBUD_LAES, Rettighed.RAMMEAFTALER_LAES, Rettighed.RAPPORTER_LAES)
SAGER = (Rettighed.RESERVATIONER_LAES, Rettighed.RESERVATIONER_SKRIV)


@dataclass(frozen=True, slots=True)
class DemoBruger:
    """A person and what she is; `kommune` None means the secretariat. `tilbud`: for so many of its offers only, 0 for all."""

    email: str
    kommune: str | None
    roller: tuple[Rolle, ...]
    tilbud: int = 0


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
    DemoBruger("administrator@roedovre.example.dk", "Rødovre", (Rolle.ADMINISTRATOR,)),
    DemoBruger("administrator2@roedovre.example.dk", "Rødovre", (Rolle.ADMINISTRATOR,)),
    DemoBruger("visitator@roedovre.example.dk", "Rødovre", (Rolle.VISITATOR,)),
    DemoBruger("oekonomi@roedovre.example.dk", "Rødovre", (Rolle.OEKONOMI,)),
    DemoBruger("oekonomi@gladsaxe.example.dk", "Gladsaxe", (Rolle.DRIFTSHERRE_OEKONOMI,)),
    DemoBruger("enkelttilbud@gladsaxe.example.dk", "Gladsaxe", (Rolle.TILBUDSLEDER,), tilbud=1),
    DemoBruger("drift@hovedstaden.example.dk", None, (Rolle.DRIFT,)),
)
KLIENTER = (
    DemoKlient("roedovre-fagsystem", "Rødovres fagsystem", "Rødovre", Funktion.MYNDIGHED, (*LAES, *SAGER)),
    DemoKlient(
        "gladsaxe-udfoerer",
        "Gladsaxes udførersystem",
        "Gladsaxe",
        Funktion.DRIFTSHERRE,
        (*LAES, *SAGER, Rettighed.PLADSER_BEKRAEFT, Rettighed.TAKSTER_INDLAES, Rettighed.TILBUD_SKRIV),
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
    kendte = set(_noegler().values_list("application__client_id", flat=True))
    for klient in KLIENTER:
        if klient.client_id not in kendte:
            _klient(klient, _organisation(klient.kommune, sekretariat))


def _organisation(kommune: str | None, sekretariat: Organisation) -> Organisation:
    return Kommune.objects.get(kortnavn=kommune).organisation if kommune else sekretariat


def _bruger(demo: DemoBruger, organisation: Organisation) -> None:
    bruger = Bruger.objects.create_user(demo.email, hemmelighed(demo.email))
    kun_tilbud = list(tilbud_hos(organisation.pk))[: demo.tilbud]
    Tilknytning.objects.bulk_create(
        Tilknytning(
            bruger=bruger,
            organisation=organisation,
            rolle=rolle,
            periode=Periode(FRA).som_range,
            kun_tilbud=kun_tilbud,
        )
        for rolle in demo.roller
    )


def _klient(demo: DemoKlient, organisation: Organisation) -> None:
    klient = ApiKlient.objects.create(
        navn=demo.navn,
        organisation=organisation,
        funktion=demo.funktion.value,
        scopes=sorted(scope.value for scope in demo.scopes),
    )
    noegler.gem(klient, 1, noegler.hemmelighed(demo.client_id, hemmelighed(demo.client_id)))


def _noegler() -> ApiNoegleQuerySet[ApiNoegle]:
    """The credentials of the demo clients, also those that are revoked."""
    alle = ApiNoegle.objects.for_systemet("demo clients are every developer's")
    return alle.filter(application__client_id__in=[klient.client_id for klient in KLIENTER])


def oversigt(adresse: str) -> dict[str, Any]:
    """Logins and clients that exist, as `manage.py demoadgang --json` prints them."""
    roller = Tilknytning.objects.filter(bruger__email__in=[demo.email for demo in BRUGERE]).select_related(
        "bruger", "organisation"
    )
    with transaction.atomic():
        klienter = list(
            _noegler()
            .gyldige()
            .select_related("application", "klient__organisation")
            .order_by("klient__organisation__navn_sortering", "application__client_id")
        )
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
                "clientId": noegle.application.client_id,
                "clientSecret": hemmelighed(noegle.application.client_id),
                "organisation": noegle.klient.organisation.navn,
                "funktion": noegle.klient.funktion,
                "scopes": noegle.klient.scopes,
            }
            for noegle in klienter
        ],
        "tokenUrl": f"{adresse}/o/token/",
        "apiUrl": f"{adresse}/api/v1",
    }
