"""Pages of an offer of a place: give it, and take, decline or withdraw it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from faelles.aktoer import Funktion, Rettighed
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.formularer import tilfoej_fejl
from faelles.tid import nu
from kommuner.adgang import log_laesning, side
from kommuner.middleware import AktoerRequest
from reservationer.sag.forespoergsler import queries
from reservationer.sag.forespoergsler.forms import PladstilbudForm
from reservationer.sag.forespoergsler.pladstilbud import afgoer_pladstilbud, giv_pladstilbud
from reservationer.sag.forms import BeslutningForm
from reservationer.sag.models import Henvendelse
from reservationer.sag.offentliggjorte import vis_offentliggjorte
from reservationer.sag.overgange import UDFALD_NAVN, UDFALD_SKETE, Emne, Tilstand, Udfald, find, udfald_for


@require_http_methods(["GET", "POST"])
@side(Rettighed.RESERVATIONER_SKRIV, Funktion.DRIFTSHERRE)
def giv(request: AktoerRequest, henvendelse_id: UUID) -> HttpResponse:
    """Propose a place or any place of a department, at a price, for a period."""
    henvendelse = queries.find(request.aktoer, henvendelse_id)
    if henvendelse is None:
        raise IkkeFundet("henvendelse_ikke_fundet", "Forespørgslen findes ikke.")
    log_laesning(request.aktoer, "henvendelse", queries.laeste([henvendelse]))
    form = PladstilbudForm(request.POST if request.method == "POST" else None, henvendelse=henvendelse)
    vis_offentliggjorte(form, request.aktoer, henvendelse.tilbud_id)
    if form.is_valid():
        try:
            giv_pladstilbud(
                aktoer=request.aktoer,
                henvendelse_id=henvendelse.pk,
                afdeling_id=form.afdeling_id,
                plads_id=form.plads_id,
                periode=form.periode,
                pris=form.pris,
            )
        except (UgyldigtInput, Konflikt) as fejl:
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, "Pladsen er tilbudt.")
            return redirect("forespoergsler:henvendelse", henvendelse.pk)
    context = {"form": form, **_om(henvendelse, "Tilbyd plads")}
    return render(request, "forespoergsler/giv_pladstilbud.html", context, status=400 if form.errors else 200)


def _om(henvendelse: Henvendelse, navn: str) -> dict[str, object]:
    tilbage = reverse("forespoergsler:henvendelse", args=[henvendelse.pk])
    return {
        "henvendelse": henvendelse,
        "forespoergsel": henvendelse.forespoergsel,
        "nu": nu(),
        "tilbage": tilbage,
        "sti": [
            {"navn": "Forespørgsler", "url": reverse("forespoergsler:liste")},
            {"navn": str(henvendelse.tilbud), "url": tilbage},
            {"navn": navn},
        ],
    }


@require_http_methods(["GET", "POST"])
@side(Rettighed.RESERVATIONER_SKRIV)
def beslut(request: AktoerRequest, pladstilbud_id: UUID, trin: str) -> HttpResponse:
    """Take, decline or withdraw an offer of a place: a step of its own."""
    if trin not in udfald_for(Emne.PLADSTILBUD):
        raise IkkeFundet("side_ikke_fundet", "Siden findes ikke.")
    fundet = queries.pladstilbud(request.aktoer).filter(pk=pladstilbud_id).first()
    if fundet is None:
        raise IkkeFundet("pladstilbud_ikke_fundet", "Tilbuddet om plads findes ikke.")
    udfald, om = Udfald(trin), _om(fundet.henvendelse, UDFALD_NAVN[Udfald(trin)])
    log_laesning(request.aktoer, "henvendelse", queries.laeste([fundet.henvendelse]))
    try:
        overgang = find(Emne.PLADSTILBUD, Tilstand(fundet.tilstand), udfald, request.aktoer.funktion)
        form = BeslutningForm(request.POST if request.method == "POST" else None, overgang=overgang)
        if form.is_valid() and _besluttet(request, fundet.pk, udfald, form):
            messages.success(request, f"Tilbuddet om plads: {UDFALD_SKETE[udfald].lower()}.")
            return redirect(str(om["tilbage"]))
    except Konflikt as fejl:
        messages.error(request, fejl.besked)
        return redirect(str(om["tilbage"]))
    _, [(_, kilde)] = queries.kilder(fundet.henvendelse, [fundet])
    hvad = {"pladstilbud": fundet, "kilde": kilde, "udfald": udfald, "udfald_navn": UDFALD_NAVN[udfald]}
    context = {"form": form, **hvad, **om}
    return render(request, "forespoergsler/pladstilbud.html", context, status=400 if form.errors else 200)


def _besluttet(request: AktoerRequest, pladstilbud_id: UUID, udfald: Udfald, form: BeslutningForm) -> bool:
    """Whether the decision was taken; a refusal of the input is put into the form."""
    try:
        afgoer_pladstilbud(aktoer=request.aktoer, pladstilbud_id=pladstilbud_id, udfald=udfald, indhold=form.indhold)
    except UgyldigtInput as fejl:
        tilfoej_fejl(form, fejl)
        return False
    return True
