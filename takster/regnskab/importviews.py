"""Pages of an import of accounts: the template, the file and its dry run, and storing what was shown."""

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faelles.aktoer import Funktion, Rettighed
from faelles.graenser import Graense
from faelles.regneark.skabelon import skabelon
from faelles.regneark.svar import fil
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from takster.budget.views import budgetterer, sti
from takster.regnskab import indlaesning
from takster.regnskab.regneark import SKEMA, Regnskabsraekke
from takster.skemaimport import Importside

_SIDE = Importside(
    SKEMA,
    rute="takster:regnskabsimport",
    liste="takster:regnskaber",
    hent="takster:regnskabsskabelon",
    modtag="takster:indlaes_regnskaber",
    skabelon="takster/regnskab/import.html",
    proev=indlaesning.proev_fil,
    gem=indlaesning.indlaes,
    af_json=Regnskabsraekke.af_json,
)


@require_GET
@side(Rettighed.TAKSTER_SKRIV, Funktion.DRIFTSHERRE, graense=Graense.HENT)
def skabelon_fil(request: AktoerRequest) -> HttpResponseBase:  # noqa: ARG001 - a view's signature
    """The workbook to fill in."""
    return fil(skabelon(SKEMA.alle, SKEMA.ark), "regnskaber.xlsx")


@require_http_methods(["GET", "POST"])
@budgetterer
def ny(request: AktoerRequest) -> HttpResponse:
    """Take a file and show its dry run."""
    return _SIDE.vis(request, sti({"navn": "Regnskaber", "url": reverse("takster:regnskaber")}, {"navn": "Indlæs"}))


@require_POST
@budgetterer
def indlaes(request: AktoerRequest) -> HttpResponse:
    """Store what the dry run showed."""
    return _SIDE.indlaes(request)
