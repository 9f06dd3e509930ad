"""Pages of saved searches."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faelles.aktoer import Funktion, Rettighed
from faelles.fejl import Konflikt, UgyldigtInput
from faelles.graenser import Graense
from faelles.regneark.svar import tabel
from faelles.tid import idag
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from reservationer.soegning.gemte import actions, queries
from reservationer.soegning.gemte.forms import KvitterForm
from reservationer.soegning.gemte.tabeller import GEMTHOVED, gemtraekker
from reservationer.soegning.views import med_soegning, soegeform

PR_SIDE = 25
FUND = 10  # of what fits a search, besides what is new; searching again shows all


@require_GET
@side(Rettighed.TILBUD_LAES, Funktion.MYNDIGHED)
def liste(request: AktoerRequest) -> HttpResponse:
    """The municipality's saved searches and what fits them."""
    viste: Page[Any] = Paginator(queries.gemte(request.aktoer), PR_SIDE).get_page(_sidenummer(request))
    viste.object_list = queries.vist(request.aktoer, viste.object_list, idag(), hoejst=FUND)
    return render(request, "soegning/gemte/liste.html", {"side": viste})


def _sidenummer(request: AktoerRequest) -> str | int | None:
    """The page asked for, or else the one with the search a link leads to."""
    soegning = request.GET.get("soegning")
    if "side" in request.GET or soegning is None:
        return request.GET.get("side")
    egne = [str(pk) for pk in queries.gemte(request.aktoer).values_list("pk", flat=True)]
    return egne.index(soegning) // PR_SIDE + 1 if soegning in egne else None


@require_GET
@side(Rettighed.TILBUD_LAES, Funktion.MYNDIGHED, graense=Graense.HENT)
def eksport(request: AktoerRequest, form: str) -> HttpResponseBase:
    """All of them as a table."""
    alle = queries.vist(request.aktoer, queries.gemte(request.aktoer), idag())
    return tabel(form, "gemte-soegninger", GEMTHOVED, gemtraekker(alle))


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


@require_http_methods(["GET", "POST"])
@side(Rettighed.SOEGNINGER_SKRIV, Funktion.MYNDIGHED)
def slet(request: AktoerRequest, soegning_id: UUID) -> HttpResponse:
    """The search that is given up, a colleague's perhaps, and the button that does it."""
    if request.method == "POST":
        actions.slet(aktoer=request.aktoer, soegning_id=soegning_id)
        messages.success(request, "Søgningen er slettet.")
        return redirect("soegning:gemte")
    (gemt,) = queries.vist(request.aktoer, [queries.en_gemt(request.aktoer, soegning_id)], idag(), hoejst=FUND)
    sti = [{"navn": "Gemte søgninger", "url": reverse("soegning:gemte")}, {"navn": "Slet"}]
    return render(request, "soegning/gemte/slet.html", {"gemt": gemt, "sti": sti})


@require_POST
@side(Rettighed.SOEGNINGER_SKRIV, Funktion.MYNDIGHED)
def kvitter(request: AktoerRequest, soegning_id: UUID) -> HttpResponse:
    """Note for the whole municipality that what the page showed has been seen; what was found since stays new."""
    form = KvitterForm(request.POST)
    if not form.is_valid():
        raise UgyldigtInput("ugyldigt_input", "Listen er ikke sendt med. Åbn den igen, og markér.", {})
    actions.kvitter(aktoer=request.aktoer, soegning_id=soegning_id, senest=form.cleaned_data["senest"])
    return redirect("soegning:gemte")
