"""Pages of documents about takster: ordered, followed while they are made, opened."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from faelles.aktoer import Rettighed
from faelles.fejl import IkkeFundet
from faelles.graenser import Graense
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from takster.dokumenter import actions, queries
from takster.fastsaettelse.queries import takst as find_takst


@require_GET
@side(Rettighed.TILBUD_LAES)
def dokumentation(request: AktoerRequest, takst_id: UUID) -> HttpResponse:
    """A published takst's evidence pack: ordered here, and opened when it is made. htmx asks for the part that changes only."""
    takst = find_takst(takst_id)
    kontekst = {"takst": takst, "stand": queries.stand(request.aktoer, takst=takst)}
    if "HX-Request" in request.headers:
        return render(request, "takster/dokumenter/_dokumentation.html", kontekst)
    tilbud = takst.afdeling.tilbud
    kontekst["sti"] = [
        {"navn": "Tilbud", "url": reverse("tilbud:liste")},
        {"navn": tilbud.navn, "url": reverse("tilbud:detalje", args=[tilbud.pk])},
        {"navn": "Takster over tid", "url": reverse("takster:historik", args=[tilbud.pk])},
        {"navn": "Dokumentation"},
    ]
    return render(request, "takster/dokumenter/dokumentation.html", kontekst)


@require_POST
@side(Rettighed.TILBUD_LAES)
def bestil_dokumentation(request: AktoerRequest, takst_id: UUID) -> HttpResponse:
    """Order the evidence pack."""
    actions.bestil_dokumentation(aktoer=request.aktoer, takst_id=takst_id)
    messages.success(request, "Dokumentationen er bestilt.")
    return redirect("takster:dokumentation", takst_id)


@require_GET
@side(Rettighed.TILBUD_LAES, graense=Graense.HENT)
def dokument(request: AktoerRequest, dokument_id: UUID) -> HttpResponse:  # noqa: ARG001 - a view's signature
    """A document, opened in the browser."""
    pdf = queries.fil(dokument_id)
    if pdf is None:
        raise IkkeFundet("takstdokument_ikke_fundet", "Dokumentet findes ikke, eller det er ikke færdigt.")
    hoveder = {"Content-Disposition": "inline; filename=takst.pdf", "Cache-Control": "private, no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=hoveder)
