"""Pages where an operator corrects its offers, departments and places. What hangs on them: `blokviews`."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from faelles.fejl import IkkeFundet, IngenAdgang
from kommuner.middleware import AktoerRequest
from tilbud.aendringer.retteviews import Maal, egen_afdeling, eget_tilbud, nyt_id, ret_side, retter
from tilbud.models import Plads, Tilbud
from tilbud.registerimport import queries
from tilbud.registerimport.skema import AFDELINGER, PLADSER, TILBUD


@require_http_methods(["GET", "POST"])
@retter
def nyt_tilbud(request: AktoerRequest) -> HttpResponse:
    """One more offer; it waits for a second person. Raises IngenAdgang for somebody who works with some of them only."""
    if request.aktoer.tilbud is not None:
        raise IngenAdgang(
            "kun_alle_tilbud",
            "Du arbejder med nogle af jeres tilbud. En, der arbejder med dem alle, kan oprette et nyt.",
        )
    return ret_side(request, Maal(TILBUD, None, "Nyt tilbud", {"id": nyt_id(request)}, None))


@require_http_methods(["GET", "POST"])
@retter
def ret_tilbud(request: AktoerRequest, tilbud_id: UUID) -> HttpResponse:
    """An offer's own facts."""
    tilbud = eget_tilbud(request.aktoer, tilbud_id)
    maal = Maal(TILBUD, tilbud, f"Ret {tilbud}", {"id": str(tilbud.pk)}, queries.tilbudspost(tilbud).felter)
    return ret_side(request, maal)


@require_http_methods(["GET", "POST"])
@retter
def ny_afdeling(request: AktoerRequest, tilbud_id: UUID) -> HttpResponse:
    """One more department."""
    tilbud = eget_tilbud(request.aktoer, tilbud_id)
    sted = {"tilbud": str(tilbud.pk), "id": nyt_id(request)}
    return ret_side(request, Maal(AFDELINGER, tilbud, f"Ny afdeling i {tilbud}", sted, None))


@require_http_methods(["GET", "POST"])
@retter
def ret_afdeling(request: AktoerRequest, afdeling_id: UUID) -> HttpResponse:
    """A department's name."""
    afdeling = egen_afdeling(request.aktoer, afdeling_id)
    sted = {"tilbud": str(afdeling.tilbud_id), "id": str(afdeling.pk)}
    return ret_side(request, Maal(AFDELINGER, afdeling.tilbud, f"Ret {afdeling}", sted, {"navn": afdeling.navn}))


@require_http_methods(["GET", "POST"])
@retter
def ny_plads(request: AktoerRequest, afdeling_id: UUID) -> HttpResponse:
    """One more place; it waits for a second person."""
    afdeling = egen_afdeling(request.aktoer, afdeling_id)
    sted = {"tilbud": str(afdeling.tilbud_id), "afdeling": str(afdeling.pk), "id": nyt_id(request)}
    return ret_side(request, Maal(PLADSER, afdeling.tilbud, f"Ny plads i {afdeling}", sted, None))


@require_http_methods(["GET", "POST"])
@retter
def ret_plads(request: AktoerRequest, plads_id: UUID) -> HttpResponse:
    """A place: its name, kind, days, and whether it is for the operator's own citizens."""
    egne = Tilbud.objects.drevet_af(request.aktoer).order_by()
    plads = Plads.objects.select_related("afdeling__tilbud").filter(pk=plads_id, afdeling__tilbud__in=egne).first()
    if plads is None:
        raise IkkeFundet("plads_ikke_fundet", "Pladsen findes ikke blandt jeres egne.")
    tilbud = plads.afdeling.tilbud
    sted = {"tilbud": str(tilbud.pk), "afdeling": str(plads.afdeling_id), "id": str(plads.pk)}
    return ret_side(request, Maal(PLADSER, tilbud, f"Ret {plads}", sted, queries.pladspost(plads).felter))
