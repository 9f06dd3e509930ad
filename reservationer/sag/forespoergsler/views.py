"""Pages of enquiries: send one, follow it, answer it, write about it."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faelles.aktoer import Funktion, Rettighed
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.formularer import tilfoej_fejl
from faelles.graenser import Graense
from faelles.regneark.svar import i_stykker, tabel
from faelles.tid import nu
from kommuner.adgang import log_laesning, side
from kommuner.middleware import AktoerRequest
from reservationer.sag.forespoergsler import actions, queries
from reservationer.sag.forespoergsler.actions import FALDER_MED
from reservationer.sag.forespoergsler.forms import BeskedForm, ForespoergselForm, HenvendelsesfilterForm
from reservationer.sag.forespoergsler.soegningsviews import sagt_i_soegningen, spurgte_tilbud
from reservationer.sag.forespoergsler.tabeller import HOVED, raekker
from reservationer.sag.forms import BeslutningForm
from reservationer.sag.models import Henvendelse
from reservationer.sag.overgange import TILSTAND_NAVN, UDFALD_NAVN, Emne, Tilstand, Udfald, find, mulige, udfald_for
from reservationer.sag.trin import NUMMER_TJEK, trin
from reservationer.soegning.sammenlign.views import soegningen
from tilbud.models import Tilbud
from vilkaar.kilde import alle_i_ord

PR_SIDE = 25
SORTERINGER = {
    "svarfrist": "svarfrist",
    "sendt": "sendt",
    "tilbud": "tilbud__navn_sortering",
    "fra": "forespoergsel__fra",
}


@require_GET
@side(Rettighed.RESERVATIONER_LAES)
def liste(request: AktoerRequest) -> HttpResponse:
    """The actor's enquiries, one row per offer that is asked."""
    form = HenvendelsesfilterForm(request.GET)
    side_ = Paginator(_valgte(request, form), PR_SIDE).get_page(request.GET.get("side"))
    log_laesning(request.aktoer, "henvendelse", queries.laeste(side_))
    context = {
        "form": form,
        "side": side_,
        "sortering": request.GET.get("sorter", "-sendt"),
        "nu": nu(),
        "frister_efter": alle_i_ord(map(queries.term, side_)),
    }
    return render(request, "forespoergsler/liste.html", context)


def _valgte(request: AktoerRequest, form: HenvendelsesfilterForm) -> QuerySet[Henvendelse]:
    """The enquiries the page's filters leave, in its order."""
    valgt = form.cleaned_data if form.is_valid() else {}
    sorter = request.GET.get("sorter", "-sendt")
    felt = SORTERINGER.get(sorter.removeprefix("-"), "sendt")
    fundne = queries.henvendelser(request.aktoer).order_by(f"{'-' if sorter.startswith('-') else ''}{felt}", "pk")
    if tilstand := valgt.get("tilstand"):
        fundne = fundne.filter(tilstand=tilstand)
    if tekst := valgt.get("tekst"):
        fundne = queries.med_reference(fundne, request.aktoer, tekst)
    return fundne


@require_GET
@side(Rettighed.RESERVATIONER_LAES, graense=Graense.HENT)
def eksport(request: AktoerRequest, form: str) -> HttpResponseBase:
    """The list as a table, with the page's filters and order. Every enquiry in it counts as read."""
    aktoer = request.aktoer
    fundne = list(
        _valgte(request, HenvendelsesfilterForm(request.GET)).values_list("pk", "handlekommune", "driftsherre")
    )
    log_laesning(aktoer, "henvendelse", {pk: parter for pk, *parter in fundne})
    return tabel(
        form, "forespoergsler", HOVED, i_stykker(aktoer, [pk for pk, *_ in fundne], lambda n: raekker(aktoer, n))
    )


@require_http_methods(["GET", "POST"])
@side(Rettighed.RESERVATIONER_SKRIV, Funktion.MYNDIGHED)
def ny(request: AktoerRequest) -> HttpResponse:
    """Check the need and the offers that one came with, then send; one enquiry to all of them at once."""
    data = request.POST if request.method == "POST" else request.GET
    spurgte = spurgte_tilbud(data)
    if request.method == "GET":
        sagt = {**sagt_i_soegningen(data, ForespoergselForm), "tilbud": [str(tilbud.pk) for tilbud in spurgte]}
        return _tjek(request, ForespoergselForm(initial=sagt, spurgte=spurgte), spurgte)
    form = ForespoergselForm(request.POST, spurgte=spurgte)
    if form.is_valid():
        try:
            forespoergsel = actions.send_forespoergsel(
                aktoer=request.aktoer,
                behov=form.behov,
                tilbud=[UUID(id_) for id_ in form.cleaned_data["tilbud"]],
                sagsreference=form.cleaned_data["sagsreference"],
                bemaerkning=form.cleaned_data["bemaerkning"],
            )
        except UgyldigtInput as fejl:
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, "Forespørgslen er sendt.")
            return redirect("forespoergsler:detalje", forespoergsel.pk)
    return _tjek(request, form, spurgte)


def _tjek(request: AktoerRequest, form: ForespoergselForm, spurgte: Sequence[Tilbud]) -> HttpResponse:
    soegning = soegningen(request.GET)
    context = {
        "form": form,
        "spurgte": spurgte,
        "trin": trin(soegning),
        "trin_nu": NUMMER_TJEK,
        "soegning": soegning,
        "sti": [{"navn": "Find tilbud", "url": soegning}, {"navn": "Send forespørgsel"}],
    }
    return render(request, "forespoergsler/ny.html", context, status=400 if form.errors else 200)


@require_GET
@side(Rettighed.RESERVATIONER_LAES)
def detalje(request: AktoerRequest, forespoergsel_id: UUID) -> HttpResponse:
    """The need, and where each offer that is asked stands; the receipt of the one who sent it."""
    forespoergsel = queries.forespoergsler(request.aktoer).filter(pk=forespoergsel_id).first()
    if forespoergsel is None:
        raise IkkeFundet("forespoergsel_ikke_fundet", "Forespørgslen findes ikke.")
    henvendelser = list(
        queries.henvendelser(request.aktoer)
        .filter(forespoergsel=forespoergsel_id)
        .order_by("tilbud__navn_sortering", "pk")
    )
    log_laesning(request.aktoer, "henvendelse", queries.laeste(henvendelser))
    context = {
        "forespoergsel": forespoergsel,
        "henvendelser": henvendelser,
        "nu": nu(),
        "sti": [{"navn": "Forespørgsler", "url": reverse("forespoergsler:liste")}, {"navn": forespoergsel.reference}],
    }
    return render(request, "forespoergsler/detalje.html", context)


def _hent(request: AktoerRequest, henvendelse_id: UUID) -> Henvendelse:
    """The enquiry at one offer, with the reading logged. Raises IkkeFundet when the actor is no party."""
    fundet = queries.find(request.aktoer, henvendelse_id)
    if fundet is None:
        raise IkkeFundet("henvendelse_ikke_fundet", "Forespørgslen findes ikke.")
    log_laesning(request.aktoer, "henvendelse", queries.laeste([fundet]))
    return fundet


def _sti(fundet: Henvendelse, *mere: dict[str, str]) -> list[dict[str, str]]:
    return [
        {"navn": "Forespørgsler", "url": reverse("forespoergsler:liste")},
        {
            "navn": fundet.forespoergsel.reference,
            "url": reverse("forespoergsler:detalje", args=[fundet.forespoergsel_id]),
        },
        *mere,
    ]


@require_GET
@side(Rettighed.RESERVATIONER_LAES)
def henvendelse(request: AktoerRequest, henvendelse_id: UUID) -> HttpResponse:
    """One offer's part: what is asked, what has happened, what the actor may decide, and the messages."""
    fundet = _hent(request, henvendelse_id)
    actions.aabn(aktoer=request.aktoer, henvendelse_id=fundet.pk)
    return _henvendelse(request, fundet, BeskedForm())


def _henvendelse(request: AktoerRequest, fundet: Henvendelse, form: BeskedForm) -> HttpResponse:
    kan_skrive = request.aktoer.maa(Rettighed.RESERVATIONER_SKRIV)
    overgange = mulige(Emne.HENVENDELSE, Tilstand(fundet.tilstand), request.aktoer.funktion) if kan_skrive else ()
    kilde, tilbudte = queries.kilder(fundet, list(queries.pladstilbud(request.aktoer).filter(henvendelse=fundet.pk)))
    context = {
        "henvendelse": fundet,
        "kilde": kilde,
        "forespoergsel": fundet.forespoergsel,
        "beslutninger": queries.forloeb(request.aktoer, fundet.pk),
        "beskeder": queries.beskeder(request.aktoer, [fundet.pk]),
        "form": form if kan_skrive else None,
        "kan_skrive": kan_skrive,
        "pladstilbud": tilbudte,
        "kan_tilbyde": kan_skrive
        and request.aktoer.funktion is Funktion.DRIFTSHERRE
        and fundet.tilstand in {Tilstand.AFVENTER, Tilstand.ACCEPTERET},
        "nu": nu(),
        "handlinger": [
            {
                "navn": UDFALD_NAVN[overgang.udfald],
                "url": reverse("forespoergsler:beslut", args=[fundet.pk, overgang.udfald.value]),
                "primaer": overgang.udfald in {Udfald.ACCEPTER, Udfald.UDDYB},
            }
            for overgang in overgange
            if overgang.udfald is not Udfald.ESKALER or fundet.svarfrist <= nu()
        ],
        "sti": _sti(fundet, {"navn": str(fundet.tilbud)}),
    }
    return render(request, "forespoergsler/henvendelse.html", context, status=400 if form.errors else 200)


@require_POST
@side(Rettighed.RESERVATIONER_SKRIV)
def besked(request: AktoerRequest, henvendelse_id: UUID) -> HttpResponse:
    """Write to the other party."""
    fundet = _hent(request, henvendelse_id)
    form = BeskedForm(request.POST)
    if form.is_valid():
        try:
            actions.skriv_besked(aktoer=request.aktoer, henvendelse_id=fundet.pk, tekst=form.cleaned_data["tekst"])
        except UgyldigtInput as fejl:
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, "Beskeden er sendt.")
            return redirect("forespoergsler:henvendelse", fundet.pk)
    return _henvendelse(request, fundet, form)


@require_http_methods(["GET", "POST"])
@side(Rettighed.RESERVATIONER_SKRIV)
def beslut(request: AktoerRequest, henvendelse_id: UUID, svar: str) -> HttpResponse:
    """A step of its own: what happens, what has to be said, and the button."""
    if svar not in udfald_for(Emne.HENVENDELSE):
        raise IkkeFundet("side_ikke_fundet", "Siden findes ikke.")
    fundet = _hent(request, henvendelse_id)
    tilbage = reverse("forespoergsler:henvendelse", args=[fundet.pk])
    try:
        overgang = find(Emne.HENVENDELSE, Tilstand(fundet.tilstand), Udfald(svar), request.aktoer.funktion)
        form = BeslutningForm(request.POST if request.method == "POST" else None, overgang=overgang)
        if form.is_valid() and _besvaret(request, fundet.pk, Udfald(svar), form):
            messages.success(request, f"Forespørgslen er nu: {TILSTAND_NAVN[overgang.til].lower()}.")
            return redirect(tilbage)
    except Konflikt as fejl:
        messages.error(request, fejl.besked)
        return redirect(tilbage)
    navn = UDFALD_NAVN[overgang.udfald]
    context = {
        "form": form,
        "henvendelse": fundet,
        "forespoergsel": fundet.forespoergsel,
        "udfald": overgang.udfald,
        "udfald_navn": navn,
        **(_foelger(request, fundet.pk) if overgang.til in FALDER_MED else {}),
        "tilbage": tilbage,
        "sti": _sti(fundet, {"navn": str(fundet.tilbud), "url": tilbage}, {"navn": navn}),
    }
    return render(request, "forespoergsler/beslut.html", context, status=400 if form.errors else 200)


def _foelger(request: AktoerRequest, henvendelse_id: UUID) -> dict[str, object]:
    """What ends with the enquiry, and what does not."""
    tilbudte = queries.pladstilbud(request.aktoer).filter(henvendelse=henvendelse_id, tilstand=Tilstand.TILBUDT)
    return {
        "plads_tilbudt": tilbudte.filter(gyldig_til__gt=nu()).exists(),
        "reserveret": queries.reserveret(request.aktoer, henvendelse_id, nu()),
    }


def _besvaret(request: AktoerRequest, henvendelse_id: UUID, udfald: Udfald, form: BeslutningForm) -> bool:
    """Whether the decision was taken; a refusal of the input is put into the form."""
    try:
        actions.besvar(aktoer=request.aktoer, henvendelse_id=henvendelse_id, udfald=udfald, indhold=form.indhold)
    except UgyldigtInput as fejl:
        tilfoej_fejl(form, fejl)
        return False
    return True
