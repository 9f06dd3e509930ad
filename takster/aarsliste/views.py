"""Pages of the takst list of a year: for everybody who may look at offers."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from faelles.aktoer import Rettighed
from faelles.fejl import IkkeFundet
from faelles.graenser import Graense
from faelles.regneark.svar import tabel
from faelles.tid import idag
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from kommuner.models import Kkr
from takster.aarsliste import tabeller
from takster.aarsliste.forms import ListeForm
from takster.aarsliste.queries import aarets_takster
from takster.dokumenter import queries
from takster.dokumenter.actions import bestil_takstliste
from takster.models import Takst
from takster.models.budget import FOERSTE_AAR, SIDSTE_AAR
from takster.prisblade import queries as prisblade

PR_SIDE = 50


@require_GET
@side(Rettighed.TILBUD_LAES)
def i_aar(request: AktoerRequest) -> HttpResponse:  # noqa: ARG001 - a view's signature
    """On to this year's list."""
    return redirect("takster:aarsliste", idag().year)


@require_GET
@side(Rettighed.TILBUD_LAES)
def aarsliste(request: AktoerRequest, aar: int) -> HttpResponse:
    """The published takster of the year, filtered, sorted and paged."""
    form = _form(request.GET, aar)
    kkr, hjemmel = _afgraensning(form)
    dokumentet = {
        "stand": queries.stand(request.aktoer, aar=aar, kkr=kkr, hjemmel_id=hjemmel or None) if kkr else None,
        "stand_url": request.get_full_path(),
    }
    if "HX-Request" in request.headers:
        return render(request, "takster/aarsliste/_dokument.html", dokumentet)
    side_ = Paginator(_valgte(request, form, aar), PR_SIDE).get_page(request.GET.get("side"))
    priser = prisblade.i_aaret(request.aktoer, aar, {takst.afdeling_id for takst in side_})
    kontekst = {
        **dokumentet,
        "aar": aar,
        "form": form,
        "side": side_,
        "raekker": [(takst, prisblade.ved(takst, priser)) for takst in side_],
        "sortering": request.GET.get("sorter", "tilbud"),
        "aarene": range(idag().year - 3, idag().year + 2),
        "sti": [{"navn": f"Takstliste {aar}"}],
    }
    return render(request, "takster/aarsliste/liste.html", kontekst)


@require_POST
@side(Rettighed.TILBUD_LAES)
def bestil_dokument(request: AktoerRequest, aar: int) -> HttpResponse:
    """Order the list as a document, with the KKR and the legal basis the page is narrowed to."""
    kkr, hjemmel = _afgraensning(_form(request.POST, aar))
    if kkr is None:
        messages.error(request, "Vælg et KKR, før du bestiller listen som PDF.")
        return redirect("takster:aarsliste", aar)
    bestil_takstliste(aktoer=request.aktoer, aar=aar, kkr=kkr, hjemmel=hjemmel)
    messages.success(request, "Takstlisten er bestilt.")
    valgt = urlencode({"kkr": kkr.slug, "hjemmel": hjemmel})
    return redirect(f"{reverse('takster:aarsliste', args=[aar])}?{valgt}")


@require_GET
@side(Rettighed.TILBUD_LAES, graense=Graense.HENT)
def eksport(request: AktoerRequest, aar: int, form: str) -> HttpResponseBase:
    """The list as a table, with the page's filters and order."""
    valgte = _valgte(request, _form(request.GET, aar), aar)
    priser = prisblade.i_aaret(request.aktoer, aar)
    return tabel(form, f"takstliste-{aar}", tabeller.HOVED, tabeller.raekker(valgte, priser))


def _form(data: QueryDict, aar: int) -> ListeForm:
    """The filters of a year a takst can be of. Raises IkkeFundet."""
    if not FOERSTE_AAR <= aar <= SIDSTE_AAR:
        raise IkkeFundet("aar_ikke_fundet", f"Vælg et år fra {FOERSTE_AAR} til {SIDSTE_AAR}.")
    return ListeForm(data, aar=aar)


def _afgraensning(form: ListeForm) -> tuple[Kkr | None, str]:
    """The KKR and the legal basis chosen; a filter that cannot be read narrows nothing."""
    valgt = form.cleaned_data if form.is_valid() else {}
    kkr = Kkr.objects.filter(slug=valgt["kkr"]).first() if valgt.get("kkr") else None
    return kkr, valgt.get("hjemmel", "")


def _valgte(request: AktoerRequest, form: ListeForm, aar: int) -> QuerySet[Takst]:
    """What the filters leave; a filter that cannot be read is told of at its field and narrows nothing."""
    kkr, hjemmel = _afgraensning(form)
    return aarets_takster(
        aar=aar,
        kkr=kkr.pk if kkr else None,
        hjemmel=hjemmel,
        tekst=form.cleaned_data.get("tekst", "") if form.is_valid() else "",
        sorter=request.GET.get("sorter", "tilbud"),
    )
