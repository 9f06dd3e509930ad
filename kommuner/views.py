"""The start page, the choice of whom to act for, and the health check."""

from django.contrib import messages
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods

from faelles.fejl import IkkeFundet
from faelles.startside import paneler
from kommuner.adgang import personside, side
from kommuner.middleware import SESSION_TILKNYTNING, AktoerRequest, PersonRequest
from kommuner.queries import rollevalg


@require_GET
@side(None)
def start(request: AktoerRequest) -> HttpResponse:
    """What waits for this role today."""
    return render(request, "kommuner/start.html", {"paneler": paneler(request.aktoer)})


@require_http_methods(["GET", "POST"])
@personside
def rolle(request: PersonRequest) -> HttpResponse:
    """Choose whom to act for, among one's own memberships."""
    if request.method == "GET":
        kontekst = {
            "muligheder": rollevalg(request.tilknytninger),
            "afsluttet": SESSION_TILKNYTNING in request.session and request.tilknytning is None,
            "naeste": request.GET.get("next", ""),
        }
        return render(request, "kommuner/rolle.html", kontekst)
    valgt = request.POST.get("tilknytning", "")
    tilknytning = next((t for t in request.tilknytninger if str(t.pk) == valgt), None)
    if tilknytning is None:
        raise IkkeFundet("tilknytning_ikke_fundet", "Du har ikke den tilknytning.")
    request.session[SESSION_TILKNYTNING] = str(tilknytning.pk)
    rotate_token(request)  # a form that stands open in another tab was filled in for somebody else: it is refused
    messages.success(
        request, f"Du handler nu for {tilknytning.organisation} som {tilknytning.get_rolle_display().lower()}."
    )
    naeste = request.POST.get("next", "")
    return redirect(naeste if url_has_allowed_host_and_scheme(naeste, allowed_hosts=None) else "start")


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
