"""Pages of the waiting lists: who waits, by which rule and for how long; write on, leave, and note what else was offered."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from faelles.aktoer import Funktion, Rettighed
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.formularer import Formular, tilfoej_fejl
from faelles.graenser import Graense
from faelles.regneark.svar import i_stykker, tabel
from kommuner.adgang import log_laesning, side
from kommuner.middleware import AktoerRequest
from reservationer.sag.forespoergsler import queries as forespoergsler
from reservationer.sag.forespoergsler.soegningsviews import sagt_i_soegningen
from reservationer.soegning.sammenlign.views import soegningen
from reservationer.venteliste import actions, queries
from reservationer.venteliste.begreber import ANSVAR, REGEL_NAVN, Regel
from reservationer.venteliste.forms import AfmeldingForm, AlternativForm, NytBehovForm, OpskrivningForm, RegelForm
from reservationer.venteliste.models import Forbigaaelse, Venteliste, Ventelistepost
from reservationer.venteliste.tabeller import HOVED, raekker
from tilbud.models import Tilbud
from vilkaar.kilde import alle_i_ord

PR_SIDE = 25
FORSIDE = {"navn": "Ventelister"}


def handling(
    request: AktoerRequest, form: Formular, tekst: tuple[str, str, str], tilbage: str, **om: Any
) -> HttpResponse:
    """The page of something one does; `tekst` is the title, what comes of it, and the button."""
    titel, manchet, knap = tekst
    context = {"form": form, "titel": titel, "manchet": manchet, "knap": knap, "tilbage": tilbage, "ansvar": ANSVAR}
    vej = {"sti": sti({"navn": titel})}
    status = 422 if form.errors else 200
    return render(request, "venteliste/handling.html", {**context, **vej, **om}, status=status)


def sti(*mere: dict[str, str]) -> list[dict[str, str]]:
    """The way down to a page."""
    return [{**FORSIDE, "url": reverse("venteliste:liste")}, *mere]


@require_GET
@side(Rettighed.RESERVATIONER_LAES)
def liste(request: AktoerRequest) -> HttpResponse:
    """The municipality's own needs that wait; or the operator's offers, each with its rule and how many wait."""
    if request.aktoer.funktion is Funktion.DRIFTSHERRE:
        return _tilbud(request)
    alle = queries.poster(request.aktoer).order_by(F("afsluttet").asc(nulls_first=True), "skrevet_op", "pk")
    side_ = Paginator(alle, PR_SIDE).get_page(request.GET.get("side"))
    context = {
        "side": side_,
        "raekker": _raekker(request, list(side_)),
        "ansvar": ANSVAR,
        "frister_efter": alle_i_ord(map(queries.term, side_)),
    }
    return render(request, "venteliste/liste.html", context)


def _tilbud(request: AktoerRequest) -> HttpResponse:
    side_ = Paginator(queries.egne_tilbud(request.aktoer), PR_SIDE).get_page(request.GET.get("side"))
    regler = {
        fundet.tilbud_id: REGEL_NAVN[Regel(fundet.regel)] for fundet in queries.lister().filter(tilbud__in=list(side_))
    }
    context = {
        "side": side_,
        "raekker": [(tilbud, regler.get(tilbud.pk)) for tilbud in side_],
        "kan_skrive": request.aktoer.maa(Rettighed.RESERVATIONER_SKRIV),
        "ansvar": ANSVAR,
    }
    return render(request, "venteliste/tilbud.html", context)


def _raekker(
    request: AktoerRequest, poster: list[Ventelistepost]
) -> list[tuple[Ventelistepost, int | None, list[Forbigaaelse]]]:
    """Entries with their number in the queue and when they were passed over; the reading is logged."""
    log_laesning(request.aktoer, "ventelistepost", queries.laeste(poster))
    positioner = queries.positioner(poster)
    forbi: dict[UUID, list[Forbigaaelse]] = {}
    for en in queries.forbigaaelser(request.aktoer, [post.pk for post in poster]):
        forbi.setdefault(en.post_id, []).append(en)
    return [(post, positioner.get(post.pk), forbi.get(post.pk, [])) for post in poster]


@require_GET
@side(Rettighed.RESERVATIONER_LAES, graense=Graense.HENT)
def eksport(request: AktoerRequest, form: str) -> HttpResponseBase:
    """All the entries the actor is a party to, as a table. Each counts as read."""
    aktoer = request.aktoer
    fundne = list(queries.poster(aktoer).order_by("skrevet_op", "pk").values_list("pk", "handlekommune", "driftsherre"))
    log_laesning(aktoer, "ventelistepost", {pk: (koeber, saelger) for pk, koeber, saelger in fundne})
    noegler = [pk for pk, *_ in fundne]
    return tabel(form, "ventelister", HOVED, i_stykker(aktoer, noegler, lambda n: raekker(aktoer, n)))


def _listen(venteliste_id: UUID) -> Venteliste:
    fundet = queries.lister().filter(pk=venteliste_id).first()
    if fundet is None:
        raise IkkeFundet("venteliste_ikke_fundet", "Ventelisten findes ikke.")
    return fundet


@require_GET
@side(Rettighed.RESERVATIONER_LAES)
def listen(request: AktoerRequest, venteliste_id: UUID) -> HttpResponse:
    """One offer's list in the order of its rule: all who wait for its operator, the municipality's own for a municipality."""
    fundet = _listen(venteliste_id)
    venter = list(queries.poster(request.aktoer).venter().filter(venteliste=fundet.pk).order_by("skrevet_op", "pk"))
    i_orden = sorted(_raekker(request, venter), key=lambda raekke: raekke[1] or 0)
    driver = request.aktoer.funktion is Funktion.DRIFTSHERRE and queries.egne(request.aktoer).filter(
        pk=fundet.tilbud_id
    )
    context = {
        "venteliste": fundet,
        "regel": REGEL_NAVN[Regel(fundet.regel)],
        "raekker": i_orden,
        "kan_give": request.aktoer.maa(Rettighed.RESERVATIONER_SKRIV) and bool(driver),
        "ansvar": ANSVAR,
        "frister_efter": alle_i_ord(map(queries.term, venter)),
        "sti": sti({"navn": str(fundet.tilbud)}),
    }
    return render(request, "venteliste/listen.html", context)


@require_http_methods(["GET", "POST"])
@side(Rettighed.RESERVATIONER_SKRIV, Funktion.DRIFTSHERRE)
def regel(request: AktoerRequest, tilbud_id: UUID) -> HttpResponse:
    """Say by which rule the offer gives its places to those who wait."""
    tilbud = queries.egne(request.aktoer).filter(pk=tilbud_id).first()
    if tilbud is None:
        raise IkkeFundet("tilbud_ikke_fundet", "Tilbuddet findes ikke.")
    fundet = queries.lister().filter(tilbud=tilbud.pk).first()
    form = RegelForm(
        request.POST if request.method == "POST" else None, initial={"regel": fundet.regel if fundet else None}
    )
    if form.is_valid():
        actions.fastsaet_regel(aktoer=request.aktoer, tilbud_id=tilbud.pk, regel=form.cleaned_data["regel"])
        messages.success(request, "Reglen er fastsat.")
        return redirect("venteliste:liste")
    tekst = (
        f"Regel for ventelisten til {tilbud}",
        "Reglen afgør, hvem der er først, når en plads bliver ledig. Ændrer I den, ændres rækkefølgen straks, men aldrig ventetiden.",
        "Fastsæt reglen",
    )
    return handling(request, form, tekst, reverse("venteliste:liste"))


@require_http_methods(["GET", "POST"])
@side(Rettighed.RESERVATIONER_SKRIV, Funktion.MYNDIGHED)
def skriv_op(request: AktoerRequest, uden_plads_id: UUID) -> HttpResponse:
    """Let the need of an enquiry wait for its offer: the rule, what a list is not, and the button."""
    henvendelse = forespoergsler.find(request.aktoer, uden_plads_id)
    if henvendelse is None:
        raise IkkeFundet("henvendelse_ikke_fundet", "Forespørgslen findes ikke.")
    log_laesning(request.aktoer, "henvendelse", forespoergsler.laeste([henvendelse]))
    fundet = queries.lister().filter(tilbud=henvendelse.tilbud_id).first()
    form = OpskrivningForm(request.POST if request.method == "POST" else None, tilbud=henvendelse.tilbud)
    if form.is_valid():
        try:
            post = actions.skriv_op(
                aktoer=request.aktoer, henvendelse_id=henvendelse.pk, afdeling_id=form.cleaned_data["afdeling"]
            )
        except Konflikt as fejl:
            messages.error(request, fejl.besked)
            return redirect("forespoergsler:henvendelse", henvendelse.pk)
        messages.success(request, "Behovet står nu på ventelisten.")
        return redirect("venteliste:post", post.pk)
    reglen = (
        f"Tilbuddets regel: {REGEL_NAVN[Regel(fundet.regel)]}."
        if fundet
        else "Tilbuddet har ikke fastsat en regel, så ingen kan skrives op endnu."
    )
    tekst = (f"Skriv på venteliste til {henvendelse.tilbud}", f"{reglen} Ventetiden regnes fra nu.", "Skriv op")
    tilbage = reverse("forespoergsler:henvendelse", args=[henvendelse.pk])
    return handling(request, form, tekst, tilbage, forespoergsel=henvendelse.forespoergsel)


@require_http_methods(["GET", "POST"])
@side(Rettighed.RESERVATIONER_SKRIV, Funktion.MYNDIGHED)
def ny(request: AktoerRequest, ventetilbud_id: UUID) -> HttpResponse:
    """From a search: check the need it had, and let it wait for an offer without a free place. Nothing is typed twice but the reference."""
    tilbud = Tilbud.objects.filter(pk=ventetilbud_id).first()
    if tilbud is None:
        raise IkkeFundet("tilbud_ikke_fundet", "Tilbuddet findes ikke.")
    fundet = queries.lister().filter(tilbud=tilbud.pk).first()
    if fundet is None:
        messages.error(request, f"{tilbud} har ingen venteliste endnu. Spørg tilbuddet i stedet.")
        valg = request.GET.copy()
        valg["tilbud"] = str(tilbud.pk)
        return redirect(f"{reverse('forespoergsler:ny')}?{valg.urlencode()}")
    sagt = sagt_i_soegningen(request.GET, NytBehovForm)
    form = NytBehovForm(request.POST if request.method == "POST" else None, initial=sagt, tilbud=tilbud)
    if form.is_valid():
        data = form.cleaned_data
        try:
            post = actions.spoerg_og_skriv_op(
                aktoer=request.aktoer,
                behov=form.behov,
                tilbud_id=tilbud.pk,
                sagsreference=data["sagsreference"],
                afdeling_id=data["afdeling"],
                bemaerkning=data["bemaerkning"],
            )
        except (UgyldigtInput, Konflikt) as fejl:
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, "Forespørgslen er sendt, og behovet står nu på ventelisten.")
            return redirect("venteliste:post", post.pk)
    tekst = (
        f"Skriv på venteliste til {tilbud}",
        f"Tilbuddet spørges om behovet, og ventetiden regnes fra nu. Dets regel: {REGEL_NAVN[Regel(fundet.regel)]}.",
        "Send forespørgslen, og skriv op",
    )
    return handling(request, form, tekst, soegningen(request.GET))


def _posten(request: AktoerRequest, post_id: UUID) -> Ventelistepost:
    """The entry, with the reading logged. Raises IkkeFundet when the actor is no party."""
    fundet = queries.find(request.aktoer, post_id)
    if fundet is None:
        raise IkkeFundet("ventelistepost_ikke_fundet", "Der er ingen på ventelisten med det nummer.")
    log_laesning(request.aktoer, "ventelistepost", queries.laeste([fundet]))
    return fundet


@require_GET
@side(Rettighed.RESERVATIONER_LAES)
def post(request: AktoerRequest, ventelistepost_id: UUID) -> HttpResponse:
    """One need that waits: since when, its number, when it was passed over and why, and what else was offered."""
    fundet = _posten(request, ventelistepost_id)
    skriver = request.aktoer.maa(Rettighed.RESERVATIONER_SKRIV) and fundet.afsluttet is None
    context = {
        "post": fundet,
        "forespoergsel": fundet.henvendelse.forespoergsel,
        "ansvar": ANSVAR,
        "sti": sti({"navn": str(fundet.tilbud)}),
        "position": queries.positioner([fundet]).get(fundet.pk),
        "regel": REGEL_NAVN[Regel(fundet.venteliste.regel)],
        "kilde": queries.kilde(fundet),
        "forbigaaelser": queries.forbigaaelser(request.aktoer, [fundet.pk]),
        "alternativer": queries.alternativer(request.aktoer, [fundet.pk]),
        "kan_afmelde": skriver and request.aktoer.funktion is Funktion.MYNDIGHED,
        "kan_tilbyde": skriver and request.aktoer.funktion is Funktion.DRIFTSHERRE,
    }
    return render(request, "venteliste/post.html", context)


@require_http_methods(["GET", "POST"])
@side(Rettighed.RESERVATIONER_SKRIV, Funktion.MYNDIGHED)
def afmeld(request: AktoerRequest, ventelistepost_id: UUID) -> HttpResponse:
    """Let the need wait no longer: why, and the button."""
    fundet = _posten(request, ventelistepost_id)
    form = AfmeldingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.afmeld(aktoer=request.aktoer, post_id=fundet.pk, **form.cleaned_data)
        except (UgyldigtInput, Konflikt) as fejl:
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, "Behovet venter ikke længere.")
            return redirect("venteliste:post", fundet.pk)
    tekst = (
        f"Afmeld behovet på ventelisten til {fundet.tilbud}",
        "Behovet venter ikke længere, og det kan ikke fortrydes. Forespørgslen bliver, som den er.",
        "Afmeld",
    )
    return handling(request, form, tekst, reverse("venteliste:post", args=[fundet.pk]))


@require_http_methods(["GET", "POST"])
@side(Rettighed.RESERVATIONER_SKRIV, Funktion.MYNDIGHED)
def alternativ(request: AktoerRequest, ventelistepost_id: UUID) -> HttpResponse:
    """Note another offer the citizen was offered."""
    fundet = _posten(request, ventelistepost_id)
    form = AlternativForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        data = {**form.cleaned_data}
        try:
            actions.noter_alternativ(aktoer=request.aktoer, post_id=fundet.pk, tilbud_id=data.pop("tilbud"), **data)
        except (UgyldigtInput, Konflikt) as fejl:
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, "Alternativet er noteret.")
            return redirect("venteliste:post", fundet.pk)
    tekst = (
        "Notér et alternativ",
        f"Et andet tilbud, borgeren har fået tilbudt, mens behovet venter på {fundet.tilbud}. Kun jeres kommune ser det.",
        "Notér",
    )
    return handling(request, form, tekst, reverse("venteliste:post", args=[fundet.pk]))
