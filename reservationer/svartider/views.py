"""Pages and tables of how long the steps took: a party's own cases, and the secretariat's KKRs with small counts left out."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from faelles.aktoer import Funktion, Rettighed
from faelles.fejl import IkkeFundet
from faelles.graenser import Graense
from faelles.regneark.svar import tabel
from faelles.tid import Periode
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from kommuner.models import Kkr
from reservationer.svartider import figurer, queries
from reservationer.svartider.queries import Svartider
from reservationer.svartider.regler import (
    INDDELING_NAVN,
    TRIN_FORKLARING,
    TRIN_NAVN,
    Raekke,
    Trin,
)
from vilkaar.kilde import KILDEHOVED, kildeceller

NAVN = "Svar- og ventetider"
HOVED = (
    "Hvis", "Halvår", "Opgjort efter", "Gruppe", "Trin", "Sager", "Halvdelen inden for dage", "9 ud af 10 inden for dage",
    *KILDEHOVED,
)  # fmt: skip


@require_GET
@side(Rettighed.RESERVATIONER_LAES, Funktion.MYNDIGHED, Funktion.DRIFTSHERRE)
def egne(request: AktoerRequest) -> HttpResponse:
    """The organisation's own cases."""
    return _vis(request, [queries.egne(request.aktoer)], udtraek="svartider:eksport")


@require_GET
@side(Rettighed.RESERVATIONER_LAES, Funktion.MYNDIGHED, Funktion.DRIFTSHERRE, graense=Graense.HENT)
def eksport(request: AktoerRequest, form: str) -> HttpResponseBase:
    """The same as a table, of all the half-years."""
    return tabel(form, "svartider", HOVED, _raekker([queries.egne(request.aktoer)]))


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES, Funktion.SEKRETARIAT)
def omraade(request: AktoerRequest) -> HttpResponse:
    """The cases of the secretariat's KKRs."""
    return _vis(request, _kkrers(request), udtraek="svartider:eksport_omraade")


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES, Funktion.SEKRETARIAT, graense=Graense.HENT)
def eksport_omraade(request: AktoerRequest, form: str) -> HttpResponseBase:
    """The same as a table, with what small counts are left out after."""
    return tabel(form, "svartider-i-omraadet", HOVED, _raekker(_kkrers(request)))


def _kkrers(request: AktoerRequest) -> list[Svartider]:
    kkrer = Kkr.objects.filter(sekretariat=request.aktoer.organisation_id).order_by("navn")
    return [queries.i_kkr(kkr) for kkr in kkrer]


def _vis(request: AktoerRequest, alle: Sequence[Svartider], *, udtraek: str) -> HttpResponse:
    kontekst = {
        "opgoerelser": [_opgoerelse(svartider, request.GET.get("halvaar", "")) for svartider in alle],
        "trin": [(TRIN_NAVN[trin], TRIN_FORKLARING[trin]) for trin in Trin],
        "udtraek": udtraek,
        "sti": [{"navn": NAVN}],
    }
    return render(request, "svartider/svartider.html", kontekst)


def _opgoerelse(svartider: Svartider, valgt: str) -> dict[str, Any]:
    halvaar = _valgt(svartider, valgt)
    return {
        "svartider": svartider,
        "viser_noget": any(svartider.samlet(et).viser_noget for et in svartider.halvaar),
        "figur": figurer.udvikling(svartider),
        "figur_id": f"svartider-{slugify(svartider.hvis)}",
        "udvikling": [(svartider.navn(et), _celler(svartider.samlet(et))) for et in svartider.halvaar],
        "halvaarene": [(et.fra.isoformat(), svartider.navn(et), et == halvaar) for et in svartider.halvaar],
        "halvaar": svartider.navn(halvaar),
        "dele": [
            (INDDELING_NAVN[inddeling], [(raekke.gruppe, _celler(raekke)) for raekke in raekker])
            for inddeling in svartider.inddelinger
            if (raekker := svartider.opdelt(halvaar, inddeling))
        ],
    }


def _valgt(svartider: Svartider, valgt: str) -> Periode:
    """The half-year asked for, else the last of which something is shown. Raises IkkeFundet for one that is not there."""
    if valgt:
        for halvaar in svartider.halvaar:
            if halvaar.fra.isoformat() == valgt:
                return halvaar
        raise IkkeFundet("halvaar_ikke_fundet", "Halvåret er ikke et af dem, der vises. Vælg et af dem på siden.")
    med_tal = [halvaar for halvaar in svartider.halvaar if svartider.samlet(halvaar).viser_noget]
    return (med_tal or svartider.halvaar)[-1]


def _celler(raekke: Raekke) -> list[Any]:
    return [raekke.tal[trin] for trin in Trin]


def _raekker(alle: Sequence[Svartider]) -> Iterator[Sequence[object]]:
    """Every figure of every half-year as `HOVED`."""
    for svartider in alle:
        kilde = kildeceller(svartider.kilde)
        for halvaar in svartider.halvaar:
            dele = [("Alle", [svartider.samlet(halvaar)])]
            dele += [(INDDELING_NAVN[en], svartider.opdelt(halvaar, en)) for en in svartider.inddelinger]
            for efter, raekker in dele:
                for raekke in raekker:
                    for trin, vist in raekke.tal.items():
                        celler = (vist.sager, vist.halvdelen, vist.ni_af_ti) if vist else ("skjult",) * 3
                        yield (
                            svartider.hvis,
                            svartider.navn(halvaar),
                            efter,
                            raekke.gruppe,
                            TRIN_NAVN[trin],
                            *celler,
                            *kilde,
                        )
