"""The archive: every report the actor may see, searched and narrowed by what stands in the address; and the same as a table."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from faelles.aktoer import Rettighed
from faelles.graenser import Graense
from faelles.regneark.svar import tabel
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from rammeaftale.rapporter.bestilling import bestilling
from rammeaftale.rapporter.forms import Arkivfilter
from rammeaftale.rapporter.models import Rapport
from rammeaftale.rapporter.queries import arkivvalg, synlige
from rammeaftale.rapporter.querysets import RapportQuerySet
from rammeaftale.rapporter.udgaver import Udgave

PR_SIDE = 25
HOVED = (
    "Aftale",
    "Rapporttype",
    "Version",
    "Udgave",
    "Bestilt",
    "Data pr.",
    "Sider",
    "Stand",
    "Kontrolsum",
    "Platformens id",
)


@require_GET
@side(Rettighed.RAPPORTER_LAES)
def liste(request: AktoerRequest) -> HttpResponse:
    """The reports the actor may see, latest first, and the order forms of those who may order."""
    form, rapporter = _udvalgte(request)
    kontekst = {
        "form": form,
        "afgraenset": not form.is_valid() or any(form.cleaned_data.values()),
        "side": Paginator(rapporter, PR_SIDE).get_page(request.GET.get("side")),
        **bestilling(request.aktoer),
    }
    return render(request, "rapporter/liste.html", kontekst)


@require_GET
@side(Rettighed.RAPPORTER_LAES, graense=Graense.HENT)
def eksport(request: AktoerRequest, form: str) -> HttpResponseBase:
    """The list as a table, of the reports the page shows."""
    return tabel(form, "rapporter", HOVED, [_raekke(rapport) for rapport in _udvalgte(request)[1]])


def _udvalgte(request: AktoerRequest) -> tuple[Arkivfilter, RapportQuerySet[Rapport]]:
    """What the page and its table show: the filter, and the reports it leaves; none when it says what cannot be."""
    form = Arkivfilter(request.GET, valg=arkivvalg(request.aktoer))
    rapporter = synlige(request.aktoer)
    if not form.is_valid():
        return form, rapporter.none()
    udvalg = form.cleaned_data
    if tekst := udvalg.get("tekst"):
        rapporter = rapporter.soeg(tekst)
    if aftale := udvalg.get("aftale"):
        rapporter = rapporter.filter(version__aftale__slug=aftale)
    if type_ := udvalg.get("type"):
        rapporter = rapporter.filter(type=type_)
    if aar := udvalg.get("aar"):
        rapporter = rapporter.fra_aar(int(aar))
    if udgave := udvalg.get("udgave"):
        rapporter = rapporter.i_udgave([Udgave(udgave)])
    if stand := udvalg.get("stand"):
        rapporter = rapporter.filter(job__status=stand)
    return form, rapporter


def _raekke(rapport: Rapport) -> list[Any]:
    billede = rapport.oejebliksbillede
    return [
        rapport.version.aftale.titel,
        rapport.typenavn,
        rapport.version.nummer,
        rapport.udgave,
        rapport.bestilt,
        billede and billede.datatidspunkt,
        rapport.sider,
        rapport.job.get_status_display(),
        rapport.sha256,
        str(rapport.pk),
    ]
