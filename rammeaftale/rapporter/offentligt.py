"""Published reports for everybody: the page at a report's permanent address, and its PDF. Without log-in, and never a draft."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from faelles.fejl import IkkeFundet
from faelles.graenser import aaben
from rammeaftale.rapporter import filer
from rammeaftale.rapporter.models import Rapportfil, Udgivelse

GEMMES = "public, max-age=300"  # seconds: one that is withdrawn is gone from the caches soon


@require_safe
@aaben
def udgivet(request: HttpRequest, udgivet_id: UUID) -> HttpResponse:
    """What the report is, its PDF and checksum, and the one before and after it; of one that is withdrawn, why."""
    udgivelse = _udgivelse(udgivet_id)
    samme = Udgivelse.objects.filter(aftale=udgivelse.aftale_id, type=udgivelse.type)
    kontekst = {
        "udgivelse": udgivelse,
        "foer": samme.filter(nummer=udgivelse.nummer - 1).first(),
        "efter": samme.filter(nummer=udgivelse.nummer + 1).first(),
        "adresse": request.build_absolute_uri(reverse("rapporter:udgivet", args=[udgivet_id])),
    }
    svar = render(request, "rapporter/udgivet.html", kontekst)
    svar["Cache-Control"] = "no-cache"
    return svar


@require_safe
@aaben
def udgivet_pdf(_request: HttpRequest, udgivet_id: UUID) -> HttpResponse:
    """The PDF as it was published. Raises IkkeFundet when it is withdrawn."""
    udgivelse = _udgivelse(udgivet_id)
    if udgivelse.er_trukket_tilbage:
        raise IkkeFundet("rapport_er_trukket_tilbage", "Rapporten er trukket tilbage. Dens side siger hvorfor.")
    fil = Rapportfil.objects.select_related("rapport").get(pk=udgivet_id)
    navn = f"{udgivelse.type}-{udgivelse.aftale.slug}-nr-{udgivelse.nummer}.pdf"
    hoveder = {"Content-Disposition": f"inline; filename={navn}", "Cache-Control": GEMMES}
    return HttpResponse(filer.laes(fil), content_type="application/pdf", headers=hoveder)


def _udgivelse(udgivet_id: UUID) -> Udgivelse:
    udgivelse = (
        Udgivelse.objects.select_related(
            "aftale__kkr", "rapport__version", "rapport__oejebliksbillede", "tilbagetraekning"
        )
        .defer("rapport__oejebliksbillede__data")
        .filter(pk=udgivet_id)
        .first()
    )
    if udgivelse is None:
        raise IkkeFundet("rapport_ikke_fundet", "Rapporten findes ikke.")
    return udgivelse
