"""Pages of the agreements: the list, the board of parties, a party's steps, and the secretariat's registering of a decision."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import IkkeFundet, UgyldigtInput
from faelles.tid import idag
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from rammeaftale.actions import registrer_godkendelse
from rammeaftale.forms import BeslutningForm
from rammeaftale.livscyklus import Partsstatus
from rammeaftale.models import Part, Rammeaftale
from rammeaftale.queries import trin_for
from rammeaftale.tavle import Aftalevisning, partsfelter, vis_alle


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES)
def liste(request: AktoerRequest) -> HttpResponse:
    """The agreements of the actor's organisation, latest period first."""
    aftaler = Rammeaftale.objects.synlige_for(request.aktoer).select_related("kkr")
    return render(request, "rammeaftale/liste.html", {"visninger": vis_alle(list(aftaler), idag())})


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES)
def detalje(request: AktoerRequest, slug: str) -> HttpResponse:
    """One agreement: its period and stand, and where every party stands."""
    visning = _visning(request.aktoer, slug)
    url = {stand.part.id: reverse("rammeaftale:part", args=[slug, stand.part.id]) for stand in visning.partsstande}
    kontekst = {
        "v": visning,
        "parter": partsfelter(visning, idag(), url),
        "sekretariat": _er_sekretariat(request.aktoer, visning.aftale),
        "sti": [{"navn": "Rammeaftaler", "url": reverse("rammeaftale:liste")}, {"navn": visning.aftale.titel}],
    }
    return render(request, "rammeaftale/detalje.html", kontekst)


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES)
def part(request: AktoerRequest, slug: str, part_id: UUID) -> HttpResponse:
    """A party's steps on every version, latest first."""
    visning = _visning(request.aktoer, slug)
    parten = _part(visning, part_id)
    return render(request, "rammeaftale/part.html", _partskontekst(request.aktoer, visning, parten))


@require_http_methods(["GET", "POST"])
@side(Rettighed.GODKENDELSER_SKRIV, Funktion.SEKRETARIAT)
def beslutning(request: AktoerRequest, slug: str, part_id: UUID) -> HttpResponse:
    """Register a party's decision, and go back to the board with the new count."""
    visning = _visning(request.aktoer, slug)
    parten = _part(visning, part_id)
    form = BeslutningForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            _registrer(request.aktoer, visning, parten, form)
        except UgyldigtInput as fejl:
            form.vis_fejl(fejl.felter)
        else:
            messages.success(request, _kvittering(request.aktoer, slug, parten))
            return redirect("rammeaftale:detalje", slug)
    kontekst = _partskontekst(request.aktoer, visning, parten)
    kontekst["sti"] = [
        *_sti(visning),
        {"navn": parten.organisation.navn, "url": reverse("rammeaftale:part", args=[slug, parten.id])},
        {"navn": "Registrér beslutning"},
    ]
    return render(
        request, "rammeaftale/beslutning.html", {**kontekst, "form": form}, status=422 if form.errors else 200
    )


def _registrer(aktoer: Aktoer, visning: Aftalevisning, parten: Part, form: BeslutningForm) -> None:
    felter = form.cleaned_data
    registrer_godkendelse(
        aktoer=aktoer,
        aftale_id=visning.aftale.id,
        part_id=parten.id,
        status=Partsstatus(felter["status"]),
        dato=felter["dato"],
        organ=felter["organ"],
        referat_url=felter["referat_url"],
        bemaerkning=felter["bemaerkning"],
    )


def _kvittering(aktoer: Aktoer, slug: str, parten: Part) -> str:
    visning = _visning(aktoer, slug)
    vedtaget = " Dermed er aftalen vedtaget." if visning.optaelling.enstemmig else ""
    return f"Beslutningen fra {parten.organisation.navn} er registreret. {visning.optaelling.tekst}.{vedtaget}"


def _visning(aktoer: Aktoer, slug: str) -> Aftalevisning:
    aftale = Rammeaftale.objects.synlige_for(aktoer).select_related("kkr").filter(slug=slug).first()
    if aftale is None:
        raise IkkeFundet("aftale_ikke_fundet", "Rammeaftalen findes ikke.")
    return vis_alle([aftale], idag())[0]


def _part(visning: Aftalevisning, part_id: UUID) -> Part:
    fundet = next((stand.part for stand in visning.partsstande if stand.part.id == part_id), None)
    if fundet is None:
        raise IkkeFundet("part_ikke_fundet", "Parten findes ikke i aftalen.")
    return fundet


def _er_sekretariat(aktoer: Aktoer, aftale: Rammeaftale) -> bool:
    return aktoer.maa(Rettighed.GODKENDELSER_SKRIV) and aftale.kkr.sekretariat_id == aktoer.organisation_id


def _partskontekst(aktoer: Aktoer, visning: Aftalevisning, parten: Part) -> dict[str, object]:
    return {
        "v": visning,
        "part": parten,
        "trin": trin_for(parten),
        "kan_registrere": visning.til_godkendelse and _er_sekretariat(aktoer, visning.aftale),
        "sti": [*_sti(visning), {"navn": parten.organisation.navn}],
    }


def _sti(visning: Aftalevisning) -> list[dict[str, str]]:
    return [
        {"navn": "Rammeaftaler", "url": reverse("rammeaftale:liste")},
        {"navn": visning.aftale.titel, "url": reverse("rammeaftale:detalje", args=[visning.aftale.slug])},
    ]
