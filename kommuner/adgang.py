"""Who may open a page: every page names the right it needs; a page that names none cannot be reached (tested)."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import IngenAdgang
from kommuner.middleware import AktoerRequest, PersonRequest
from kommuner.models import Laesning

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)
Side = Callable[Concatenate[R, P], HttpResponse]


def personside(view: Side[PersonRequest, P]) -> Side[HttpRequest, P]:
    """Mark a view as a page for everybody who has logged in and has a membership, whether or not she has chosen one.

    Not logged in leads to the log-in page; no membership raises IngenAdgang, which becomes the 403 page.
    """

    @wraps(view)
    def indpakket(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not getattr(request, "tilknytninger", []):
            raise IngenAdgang(
                "ingen_tilknytning",
                "Du har ingen aktiv tilknytning til en organisation. Bed din kommunes administrator om at oprette en.",
            )
        return view(cast(PersonRequest, request), *args, **kwargs)

    indpakket.kraever = (None, ())  # type: ignore[attr-defined]  # read by the access table test
    return cast("Side[HttpRequest, P]", indpakket)


def side(
    rettighed: Rettighed | None, *funktioner: Funktion, eller: Rettighed | None = None
) -> Callable[[Side[AktoerRequest, P]], Side[HttpRequest, P]]:
    """Mark a view as a page for actors with the right (None: everybody who acts for somebody), in one of the functions if given.

    `eller` is another right that opens it as well, in any function. As `personside`; besides, not having chosen whom to act
    for leads to the page where one does, and a missing right raises IngenAdgang.
    """

    def pak(view: Side[AktoerRequest, P]) -> Side[HttpRequest, P]:
        @wraps(view)
        def indpakket(request: PersonRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            aktoer: Aktoer | None = getattr(request, "aktoer", None)
            if aktoer is None:
                return redirect_to_login(
                    request.get_full_path() if request.method == "GET" else "", resolve_url("rolle")
                )
            if rettighed is not None and not (eller is not None and aktoer.maa(eller)):
                aktoer.kraev(rettighed, *funktioner)
            return view(cast(AktoerRequest, request), *args, **kwargs)

        som_person = personside(indpakket)
        som_person.kraever = (rettighed, funktioner)  # type: ignore[attr-defined]  # read by the access table test
        return som_person

    return pak


def log_laesning(aktoer: Aktoer, entitet: str, ider: Iterable[UUID]) -> None:
    """Record that the actor saw these pieces of stay-level data, in a list or one by one; one statement however many."""
    Laesning.objects.bulk_create(
        Laesning(
            identitet=aktoer.identitet, organisation_id=aktoer.organisation_id, entitet=entitet, entitet_id=entitet_id
        )
        for entitet_id in ider
    )
