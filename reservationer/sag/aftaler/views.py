"""Pages of placement agreements: draft one, write it, put it forward, accept or refuse it, end it, fetch the document."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faelles.aktoer import Rettighed
from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.formularer import tilfoej_fejl
from faelles.graenser import Graense
from faelles.tid import idag
from kommuner.adgang import log_laesning, side
from kommuner.middleware import AktoerRequest
from reservationer.sag.aftaler import actions, queries
from reservationer.sag.aftaler.felter import SKRIVES
from reservationer.sag.aftaler.forms import PlaceringsaftaleForm
from reservationer.sag.aftaler.grundlag import sagen
from reservationer.sag.aftaler.regler import mangler
from reservationer.sag.aftaler.slut import varselskilde
from reservationer.sag.aftaler.visning import kontekst
from reservationer.sag.forms import BeslutningForm
from reservationer.sag.models import Beslutning, Ophold, Placeringsaftale
from reservationer.sag.overgange import UDFALD_NAVN, UDFALD_SKETE, Emne, Tilstand, Udfald, find, mulige, udfald_for

FREM = {Udfald.FREMSAET, Udfald.GODKEND}


@require_POST
@side(Rettighed.RESERVATIONER_SKRIV)
def ny(request: AktoerRequest) -> HttpResponse:
    """Draft the next version for the case the form names."""
    reservation, ophold = (_id(request, navn) for navn in ("reservation", "ophold"))
    try:
        aftale = actions.opret(aktoer=request.aktoer, reservation_id=reservation, ophold_id=ophold)
    except (Konflikt, IngenAdgang) as fejl:
        messages.error(request, fejl.besked)
        return redirect(
            reverse("ophold:detalje", args=[ophold]) if ophold else reverse("sag:detalje", args=[reservation])
        )
    messages.success(request, "Kladden er lavet ud fra sagen. Skriv resten, og send den til den anden part.")
    return redirect("aftaler:ret", aftale.pk)


def _id(request: AktoerRequest, navn: str) -> UUID | None:
    vaerdi = request.POST.get(navn, "")
    try:
        return UUID(vaerdi) if vaerdi else None
    except ValueError:
        raise IkkeFundet("sag_ikke_fundet", "Reservationen eller opholdet findes ikke.") from None


def _hent(request: AktoerRequest, aftale_id: UUID) -> Placeringsaftale:
    fundet = queries.find(request.aktoer, aftale_id)
    log_laesning(request.aktoer, "placeringsaftale", queries.laeste([fundet]))
    return fundet


def _sti(request: AktoerRequest, aftale: Placeringsaftale, *mere: dict[str, str]) -> list[dict[str, str]]:
    ting = sagen(request.aktoer, aftale).ting
    navn = "ophold" if isinstance(ting, Ophold) else "sag"
    sagen_ = {"navn": ting.sagsreference, "url": reverse(f"{navn}:detalje", args=[ting.pk])}
    her = {"navn": f"Placeringsaftale, version {aftale.nummer}"}
    return [sagen_, {**her, "url": reverse("aftaler:detalje", args=[aftale.pk])}, *mere] if mere else [sagen_, her]


@require_GET
@side(Rettighed.RESERVATIONER_LAES)
def detalje(request: AktoerRequest, placeringsaftale_id: UUID) -> HttpResponse:
    """A version: what it says and what it lacks, who has accepted it, what it was before, and what can be done."""
    aftale = _hent(request, placeringsaftale_id)
    grundlag = queries.grundlaget(request.aktoer, aftale)
    kladde = aftale.tilstand == Tilstand.KLADDE
    context = {
        **kontekst(aftale, grundlag),
        "huller": _huller(mangler(aftale.som_felter, grundlag)) if kladde else [],
        "aendret": queries.aendret_siden(request.aktoer, aftale),
        "slutning": queries.slutning(request.aktoer, aftale),
        **queries.aftaler_i_sagen(request.aktoer, sagen(request.aktoer, aftale)),
        "beslutninger": Beslutning.objects.synlige_for(request.aktoer)
        .filter(placeringsaftale=aftale)
        .select_related("organisation"),
        "handlinger": _handlinger(request, aftale),
        "kan_rettes": kladde and request.aktoer.maa(Rettighed.RESERVATIONER_SKRIV),
        "sti": _sti(request, aftale),
    }
    return render(request, "aftaler/detalje.html", context)


def _huller(felter: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Each gap with the field it is mended in; one the case has to mend has none."""
    return [(ord_, felt if felt in SKRIVES else "") for felt, (ord_, *_) in felter.items()]


def _handlinger(request: AktoerRequest, aftale: Placeringsaftale) -> list[dict[str, Any]]:
    if not request.aktoer.maa(Rettighed.RESERVATIONER_SKRIV):
        return []
    return [
        {
            "navn": UDFALD_NAVN[overgang.udfald],
            "url": reverse("aftaler:beslut", args=[aftale.pk, overgang.udfald.value]),
            "primaer": overgang.udfald in FREM,
        }
        for overgang in mulige(Emne.PLACERINGSAFTALE, Tilstand(aftale.tilstand), request.aktoer.funktion)
    ]


@require_http_methods(["GET", "POST"])
@side(Rettighed.RESERVATIONER_SKRIV)
def ret(request: AktoerRequest, placeringsaftale_id: UUID) -> HttpResponse:
    """Write a draft."""
    aftale = _hent(request, placeringsaftale_id)
    tilbage = reverse("aftaler:detalje", args=[aftale.pk])
    form = PlaceringsaftaleForm(request.POST) if request.method == "POST" else PlaceringsaftaleForm.af(aftale)
    if form.is_valid():
        try:
            actions.skriv(aktoer=request.aktoer, aftale_id=aftale.pk, sagt=form.sagt)
        except UgyldigtInput as fejl:
            tilfoej_fejl(form, fejl)
        except Konflikt as fejl:
            messages.error(request, fejl.besked)
            return redirect(tilbage)
        else:
            messages.success(request, "Kladden er gemt.")
            return redirect(tilbage)
    context = {"form": form, "aftale": aftale, "tilbage": tilbage, "sti": _sti(request, aftale, {"navn": "Ret"})}
    return render(request, "aftaler/ret.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@side(Rettighed.RESERVATIONER_SKRIV)
def beslut(request: AktoerRequest, placeringsaftale_id: UUID, trin: str) -> HttpResponse:
    """A step of its own: what happens, what is missing, and the button."""
    if trin not in udfald_for(Emne.PLACERINGSAFTALE):
        raise IkkeFundet("side_ikke_fundet", "Siden findes ikke.")
    aftale, udfald = _hent(request, placeringsaftale_id), Udfald(trin)
    tilbage, huller = reverse("aftaler:detalje", args=[aftale.pk]), []
    try:
        overgang = find(Emne.PLACERINGSAFTALE, Tilstand(aftale.tilstand), udfald, request.aktoer.funktion)
        form = BeslutningForm(request.POST if request.method == "POST" else None, overgang=overgang)
        if form.is_valid():
            huller = _afgjort(request, aftale.pk, udfald, form)
            if not huller and not form.errors:
                messages.success(request, f"Placeringsaftalen: {UDFALD_SKETE[udfald].lower()}.")
                return redirect(tilbage)
    except Konflikt as fejl:
        messages.error(request, fejl.besked)
        return redirect(tilbage)
    navn = UDFALD_NAVN[udfald]
    context = {
        "form": form,
        "aftale": aftale,
        "udfald": udfald,
        "udfald_navn": navn,
        "kilde": varselskilde(request.aktoer, aftale, idag()) if udfald is Udfald.OPSIG else None,
        "idag": idag(),
        "huller": huller,
        "tilbage": tilbage,
        "sti": _sti(request, aftale, {"navn": navn}),
    }
    return render(request, "aftaler/beslut.html", context, status=400 if form.errors or huller else 200)


def _afgjort(request: AktoerRequest, aftale_id: UUID, udfald: Udfald, form: BeslutningForm) -> list[tuple[str, str]]:
    """Take the decision. Answers with the gaps that stood in the way; another refusal of the input is put into the form."""
    try:
        actions.afgoer(aktoer=request.aktoer, aftale_id=aftale_id, udfald=udfald, indhold=form.indhold)
    except UgyldigtInput as fejl:
        if fejl.kode == "aftale_har_huller":
            return _huller(fejl.felter)
        tilfoej_fejl(form, fejl)
    return []


@require_GET
@side(Rettighed.RESERVATIONER_LAES, graense=Graense.HENT)
def dokument(request: AktoerRequest, placeringsaftale_id: UUID) -> HttpResponse:
    """The document, opened in the browser; for this actor alone: no shared cache may keep it."""
    _hent(request, placeringsaftale_id)
    pdf = queries.dokumentet(request.aktoer, placeringsaftale_id)
    if pdf is None:
        raise IkkeFundet("dokument_ikke_faerdigt", "Dokumentet er ikke færdigt.")
    hoveder = {"Content-Disposition": "inline; filename=placeringsaftale.pdf", "Cache-Control": "private, no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=hoveder)
