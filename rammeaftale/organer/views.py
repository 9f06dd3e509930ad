"""Pages of the bodies: all of them, one with its members, and the secretariat's changes."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import IkkeFundet
from faelles.graenser import Graense
from faelles.regneark.svar import tabel
from faelles.tid import idag
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from rammeaftale.handling import data, udfoer
from rammeaftale.models import Organ, Organmedlem
from rammeaftale.moeder.queries import med_beslutninger, synlige, vis
from rammeaftale.organer import actions, fjernelse, queries
from rammeaftale.organer.forms import FjernForm, MedlemForm, OrganForm, RetOrganForm, SidsteDagForm

_SKRIVER = side(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES)
def liste(request: AktoerRequest) -> HttpResponse:
    """The bodies the actor's organisation has to do with, by name."""
    organer = queries.med_medlemmer(Organ.objects.synlige_for(request.aktoer))
    kontekst = {
        "visninger": queries.vis(organer, idag()),
        "kan_oprette": request.aktoer.maa(Rettighed.AFTALER_SKRIV),
        "sti": _her(organ_sti()),
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
    """One body with its members and meetings."""
    organ = synligt_organ(request.aktoer, organ_id)
    (visning,) = queries.vis([organ], idag())
    i_kkr = set(actions.mulige_medlemmer(organ.kkr, idag()).values_list("pk", flat=True))
    kontekst = {
        "v": visning,
        "medlemmer": [(m, idag() in m.periode, m.organisation_id in i_kkr) for m in visning.medlemmer],
        "moeder": vis(med_beslutninger(synlige(request.aktoer).filter(organ=organ)), idag()),
        "kan_skrive": queries.maa_skrive(request.aktoer, organ),
        "sti": _her(organ_sti(organ)),
    }
    return render(request, "rammeaftale/organer/detalje.html", kontekst)


@require_http_methods(["GET", "POST"])
@_SKRIVER
def nyt(request: AktoerRequest) -> HttpResponse:
    """Form a body."""
    form = OrganForm(data(request))

    def opret() -> str:
        return _adresse(actions.opret_organ(aktoer=request.aktoer, **form.cleaned_data))

    manchet = "Et KKR har ét KKR-organ og ét embedsmandsudvalg ad gangen, og så mange arbejdsgrupper, der er brug for."
    kvittering = "Organet er oprettet. Tilføj dets medlemmer."
    return udfoer(request, form, opret, kvittering, ("Nyt organ", manchet, "Opret"), organ_sti())


@require_http_methods(["GET", "POST"])
@_SKRIVER
def ret(request: AktoerRequest, organ_id: UUID) -> HttpResponse:
    """Change what a body is called and does."""
    organ = eget_organ(request.aktoer, organ_id)
    form = RetOrganForm(data(request), initial=_organets(organ))

    def gem() -> str:
        rettet = actions.ret_organ(
            aktoer=request.aktoer,
            organ_id=organ.pk,
            kraev_set=lambda: form.kraev_set(_organets(eget_organ(request.aktoer, organ_id))),
            **form.cleaned_data,
        )
        return _adresse(rettet)

    return udfoer(request, form, gem, "Organet er rettet.", (f"Ret {organ}", "", "Gem"), organ_sti(organ))


@require_http_methods(["GET", "POST"])
@_SKRIVER
def nedlaeg(request: AktoerRequest, organ_id: UUID) -> HttpResponse:
    """End a body after a day."""
    organ = eget_organ(request.aktoer, organ_id)
    form = SidsteDagForm(data(request))

    def afslut() -> str:
        return _adresse(actions.nedlaeg_organ(aktoer=request.aktoer, organ_id=organ.pk, **form.cleaned_data))

    ord_ = (
        f"Nedlæg {organ}",
        "Organet og dets medlemskaber slutter med dagen. De bliver stående i historien.",
        "Nedlæg",
    )
    return udfoer(request, form, afslut, "Organet er nedlagt.", ord_, organ_sti(organ))


@require_http_methods(["GET", "POST"])
@_SKRIVER
def nyt_medlem(request: AktoerRequest, organ_id: UUID) -> HttpResponse:
    """Let an organisation in."""
    organ = eget_organ(request.aktoer, organ_id)
    form = MedlemForm(data(request), organisationer=actions.mulige_medlemmer(organ.kkr))

    def optag() -> str:
        return _adresse(actions.optag_medlem(aktoer=request.aktoer, organ_id=organ.pk, **form.cleaned_data).organ)

    ord_ = (f"Nyt medlem af {organ}", "Medlemmet er med, til du afslutter medlemskabet.", "Tilføj")
    return udfoer(request, form, optag, "Medlemmet er tilføjet.", ord_, organ_sti(organ))


@require_http_methods(["GET", "POST"])
@_SKRIVER
def afslut_medlem(request: AktoerRequest, organmedlem_id: UUID) -> HttpResponse:
    """End a membership after a day."""
    medlem, organ = _eget_medlem(request.aktoer, organmedlem_id)
    form = SidsteDagForm(data(request))

    def afslut() -> str:
        actions.afslut_medlem(aktoer=request.aktoer, organmedlem_id=medlem.pk, **form.cleaned_data)
        return _adresse(organ)

    ord_ = (f"Afslut medlemskabet for {medlem.organisation}", "", "Afslut")
    return udfoer(request, form, afslut, "Medlemskabet er afsluttet.", ord_, organ_sti(organ))


@require_http_methods(["GET", "POST"])
@_SKRIVER
def fjern(request: AktoerRequest, organ_id: UUID) -> HttpResponse:
    """Take out a body that was formed by mistake, after asking."""
    organ = eget_organ(request.aktoer, organ_id)
    form = FjernForm(data(request))

    def slet() -> str:
        fjernelse.fjern_organ(aktoer=request.aktoer, organ_id=organ.pk, **form.cleaned_data)
        return reverse("rammeaftale:organer")

    manchet = "Organet og dets medlemskaber har så aldrig været der. Har det holdt møder, kan det ikke fjernes; så kan det nedlægges."
    return udfoer(request, form, slet, "Organet er fjernet.", (f"Fjern {organ}?", manchet, "Fjern"), organ_sti(organ))


@require_http_methods(["GET", "POST"])
@_SKRIVER
def fjern_medlem(request: AktoerRequest, organmedlem_id: UUID) -> HttpResponse:
    """Take out a membership that was entered by mistake, after asking."""
    medlem, organ = _eget_medlem(request.aktoer, organmedlem_id)
    form = FjernForm(data(request))

    def slet() -> str:
        fjernelse.fjern_medlem(aktoer=request.aktoer, organ_id=organ.pk, organmedlem_id=medlem.pk, **form.cleaned_data)
        return _adresse(organ)

    manchet = "Organisationen har så aldrig været medlem i de dage. Har organet besluttet noget i dem, kan medlemskabet ikke fjernes; så kan det afsluttes."
    ord_ = (f"Fjern medlemskabet for {medlem.organisation}?", manchet, "Fjern")
    return udfoer(request, form, slet, "Medlemskabet er fjernet.", ord_, organ_sti(organ))


def _organets(organ: Organ) -> dict[str, object]:
    """A body as the form's first values."""
    return {"navn": organ.navn, "opgave": organ.opgave}


def _eget_medlem(aktoer: Aktoer, organmedlem_id: UUID) -> tuple[Organmedlem, Organ]:
    """A membership of a body of the secretariat's own KKR. Raises IkkeFundet."""
    medlem = Organmedlem.objects.select_related("organisation").filter(pk=organmedlem_id).first()
    if medlem is None:
        raise IkkeFundet("organ_ikke_fundet", "Organet findes ikke.")
    return medlem, eget_organ(aktoer, medlem.organ_id)


def synligt_organ(aktoer: Aktoer, organ_id: UUID) -> Organ:
    """A body the actor's organisation has to do with, its members loaded. Raises IkkeFundet."""
    organ = queries.med_medlemmer(Organ.objects.synlige_for(aktoer)).filter(pk=organ_id).first()
    if organ is None:
        raise IkkeFundet("organ_ikke_fundet", "Organet findes ikke.")
    return organ


def eget_organ(aktoer: Aktoer, organ_id: UUID) -> Organ:
    """A body of the secretariat's own KKR. Raises IkkeFundet."""
    organ = synligt_organ(aktoer, organ_id)
    if not queries.maa_skrive(aktoer, organ):
        raise IkkeFundet("organ_ikke_fundet", "Organet findes ikke.")
    return organ


def organ_sti(*organer: Organ) -> list[dict[str, str]]:
    """The way down to all bodies, or to one of them."""
    return [
        {"navn": "Rammeaftaler", "url": reverse("rammeaftale:liste")},
        {"navn": "Organer", "url": reverse("rammeaftale:organer")},
        *({"navn": organ.navn, "url": _adresse(organ)} for organ in organer),
    ]


def _adresse(organ: Organ) -> str:
    return reverse("rammeaftale:organ", args=[organ.pk])


def _her(sti: list[dict[str, str]]) -> list[dict[str, str]]:
    """The way to the page itself: its last step is no link."""
    return [*sti[:-1], {"navn": sti[-1]["navn"]}]
