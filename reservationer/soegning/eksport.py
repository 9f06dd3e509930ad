"""A search's tables as files, for the very search the address holds; one that cannot be read leads to its page, where it is explained."""

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from faelles.aktoer import Rettighed
from faelles.graenser import Graense
from faelles.regneark.svar import tabel
from faelles.tid import nu
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from reservationer.soegning.queries import fundne, udeladte
from reservationer.soegning.tabeller import FUNDHOVED, UDELADTHOVED, fundraekker, udeladtraekker
from reservationer.soegning.views import UDEN_FOR, med_soegning, soegeform
from reservationer.soegning.viste import suppleret


@require_GET
@side(Rettighed.TILBUD_LAES, graense=Graense.HENT)
def fund(request: AktoerRequest, form: str) -> HttpResponseBase:
    """Every hit, best first."""
    soegning = soegeform(request)
    if not soegning.is_valid():
        return redirect(med_soegning(request, "soegning:soeg"))
    resultater = suppleret(soegning.profil, fundne(request.aktoer, soegning.profil, nu=nu()), nu())
    return tabel(form, "soegeresultat", FUNDHOVED, fundraekker(resultater))


@require_GET
@side(Rettighed.TILBUD_LAES, graense=Graense.HENT)
def udeladt(request: AktoerRequest, form: str) -> HttpResponseBase:
    """Everything the search left out, and why."""
    soegning = soegeform(request)
    if not soegning.is_valid():
        return redirect(med_soegning(request, "soegning:soeg"))
    ude = udeladte(request.aktoer, soegning.profil, nu=nu(), uden_for_kkr=UDEN_FOR in request.GET)
    return tabel(form, "udeladte-tilbud", UDELADTHOVED, udeladtraekker(ude))
