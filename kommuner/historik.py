"""Who stands behind a change in the history tables: the actor's identity, organisation and function, never a name."""

from collections.abc import Callable

import pghistory
from django.http import HttpRequest, HttpResponse

from faelles.aktoer import Aktoer
from faelles.ids import uuid7


def kontekst(aktoer: Aktoer, **mere: str) -> "pghistory.context":
    """History context for everything changed inside it; used by pages here and by the API and tasks themselves."""
    return pghistory.context(
        identitet=aktoer.identitet, organisation=str(aktoer.organisation_id), funktion=aktoer.funktion.value, **mere
    )


class HistorikMiddleware:
    """Opens the history context for every request that may change something, with an id that ties it to the log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """As Django asks."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Run the request inside the context of its actor."""
        aktoer: Aktoer | None = getattr(request, "aktoer", None)
        if aktoer is None or request.method in {"GET", "HEAD", "OPTIONS"}:
            return self.get_response(request)
        with kontekst(aktoer, sti=request.path, forespoergsel=str(uuid7())):
            return self.get_response(request)
