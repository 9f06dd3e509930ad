"""Pages of an import: the template, the file and its dry run, and storing what was shown."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faelles.aktoer import Funktion, Rettighed
from faelles.fejl import Konflikt, UgyldigtInput
from faelles.formularer import tilfoej_fejl
from faelles.graenser import Graense
from faelles.regneark.skabelon import skabelon
from faelles.regneark.svar import fil
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from takster.budget import indlaesning
from takster.budget.regneark import SKEMA, Budgetraekke, Proeve
from takster.budget.views import budgetterer, sti
from tilbud.registerimport.forms import FilForm

GAELDER_SEKUNDER = 3600
FLEST_VISTE = 100


@require_GET
@side(Rettighed.TAKSTER_SKRIV, Funktion.DRIFTSHERRE, graense=Graense.HENT)
def skabelon_fil(request: AktoerRequest) -> HttpResponseBase:  # noqa: ARG001 - a view's signature
    """The workbook to fill in."""
    return fil(skabelon(SKEMA, "Budgetter"), "budgetter.xlsx")


@require_http_methods(["GET", "POST"])
@budgetterer
def ny(request: AktoerRequest) -> HttpResponse:
    """Take a file and show its dry run on the same page; nothing is stored by it."""
    form = FilForm(request.POST, request.FILES) if request.method == "POST" else FilForm()
    proeve: Proeve | None = None
    if form.is_valid():
        modtaget = form.cleaned_data["fil"]
        try:
            proeve = indlaesning.proev_fil(aktoer=request.aktoer, fil=modtaget.read(), filnavn=modtaget.name)
        except UgyldigtInput as fejl:
            tilfoej_fejl(form, fejl)
    kontekst: dict[str, Any] = {"form": form, "proeve": proeve, "sti": sti({"navn": "Indlæs budgetter"})}
    if proeve is not None and proeve.fejl:
        kontekst["viste_fejl"] = proeve.fejl[:FLEST_VISTE]
    elif proeve is not None:
        kontekst["indhold"] = signing.dumps(
            [raekke.som_json() for raekke in proeve.budgetter], salt=request.aktoer.identitet, compress=True
        )
    fejlet = bool(form.errors or (proeve and proeve.fejl))
    return render(request, "takster/import.html", kontekst, status=422 if fejlet else 200)


@require_POST
@budgetterer
def indlaes(request: AktoerRequest) -> HttpResponse:
    """Store what the dry run showed: signed by us for this person, and for an hour."""
    try:
        data = signing.loads(request.POST.get("indhold", ""), salt=request.aktoer.identitet, max_age=GAELDER_SEKUNDER)
        budgetter = indlaesning.indlaes(
            aktoer=request.aktoer, raekker=[Budgetraekke.af_json(raekke) for raekke in data]
        )
    except signing.BadSignature:
        messages.error(request, "Prøven er for gammel. Intet er gemt; vælg filen igen.")
        return redirect("takster:budgetimport")
    except (Konflikt, UgyldigtInput) as fejl:
        messages.error(request, f"{fejl.besked} Intet er gemt.")
        return redirect("takster:budgetimport")
    antal = len(budgetter)
    messages.success(request, f"{antal} budget{'ter' if antal != 1 else ''} er indlæst.")
    return redirect("takster:liste")
