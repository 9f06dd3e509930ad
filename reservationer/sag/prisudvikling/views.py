"""Pages of total price against list price in a KKR's area, for its secretariat."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from faelles.aktoer import Funktion, Rettighed
from faelles.fejl import IkkeFundet
from faelles.graenser import Graense
from faelles.regneark.svar import tabel
from faelles.tid import idag
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from reservationer.sag.prisudvikling import figurer, queries, tabeller, tekst
from reservationer.sag.prisudvikling.queries import EJERNAVN, Prisudvikling, Raekke
from reservationer.sag.prisudvikling.regler import Aarspris, Prissum, andel
from takster.frister.queries import eget_kkr
from takster.models import Takstenhed
from takster.models.budget import FOERSTE_AAR, SIDSTE_AAR

NAVN = "Samlet pris mod takst"
# What the operators can be sorted by; who has no figure of the year stands last.
SORTERINGER: Mapping[str, Callable[[Prissum], Decimal | int]] = {
    "takst": lambda tal: tal.pr_dag(tal.vejledende),
    "samlet": lambda tal: tal.pr_dag(tal.samlet),
    "forskel": lambda tal: tal.forskel_procent,
    "dage": lambda tal: tal.dage,
    "beloeb": lambda tal: tal.samlet,
}


@require_GET
@side(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
def aaret(request: AktoerRequest, aar: int) -> HttpResponse:
    """The year by itself and beside the years before, by kind of owner, operator and legal basis."""
    fundet, sortering = _fundet(request, aar), request.GET.get("sorter", "navn")
    kontekst = {
        "p": fundet,
        "dom": tekst.dom(fundet),
        "optalt_til": tekst.optalt_til(fundet),
        "dage_navn": tekst.DAGE[fundet.ramme.enhed],
        "kurve": figurer.kurve(fundet),
        "kurve_tekst": tekst.udvikling(fundet),
        "aarene_vist": [_aar(et) for et in fundet.alle.aarene],
        "ejere": list(_ejere(fundet)),
        "driftsherrer": [_raekke(aar, et) for et in _sorteret(fundet.driftsherrer, aar, sortering)],
        "hjemler": [_raekke(aar, et) for et in fundet.hjemler],
        "udeladte": [(tekst.GRUNDNAVN[et.grund], EJERNAVN[et.ejer], et) for et in fundet.udeladte],
        "sortering": sortering,
        "enheder": Takstenhed.choices,
        "aarene": range(idag().year - 3, idag().year + 1),
        "sti": [
            {"navn": f"Vækst i takster {aar}", "url": reverse("takster:vaekst", args=[aar])},
            {"navn": f"{NAVN} {aar}"},
        ],
    }
    return render(request, "prisudvikling/aaret.html", kontekst)


@require_GET
@side(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT, graense=Graense.HENT)
def eksport(request: AktoerRequest, aar: int, form: str) -> HttpResponseBase:
    """Every year that may be shown, of the area and each way it is divided, as a table."""
    return tabel(form, f"samlet-pris-mod-takst-{aar}", tabeller.HOVED, tabeller.raekker(_fundet(request, aar)))


@require_GET
@side(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT, graense=Graense.HENT)
def eksport_udeladte(request: AktoerRequest, aar: int, form: str) -> HttpResponseBase:
    """What is not in the year's figures, as a table."""
    raekker = tabeller.udeladte(_fundet(request, aar))
    return tabel(form, f"uden-for-samlet-pris-{aar}", tabeller.HOVED_UDELADTE, raekker)


def _fundet(request: AktoerRequest, aar: int) -> Prisudvikling:
    """In the secretariat's own KKR. Raises IkkeFundet for a year no takst can be of."""
    if not FOERSTE_AAR <= aar <= SIDSTE_AAR:
        raise IkkeFundet("aar_ikke_fundet", f"Vælg et år fra {FOERSTE_AAR} til {SIDSTE_AAR}.")
    enhed = Takstenhed.DAG if request.GET.get("enhed") == Takstenhed.DAG else Takstenhed.DOEGN
    return queries.prisudvikling(eget_kkr(request.aktoer), aar, enhed)


def _aar(et: Aarspris) -> dict[str, Any]:
    """A year's prices per day, and the figures they are of."""
    tal = et.tal
    return {
        "et": et,
        "tal": tal,
        "takst": tal.pr_dag(tal.vejledende),
        "samlet": tal.pr_dag(tal.samlet),
        "tillaeg": tal.pr_dag(tal.tillaeg),
        "forskel": tal.pr_dag(tal.forskel),
    }


def _raekke(aar: int, raekke: Raekke) -> dict[str, Any]:
    et = raekke.aaret(aar)
    return {"navn": raekke.navn, "aaret": _aar(et) if et else None}


def _ejere(p: Prisudvikling) -> Iterator[dict[str, Any]]:
    """Each kind of owner's years, and their share of all days and of all that is agreed, where all of the year is shown."""
    for raekke in p.ejere:
        for et in raekke.aarene:
            hele = p.alle.aaret(et.aar)
            yield {
                "navn": raekke.navn,
                **_aar(et),
                "andel_dage": andel(Decimal(et.tal.dage), Decimal(hele.tal.dage)) if hele else None,
                "andel_beloeb": andel(et.tal.samlet, hele.tal.samlet) if hele else None,
            }


def _sorteret(raekker: Sequence[Raekke], aar: int, sortering: str) -> list[Raekke]:
    """By a figure of the year, `-` in front for the largest first; else by name, as they come."""
    noegle, faldende = SORTERINGER.get(sortering.removeprefix("-")), sortering.startswith("-")
    if noegle is None:
        return list(reversed(raekker)) if faldende else list(raekker)
    med = [(noegle(et.tal), raekke) for raekke in raekker if (et := raekke.aaret(aar))]
    uden = [raekke for raekke in raekker if not raekke.aaret(aar)]
    return [raekke for _, raekke in sorted(med, key=lambda par: par[0], reverse=faldende)] + uden
