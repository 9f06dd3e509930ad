"""Who may open a page: every page names the right it needs; a page that names none cannot be reached (tested)."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import IngenAdgang
from faelles.graenser import Graense, brug
from faelles.scope import saet_database_aktoer
from kommuner.middleware import AktoerRequest, PersonRequest
from kommuner.models import Laesning
from kommuner.totrin import mangler_totrin

LAESNING = frozenset({"GET", "HEAD", "OPTIONS"})
P = ParamSpec("P")
Side = Callable[Concatenate[AktoerRequest, P], HttpResponse]


def side(
    rettighed: Rettighed | None,
    *funktioner: Funktion,
    eller: Rettighed | None = None,
    graense: Graense | None = None,
) -> Callable[[Side[P]], Callable[Concatenate[HttpRequest, P], HttpResponse]]:
    """Mark a view as a page for actors with the right (None: everybody who acts for somebody), in one of the functions if given.

    Not logged in leads to the log-in page, and a missing second factor that is demanded to setting one up; no membership
    or no right raises IngenAdgang, which becomes the 403 page.
    Several memberships and none chosen leads to the choice. `eller` is another right that opens the page, in any function.
    `graense` is how often a person may open it; what she sends is always counted as writing. Raises ForMange (429).
    """

    def pak(view: Side[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def indpakket(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return til_login(request)
            aktoer: Aktoer | None = getattr(request, "aktoer", None)
            if aktoer is None:
                _kraev_tilknytning(request)
                return redirect_to_login(
                    request.get_full_path() if request.method == "GET" else "", resolve_url("rolle")
                )
            aktoer_request = cast(AktoerRequest, request)
            if settings.MFA_PAAKRAEVET and mangler_totrin(aktoer_request):
                return redirect("mfa_index")
            if rettighed is not None and not (eller is not None and aktoer.maa(eller)):
                aktoer.kraev(rettighed, *funktioner)
            if begraenset := graense if request.method in LAESNING else Graense.SKRIV:
                brug(begraenset, aktoer.identitet)
            saet_database_aktoer(aktoer)
            return view(aktoer_request, *args, **kwargs)

        indpakket.kraever = (rettighed, funktioner)  # type: ignore[attr-defined]  # read by the access table test
        return cast("Callable[Concatenate[HttpRequest, P], HttpResponse]", indpakket)

    return pak


def personside(
    view: Callable[Concatenate[PersonRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Mark a view as a page for everybody who has logged in and has a membership, whether or not she has chosen one.

    Not logged in leads to the log-in page; no membership raises IngenAdgang, which becomes the 403 page.
    """

    @wraps(view)
    def med_tilknytning(request: PersonRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        _kraev_tilknytning(request)
        return view(request, *args, **kwargs)

    return egen_side(cast("Callable[Concatenate[PersonRequest, P], HttpResponse]", med_tilknytning))


def egen_side(
    view: Callable[Concatenate[PersonRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Mark a view as a page about the person herself: for everybody who has logged in, whoever she acts for."""

    @wraps(view)
    def indpakket(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return til_login(request)
        return view(cast(PersonRequest, request), *args, **kwargs)

    indpakket.kraever = (None, ())  # type: ignore[attr-defined]  # read by the access table test
    return cast("Callable[Concatenate[HttpRequest, P], HttpResponse]", indpakket)


def _kraev_tilknytning(request: HttpRequest) -> None:
    if not getattr(request, "tilknytninger", []):
        raise IngenAdgang(
            "ingen_tilknytning",
            "Du har ingen aktiv tilknytning til en organisation. Bed din kommunes administrator om at oprette en.",
        )


def til_login(request: HttpRequest) -> HttpResponse:
    """The way to the log-in page and back; a cookie of a session that is gone means that the page has to say so."""
    svar = redirect_to_login(request.get_full_path())
    if settings.SESSION_COOKIE_NAME in request.COOKIES and request.session.session_key is None:
        svar["Location"] += "&udloebet=1"
    return svar


def log_laesning(aktoer: Aktoer, entitet: str, ider: Iterable[UUID]) -> None:
    """Record that the actor saw these pieces of stay-level data, in a list or one by one; one statement however many."""
    Laesning.objects.bulk_create(
        Laesning(
            identitet=aktoer.identitet, organisation_id=aktoer.organisation_id, entitet=entitet, entitet_id=entitet_id
        )
        for entitet_id in ider
    )
