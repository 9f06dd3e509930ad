"""Pages of an organisation's API clients, for its administrators."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_GET, require_http_methods

from faelles.aktoer import Funktion, Rettighed
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.formularer import tilfoej_fejl
from faelles.graenser import Graense
from faelles.regneark.svar import tabel
from faelles.tid import nu
from kommuner.adgang import side
from kommuner.klienter import actions, queries
from kommuner.klienter.forms import FUNKTION_TEKST, AdgangeForm, KlientForm, adgangstekst
from kommuner.klienter.noegler import Udstedt
from kommuner.middleware import AktoerRequest
from kommuner.models import ApiKlient
from kommuner.models.klienter import HOEJST_NOEGLER

PR_SIDE = 25
OVERSIGT = "klienter:liste"


@require_GET
@side(Rettighed.KLIENTER_STYR)
def liste(request: AktoerRequest) -> HttpResponse:
    """The organisation's own clients, and which of them somebody should look after."""
    side_ = Paginator(queries.klienter(request.aktoer, nu()), PR_SIDE).get_page(request.GET.get("side"))
    return render(request, "klienter/liste.html", {"side": side_, "dage": settings.KLIENTNOEGLE_DAGE})


HOVED = (
    "Navn",
    "Handler som",
    "Adgange",
    "Gældende nøgler",
    "Sidst brugt",
    "Aldrig brugte nøgler",
    "Bør skiftes",
    "Lukket",
    "Platformens id",
)


@require_GET
@side(Rettighed.KLIENTER_STYR, graense=Graense.HENT)
def eksport(request: AktoerRequest, form: str) -> HttpResponseBase:
    """The list as a table; never a key."""
    return tabel(form, "api-klienter", HOVED, [_raekke(r) for r in queries.klienter(request.aktoer, nu())])


def _raekke(r: queries.Klientraekke) -> list[Any]:
    return [
        r.klient.navn,
        r.klient.get_funktion_display(),
        "; ".join(r.klient.scopes),
        r.aktive,
        r.sidst_brugt,
        r.aldrig_brugte,
        r.for_gammel,
        r.klient.lukket,
        str(r.klient.pk),
    ]


@require_http_methods(["GET", "POST"])
@side(Rettighed.KLIENTER_STYR)
def ny(request: AktoerRequest) -> HttpResponse:
    """Register a system; the answer shows its secret, which is in no other answer."""
    form = KlientForm(request.POST if request.method == "POST" else None, muligheder=queries.muligheder(request.aktoer))
    if form.is_valid():
        try:
            udstedt = actions.opret_klient(
                aktoer=request.aktoer,
                navn=form.cleaned_data["navn"],
                funktion=Funktion(form.cleaned_data["funktion"]),
                scopes=form.rettigheder,
            )
        except UgyldigtInput as fejl:
            tilfoej_fejl(form, fejl)
        else:
            return _vis_en_gang(request, udstedt)
    context = {"form": form, "sti": _sti("Ny klient")}
    return render(request, "klienter/ny.html", context, status=400 if form.errors else 200)


@require_GET
@side(Rettighed.KLIENTER_STYR)
def detalje(request: AktoerRequest, klient_id: UUID) -> HttpResponse:
    """One client: what it is, its credentials, what has happened to it."""
    klient = _hent(request, klient_id)
    noegler = queries.noegler(request.aktoer, klient)
    aktive = sum(noegle.gyldig for noegle in noegler)
    context = {
        "klient": klient,
        "funktion": FUNKTION_TEKST[klient.som],
        "adgange": [adgangstekst(r) for r in Rettighed if r in klient.rettigheder],
        "noegler": noegler,
        "gamle": {n.pk for n in noegler if n.gyldig and queries.er_for_gammel(n.oprettet, nu())},
        "aktive": aktive,
        "plads": aktive < HOEJST_NOEGLER,
        "hoejst": HOEJST_NOEGLER,
        "dage": settings.KLIENTNOEGLE_DAGE,
        "forloeb": queries.forloeb(request.aktoer, klient, noegler),
        "sti": _sti(klient.navn),
    }
    return render(request, "klienter/detalje.html", context)


@require_http_methods(["GET", "POST"])
@side(Rettighed.KLIENTER_STYR)
def adgange(request: AktoerRequest, klient_id: UUID) -> HttpResponse:
    """Change what a client may do."""
    klient = _hent(request, klient_id)
    muligheder = {klient.som: queries.muligheder(request.aktoer).get(klient.som, frozenset())}
    form = AdgangeForm(
        request.POST if request.method == "POST" else None, initial={"scopes": klient.scopes}, muligheder=muligheder
    )
    if form.is_valid():
        try:
            actions.aendr_adgange(aktoer=request.aktoer, klient_id=klient.pk, scopes=form.rettigheder)
        except UgyldigtInput as fejl:
            tilfoej_fejl(form, fejl)
        except Konflikt as fejl:
            return _tilbage_med(request, klient, fejl)
        else:
            messages.success(request, "Adgangene er gemt og gælder fra nu, også for tokens, der er hentet.")
            return redirect("klienter:detalje", klient.pk)
    context = {"form": form, "klient": klient, "sti": _sti("Adgange", klient)}
    return render(request, "klienter/adgange.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@side(Rettighed.KLIENTER_STYR)
def ny_noegle(request: AktoerRequest, klient_id: UUID) -> HttpResponse:
    """Make a second credential beside the first; the answer shows its secret, which is in no other answer."""
    klient = _hent(request, klient_id)
    if request.method == "POST":
        try:
            return _vis_en_gang(request, actions.ny_noegle(aktoer=request.aktoer, klient_id=klient.pk))
        except Konflikt as fejl:
            return _tilbage_med(request, klient, fejl)
    return render(request, "klienter/ny_noegle.html", {"klient": klient, "sti": _sti("Ny nøgle", klient)})


@require_http_methods(["GET", "POST"])
@side(Rettighed.KLIENTER_STYR)
def spaer(request: AktoerRequest, klient_id: UUID, noegle_id: UUID) -> HttpResponse:
    """A step of its own before a credential is revoked."""
    klient = _hent(request, klient_id)
    noegler = queries.noegler(request.aktoer, klient)
    noegle = next((noegle for noegle in noegler if noegle.pk == noegle_id), None)
    if noegle is None:
        raise IkkeFundet("noegle_ikke_fundet", "Nøglen findes ikke.")
    if request.method == "POST":
        try:
            actions.spaer_noegle(aktoer=request.aktoer, klient_id=klient.pk, noegle_id=noegle.pk)
        except Konflikt as fejl:
            return _tilbage_med(request, klient, fejl)
        messages.success(request, f"Nøglen {noegle.application.client_id} er spærret.")
        return redirect("klienter:detalje", klient.pk)
    context = {
        "klient": klient,
        "noegle": noegle,
        "eneste": not any(anden.gyldig for anden in noegler if anden != noegle),
        "sti": _sti("Spær nøgle", klient),
    }
    return render(request, "klienter/spaer.html", context)


@require_http_methods(["GET", "POST"])
@side(Rettighed.KLIENTER_STYR)
def luk(request: AktoerRequest, klient_id: UUID) -> HttpResponse:
    """A step of its own before a client is closed for good."""
    klient = _hent(request, klient_id)
    if request.method == "POST":
        try:
            actions.luk_klient(aktoer=request.aktoer, klient_id=klient.pk)
        except Konflikt as fejl:
            return _tilbage_med(request, klient, fejl)
        messages.success(request, f"{klient.navn} er lukket.")
        return redirect("klienter:detalje", klient.pk)
    return render(request, "klienter/luk.html", {"klient": klient, "sti": _sti("Luk klienten", klient)})


def _vis_en_gang(request: AktoerRequest, udstedt: Udstedt) -> HttpResponse:
    """The one answer that holds the secret. It stands in no session and no message, and no cache may keep it."""
    klient = udstedt.noegle.klient
    context = {
        "klient": klient,
        "hemmelighed": udstedt.hemmelighed,
        "token_url": request.build_absolute_uri(reverse("token")),
        "sti": _sti("Nøglens hemmelighed", klient),
    }
    svar = render(request, "klienter/vist.html", context)
    add_never_cache_headers(svar)
    return svar


def _hent(request: AktoerRequest, klient_id: UUID) -> ApiKlient:
    """The client, if it is the organisation's own. Raises IkkeFundet, the same for a foreign one as for none."""
    klient = queries.find(request.aktoer, klient_id)
    if klient is None:
        raise IkkeFundet("klient_ikke_fundet", "API-klienten findes ikke.")
    return klient


def _tilbage_med(request: AktoerRequest, klient: ApiKlient, fejl: Konflikt) -> HttpResponse:
    messages.error(request, fejl.besked)
    return redirect("klienter:detalje", klient.pk)


def _sti(her: str, klient: ApiKlient | None = None) -> list[dict[str, Any]]:
    """The way to this page."""
    mellem = [{"navn": klient.navn, "url": reverse("klienter:detalje", args=[klient.pk])}] if klient else []
    return [{"navn": "API-klienter", "url": reverse(OVERSIGT)}, *mellem, {"navn": her}]
