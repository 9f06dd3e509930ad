"""Pages of saved searches."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from faelles.aktoer import Funktion, Rettighed
from faelles.fejl import Konflikt, UgyldigtInput
from faelles.graenser import Graense
from faelles.regneark.svar import tabel
from faelles.tid import idag
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from reservationer.soegning.gemte import actions, queries
from reservationer.soegning.gemte.tabeller import GEMTHOVED, gemtraekker
from reservationer.soegning.views import med_soegning, soegeform

PR_SIDE = 25


@require_GET
@side(Rettighed.TILBUD_LAES, Funktion.MYNDIGHED)
def liste(request: AktoerRequest) -> HttpResponse:
    """The municipality's saved searches and what fits them."""
    fundne = Paginator(queries.gemte(request.aktoer, idag()), PR_SIDE).get_page(request.GET.get("side"))
    return render(request, "soegning/gemte/liste.html", {"side": fundne})


@require_GET
@side(Rettighed.TILBUD_LAES, Funktion.MYNDIGHED, graense=Graense.HENT)
def eksport(request: AktoerRequest, form: str) -> HttpResponseBase:
    """All of them as a table."""
    return tabel(form, "gemte-soegninger", GEMTHOVED, gemtraekker(queries.gemte(request.aktoer, idag())))


@require_POST
@side(Rettighed.SOEGNINGER_SKRIV, Funktion.MYNDIGHED)
def gem(request: AktoerRequest) -> HttpResponse:
    """Save the search in the address."""
    form = soegeform(request)
    if not form.is_valid():
        return redirect(med_soegning(request, "soegning:soeg"))
    try:
        actions.gem(aktoer=request.aktoer, profil=form.profil)
    except UgyldigtInput as fejl:
        messages.error(request, " ".join(besked for beskeder in fejl.felter.values() for besked in beskeder))
        return redirect(med_soegning(request, "soegning:soeg"))
    except Konflikt as fejl:
        messages.error(request, fejl.besked)
    else:
        messages.success(request, "Søgningen er gemt. Du får besked, når der er noget nyt, der passer.")
    return redirect("soegning:gemte")


@require_POST
@side(Rettighed.SOEGNINGER_SKRIV, Funktion.MYNDIGHED)
def slet(request: AktoerRequest, soegning_id: UUID) -> HttpResponse:
    """Give a search up."""
    actions.slet(aktoer=request.aktoer, soegning_id=soegning_id)
    messages.success(request, "Søgningen er slettet.")
    return redirect("soegning:gemte")


@require_POST
@side(Rettighed.SOEGNINGER_SKRIV, Funktion.MYNDIGHED)
def kvitter(request: AktoerRequest, soegning_id: UUID) -> HttpResponse:
    """Note for the whole municipality that what was found has been seen."""
    actions.kvitter(aktoer=request.aktoer, soegning_id=soegning_id)
    return redirect("soegning:gemte")
