"""Pages of the reports: list, order, progress and result, the PDF and the snapshot behind it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from faelles import job
from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import IkkeFundet
from faelles.graenser import Graense
from faelles.regneark.svar import tabel
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from rammeaftale.models import Rammeaftale
from rammeaftale.rapporter import actions
from rammeaftale.rapporter.actions import bestil_rapport
from rammeaftale.rapporter.models import Rapport, Rapportfil
from rammeaftale.rapporter.register import RAPPORTTYPER, rapporttype

PR_SIDE = 25


@require_GET
@side(Rettighed.RAPPORTER_LAES)
def liste(request: AktoerRequest) -> HttpResponse:
    """The reports the actor may see, latest first, and for the secretariat the order form."""
    kontekst = {
        "side": Paginator(_rapporter(request.aktoer), PR_SIDE).get_page(request.GET.get("side")),
        "aftaler": _kan_bestilles(request.aktoer),
        "typer": RAPPORTTYPER.values(),
    }
    return render(request, "rapporter/liste.html", kontekst)


def _rapporter(aktoer: Aktoer) -> QuerySet[Rapport]:
    return (
        Rapport.objects.synlige_for(aktoer)
        .select_related("job", "version__aftale__kkr", "oejebliksbillede")
        .defer("oejebliksbillede__data")
    )


HOVED = ("Aftale", "Version", "Bestilt", "Data pr.", "Sider", "Stand", "Kontrolsum", "Platformens id")


@require_GET
@side(Rettighed.RAPPORTER_LAES, graense=Graense.HENT)
def eksport(request: AktoerRequest, form: str) -> HttpResponseBase:
    """The list as a table."""
    return tabel(form, "rapporter", HOVED, [_raekke(rapport) for rapport in _rapporter(request.aktoer)])


def _raekke(rapport: Rapport) -> list[Any]:
    billede = rapport.oejebliksbillede
    return [
        rapport.version.aftale.titel,
        rapport.version.nummer,
        rapport.bestilt,
        billede and billede.datatidspunkt,
        rapport.sider,
        rapport.job.get_status_display(),
        rapport.sha256,
        str(rapport.pk),
    ]


@require_POST
@side(Rettighed.RAPPORTER_BESTIL, Funktion.SEKRETARIAT)
def bestil(request: AktoerRequest) -> HttpResponse:
    """Order a report and go to its progress."""
    aftale = Rammeaftale.objects.synlige_for(request.aktoer).filter(slug=request.POST.get("aftale", "")).first()
    if aftale is None:
        raise IkkeFundet("aftale_ikke_fundet", "Rammeaftalen findes ikke.")
    rapport = bestil_rapport(aktoer=request.aktoer, aftale_id=aftale.id, type_=request.POST.get("type", ""))
    return redirect("rapporter:detalje", rapport.id)


@require_GET
@side(Rettighed.RAPPORTER_LAES)
def detalje(request: AktoerRequest, rapport_id: UUID) -> HttpResponse:
    """Progress while it is being made, the result when it is done. htmx asks for the part that changes only."""
    rapport = _rapport(request.aktoer, rapport_id)
    kontekst = {
        "rapport": rapport,
        "navn": rapporttype(rapport.type).navn,
        "ejer": rapport.job.organisation_id == request.aktoer.organisation_id,
        "sti": [
            {"navn": "Rapporter", "url": reverse("rapporter:liste")},
            {"navn": rapport.version.aftale.titel},
        ],
    }
    del_ = "HX-Request" in request.headers
    return render(request, "rapporter/_stand.html" if del_ else "rapporter/detalje.html", kontekst)


@require_POST
@side(Rettighed.RAPPORTER_BESTIL, Funktion.SEKRETARIAT)
def annuller(request: AktoerRequest, rapport_id: UUID) -> HttpResponse:
    """Stop a report that is being made."""
    rapport = _rapport(request.aktoer, rapport_id)
    job.annuller(job_id=rapport.job_id, aktoer=request.aktoer)
    messages.success(request, "Rapporten er annulleret. Intet er gemt.")
    return redirect("rapporter:detalje", rapport_id)


@require_POST
@side(Rettighed.RAPPORTER_BESTIL, Funktion.SEKRETARIAT)
def proev_igen(request: AktoerRequest, rapport_id: UUID) -> HttpResponse:
    """Make a failed report after all."""
    actions.proev_igen(aktoer=request.aktoer, rapport_id=rapport_id)
    messages.success(request, "Der prøves igen. Det, der var færdigt, laves ikke om.")
    return redirect("rapporter:detalje", rapport_id)


@require_GET
@side(Rettighed.RAPPORTER_LAES, graense=Graense.HENT)
def pdf(request: AktoerRequest, rapport_id: UUID) -> HttpResponse:
    """The finished PDF, opened in the browser."""
    rapport = _rapport(request.aktoer, rapport_id)
    fil = Rapportfil.objects.filter(rapport=rapport).first()
    if fil is None:
        raise IkkeFundet("rapport_ikke_faerdig", "Rapporten er ikke færdig.")
    return _fil(bytes(fil.pdf), "application/pdf", f"inline; filename={rapport.type}-{rapport.version.aftale.slug}.pdf")


@require_GET
@side(Rettighed.RAPPORTER_LAES, graense=Graense.HENT)
def oejebliksbillede(request: AktoerRequest, rapport_id: UUID) -> HttpResponse:
    """The snapshot as it was hashed, to keep."""
    rapport = _rapport(request.aktoer, rapport_id)
    if rapport.oejebliksbillede is None:
        raise IkkeFundet("intet_oejebliksbillede", "Rapportens data er ikke samlet endnu.")
    navn = f"{rapport.type}-{rapport.version.aftale.slug}.json"
    return _fil(rapport.oejebliksbillede.data.encode(), "application/json", f"attachment; filename={navn}")


def _fil(indhold: bytes, art: str, disposition: str) -> HttpResponse:
    """A file for this actor alone: no shared cache may keep it."""
    return HttpResponse(
        indhold, content_type=art, headers={"Content-Disposition": disposition, "Cache-Control": "private, no-store"}
    )


def _rapport(aktoer: Aktoer, rapport_id: UUID) -> Rapport:
    fundet = (
        Rapport.objects.synlige_for(aktoer)
        .select_related("job", "version__aftale__kkr", "oejebliksbillede")
        .defer("oejebliksbillede__data")
        .filter(pk=rapport_id)
        .first()
    )
    if fundet is None:
        raise IkkeFundet("rapport_ikke_fundet", "Rapporten findes ikke.")
    return fundet


def _kan_bestilles(aktoer: Aktoer) -> list[Rammeaftale]:
    if not aktoer.maa(Rettighed.RAPPORTER_BESTIL):
        return []
    return list(Rammeaftale.objects.filter(kkr__sekretariat=aktoer.organisation_id, versioner__isnull=False).distinct())
