"""Pages of imports: the file, its dry run, and the second person's decision."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.formularer import tilfoej_fejl
from faelles.graenser import Graense
from faelles.regneark.indlaesning import FLEST_FEJL, Raekkefejl, fejltabel
from faelles.regneark.skabelon import skabelon
from faelles.regneark.svar import fil, tabel
from faelles.tid import idag
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from tilbud.models import EGNE, Importkilde, Importtilstand, Registerimport
from tilbud.registerimport import actions, queries
from tilbud.registerimport.forms import AfvisForm, FilForm
from tilbud.registerimport.indhold import aendringer_i
from tilbud.registerimport.sammenligning import Aendring
from tilbud.registerimport.skema import Skema

PR_SIDE = 25
STRAKS = 64 * 2**10  # bytes: about 2,000 rows of Excel or 1,000 of CSV, read within a second or two
importerer = side(Rettighed.TILBUD_SKRIV, Funktion.DRIFTSHERRE)
henter = side(Rettighed.TILBUD_SKRIV, Funktion.DRIFTSHERRE, graense=Graense.HENT)


def _sti(*led: dict[str, str]) -> list[dict[str, str]]:
    return [{"navn": "Tilbud", "url": reverse("tilbud:liste")}, *led]


def _importer() -> dict[str, str]:
    return {"navn": "Import", "url": reverse("tilbud:importer")}


@require_GET
@importerer
def liste(request: AktoerRequest) -> HttpResponse:
    """The operator's imports, those that wait among them, newest first."""
    sider = Paginator(queries.importer(request.aktoer), PR_SIDE).get_page(request.GET.get("side"))
    kontekst = {"side": sider, "mig": request.aktoer.identitet, "sti": _sti({"navn": "Import"})}
    return render(request, "tilbud/import/liste.html", kontekst)


@require_GET
@henter
def skabelon_fil(request: AktoerRequest) -> HttpResponse:
    """The workbook to fill in, with what the operator has registered; `?tom` leaves that out."""
    skema = queries.skema_paa(idag())
    raekker = None if "tom" in request.GET else queries.eksisterende(request.aktoer, skema)
    return fil(skabelon(skema.ark, "Tilbud, afdelinger og pladser", raekker), "tilbud-og-pladser.xlsx")


@require_http_methods(["GET", "POST"])
@importerer
def ny(request: AktoerRequest) -> HttpResponse:
    """Take a file; its dry run, or how far a large one is read, is the next page."""
    form = FilForm(request.POST, request.FILES) if request.method == "POST" else FilForm()
    if form.is_valid():
        modtaget = form.cleaned_data["fil"]
        tag = actions.proev_fil if modtaget.size <= STRAKS else actions.bestil_laesning
        try:
            kladde = tag(aktoer=request.aktoer, fil=modtaget.read(), filnavn=modtaget.name)
        except UgyldigtInput as fejl:
            tilfoej_fejl(form, fejl)
        else:
            return redirect("tilbud:import", kladde.pk)
    kontekst = {"form": form, "sti": _sti(_importer(), {"navn": "Ny import"})}
    return render(request, "tilbud/import/ny.html", kontekst, status=422 if form.errors else 200)


@require_GET
@importerer
def detalje(request: AktoerRequest, import_id: UUID) -> HttpResponse:
    """One import: what it would change, or has changed, and its faults. Until it is read: how far that is, which htmx asks for."""
    registerimport = _hent(request.aktoer, import_id)
    if registerimport.tilstand == Importtilstand.LAESES:
        del_ = "HX-Request" in request.headers
        kontekst = {"import": registerimport, "sti": _sti(_importer(), {"navn": _navn(registerimport)})}
        return render(request, "tilbud/import/_laesning.html" if del_ else "tilbud/import/laesning.html", kontekst)
    svar = _vis(request, registerimport)
    if "HX-Request" in request.headers:
        svar["HX-Refresh"] = "true"  # it has been read: the page is another now
    return svar


def _vis(request: AktoerRequest, registerimport: Registerimport) -> HttpResponse:
    skema = queries.skema_paa(idag())
    fejl = _fejl(registerimport)
    sider = Paginator(list(aendringer_i(registerimport.indhold)), PR_SIDE).get_page(request.GET.get("side"))
    egen = registerimport.bestilt_af == request.aktoer.identitet
    kontekst = {
        "import": registerimport,
        "side": sider,
        # A file may hold twenty thousand rows, and only these are laid out.
        "raekker": [_raekke(skema, aendring) for aendring in sider],
        "fejl": fejl[:PR_SIDE],
        "antal_fejl": len(fejl),
        "flere_fejl": len(fejl) == FLEST_FEJL,
        "egen": egen,
        "venter_paa_mig": registerimport.tilstand == Importtilstand.AFVENTER and not egen,
        "hindringer": _hindringer(request.aktoer, registerimport),
        "sti": _sti(_importer(), {"navn": _navn(registerimport)}),
    }
    return render(request, "tilbud/import/detalje.html", kontekst)


def _hindringer(aktoer: Aktoer, registerimport: Registerimport) -> list[str]:
    """Why a change made on a page or by a system can be carried out no longer, said to both its people; a file is compared when it is approved."""
    if registerimport.tilstand != Importtilstand.AFVENTER or registerimport.kilde == Importkilde.FIL:
        return []
    return actions.hindringer(aktoer, registerimport)


def _navn(registerimport: Registerimport) -> str:
    return "Prøve" if registerimport.tilstand in EGNE else "Import"


def _raekke(skema: Skema, aendring: Aendring) -> dict[str, Any]:
    """A change in the words of the sheets."""
    return {
        "aendring": aendring,
        "sted": " / ".join(aendring.sti),
        "felter": queries.foer_efter(skema, aendring),
    }


def _fejl(registerimport: Registerimport) -> list[Raekkefejl]:
    return [Raekkefejl(*felter) for felter in registerimport.fejl]


def _hent(aktoer: Aktoer, import_id: UUID) -> Registerimport:
    fundet = Registerimport.objects.synlige_for(aktoer).select_related("job").defer("fil").filter(pk=import_id).first()
    if fundet is None:
        raise IkkeFundet("import_ikke_fundet", "Importen findes ikke.")
    return fundet


@require_GET
@henter
def fejlliste(request: AktoerRequest, import_id: UUID, form: str) -> HttpResponseBase:
    """The faults as a table, to work through."""
    hoved, *raekker = fejltabel(_fejl(_hent(request.aktoer, import_id)))
    return tabel(form, "fejl-i-import", hoved, raekker)


AENDRINGSHOVED = ("Ark", "Række", "Sted", "Navn", "Ny", "Kolonne", "Før", "Efter")


@require_GET
@henter
def aendringsliste(request: AktoerRequest, import_id: UUID, form: str) -> HttpResponseBase:
    """What an import would change, or has changed, field by field."""
    skema = queries.skema_paa(idag())
    raekker = (
        (a.ark, a.raekke, raekke["sted"], a.navn, a.ny, felt["navn"], felt["foer"], felt["efter"])
        for a in aendringer_i(_hent(request.aktoer, import_id).indhold)
        for raekke in [_raekke(skema, a)]
        for felt in raekke["felter"]
    )
    return tabel(form, "aendringer-i-import", AENDRINGSHOVED, list(raekker))


LISTEHOVED = (
    "Sendt", "Tilstand", "Nye", "Ændrede", "Uændrede", "Sendt som", "Sendt af dig", "Afgjort", "Afgjort som", "Begrundelse", "Platformens id",
)  # fmt: skip


@require_GET
@henter
def eksport(request: AktoerRequest, form: str) -> HttpResponseBase:
    """The operator's imports as a table."""
    raekker = [
        (
            i.bestilt,
            i.get_tilstand_display(),
            i.nye,
            i.aendrede,
            i.uaendrede,
            i.bestilt_rolle,
            i.bestilt_af == request.aktoer.identitet,
            i.afgjort,
            i.afgjort_rolle,
            i.grund,
            str(i.pk),
        )
        for i in queries.importer(request.aktoer)
    ]
    return tabel(form, "importer", LISTEHOVED, raekker)


@require_POST
@importerer
def annuller(request: AktoerRequest, import_id: UUID) -> HttpResponse:
    """Stop the reading of one's file."""
    try:
        actions.annuller_laesning(aktoer=request.aktoer, import_id=import_id)
    except Konflikt as fejl:
        messages.error(request, fejl.besked)
    else:
        messages.success(request, "Læsningen er annulleret. Intet er ændret.")
    return redirect("tilbud:import", import_id)


@require_POST
@importerer
def send(request: AktoerRequest, import_id: UUID) -> HttpResponse:
    """Ask a second person."""
    try:
        actions.send(aktoer=request.aktoer, import_id=import_id)
    except Konflikt as fejl:
        messages.error(request, fejl.besked)
    else:
        messages.success(request, "Importen er sendt. En anden hos jer skal nu godkende den.")
    return redirect("tilbud:import", import_id)


@require_http_methods(["GET", "POST"])
@importerer
def godkend(request: AktoerRequest, import_id: UUID) -> HttpResponse:
    """A step of its own for what others will see at once: how much, and the button."""
    registerimport = _hent(request.aktoer, import_id)
    if request.method == "POST":
        try:
            actions.godkend(aktoer=request.aktoer, import_id=import_id)
        except Konflikt as fejl:
            messages.error(request, fejl.besked)
        else:
            messages.success(request, "Importen er gennemført. Ændringerne gælder fra nu.")
        return redirect("tilbud:import", import_id)
    return render(request, "tilbud/import/godkend.html", _afgoerelse(registerimport, "Godkend"))


@require_http_methods(["GET", "POST"])
@importerer
def afvis(request: AktoerRequest, import_id: UUID) -> HttpResponse:
    """Decline with a reason."""
    registerimport = _hent(request.aktoer, import_id)
    form = AfvisForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.afvis(aktoer=request.aktoer, import_id=import_id, grund=form.cleaned_data["grund"])
        except UgyldigtInput as fejl:
            tilfoej_fejl(form, fejl)
        except Konflikt as fejl:
            messages.error(request, fejl.besked)
            return redirect("tilbud:import", import_id)
        else:
            messages.success(request, "Importen er afvist. Intet er ændret.")
            return redirect("tilbud:import", import_id)
    kontekst = {**_afgoerelse(registerimport, "Afvis"), "form": form}
    return render(request, "tilbud/import/afvis.html", kontekst, status=422 if form.errors else 200)


@require_POST
@importerer
def traek(request: AktoerRequest, import_id: UUID) -> HttpResponse:
    """Withdraw one's own."""
    try:
        actions.traek(aktoer=request.aktoer, import_id=import_id)
    except Konflikt as fejl:
        messages.error(request, fejl.besked)
    else:
        messages.success(request, "Importen er trukket tilbage. Intet er ændret.")
    return redirect("tilbud:import", import_id)


def _afgoerelse(registerimport: Registerimport, navn: str) -> dict[str, Any]:
    her = {"navn": _navn(registerimport), "url": reverse("tilbud:import", args=[registerimport.pk])}
    return {"import": registerimport, "sti": _sti(_importer(), her, {"navn": navn})}
