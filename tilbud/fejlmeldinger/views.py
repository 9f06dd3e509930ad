"""Pages of reports: report an error, follow one's own, answer those one has received."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faelles.aktoer import Funktion, Rettighed
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.formularer import tilfoej_fejl
from faelles.graenser import Graense
from faelles.regneark.svar import tabel
from faelles.tid import idag, nu
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from tilbud.fejlmeldinger import actions, queries
from tilbud.fejlmeldinger.afsnit import Afsnit, afsnit_for, fakta_i
from tilbud.fejlmeldinger.andre import vist_om
from tilbud.fejlmeldinger.forms import MeldForm, SvarForm
from tilbud.fejlmeldinger.modtager import modtager
from tilbud.fejlmeldinger.overgange import Part, Skridt
from tilbud.fejlmeldinger.visning import vist, viste
from tilbud.models import TILBUDDETS, Faktum, Fejlmelding, Fejlsag, Tilbud

PR_SIDE = 25
laeser = side(Rettighed.FEJLMELDINGER_LAES)
skriver = side(Rettighed.FEJLMELDINGER_SKRIV)


@require_GET
@laeser
def liste(request: AktoerRequest) -> HttpResponse:
    """The reports the actor's organisation has sent or received, those that wait first."""
    sider = Paginator(queries.sager(request.aktoer), PR_SIDE).get_page(request.GET.get("side"))
    kontekst = {
        "side": sider,
        "idag": idag(),
        "frister_efter": queries.fristernes_kilder(sider),
        "sti": [_tilbud(), {"navn": "Fejlmeldinger"}],
    }
    return render(request, "tilbud/fejlmeldinger/liste.html", kontekst)


@require_GET
@side(Rettighed.FEJLMELDINGER_LAES, graense=Graense.HENT)
def eksport(request: AktoerRequest, form: str) -> HttpResponseBase:
    """The list as a table."""
    fundne = list(queries.sager(request.aktoer))  # read now: the file is sent when it is no longer said who asks
    return tabel(form, "fejlmeldinger", queries.HOVED, queries.raekker_ud(fundne))


def _tilbud() -> dict[str, str]:
    return {"navn": "Tilbud", "url": reverse("tilbud:liste")}


@require_http_methods(["GET", "POST"])
@skriver
def meld(request: AktoerRequest, tilbud_id: UUID) -> HttpResponse:
    """Report an error in something shown of an offer; the link says in which section, or in which fact."""
    tilbud = Tilbud.objects.select_related("driftsherre", "beliggenhedskommune").filter(pk=tilbud_id).first()
    if tilbud is None:
        raise IkkeFundet("tilbud_ikke_fundet", "Tilbuddet findes ikke.")
    afdelinger = list(tilbud.afdelinger.all())
    valgt = {navn: request.GET.get(navn, "") for navn in ("faktum", "afdeling")}
    fakta = _fakta(valgt["faktum"], request.GET.get("afsnit", ""))
    afdeling = next((a for a in afdelinger if str(a.pk) == valgt["afdeling"]), None)
    ord_ = viste(tilbud, afdeling, fakta, nu())
    form = MeldForm(
        request.POST if request.method == "POST" else None, initial=valgt, afdelinger=afdelinger, viste=ord_
    )
    if form.is_valid():
        faktum, afdeling_id = Faktum(form.cleaned_data["faktum"]), form.cleaned_data.get("afdeling")
        try:
            ny = actions.meld(
                aktoer=request.aktoer,
                tilbud_id=tilbud_id,
                faktum=faktum,
                afdeling_id=afdeling_id,
                besked=form.cleaned_data["besked"],
            )
        except (UgyldigtInput, Konflikt) as fejl:
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, f"Fejlen er meldt. {ny.sag.modtager} har frist til {ny.frist:%d.%m.%Y}.")
            return redirect("tilbud:fejlmelding", ny.pk)
    kontekst = {
        "form": form,
        "om": tilbud,
        "modtager": tilbud.driftsherre,
        "tilbage": {"navn": "Tilbage til tilbuddet", "url": reverse("tilbud:detalje", args=[tilbud_id])},
        "vist": next((ord_[f] for f in fakta if f == valgt["faktum"]), ""),
        "hele": "" if len(fakta) == len(TILBUDDETS) else reverse("tilbud:meld_fejl", args=[tilbud_id]),
        **_sekretariatets(tilbud, fakta),
        "sti": [
            _tilbud(),
            {"navn": tilbud.navn, "url": reverse("tilbud:detalje", args=[tilbud_id])},
            {"navn": "Meld fejl"},
        ],
    }
    return render(request, "tilbud/fejlmeldinger/meld.html", kontekst, status=422 if form.errors else 200)


def _sekretariatets(tilbud: Tilbud, fakta: Sequence[Faktum]) -> dict[str, object]:
    """The secretariat, and in words which of the facts are its own and not the operator's."""
    sekretariat = queries.sekretariat_for(tilbud, idag())
    dens = [f for f in fakta if modtager(f, har_sekretariat=sekretariat is not None) is Funktion.SEKRETARIAT]
    return {"sekretariat": sekretariat, "sekretariatets": " eller ".join(f.label.lower() for f in dens)}


def _fakta(faktum: str, afsnit: str) -> Sequence[Faktum]:
    """The facts of the section the link names, itself or by one of its facts; all of them when it names none."""
    if faktum in TILBUDDETS:
        return fakta_i(afsnit_for(Faktum(faktum)))
    return fakta_i(*([et for et in Afsnit if et == afsnit] or Afsnit))


@require_GET
@laeser
def detalje(request: AktoerRequest, fejlmelding_id: UUID) -> HttpResponse:
    """One report, for its two parties."""
    sag = _hent(request, fejlmelding_id)
    mulige = queries.skridt(request.aktoer, sag) if request.aktoer.maa(Rettighed.FEJLMELDINGER_SKRIV) else ()
    return _vis(request, sag, SvarForm(skridt=mulige) if any(o.med_svar for o in mulige) else None)


def _hent(request: AktoerRequest, fejlmelding_id: UUID) -> Fejlsag:
    sag = queries.sager(request.aktoer).filter(pk=fejlmelding_id).first()
    if sag is None:
        raise IkkeFundet("fejlmelding_ikke_fundet", "Fejlmeldingen findes ikke.")
    return sag


def _vis(request: AktoerRequest, sag: Fejlsag, form: SvarForm | None) -> HttpResponse:
    fejl = sag.fejlmelding
    mulige = queries.skridt(request.aktoer, sag) if request.aktoer.maa(Rettighed.FEJLMELDINGER_SKRIV) else ()
    kontekst = {
        "sag": sag,
        "fejl": fejl,
        "kilde": queries.fristens_kilde(fejl),
        "nu_vist": _vist_nu(fejl),
        "overskredet": fejl.er_aaben and fejl.frist < idag(),
        "skridt": [o.skridt.value for o in mulige if not o.med_svar],
        "er_ejer": Part.EJER in queries.parter(request.aktoer, sag),
        "form": form,
        "sti": [
            _tilbud(),
            {"navn": "Fejlmeldinger", "url": reverse("tilbud:fejlmeldinger")},
            {"navn": fejl.get_faktum_display()},
        ],
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "tilbud/fejlmeldinger/detalje.html", kontekst, status=status)


def _vist_nu(fejl: Fejlmelding) -> str:
    faktum = Faktum(fejl.faktum)
    return vist(fejl.tilbud, fejl.afdeling, faktum, nu()) if fejl.tilbud else vist_om(fejl.om, faktum, idag())


@require_POST
@skriver
def behandl(request: AktoerRequest, fejlmelding_id: UUID) -> HttpResponse:
    """Take it up, answer it, or withdraw it."""
    sag = _hent(request, fejlmelding_id)
    mulige = queries.skridt(request.aktoer, sag)
    uden_svar = {o.skridt.value for o in mulige if not o.med_svar}
    if (valgt := request.POST.get("skridt", "")) in uden_svar:
        return _tag(request, fejlmelding_id, Skridt(valgt))
    form = SvarForm(request.POST, skridt=mulige)
    if not any(o.med_svar for o in mulige):
        messages.error(request, "Der kan ikke svares på fejlmeldingen nu.")
        return redirect("tilbud:fejlmelding", fejlmelding_id)
    if form.is_valid():
        return _tag(request, fejlmelding_id, Skridt(form.cleaned_data["skridt"]), form.cleaned_data["svar"])
    return _vis(request, sag, form)


def _tag(request: AktoerRequest, fejlmelding_id: UUID, skridt: Skridt, svar: str = "") -> HttpResponse:
    try:
        actions.behandl(aktoer=request.aktoer, fejlmelding_id=fejlmelding_id, skridt=skridt, svar=svar)
    except Konflikt as fejl:
        messages.error(request, fejl.besked)
    else:
        messages.success(request, _GJORT[skridt])
    return redirect("tilbud:fejlmelding", fejlmelding_id)


_GJORT = {
    Skridt.BEGYND: "Den, der meldte fejlen, kan nu se, at I undersøger den.",
    Skridt.RET: "Fejlmeldingen er besvaret: fejlen er rettet.",
    Skridt.AFVIS: "Fejlmeldingen er besvaret: det er ikke en fejl.",
    Skridt.TRAEK: "Fejlmeldingen er trukket tilbage.",
}
