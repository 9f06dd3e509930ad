"""The register's own pages: the list and its tables. An offer's page stands with its takster, one floor up."""

from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from faelles.aktoer import Rettighed
from faelles.fejl import IkkeFundet
from faelles.graenser import Graense
from faelles.regneark.svar import tabel
from faelles.tid import idag
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from tilbud.forms import FilterForm
from tilbud.models import Tilbud
from tilbud.queries import tilbudsliste
from tilbud.tabeller import PLADSHOVED, TILBUDSHOVED, pladsraekker, tilbudsraekker

PR_SIDE = 25


@require_GET
@side(Rettighed.TILBUD_LAES, graense=Graense.SOEG)
def liste(request: AktoerRequest) -> HttpResponse:
    """Every open offer, filtered, sorted and paged."""
    form = FilterForm(request.GET)
    sider = Paginator(_valgte(request, form), PR_SIDE).get_page(request.GET.get("side"))
    kan_rette = request.aktoer.maa(Rettighed.TILBUD_SKRIV)
    kontekst = {
        "form": form,
        "side": sider,
        "sortering": request.GET.get("sorter", "navn"),
        "kan_rette": kan_rette,
        "kan_oprette": kan_rette and request.aktoer.tilbud is None,
    }
    return render(request, "tilbud/liste.html", kontekst)


def _valgte(request: AktoerRequest, form: FilterForm) -> QuerySet[Tilbud]:
    """The offers the page's filters leave, in its order."""
    valgt = form.cleaned_data if form.is_valid() else {}
    sorter = request.GET.get("sorter", "navn")
    return tilbudsliste(dag=idag(), tekst=valgt.get("tekst", ""), kommune=valgt.get("kommune", ""), sorter=sorter)


@require_GET
@side(Rettighed.TILBUD_LAES, graense=Graense.HENT)
def eksport(request: AktoerRequest, form: str) -> HttpResponseBase:
    """The list as a table, with the page's filters and order."""
    return tabel(form, "tilbud", TILBUDSHOVED, tilbudsraekker(_valgte(request, FilterForm(request.GET)), idag()))


@require_GET
@side(Rettighed.TILBUD_LAES, graense=Graense.HENT)
def eksport_pladser(request: AktoerRequest, tilbud_id: UUID, form: str) -> HttpResponseBase:  # noqa: ARG001 - a view's signature
    """An offer's places as a table."""
    if not Tilbud.objects.filter(pk=tilbud_id).exists():
        raise IkkeFundet("tilbud_ikke_fundet", "Tilbuddet findes ikke.")
    return tabel(form, "pladser", PLADSHOVED, pladsraekker(tilbud_id))
