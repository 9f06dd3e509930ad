"""The page Belægning: an operator's places by weeks. A chosen cell says what can be done there; htmx asks for that part alone."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from faelles.aktoer import Funktion, Rettighed
from faelles.fejl import IkkeFundet
from faelles.graenser import Graense
from faelles.regneark.svar import tabel
from faelles.tid import Periode, er_mulig, idag, nu
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from tilbud.bekraeftelser.views import bekraeft_svar, viste
from tilbud.belaegning.kalender import UGER, Bjaelke, foerste_dag
from tilbud.models import Plads, Tilbud
from tilbud.pladskalender.queries import Afdelingskalender, Valgt, afdelingskalendere, egne_tilbud, valgt
from tilbud.pladskalender.tabeller import DAGHOVED, dagraekker

laeser = side(Rettighed.PLADSER_BEKRAEFT, Funktion.DRIFTSHERRE)
SKRIDT = timedelta(weeks=UGER)


@require_GET
@laeser
def belaegning(request: AktoerRequest) -> HttpResponse:
    """One of the actor's offers: its departments' places by weeks, and what can be done about the chosen one."""
    mine = list(egne_tilbud(request.aktoer, idag()))
    sti = [{"navn": "Min side", "url": reverse("start")}, {"navn": "Belægning"}]
    if not mine:
        return render(request, "tilbud/pladskalender/belaegning.html", {"sti": sti})
    plads = _plads(request, mine)
    tilbud = plads.afdeling.tilbud if plads else _tilbud(request, mine)
    fra = _dag(request, "fra") or idag()
    fundet = valgt(plads, _dag(request, "dag") or fra, nu(), fra) if plads else None
    kontekst: dict[str, Any] = {
        "tilbud": tilbud,
        "mine": mine,
        "fra": fra,
        "valgt": fundet,
        "idag": idag(),
        "kan_melde": request.aktoer.maa(Rettighed.FEJLMELDINGER_SKRIV),
        "kan_indskrive": request.aktoer.maa(Rettighed.RESERVATIONER_SKRIV),
        "kan_se_sager": request.aktoer.maa(Rettighed.RESERVATIONER_LAES),
    }
    if "HX-Request" in request.headers:
        return render(request, "tilbud/pladskalender/_valgt.html", kontekst)
    kalendere = afdelingskalendere(tilbud, nu(), fra)
    _gitter(kalendere, fra, fundet)
    kontekst |= {"afdelinger": kalendere, "tidligere": fra - SKRIDT, "senere": fra + SKRIDT, "sti": sti}
    return render(request, "tilbud/pladskalender/belaegning.html", kontekst)


@require_GET
@side(Rettighed.TILBUD_LAES, graense=Graense.HENT)
def eksport_dage(request: AktoerRequest, tilbud_id: UUID, form: str) -> HttpResponseBase:
    """The calendar of an offer as a table, day by day, from the week the page shows first."""
    tilbud = Tilbud.objects.filter(pk=tilbud_id).first()
    if tilbud is None:
        raise IkkeFundet("tilbud_ikke_fundet", "Tilbuddet findes ikke.")
    fra = _dag(request, "fra") or idag()
    return tabel(form, "pladskalender", DAGHOVED, dagraekker(afdelingskalendere(tilbud, nu(), fra)))


@require_POST
@laeser
def bekraeft(request: AktoerRequest) -> HttpResponse:
    """The departments as the page showed them, all or none; back to the page."""
    igen = f"{reverse('tilbud:belaegning')}?{urlencode({'tilbud': request.POST.get('tilbud', '')})}"
    return bekraeft_svar(request, viste(request), igen)


def _tilbud(request: AktoerRequest, mine: list[Tilbud]) -> Tilbud:
    """The offer asked for, or the first. Raises IkkeFundet for one that is not the actor's own."""
    oensket = request.GET.get("tilbud")
    fundet = next((t for t in mine if str(t.pk) == oensket), None) if oensket else mine[0]
    if fundet is None:
        raise IkkeFundet("tilbud_ikke_fundet", "Tilbuddet findes ikke blandt jeres egne.")
    return fundet


def _dag(request: AktoerRequest, navn: str) -> date | None:
    """A day in the address; None when there is none, or it is no day somebody can mean."""
    try:
        dag = date.fromisoformat(request.GET.get(navn, ""))
    except ValueError:
        return None
    return dag if er_mulig(dag) else None


def _plads(request: AktoerRequest, mine: list[Tilbud]) -> Plads | None:
    """The chosen place; None when none is. Raises IkkeFundet for one that is not the actor's own."""
    oensket = request.GET.get("plads")
    if not oensket:
        return None
    try:
        fundet = (
            Plads.objects.filter(pk=UUID(oensket), afdeling__tilbud__in=mine).select_related("afdeling__tilbud").first()
        )
    except ValueError:
        fundet = None
    if fundet is None:
        raise IkkeFundet("plads_ikke_fundet", "Pladsen findes ikke blandt jeres egne.")
    return fundet


def _dage(raekke: Mapping[str, Any], perioder: Sequence[Periode]) -> list[tuple[Bjaelke, date]]:
    """The bars of a place, each with the day that stands for it in the address."""
    return [
        (bjaelke, foerste_dag(bjaelke.dage(perioder), bjaelke.status, raekke["straekninger"]))
        for bjaelke in raekke["felter"]
    ]


def _gitter(kalendere: list[Afdelingskalender], fra: date, fundet: Valgt | None) -> None:
    """Make every bar a link that chooses it, and every place's name one that corrects it."""
    for en in kalendere:
        for raekke in en.kalender["raekker"]:
            raekke["url"] = reverse("tilbud:ret_plads", args=[raekke["id"]])
            raekke["celler"] = [
                {
                    "bjaelke": bjaelke,
                    "url": "?" + urlencode({"fra": fra, "plads": raekke["id"], "dag": dag}),
                    "valgt": fundet is not None
                    and fundet.plads.pk == raekke["id"]
                    and bjaelke.dage(en.kalender["perioder"]).indeholder(fundet.dag),
                }
                for bjaelke, dag in _dage(raekke, en.kalender["perioder"])
            ]
