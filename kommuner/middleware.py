"""Puts the actor on every request. What the actor may see is decided by `kommuner.adgang`, never here."""

from collections.abc import Callable, Sequence

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest, HttpResponse

from faelles.afsender import er_aktoer, praeciser
from faelles.aktoer import Aktoer
from faelles.tid import idag
from kommuner.models import Bruger, Tilknytning
from kommuner.queries import aktoer_for_tilknytning, tilknytninger_for

SESSION_TILKNYTNING = "tilknytning"
API = "/api/"
API_SIDE = "/api/v1/docs"


class PersonRequest(HttpRequest):
    """A request by a person who has logged in; she may have several memberships and not have chosen yet."""

    user: Bruger
    tilknytninger: list[Tilknytning]
    tilknytning: Tilknytning | None
    udbydere: frozenset[str]  # where she has logged in in this session, other than here


class AktoerRequest(PersonRequest):
    """A request by a person who acts for somebody."""

    aktoer: Aktoer


def er_for_systemer(request: HttpRequest) -> bool:
    """Whether the address is the API's, where a token says who asks; its page for people is opened with a session."""
    return request.path.startswith(API) and request.path != API_SIDE


def valgt_tilknytning(alle: Sequence[Tilknytning], valgt: str | None) -> Tilknytning | None:
    """The membership chosen in the session, or the only one there is.

    None when one of several must be chosen, and when the chosen one has ended: nobody acts for another unawares.
    """
    if valgt is None:
        return alle[0] if len(alle) == 1 else None
    return next((tilknytning for tilknytning in alle if str(tilknytning.pk) == valgt), None)


class AktoerMiddleware:
    """Reads the person's memberships anew for every request, so that one that has ended stops at once.

    Systems are known by their token: under the API only the page for people is opened with a session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """As Django asks."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach `aktoer`, `tilknytning` and `tilknytninger`."""
        bruger = None if er_for_systemer(request) else request.user
        udbydere: frozenset[str] = frozenset()
        alle: list[Tilknytning] = []
        if isinstance(bruger, Bruger):
            udbydere = frozenset(
                maade["provider"]
                for maade in get_authentication_records(request, bruger)
                if maade["method"] == "socialaccount"
            )
            alle = tilknytninger_for(bruger, idag(), udbydere)
        brugt = valgt_tilknytning(alle, request.session.get(SESSION_TILKNYTNING)) if alle else None
        request.udbydere = udbydere  # type: ignore[attr-defined]  # see PersonRequest
        request.tilknytninger = alle  # type: ignore[attr-defined]  # see PersonRequest
        request.tilknytning = brugt  # type: ignore[attr-defined]  # see PersonRequest
        aktoer = aktoer_for_tilknytning(brugt) if brugt else None
        request.aktoer = aktoer  # type: ignore[attr-defined]  # see AktoerRequest
        if aktoer:
            er_aktoer(aktoer)
        elif isinstance(bruger, Bruger):
            praeciser(identitet=f"bruger:{bruger.pk}")
        return self.get_response(request)
