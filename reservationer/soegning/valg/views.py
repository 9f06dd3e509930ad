"""Pages of the choice: make one, find it again, read it, fetch the note."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from faelles.aktoer import Funktion, Rettighed
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.formularer import tilfoej_fejl
from faelles.graenser import Graense
from faelles.regneark.svar import tabel
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from reservationer.soegning.sammenlign.indhold import FAERREST, FLEST
from reservationer.soegning.sammenlign.views import (
    ret_soegningen,
    sammenligningen,
    soegningen,
    tilbage_til_sammenligning,
)
from reservationer.soegning.valg import queries
from reservationer.soegning.valg.actions import vaelg
from reservationer.soegning.valg.forms import ValgForm
from reservationer.soegning.valg.visning import kontekst

PR_SIDE = 25
HOVED = ("Valgt", "Begrundelse", "Sammenlignede afdelinger", "Priser pr.", "Funktion", "Valgt den")


@require_GET
@side(Rettighed.RESERVATIONER_LAES, Funktion.MYNDIGHED)
def liste(request: AktoerRequest) -> HttpResponse:
    """The municipality's choices, the latest first."""
    fundne = Paginator(queries.valgene(request.aktoer), PR_SIDE).get_page(request.GET.get("side"))
    return render(request, "soegning/valg/liste.html", {"side": fundne})


@require_GET
@side(Rettighed.RESERVATIONER_LAES, Funktion.MYNDIGHED, graense=Graense.HENT)
def eksport(request: AktoerRequest, form: str) -> HttpResponseBase:
    """The list as a table."""
    raekker = [
        (valget.navn, valget.begrundelse, valget.antal, valget.dato, valget.rolle_navn, valget.oprettet)
        for valget in queries.valgene(request.aktoer)
    ]
    return tabel(form, "valg-af-tilbud", HOVED, raekker)


@require_http_methods(["GET", "POST"])
@side(Rettighed.RESERVATIONER_SKRIV, Funktion.MYNDIGHED, graense=Graense.SOEG)
def nyt(request: AktoerRequest) -> HttpResponse:
    """Choose among the departments the address names, held against the search they come from."""
    fundet, tilbage = sammenligningen(request), tilbage_til_sammenligning(request.GET)
    if fundet is None:
        return ret_soegningen(request)
    sammenligning = fundet.uden_adresser()
    if not FAERREST <= len(sammenligning.kolonner) <= FLEST:
        messages.error(request, f"Vælg {FAERREST}–{FLEST} afdelinger, før du vælger mellem dem.")
        return redirect(tilbage)
    form = ValgForm(
        request.POST if request.method == "POST" else None,
        sammenligning=sammenligning,
        initial={"afdeling": request.GET.get("valgt")},
    )
    if form.is_valid():
        try:
            valget = vaelg(
                aktoer=request.aktoer,
                sammenligning=sammenligning,
                tryk=form.cleaned_data["tryk"],
                afdeling_id=form.cleaned_data["afdeling"],
                begrundelse=form.cleaned_data["begrundelse"],
            )
        except UgyldigtInput as fejl:
            tilfoej_fejl(form, fejl)
        except Konflikt as fejl:
            form = form.vis_igen(sammenligning, fejl.besked)
        else:
            messages.success(request, "Valget er gemt, og notatet er bestilt.")
            return redirect("soegning:valg", valget.pk)
    context = {
        "form": form,
        "sammenligning": sammenligning,
        "tilbage": tilbage,
        "sti": [
            {"navn": "Find tilbud", "url": soegningen(request.GET)},
            {"navn": "Sammenlign", "url": tilbage},
            {"navn": "Vælg og begrund"},
        ],
    }
    return render(request, "soegning/valg/nyt.html", context, status=400 if form.errors else 200)


@require_GET
@side(Rettighed.RESERVATIONER_LAES, Funktion.MYNDIGHED)
def detalje(request: AktoerRequest, valg_id: UUID) -> HttpResponse:
    """One choice with what was compared, and the note when it has been made. htmx asks for the part that changes only."""
    valget = queries.find(request.aktoer, valg_id)
    if "HX-Request" in request.headers:
        return render(request, "soegning/valg/_stand.html", {"valget": valget})
    context = {
        **kontekst(valget),
        "sti": [{"navn": "Valg af tilbud", "url": reverse("soegning:valgene")}, {"navn": str(valget)}],
    }
    return render(request, "soegning/valg/detalje.html", context)


@require_GET
@side(Rettighed.RESERVATIONER_LAES, Funktion.MYNDIGHED, graense=Graense.HENT)
def notat(request: AktoerRequest, valg_id: UUID) -> HttpResponse:
    """The note, opened in the browser; for this actor alone: no shared cache may keep it."""
    pdf = queries.notat(request.aktoer, valg_id)
    if pdf is None:
        raise IkkeFundet("notat_ikke_faerdigt", "Notatet er ikke færdigt.")
    hoveder = {"Content-Disposition": "inline; filename=valg-af-tilbud.pdf", "Cache-Control": "private, no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=hoveder)
