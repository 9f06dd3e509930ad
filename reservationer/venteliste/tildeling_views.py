"""Pages that give a place from a list, or to nobody: each who is passed over is asked a reason for."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.formularer import tilfoej_fejl
from kommuner.adgang import log_laesning, side
from kommuner.middleware import AktoerRequest
from reservationer.sag.forespoergsler import queries as forespoergsler
from reservationer.sag.models import Henvendelse
from reservationer.sag.offentliggjorte import vis_offentliggjorte
from reservationer.venteliste import queries
from reservationer.venteliste.foran import kaldt
from reservationer.venteliste.forms import IngenForm, TilbydForm
from reservationer.venteliste.models import Venteliste
from reservationer.venteliste.tildeling import giv_til_ingen, springes_over, tilbyd
from reservationer.venteliste.views import handling


def _navne(aktoer: Aktoer, liste: Venteliste, til: UUID | None) -> Mapping[UUID, str]:
    """Those who may be passed over, whichever department the place is in, the first first, as the page calls them."""
    return kaldt(aktoer, [en.id for en in springes_over(liste, None, til)])


def _skrevet(request: AktoerRequest, liste: Venteliste, *, igen: bool) -> QueryDict | None:
    """What was sent; `igen`: as if it had been written with the list as it is, for somebody who is shown it again."""
    if request.method != "POST":
        return None
    skrevet = request.POST.copy()
    if igen:
        skrevet["tildelinger"] = str(liste.tildelinger)
    return skrevet


def _tilbydform(
    request: AktoerRequest, liste: Venteliste, henvendelse: Henvendelse, *, igen: bool = False
) -> TilbydForm:
    form = TilbydForm(
        _skrevet(request, liste, igen=igen),
        henvendelse=henvendelse,
        navne=_navne(request.aktoer, liste, henvendelse.pk),
        initial={"tildelinger": liste.tildelinger},
    )
    vis_offentliggjorte(form, request.aktoer, henvendelse.tilbud_id)
    return form


def _ingenform(request: AktoerRequest, liste: Venteliste, *, igen: bool = False) -> IngenForm:
    return IngenForm(
        _skrevet(request, liste, igen=igen),
        tilbud=liste.tilbud,
        navne=_navne(request.aktoer, liste, None),
        initial={"tildelinger": liste.tildelinger},
    )


@require_http_methods(["GET", "POST"])
@side(Rettighed.RESERVATIONER_SKRIV, Funktion.DRIFTSHERRE)
def giv(request: AktoerRequest, ventende_id: UUID) -> HttpResponse:
    """Offer a place to the need of an enquiry, and say why each before does not get it."""
    henvendelse = forespoergsler.find(request.aktoer, ventende_id)
    liste = queries.lister().filter(tilbud=henvendelse.tilbud_id).first() if henvendelse else None
    if henvendelse is None or liste is None:
        raise IkkeFundet("venteliste_ikke_fundet", "Ventelisten eller behovet på den findes ikke hos jer.")
    log_laesning(request.aktoer, "henvendelse", forespoergsler.laeste([henvendelse]))
    form = _tilbydform(request, liste, henvendelse)
    if form.is_valid():
        forbi = [en.id for en in springes_over(liste, form.afdeling_id, henvendelse.pk)]
        try:
            tilbyd(
                aktoer=request.aktoer,
                venteliste_id=liste.pk,
                henvendelse_id=henvendelse.pk,
                set_=form.cleaned_data["tildelinger"],
                plads=form.plads,
                grunde=form.grunde(forbi),
            )
        except UgyldigtInput as fejl:
            tilfoej_fejl(form, fejl)
        except Konflikt as fejl:
            liste.refresh_from_db(fields=["tildelinger", "regel"])
            form = _tilbydform(request, liste, henvendelse, igen=True)
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, "Pladsen er tilbudt.")
            return redirect("forespoergsler:henvendelse", henvendelse.pk)
    tekst = (
        f"Tilbyd plads i {henvendelse.tilbud}",
        "Kommunen kan reservere pladsen, så længe tilbuddet gælder. De, der venter foran, får grunden at se, men ikke hvem der fik den.",
        "Tilbyd pladsen",
    )
    tilbage = reverse("venteliste:listen", args=[liste.pk])
    return handling(request, form, tekst, tilbage, forespoergsel=henvendelse.forespoergsel)


@require_http_methods(["GET", "POST"])
@side(Rettighed.RESERVATIONER_SKRIV, Funktion.DRIFTSHERRE)
def ingen(request: AktoerRequest, venteliste_id: UUID) -> HttpResponse:
    """Note that none of those who wait got a free place, and why."""
    liste = queries.lister().filter(pk=venteliste_id, tilbud__in=queries.egne(request.aktoer)).first()
    if liste is None:
        raise IkkeFundet("venteliste_ikke_fundet", "Ventelisten eller behovet på den findes ikke hos jer.")
    form = _ingenform(request, liste)
    if form.is_valid():
        afdeling = form.cleaned_data["afdeling"]
        forbi = [en.id for en in springes_over(liste, afdeling, None)]
        try:
            giv_til_ingen(
                aktoer=request.aktoer,
                venteliste_id=liste.pk,
                set_=form.cleaned_data["tildelinger"],
                afdeling_id=afdeling,
                grunde=form.grunde(forbi),
            )
        except UgyldigtInput as fejl:
            tilfoej_fejl(form, fejl)
        except Konflikt as fejl:
            liste.refresh_from_db(fields=["tildelinger", "regel"])
            form = _ingenform(request, liste, igen=True)
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, "Det er noteret, hvorfor ingen fik pladsen.")
            return redirect("venteliste:listen", liste.pk)
    tekst = (
        "Ingen får pladsen",
        f"Sig, hvorfor hver, der venter på en ledig plads i {liste.tilbud}, ikke får den. Kommunerne ser grunden.",
        "Notér",
    )
    return handling(request, form, tekst, reverse("venteliste:listen", args=[liste.pk]))
