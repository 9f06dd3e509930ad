"""Pages of the free-choice check: make one, read it, fetch the note."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from faelles.aktoer import Funktion, Rettighed
from faelles.fejl import IkkeFundet, UgyldigtInput
from faelles.formularer import tilfoej_fejl
from faelles.graenser import Graense
from faelles.regneark.svar import tabel
from faelles.tid import idag
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from reservationer.soegning.fritvalg import queries
from reservationer.soegning.fritvalg.actions import proev
from reservationer.soegning.fritvalg.forms import ProeveForm
from reservationer.soegning.fritvalg.visning import kontekst
from reservationer.soegning.models import Fritvalgsproeve
from reservationer.soegning.sammenlign.views import tilbage_til_sammenligning, valgte_afdelinger
from takster.queries import takster_paa
from tilbud.models import Afdeling

PR_SIDE = 25
HOVED = (
    *("Ønsket tilbud", "Visiteret tilbud", "Forhandlet pris", "Udgift til det visiterede"),
    *("Inden for grænsen", "Grænsen efter", "Priser pr."),
)


@require_GET
@side(Rettighed.RESERVATIONER_LAES, Funktion.MYNDIGHED)
def liste(request: AktoerRequest) -> HttpResponse:
    """The municipality's checks, the latest first."""
    fundne = Paginator(queries.proever(request.aktoer), PR_SIDE).get_page(request.GET.get("side"))
    return render(request, "soegning/fritvalg/liste.html", {"side": fundne})


@require_GET
@side(Rettighed.RESERVATIONER_LAES, Funktion.MYNDIGHED, graense=Graense.HENT)
def eksport(request: AktoerRequest, form: str) -> HttpResponseBase:
    """The list as a table."""
    raekker = [
        (
            p.oensket_navn,
            p.visiteret_navn,
            p.forhandlet_pris,
            p.visiteret_udgift,
            "ja" if p.tilladt else "nej",
            kilde,
            p.dato,
        )
        for p, kilde in queries.med_kilde(request.aktoer)
    ]
    return tabel(form, "frit-valg", HOVED, raekker)


@require_http_methods(["GET", "POST"])
@side(Rettighed.RESERVATIONER_SKRIV, Funktion.MYNDIGHED)
def ny(request: AktoerRequest) -> HttpResponse:
    """Check the free choice between the departments the address names."""
    valgte = valgte_afdelinger(request.GET)
    afdelinger = list(Afdeling.objects.filter(pk__in=valgte).select_related("tilbud__driftsherre"))
    if not afdelinger or len(afdelinger) != len(valgte):
        raise IkkeFundet("afdeling_ikke_fundet", "En af afdelingerne findes ikke. Begynd fra en søgning.")
    afdelinger.sort(key=lambda afdeling: valgte.index(afdeling.pk))
    tilbud = list({afdeling.tilbud_id: afdeling.tilbud for afdeling in afdelinger}.values())
    form = ProeveForm(request.POST if request.method == "POST" else None, tilbud=tilbud)
    if form.is_valid():
        try:
            proeve = proev(
                aktoer=request.aktoer,
                visiteret_id=form.cleaned_data["visiteret"],
                oensket_id=form.cleaned_data["oensket"],
                visiteret_udgift=form.cleaned_data["visiteret_udgift"],
                forhandlet_pris=form.cleaned_data["forhandlet_pris"],
                dato=form.cleaned_data["dato"],
                begrundelse=form.cleaned_data["begrundelse"],
            )
        except UgyldigtInput as fejl:
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, "Prøven er gemt, og notatet er bestilt.")
            return redirect(f"{reverse('soegning:proeve', args=[proeve.pk])}?{request.GET.urlencode()}")
    takster = takster_paa([afdeling.pk for afdeling in afdelinger], idag(), Fritvalgsproeve.HJEMMEL)
    context = {
        "form": form,
        "takster": [(afdeling, takster.get(afdeling.pk)) for afdeling in afdelinger],
        "tilbage": tilbage_til_sammenligning(request.GET),
        "sti": [{"navn": "Frit valg", "url": reverse("soegning:proever")}, {"navn": "Prøv frit valg"}],
    }
    return render(request, "soegning/fritvalg/ny.html", context, status=400 if form.errors else 200)


@require_GET
@side(Rettighed.RESERVATIONER_LAES, Funktion.MYNDIGHED)
def detalje(request: AktoerRequest, proeve_id: UUID) -> HttpResponse:
    """One check with its calculation, and the note when it has been made. htmx asks for the part that changes only."""
    proeve = queries.find(request.aktoer, proeve_id)
    if "HX-Request" in request.headers:
        return render(request, "soegning/fritvalg/_stand.html", {"proeve": proeve})
    context = {
        **kontekst(proeve, queries.klausul(proeve)),
        "tilbage": tilbage_til_sammenligning(request.GET) if "afdeling" in request.GET else "",
        "sti": [{"navn": "Frit valg", "url": reverse("soegning:proever")}, {"navn": str(proeve)}],
    }
    return render(request, "soegning/fritvalg/detalje.html", context)


@require_GET
@side(Rettighed.RESERVATIONER_LAES, Funktion.MYNDIGHED, graense=Graense.HENT)
def notat(request: AktoerRequest, proeve_id: UUID) -> HttpResponse:
    """The note, opened in the browser; for this actor alone: no shared cache may keep it."""
    pdf = queries.notat(request.aktoer, proeve_id)
    if pdf is None:
        raise IkkeFundet("notat_ikke_faerdigt", "Notatet er ikke færdigt.")
    hoveder = {"Content-Disposition": "inline; filename=frit-valg.pdf", "Cache-Control": "private, no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=hoveder)
