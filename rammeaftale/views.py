"""Pages of the agreements: the list, the board of parties, a party's steps, and the secretariat's registering of a decision."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.dokument.tal import dato, tidspunkt
from faelles.fejl import DomaeneFejl, IkkeFundet
from faelles.formularer import tilfoej_fejl
from faelles.tid import idag
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from rammeaftale.actions import registrer_godkendelse
from rammeaftale.forms import BeslutningForm
from rammeaftale.livscyklus import FOER_AFSENDELSEN, GODKENDENDE, Aftaletilstand, Partsstatus
from rammeaftale.models import Part, Rammeaftale
from rammeaftale.moeder.queries import om_version
from rammeaftale.queries import genstarter, genstarter_for, kan_beslutte, sendte_versioner, tiltraeder, trin_for
from rammeaftale.tavle import Aftalevisning, naeste_trin, partsfelter, publiceringer, vis_alle
from rammeaftale.tekst.udsendelse import modstrid
from rammeaftale.vejen import vejen
from rammeaftale.visning import skriver, sti, synlig_aftale


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES)
def liste(request: AktoerRequest) -> HttpResponse:
    """The agreements of the actor's organisation, latest period first."""
    aftaler = Rammeaftale.objects.synlige_for(request.aktoer).select_related("kkr")
    kan_oprette = request.aktoer.maa(Rettighed.AFTALER_SKRIV)
    kontekst = {"visninger": vis_alle(list(aftaler), idag()), "kan_oprette": kan_oprette}
    return render(request, "rammeaftale/liste.html", kontekst)


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES)
def detalje(request: AktoerRequest, slug: str) -> HttpResponse:
    """One agreement: its period and stand, and where every party stands."""
    visning = _visning(request.aktoer, slug)
    url = {stand.part.id: reverse("rammeaftale:part", args=[slug, stand.part.id]) for stand in visning.partsstande}
    kontekst = {
        "v": visning,
        "parter": partsfelter(visning, idag(), url),
        "sekretariat": skriver(request.aktoer, visning.aftale),
        "trin": vejen(visning.aftale),
        "organbeslutninger": om_version(visning.version) if visning.version else (),
        "genstarter": genstarter(visning.version) if visning.version else (),
        "modstrid": _modstrid(visning),
        "naeste": naeste_trin(visning) if skriver(request.aktoer, visning.aftale) else (),
        "publiceringer": publiceringer(visning, idag()),
        "allonger": vis_alle(list(visning.aftale.allonger.synlige_for(request.aktoer).select_related("kkr")), idag()),
        "sti": sti(visning.aftale),
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
    versioner = sendte_versioner(parten, visning.aftale)
    data = request.POST if request.method == "POST" else None
    form = BeslutningForm(data, versioner=versioner, initial=_staar(parten))
    if form.is_valid():
        try:
            _registrer(request.aktoer, visning, parten, form)
        except IkkeFundet:
            raise
        except DomaeneFejl as fejl:
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, _kvittering(request.aktoer, slug, parten))
            return redirect("rammeaftale:detalje", slug)
    kontekst = _partskontekst(request.aktoer, visning, parten)
    andre = [stand.status in GODKENDENDE for stand in visning.partsstande if stand.part.id != parten.id]
    kontekst["er_den_sidste"] = visning.til_godkendelse and all(andre)
    kontekst["modstrid"] = _modstrid(visning)
    kontekst["sti"] = [
        *sti(visning.aftale),
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
        retter=felter["retter"],
        version_nummer=felter.get("version"),
        kraev_set=lambda: form.kraev_set(_staar(parten)),
    )


def _staar(parten: Part) -> dict[str, object]:
    """The step a new one would replace, as its page names it; nothing when there is none."""
    trin = trin_for(parten).first()
    om = f"{trin.get_status_display()} den {dato(trin.dato)} om version {trin.version.nummer}" if trin else ""
    return {"Partens seneste trin": f"{om}, {trin.organ}, registreret {tidspunkt(trin.registreret)}" if trin else ""}


def _kvittering(aktoer: Aktoer, slug: str, parten: Part) -> str:
    visning = _visning(aktoer, slug)
    if tiltraeder(parten, visning.aftale):
        return f"Beslutningen fra {parten.organisation.navn} er registreret."
    vedtaget = " Dermed er aftalen vedtaget." if visning.aftale.tilstand == Aftaletilstand.VEDTAGET else ""
    return f"Beslutningen fra {parten.organisation.navn} er registreret. {visning.optaelling.tekst}.{vedtaget}"


def _visning(aktoer: Aktoer, slug: str) -> Aftalevisning:
    return vis_alle([synlig_aftale(aktoer, slug)], idag())[0]


def _modstrid(visning: Aftalevisning) -> list[str]:
    return modstrid(visning.version) if visning.til_godkendelse and visning.version else []


def _part(visning: Aftalevisning, part_id: UUID) -> Part:
    fundet = visning.aftale.parter.select_related("organisation", "efterfoelger").filter(pk=part_id).first()
    if fundet is None:
        raise IkkeFundet("part_ikke_fundet", "Parten findes ikke i aftalen.")
    return fundet


def _partskontekst(aktoer: Aktoer, visning: Aftalevisning, parten: Part) -> dict[str, object]:
    return {
        "v": visning,
        "part": parten,
        "trukket_tilbage": visning.aftale.tilstand in FOER_AFSENDELSEN,
        "trin": trin_for(parten),
        "genstarter": genstarter_for(parten),
        "kan_registrere": kan_beslutte(parten, visning.aftale) and skriver(aktoer, visning.aftale),
        "sti": [*sti(visning.aftale), {"navn": parten.organisation.navn}],
    }
