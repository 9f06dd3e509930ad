"""Every page of the platform, what each role gets of it, and a situation to open them in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import URLPattern, URLResolver, reverse

from faelles.models import Job, JobStatus
from faelles.tid import nu
from kommuner.models import Bruger, Organisation, Rolle
from rammeaftale.models import Part
from rammeaftale.rapporter.actions import bestil_rapport
from rammeaftale.rapporter.models import Oejebliksbillede, Rapport, Rapportfil
from tests import fabrik

ROLLER = (
    "anonym",
    "uden_tilknytning",
    "sagsbehandler",  # of the municipality that has reserved; party to the agreement
    "tredje",  # case worker of a municipality outside the agreement
    "tilbudsleder",  # of the operator whose place is reserved
    "anden_leder",  # of another party's offers
    "sekretariat",
    "andet_sekretariat",
    "laeser",  # in the municipality that has reserved
)

# "log" is the way to the log-in page. Everything else is a status; 302 is where an action leads when it is done.
# rute                          metode  anonym uden  sagsb tredj leder anden sekr  asekr læser
TABEL = """
start                            GET    log    403   200   200   200   200   200   200   200
skift_tilknytning                POST   log    403   404   404   404   404   404   404   404
soegning:soeg                    GET    log    403   200   200   200   200   200   200   200
tilbud:liste                     GET    log    403   200   200   200   200   200   200   200
tilbud:detalje                   GET    log    403   200   200   200   200   200   200   200
tilbud:offentliggjorte           GET    log    403   200   200   200   200   200   200   200
tilbud:bekraeft                  POST   log    403   403   403   302   404   403   403   403
tilbud:bekraeft_forfaldne        POST   log    403   403   403   302   302   403   403   403
sag:liste                        GET    log    403   200   200   200   200   403   403   403
sag:ny                           GET    log    403   200   200   403   403   403   403   403
sag:ny                           POST   log    403   400   400   403   403   403   403   403
sag:detalje                      GET    log    403   200   404   200   404   403   403   403
sag:beslut                       GET    log    403   302   404   200   404   403   403   403
sag:beslut                       POST   log    403   302   404   302   404   403   403   403
rammeaftale:liste                GET    log    403   200   200   200   200   200   200   200
rammeaftale:detalje              GET    log    403   200   404   200   200   200   404   200
rammeaftale:part                 GET    log    403   200   404   200   200   200   404   200
rammeaftale:beslutning           GET    log    403   403   403   403   403   200   404   403
rammeaftale:beslutning           POST   log    403   403   403   403   403   422   404   403
rapporter:liste                  GET    log    403   200   200   200   200   200   200   200
rapporter:bestil                 POST   log    403   403   403   403   403   302   404   403
rapporter:detalje                GET    log    403   200   404   200   200   200   404   200
rapporter:pdf                    GET    log    403   200   404   200   200   200   404   200
rapporter:oejebliksbillede       GET    log    403   200   404   200   200   200   404   200
rapporter:annuller               POST   log    403   403   403   403   403   409   404   403
sundhed                          GET    200    200   200   200   200   200   200   200   200
was                              GET    200    200   200   200   200   200   200   200   200
account_login                    GET    200    302   302   302   302   302   302   302   302
account_logout                   GET    302    200   200   200   200   200   200   200   200
account_signup                   GET    200    302   302   302   302   302   302   302   302
account_inactive                 GET    200    200   200   200   200   200   200   200   200
account_email                    GET    404    404   404   404   404   404   404   404   404
account_email_verification_sent  GET    200    200   200   200   200   200   200   200   200
account_confirm_email            GET    200    200   200   200   200   200   200   200   200
account_reauthenticate           GET    log    200   200   200   200   200   200   200   200
account_change_password          GET    log    200   200   200   200   200   200   200   200
account_set_password             GET    log    302   302   302   302   302   302   302   302
account_reset_password           GET    200    200   200   200   200   200   200   200   200
account_reset_password_done      GET    200    200   200   200   200   200   200   200   200
account_confirm_login_code       GET    302   302   302   302   302   302   302   302   302
account_reset_password_from_key  GET    200    200   200   200   200   200   200   200   200
account_reset_password_from_key_done GET 200   200   200   200   200   200   200   200   200
"""
# Pages for everybody, or of the log-in library, which guards its own. Everything else carries `kraever`.
OFFENTLIGE = {"sundhed", "was"}
LUKKET = "konto/email/"  # stands before allauth's page of the same address, which the row account_email tries
API = ("api/v1/", "o/")


@dataclass(frozen=True)
class Raekke:
    """A page, a method and what each role gets."""

    rute: str
    metode: str
    udfald: Mapping[str, str]


def raekker() -> list[Raekke]:
    """The table, read."""
    delt = [linje.split() for linje in TABEL.strip().splitlines()]
    return [Raekke(rute, metode, dict(zip(ROLLER, udfald, strict=True))) for rute, metode, *udfald in delt]


def sider(resolver: URLResolver, navnerum: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every page of the platform with the name it is reversed by."""
    for moenster in resolver.url_patterns:
        if str(moenster.pattern).startswith(API):
            continue
        if isinstance(moenster, URLPattern):
            yield f"{navnerum}{moenster.name or moenster.pattern}", moenster
        else:
            yield from sider(moenster, f"{moenster.namespace}:" if moenster.namespace else navnerum)


def brugere() -> dict[str, Bruger | None]:
    """One person per role; None is nobody."""
    roedovre, gladsaxe, herlev = (fabrik.kommune(navn).organisation for navn in ("Rødovre", "Gladsaxe", "Herlev"))
    odense = fabrik.kommune("Odense", i="KKR Syddanmark").organisation
    her, der = (_sekretariat(navn) for navn in ("KKR Hovedstaden", "KKR Syddanmark"))
    uden = fabrik.bruger(Rolle.SAGSBEHANDLER, roedovre)
    uden.tilknytninger.all().delete()
    return {
        "anonym": None,
        "uden_tilknytning": uden,
        "sagsbehandler": fabrik.bruger(Rolle.SAGSBEHANDLER, roedovre),
        "tredje": fabrik.bruger(Rolle.SAGSBEHANDLER, odense),
        "tilbudsleder": fabrik.bruger(Rolle.TILBUDSLEDER, gladsaxe),
        "anden_leder": fabrik.bruger(Rolle.TILBUDSLEDER, herlev),
        "sekretariat": fabrik.bruger(Rolle.SEKRETARIAT, her),
        "andet_sekretariat": fabrik.bruger(Rolle.SEKRETARIAT, der),
        "laeser": fabrik.bruger(Rolle.LAESER, roedovre),
    }


def _sekretariat(navn: str) -> Organisation:
    fundet = fabrik.kkr(navn).sekretariat
    assert fundet is not None
    return fundet


def argumenter() -> dict[str, str]:
    """What the addresses are filled with: things of Rødovre's and Gladsaxe's."""
    plads = fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(i="Gladsaxe")))
    aftale = fabrik.aftale()
    return {
        "reservation_id": str(fabrik.reservation(plads).id),
        "udfald": "bekraeft",
        "tilbud_id": str(plads.afdeling.tilbud_id),
        "afdeling_id": str(plads.afdeling_id),
        "slug": aftale.slug,
        "part_id": str(Part.objects.get(aftale=aftale, organisation=fabrik.kommune("Herlev").organisation).id),
        "rapport_id": str(_faerdig_rapport(aftale.id).id),
        "plads_id": str(plads.id),
        "key": "findes-ikke",
        "uidb36": "1",
    }


def _faerdig_rapport(aftale_id: UUID) -> Rapport:
    """A report with its snapshot and file; what is in them is other tests' business."""
    rapport = bestil_rapport(aktoer=fabrik.sekretariat(), aftale_id=aftale_id, type_="rammeaftale")
    rapport.oejebliksbillede = Oejebliksbillede.objects.create(
        type="rammeaftale", skema_version=1, data="{}", sha256="0" * 64, datatidspunkt=rapport.bestilt
    )
    rapport.save()
    Rapportfil.objects.create(rapport=rapport, pdf=b"%PDF-1.7")
    Job.objects.filter(pk=rapport.job_id).update(status=JobStatus.FAERDIG, afsluttet=nu())
    return rapport


def adresse(rute: str, moenster: URLPattern, args: Mapping[str, str]) -> str:
    """The page's address, filled with what it needs of the situation."""
    url = reverse(rute, kwargs={navn: args[navn] for navn in moenster.pattern.regex.groupindex})
    return f"{url}?plads={args['plads_id']}" if rute == "sag:ny" else url
