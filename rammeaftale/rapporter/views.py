"""Pages of the reports: order, progress and result, the PDF and the snapshot behind it. The list is in `arkivviews`."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faelles import job
from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import IkkeFundet
from faelles.graenser import Graense
from faelles.models import JobStatus
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from rammeaftale.forms import BekraeftForm
from rammeaftale.handling import data, udfoer
from rammeaftale.models import Rammeaftale
from rammeaftale.rapporter import actions, filer
from rammeaftale.rapporter.actions import bestil_rapport
from rammeaftale.rapporter.forms import TilbagetraekForm
from rammeaftale.rapporter.models import Rapport, Rapportfil
from rammeaftale.rapporter.poster import vis
from rammeaftale.rapporter.queries import poster, synlig, synlige
from rammeaftale.rapporter.querysets import RapportQuerySet

PR_SIDE = 25
_BESTILLER = side(Rettighed.RAPPORTER_BESTIL, Funktion.SEKRETARIAT, Funktion.MYNDIGHED)


@require_POST
@_BESTILLER
def bestil(request: AktoerRequest) -> HttpResponse:
    """Order a report and go to its progress."""
    aftale = Rammeaftale.objects.synlige_for(request.aktoer).filter(slug=request.POST.get("aftale", "")).first()
    if aftale is None:
        raise IkkeFundet("aftale_ikke_fundet", "Rammeaftalen findes ikke.")
    rapport = bestil_rapport(
        aktoer=request.aktoer,
        aftale_id=aftale.id,
        type_=request.POST.get("type", ""),
        kommunekode=request.POST.get("kommune", ""),
    )
    return redirect("rapporter:detalje", rapport.id)


@require_GET
@side(Rettighed.RAPPORTER_LAES)
def detalje(request: AktoerRequest, rapport_id: UUID) -> HttpResponse:
    """Progress while it is being made, the result when it is done. htmx asks for the part that changes only."""
    rapport = synlig(request.aktoer, rapport_id)
    kontekst = {
        "rapport": rapport,
        "navn": rapport.typenavn,
        "ejer": request.aktoer.maa(Rettighed.RAPPORTER_BESTIL) and _egne(request.aktoer).filter(pk=rapport_id).exists(),
        "sti": [
            {"navn": "Rapporter", "url": reverse("rapporter:liste")},
            {"navn": rapport.version.aftale.titel},
        ],
    }
    del_ = "HX-Request" in request.headers
    return render(request, "rapporter/_stand.html" if del_ else "rapporter/detalje.html", kontekst)


@require_POST
@_BESTILLER
def annuller(request: AktoerRequest, rapport_id: UUID) -> HttpResponse:
    """Stop a report that is being made."""
    rapport = _egen(request.aktoer, rapport_id)
    job.annuller(job_id=rapport.job_id, aktoer=request.aktoer)
    messages.success(request, "Rapporten er annulleret. Intet er gemt.")
    return redirect("rapporter:detalje", rapport_id)


@require_POST
@_BESTILLER
def proev_igen(request: AktoerRequest, rapport_id: UUID) -> HttpResponse:
    """Make a failed report after all."""
    actions.proev_igen(aktoer=request.aktoer, rapport_id=rapport_id)
    messages.success(request, "Der prøves igen. Det, der var færdigt, laves ikke om.")
    return redirect("rapporter:detalje", rapport_id)


@require_http_methods(["GET", "POST"])
@side(Rettighed.RAPPORTER_BESTIL, Funktion.SEKRETARIAT)
def endelig(request: AktoerRequest, rapport_id: UUID) -> HttpResponse:
    """Say what becoming final means, and do it."""
    rapport = _egen(request.aktoer, rapport_id)

    def goer() -> str:
        ny = actions.goer_endelig(aktoer=request.aktoer, rapport_id=rapport_id)
        return reverse("rapporter:detalje", args=[ny.pk])

    manchet = (
        "Rapporten laves uden vandmærke af de samme data og får det næste nummer. Når den er færdig, er den udgivet: alle kan læse "
        "den på en fast adresse, den kan ikke ændres eller slettes, og den afløser den forrige. Er der siden noget galt, kan den "
        "trækkes tilbage; adressen siger da hvorfor."
    )
    ord_ = (f"Gør rapporten om {rapport.version.aftale.titel} endelig", manchet, "Gør endelig og udgiv")
    return udfoer(request, BekraeftForm(data(request)), goer, "Den endelige rapport laves nu.", ord_, _sti(rapport))


@require_http_methods(["GET", "POST"])
@side(Rettighed.RAPPORTER_BESTIL, Funktion.SEKRETARIAT)
def tilbagetraekning(request: AktoerRequest, rapport_id: UUID) -> HttpResponse:
    """Withdraw a published report, with the reason."""
    rapport = _egen(request.aktoer, rapport_id)
    form = TilbagetraekForm(data(request))

    def traek() -> str:
        actions.traek_tilbage(aktoer=request.aktoer, rapport_id=rapport_id, grund=form.cleaned_data["grund"])
        return reverse("rapporter:detalje", args=[rapport_id])

    manchet = (
        "Offentligheden kan ikke længere hente PDF-filen, og rapportens adresse siger, at den er trukket tilbage, og hvorfor. "
        "Det kan ikke fortrydes. I og aftalens parter kan stadig læse den."
    )
    ord_ = (f"Træk rapporten om {rapport.version.aftale.titel} tilbage", manchet, "Træk tilbage")
    return udfoer(request, form, traek, "Rapporten er trukket tilbage.", ord_, _sti(rapport))


@require_GET
@side(Rettighed.RAPPORTER_LAES, graense=Graense.HENT)
def pdf(request: AktoerRequest, rapport_id: UUID) -> HttpResponse:
    """The finished PDF, opened in the browser."""
    rapport = synlig(request.aktoer, rapport_id)
    fil = Rapportfil.objects.select_related("rapport").filter(rapport=rapport).first()
    if fil is None:
        raise IkkeFundet("rapport_ikke_faerdig", "Rapporten er ikke færdig.")
    return _fil(
        filer.laes(fil), "application/pdf", f"inline; filename={rapport.type}-{rapport.version.aftale.slug}.pdf"
    )


@require_GET
@side(Rettighed.RAPPORTER_LAES, graense=Graense.HENT)
def oejebliksbillede(request: AktoerRequest, rapport_id: UUID) -> HttpResponse:
    """The snapshot as it was hashed, to keep."""
    rapport = synlig(request.aktoer, rapport_id)
    if rapport.oejebliksbillede is None:
        raise IkkeFundet("intet_oejebliksbillede", "Rapportens data er ikke samlet endnu.")
    navn = f"{rapport.type}-{rapport.version.aftale.slug}.json"
    return _fil(rapport.oejebliksbillede.data.encode(), "application/json", f"attachment; filename={navn}")


@require_GET
@side(Rettighed.RAPPORTER_LAES)
def tal(request: AktoerRequest, rapport_id: UUID) -> HttpResponse:
    """Where each figure comes from: id, query and rows of every table and drawing, and reports to compare with."""
    rapport = synlig(request.aktoer, rapport_id)
    andre = synlige(request.aktoer).filter(type=rapport.type, job__status=JobStatus.FAERDIG).exclude(pk=rapport.pk)
    kontekst = {
        "rapport": rapport,
        "navn": rapport.typenavn,
        "poster": vis(poster(rapport)),
        "andre": andre[:PR_SIDE],
        "sti": _sti(rapport, "Tallene bag"),
    }
    return render(request, "rapporter/tal.html", kontekst)


@require_GET
@side(Rettighed.RAPPORTER_LAES, graense=Graense.HENT)
def tal_csv(request: AktoerRequest, rapport_id: UUID, post_id: str) -> HttpResponse:
    """The rows of one table or drawing."""
    rapport = synlig(request.aktoer, rapport_id)
    fundet = next((post for post in poster(rapport) if post.id == post_id), None)
    if fundet is None:
        raise IkkeFundet("tal_ikke_fundet", "Rapporten har ingen tabel eller figur med den kode.")
    return _fil(fundet.csv(), "text/csv; charset=utf-8", f"attachment; filename={fundet.id}.csv")


def _sti(rapport: Rapport, *her: str) -> list[dict[str, str]]:
    return [
        {"navn": "Rapporter", "url": reverse("rapporter:liste")},
        {"navn": rapport.version.aftale.titel, "url": reverse("rapporter:detalje", args=[rapport.pk])},
        *({"navn": navn} for navn in her),
    ]


def _fil(indhold: bytes, art: str, disposition: str) -> HttpResponse:
    """A file for this actor alone: no shared cache may keep it."""
    return HttpResponse(
        indhold, content_type=art, headers={"Content-Disposition": disposition, "Cache-Control": "private, no-store"}
    )


def _egne(aktoer: Aktoer) -> RapportQuerySet[Rapport]:
    """Those the actor may act on; others it may only see."""
    return synlige(aktoer).bestilt_af(aktoer)


def _egen(aktoer: Aktoer, rapport_id: UUID) -> Rapport:
    """Raises IkkeFundet when the actor may act on no such report."""
    fundet = _egne(aktoer).filter(pk=rapport_id).first()
    if fundet is None:
        raise IkkeFundet("rapport_ikke_fundet", "Rapporten findes ikke.")
    return fundet
