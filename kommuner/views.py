"""The start page, the choice of whom to act for, and the health check."""

from django.contrib import messages
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from faelles.fejl import IkkeFundet
from faelles.startside import paneler
from kommuner.adgang import side
from kommuner.middleware import SESSION_TILKNYTNING, AktoerRequest


@require_GET
@side(None)
def start(request: AktoerRequest) -> HttpResponse:
    """What waits for this role today."""
    return render(request, "kommuner/start.html", {"paneler": paneler(request.aktoer)})


@require_POST
@side(None)
def skift_tilknytning(request: AktoerRequest) -> HttpResponse:
    """Choose whom to act for, among one's own memberships."""
    valgt = request.POST.get("tilknytning", "")
    tilknytning = next((t for t in request.tilknytninger if str(t.pk) == valgt), None)
    if tilknytning is None:
        raise IkkeFundet("tilknytning_ikke_fundet", "Du har ikke den tilknytning.")
    request.session[SESSION_TILKNYTNING] = str(tilknytning.pk)
    messages.success(
        request, f"Du handler nu for {tilknytning.organisation} som {tilknytning.get_rolle_display().lower()}."
    )
    return redirect("start")


@require_GET
def sundhed(_request: HttpRequest) -> JsonResponse:
    """Health check: 200 when the database answers. Says nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return JsonResponse({"status": "ok"})


@require_GET
def was(request: HttpRequest) -> HttpResponse:
    """The accessibility statement (lov 692/2018), for everybody."""
    return render(request, "kommuner/was.html")


def findes_ikke(_request: HttpRequest) -> HttpResponse:
    """A page a library offers and we do not."""
    raise Http404
