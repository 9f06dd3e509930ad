"""Who may open a page: every page names the right it needs; a page that names none cannot be reached (tested)."""

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url

from faelles.afsender import kraev_forespoergsel
from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import IngenAdgang
from faelles.graenser import Graense, brug
from faelles.scope import saet_database_aktoer
from faelles.spor import slags_for
from kommuner.middleware import AktoerRequest, PersonRequest
from kommuner.models import Laesning
from kommuner.totrin import mangler_totrin

LAESNING = frozenset({"GET", "HEAD", "OPTIONS"})
P = ParamSpec("P")
Side = Callable[Concatenate[AktoerRequest, P], HttpResponseBase]


def side(
    rettighed: Rettighed | None,
    *funktioner: Funktion,
    eller: Rettighed | None = None,
    graense: Graense | None = None,
) -> Callable[[Side[P]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]]:
    """Mark a view as a page for actors with the right (None: everybody who acts for somebody), in one of the functions if given.

    Not logged in leads to the log-in page, and a missing second factor that is demanded to setting one up; no membership
    or no right raises IngenAdgang, which becomes the 403 page.
    Several memberships and none chosen leads to the choice. `eller` is another right that opens the page, in any function.
    `graense` is how often a person may open it; what she sends is always counted as writing. Raises ForMange (429).
    """

    def pak(view: Side[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def indpakket(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
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
        return cast("Callable[Concatenate[HttpRequest, P], HttpResponseBase]", indpakket)

    return pak


def personside(
    view: Callable[Concatenate[PersonRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Mark a view as a page for everybody who has logged in and has a membership, whether or not she has chosen one.

    Not logged in leads to the log-in page; no membership raises IngenAdgang, which becomes the 403 page.
    """

    @wraps(view)
    def med_tilknytning(request: PersonRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        _kraev_tilknytning(request)
        return view(request, *args, **kwargs)

    return egen_side(cast("Callable[Concatenate[PersonRequest, P], HttpResponseBase]", med_tilknytning))


def egen_side(
    view: Callable[Concatenate[PersonRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Mark a view as a page about the person herself: for everybody who has logged in, whoever she acts for."""

    @wraps(view)
    def indpakket(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return til_login(request)
        return view(cast(PersonRequest, request), *args, **kwargs)

    indpakket.kraever = (None, ())  # type: ignore[attr-defined]  # read by the access table test
    return cast("Callable[Concatenate[HttpRequest, P], HttpResponseBase]", indpakket)


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


def log_laesning(aktoer: Aktoer, entitet: str, laeste: Mapping[UUID, Iterable[UUID]]) -> None:
    """Record that the actor saw these pieces of stay-level data, in a list or one by one; one statement however many.

    `laeste` maps each id to the organisations whose data it is; they can find the reading as well as the reader's own can.
    Raises LookupError for a kind that is not followed as something whose reading is logged.
    """
    slags = slags_for(entitet)
    if slags is None or not slags.laeses:
        raise LookupError(f"»{entitet}« følges ikke med laeses=True")
    Laesning.objects.bulk_create(
        _laesning(aktoer, entitet, parter, entitet_id=entitet_id) for entitet_id, parter in laeste.items()
    )


def log_opslag(aktoer: Aktoer, log: str, spoergsmaal: str) -> None:
    """Record that the actor looked into a log of her own organisation, and what she asked."""
    saet_database_aktoer(aktoer)
    Laesning.objects.bulk_create([_laesning(aktoer, log, (), spoergsmaal=spoergsmaal)])


def _laesning(
    aktoer: Aktoer, entitet: str, parter: Iterable[UUID], *, entitet_id: UUID | None = None, spoergsmaal: str = ""
) -> Laesning:
    return Laesning(
        identitet=aktoer.identitet,
        organisation_id=aktoer.organisation_id,
        funktion=aktoer.funktion.value,
        rolle_navn=aktoer.rolle_navn,
        entitet=entitet,
        entitet_id=entitet_id,
        spoergsmaal=spoergsmaal,
        vedroerer=sorted({aktoer.organisation_id, *parter}),
        forespoergsel=kraev_forespoergsel(),
    )
