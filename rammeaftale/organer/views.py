"""Pages of the bodies: all of them, one with its members, and the secretariat's changes."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import DomaeneFejl, IkkeFundet
from faelles.formularer import Formular, tilfoej_fejl
from faelles.graenser import Graense
from faelles.regneark.svar import tabel
from faelles.tid import idag
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from rammeaftale.models import Organ, Organmedlem
from rammeaftale.organer import actions, queries
from rammeaftale.organer.forms import MedlemForm, OrganForm, RetOrganForm, SidsteDagForm

_SKRIVER = side(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES)
def liste(request: AktoerRequest) -> HttpResponse:
    """The bodies the actor's organisation has to do with, by name."""
    organer = queries.med_medlemmer(Organ.objects.synlige_for(request.aktoer))
    kontekst = {
        "visninger": queries.vis(organer, idag()),
        "kan_oprette": request.aktoer.maa(Rettighed.AFTALER_SKRIV),
        "sti": _her(_sti()),
    }
    return render(request, "rammeaftale/organer/liste.html", kontekst)


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES, graense=Graense.HENT)
def eksport(request: AktoerRequest, form: str) -> HttpResponseBase:
    """The same bodies with every membership."""
    organer = queries.med_medlemmer(Organ.objects.synlige_for(request.aktoer))
    return tabel(form, "organer", queries.HOVED, list(queries.raekker_ud(organer)))


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES)
def detalje(request: AktoerRequest, organ_id: UUID) -> HttpResponse:
    """One body with its members."""
    organ = _synligt(request.aktoer, organ_id)
    (visning,) = queries.vis([organ], idag())
    kontekst = {
        "v": visning,
        "medlemmer": [(m, idag() in m.periode) for m in visning.medlemmer],
        "kan_skrive": queries.maa_skrive(request.aktoer, organ),
        "sti": _her(_sti(organ)),
    }
    return render(request, "rammeaftale/organer/detalje.html", kontekst)


@require_http_methods(["GET", "POST"])
@_SKRIVER
def nyt(request: AktoerRequest) -> HttpResponse:
    """Form a body."""
    form = OrganForm(_data(request))

    def opret() -> Organ:
        return actions.opret_organ(aktoer=request.aktoer, **form.cleaned_data)

    manchet = "Et KKR har ét KKR-organ og ét embedsmandsudvalg ad gangen, og så mange arbejdsgrupper, der er brug for."
    return _udfoer(request, form, opret, "Organet er oprettet. Tilføj dets medlemmer.", ("Nyt organ", manchet, "Opret"))


@require_http_methods(["GET", "POST"])
@_SKRIVER
def ret(request: AktoerRequest, organ_id: UUID) -> HttpResponse:
    """Change what a body is called and does."""
    organ = _eget(request.aktoer, organ_id)
    form = RetOrganForm(_data(request), initial={"navn": organ.navn, "opgave": organ.opgave})

    def gem() -> Organ:
        return actions.ret_organ(aktoer=request.aktoer, organ_id=organ.pk, **form.cleaned_data)

    return _udfoer(request, form, gem, "Organet er rettet.", (f"Ret {organ}", "", "Gem"), organ)


@require_http_methods(["GET", "POST"])
@_SKRIVER
def nedlaeg(request: AktoerRequest, organ_id: UUID) -> HttpResponse:
    """End a body after a day."""
    organ = _eget(request.aktoer, organ_id)
    form = SidsteDagForm(_data(request))

    def afslut() -> Organ:
        return actions.nedlaeg_organ(aktoer=request.aktoer, organ_id=organ.pk, **form.cleaned_data)

    ord_ = (
        f"Nedlæg {organ}",
        "Organet og dets medlemskaber slutter med dagen. De bliver stående i historien.",
        "Nedlæg",
    )
    return _udfoer(request, form, afslut, "Organet er nedlagt.", ord_, organ)


@require_http_methods(["GET", "POST"])
@_SKRIVER
def nyt_medlem(request: AktoerRequest, organ_id: UUID) -> HttpResponse:
    """Let an organisation in."""
    organ = _eget(request.aktoer, organ_id)
    form = MedlemForm(_data(request), organisationer=actions.mulige_medlemmer(organ.kkr))

    def optag() -> Organ:
        return actions.optag_medlem(aktoer=request.aktoer, organ_id=organ.pk, **form.cleaned_data).organ

    ord_ = (f"Nyt medlem af {organ}", "Medlemmet er med, til du afslutter medlemskabet.", "Tilføj")
    return _udfoer(request, form, optag, "Medlemmet er tilføjet.", ord_, organ)


@require_http_methods(["GET", "POST"])
@_SKRIVER
def afslut_medlem(request: AktoerRequest, organmedlem_id: UUID) -> HttpResponse:
    """End a membership after a day."""
    medlem = Organmedlem.objects.select_related("organisation").filter(pk=organmedlem_id).first()
    if medlem is None:
        raise IkkeFundet("organ_ikke_fundet", "Organet findes ikke.")
    organ = _eget(request.aktoer, medlem.organ_id)
    form = SidsteDagForm(_data(request))

    def afslut() -> Organ:
        actions.afslut_medlem(aktoer=request.aktoer, organmedlem_id=medlem.pk, **form.cleaned_data)
        return organ

    ord_ = (f"Afslut medlemskabet for {medlem.organisation}", "", "Afslut")
    return _udfoer(request, form, afslut, "Medlemskabet er afsluttet.", ord_, organ)


def _synligt(aktoer: Aktoer, organ_id: UUID) -> Organ:
    organ = queries.med_medlemmer(Organ.objects.synlige_for(aktoer)).filter(pk=organ_id).first()
    if organ is None:
        raise IkkeFundet("organ_ikke_fundet", "Organet findes ikke.")
    return organ


def _eget(aktoer: Aktoer, organ_id: UUID) -> Organ:
    organ = _synligt(aktoer, organ_id)
    if not queries.maa_skrive(aktoer, organ):
        raise IkkeFundet("organ_ikke_fundet", "Organet findes ikke.")
    return organ


def _sti(*organer: Organ) -> list[dict[str, str]]:
    return [
        {"navn": "Rammeaftaler", "url": reverse("rammeaftale:liste")},
        {"navn": "Organer", "url": reverse("rammeaftale:organer")},
        *({"navn": organ.navn, "url": reverse("rammeaftale:organ", args=[organ.pk])} for organ in organer),
    ]


def _her(sti: list[dict[str, str]]) -> list[dict[str, str]]:
    """The way to the page itself: its last step is no link."""
    return [*sti[:-1], {"navn": sti[-1]["navn"]}]


def _data(request: AktoerRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _udfoer(
    request: AktoerRequest,
    form: Formular,
    gerning: Callable[[], Organ],
    kvittering: str,
    ord_: tuple[str, str, str],
    *organer: Organ,
) -> HttpResponse:
    """Show the form, or do it and go to the body; what the action refuses stands at its fields. `ord_`: heading, what it does, button."""
    overskrift, manchet, knap = ord_
    if form.is_valid():
        try:
            organ = gerning()
        except IkkeFundet:
            raise
        except DomaeneFejl as fejl:
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, kvittering)
            return redirect("rammeaftale:organ", organ.pk)
    sti = _sti(*organer)
    kontekst: dict[str, Any] = {
        "overskrift": overskrift,
        "manchet": manchet,
        "knap": knap,
        "sti": [*sti, {"navn": overskrift}],
        "tilbage": sti[-1]["url"],
        "form": form,
    }
    return render(request, "rammeaftale/handling.html", kontekst, status=422 if form.errors else 200)
