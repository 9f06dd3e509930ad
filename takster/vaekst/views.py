"""Pages of the growth: a KKR's area against the ceiling, for its secretariat; and an operator's own beside it."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from faelles.aktoer import Funktion, Rettighed
from faelles.fejl import IkkeFundet
from faelles.graenser import Graense
from faelles.regneark.svar import tabel
from faelles.tid import idag
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from takster.frister.queries import eget_kkr
from takster.models import Takstenhed
from takster.models.budget import FOERSTE_AAR, SIDSTE_AAR
from takster.vaekst import figurer, queries, summer, tabeller, tekst
from takster.vaekst.queries import EgenVaekst, Raekke, Vaekst
from takster.vaekst.regler import Grund

NAVN = "Vækst i takster"
PR_SIDE = 50
# What the operators can be sorted by; who has no such figure stands last.
SORTERINGER: Mapping[str, Callable[[Raekke], Decimal | int | None]] = {
    "indeks": lambda r: r.maaling.punkter[-1].indeks if r.maaling.resultat else None,
    "loft": lambda r: r.maaling.resultat.afstand_oere if r.maaling.resultat else None,
    "overhead": lambda r: r.maaling.aaret.overheadprocent if r.maaling.aaret else None,
    "omkostninger": lambda r: r.maaling.aaret.omkostninger if r.maaling.aaret else None,
}


@require_GET
@side(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
def i_aar(request: AktoerRequest) -> HttpResponse:  # noqa: ARG001 - a view's signature
    """On to this year."""
    return redirect("takster:vaekst", idag().year)


@require_GET
@side(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
def vaekst(request: AktoerRequest, aar: int) -> HttpResponse:
    """The area by year, operator and legal basis, in the order asked for."""
    fundet, sortering = _fundet(request, aar), request.GET.get("sorter", "navn")
    kontekst = {
        "v": fundet,
        "dom": tekst.dom(fundet),
        "anden_dom": tekst.anden_doms_ord(fundet),
        "pr_dag": tekst.PR_DAG[fundet.enhed],
        "kurve": figurer.udvikling(fundet),
        "kurve_tekst": tekst.udvikling(fundet),
        "vandfald": figurer.sammensaetning(fundet),
        "vandfald_tekst": tekst.sammensaetning(fundet),
        "virkninger": [
            (tekst.GRUPPENAVN[virkning.gruppe], virkning)
            for virkning in (fundet.sammensaetning.virkninger if fundet.sammensaetning else ())
        ],
        "udeladte": [(tekst.GRUNDNAVN[et.grund], et) for et in fundet.udeladte],
        "kolonner": [punkt.aar for punkt in fundet.alle.punkter] if fundet.alle else [],
        "alle": [_raekke(fundet, Raekke("Alle", fundet.alle))] if fundet.alle else [],
        "driftsherrer": [_raekke(fundet, et) for et in _sorteret(fundet.driftsherrer, sortering)],
        "hjemler": [_raekke(fundet, et) for et in fundet.hjemler],
        "sortering": sortering,
        "over_normen": _over_normen(fundet),
        "enheder": Takstenhed.choices,
        "aarene": range(idag().year - 2, idag().year + 2),
        "sti": [{"navn": f"{NAVN} {aar}"}],
    }
    return render(request, "takster/vaekst/vaekst.html", kontekst)


@require_GET
@side(Rettighed.TAKSTER_SKRIV, Funktion.DRIFTSHERRE)
def egen_vaekst(request: AktoerRequest, aar: int) -> HttpResponse:
    """An operator's own row beside its areas' and their ceilings; of the others it sees the sum."""
    enhed = _enhed(request)
    kontekst = {
        "aar": aar,
        "enhed": enhed,
        "enheder": Takstenhed.choices,
        "omraader": [_eget(et) for et in queries.egen_vaekst(request.aktoer, _et_aar(aar), enhed)],
        "aarene": range(idag().year - 2, idag().year + 2),
        "sti": [{"navn": "Takster", "url": reverse("takster:liste")}, {"navn": f"Jeres vækst {aar}"}],
    }
    return render(request, "takster/vaekst/egen.html", kontekst)


def _eget(fundet: EgenVaekst) -> dict[str, Any]:
    omraade = fundet.omraade
    raekker = [fundet.egen] if fundet.egen else []
    raekker += [Raekke("Alle driftsherrer i området", omraade.alle)] if omraade.alle else []
    return {
        "v": omraade,
        "dom": tekst.egen_dom(fundet),
        "raekker": [_raekke(omraade, et) for et in raekker],
        "kolonner": [punkt.aar for punkt in omraade.alle.punkter] if omraade.alle else [],
        "kurve": figurer.egen(fundet),
        "kurve_id": f"vaekst-{omraade.kkr.slug}",
        "kurve_tekst": tekst.egen_udvikling(fundet),
    }


@require_GET
@side(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT, graense=Graense.HENT)
def eksport(request: AktoerRequest, aar: int, form: str) -> HttpResponseBase:
    """Every year of the area, its operators and its legal bases, as a table."""
    return tabel(form, f"takstvaekst-{aar}", tabeller.HOVED, tabeller.raekker(_fundet(request, aar)))


@require_GET
@side(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
def udeladte(request: AktoerRequest, aar: int) -> HttpResponse:
    """Each takst and offer that is not in the year's figures, with the reason; all of them, or those of one reason."""
    kkr, enhed, grund = eget_kkr(request.aktoer), _enhed(request), request.GET.get("grund", "")
    alle = summer.udeladelser(kkr, _et_aar(aar), enhed)
    viste = [(tekst.GRUNDNAVN[et.grund], et) for et in alle if grund in {"", et.grund}]
    kontekst = {
        "kkr": kkr,
        "aar": aar,
        "enhed": enhed,
        "grunde": [(g.value, tekst.GRUNDNAVN[g]) for g in Grund if g in {et.grund for et in alle}],
        "grund": grund,
        "side": Paginator(viste, PR_SIDE).get_page(request.GET.get("side")),
        "sti": [
            {"navn": f"{NAVN} {aar}", "url": f"{reverse('takster:vaekst', args=[aar])}?enhed={enhed}"},
            {"navn": "Ikke med"},
        ],
    }
    return render(request, "takster/vaekst/udeladte.html", kontekst)


@require_GET
@side(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT, graense=Graense.HENT)
def eksport_udeladte(request: AktoerRequest, aar: int, form: str) -> HttpResponseBase:
    """Every takst and offer that is not in the year's figures, with the reason, as a table."""
    alle = summer.udeladelser(eget_kkr(request.aktoer), _et_aar(aar), _enhed(request))
    return tabel(form, f"udeladt-af-takstvaekst-{aar}", tabeller.HOVED_UDELADTE, tabeller.udeladte(alle))


def _fundet(request: AktoerRequest, aar: int) -> Vaekst:
    return queries.vaekst(eget_kkr(request.aktoer), _et_aar(aar), _enhed(request))


def _et_aar(aar: int) -> int:
    """A year a takst can be of. Raises IkkeFundet."""
    if not FOERSTE_AAR <= aar <= SIDSTE_AAR:
        raise IkkeFundet("aar_ikke_fundet", f"Vælg et år fra {FOERSTE_AAR} til {SIDSTE_AAR}.")
    return aar


def _enhed(request: AktoerRequest) -> Takstenhed:
    """Takster in kr. per døgn, unless those per day are asked for: the two are never put together."""
    return Takstenhed.DAG if request.GET.get("enhed") == Takstenhed.DAG else Takstenhed.DOEGN


def _raekke(fundet: Vaekst, raekke: Raekke) -> dict[str, Any]:
    """A row: its costs of the area's years, and the last year's other figures."""
    maaling, aarene = raekke.maaling, fundet.alle.punkter if fundet.alle else ()
    punkt, tal = maaling.punkt(fundet.aar), maaling.aaret
    procent = tal.overheadprocent if tal else None
    return {
        "navn": raekke.navn,
        "udgifter": [fast.udgift if (fast := maaling.punkt(et.aar)) else None for et in aarene],
        "indeks": punkt.indeks if punkt else None,
        "resultat": maaling.resultat,
        "afstand": tekst.afstand(maaling.resultat) if maaling.resultat else "",
        "procent": procent,
        "over_normen": procent is not None and fundet.norm is not None and procent > fundet.norm,
        "tal": tal,
    }


def _sorteret(raekker: Sequence[Raekke], sortering: str) -> list[Raekke]:
    """By a figure, `-` in front for the largest first; else by name, as they come."""
    noegle, faldende = SORTERINGER.get(sortering.removeprefix("-")), sortering.startswith("-")
    if noegle is None:
        return list(reversed(raekker)) if faldende else list(raekker)
    med = [(tal, raekke) for raekke in raekker if (tal := noegle(raekke)) is not None]
    uden = [raekke for raekke in raekker if noegle(raekke) is None]
    return [raekke for _, raekke in sorted(med, key=lambda par: par[0], reverse=faldende)] + uden


def _over_normen(fundet: Vaekst) -> int | None:
    """How many operators have more overhead than agreed; None without a norm."""
    norm = fundet.norm
    if norm is None:
        return None
    procenter = [r.maaling.aaret.overheadprocent for r in fundet.driftsherrer if r.maaling.aaret]
    return sum(procent is not None and procent > norm for procent in procenter)
