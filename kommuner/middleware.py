"""Puts the actor on every request. What the actor may see is decided by `kommuner.adgang`, never here."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from faelles.aktoer import Aktoer
from faelles.tid import idag
from kommuner.models import Bruger, Tilknytning
from kommuner.queries import aktoer_for_tilknytning, tilknytninger_for

SESSION_TILKNYTNING = "tilknytning"


class AktoerRequest(HttpRequest):
    """A request by a person who has logged in and acts for somebody."""

    aktoer: Aktoer
    tilknytninger: list[Tilknytning]


class AktoerMiddleware:
    """Finds the membership the person has chosen in this session, or her first one today; none means no actor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """As Django asks."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach `aktoer` and `tilknytninger`."""
        bruger = request.user
        alle = tilknytninger_for(bruger, idag()) if isinstance(bruger, Bruger) else []
        valgt = request.session.get(SESSION_TILKNYTNING) if alle else None
        brugt = next((tilknytning for tilknytning in alle if str(tilknytning.pk) == valgt), alle[0] if alle else None)
        request.tilknytninger = alle  # type: ignore[attr-defined]  # see AktoerRequest
        request.aktoer = aktoer_for_tilknytning(brugt) if brugt else None  # type: ignore[attr-defined]  # see AktoerRequest
        request.tilknytning = brugt  # type: ignore[attr-defined]  # see AktoerRequest
        return self.get_response(request)
