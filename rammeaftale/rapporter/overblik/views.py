"""The page of an agreement's key figures."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from faelles.aktoer import Rettighed
from faelles.fejl import IkkeFundet
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from rammeaftale.models import Rammeaftale
from rammeaftale.rapporter.overblik.queries import ruder


@require_GET
@side(Rettighed.RAPPORTER_LAES)
def overblik(request: AktoerRequest, slug: str) -> HttpResponse:
    """The key figures over time as small charts, of the newest reports the actor may see."""
    aftale = Rammeaftale.objects.synlige_for(request.aktoer).filter(slug=slug).first()
    if aftale is None:
        raise IkkeFundet("aftale_ikke_fundet", "Rammeaftalen findes ikke.")
    kontekst = {
        "aftale": aftale,
        "ruder": list(ruder(request.aktoer, aftale)),
        "sti": [{"navn": "Rapporter", "url": reverse("rapporter:liste")}, {"navn": aftale.titel}],
    }
    return render(request, "rapporter/overblik.html", kontekst)
