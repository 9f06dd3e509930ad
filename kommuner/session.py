"""How long a log-in lasts: until nobody has used it for SESSION_COOKIE_AGE seconds. Pages warn before (static/js/session.js)."""

from collections.abc import Callable
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from faelles.tid import nu
from kommuner.middleware import er_for_systemer

SIDST_BRUGT = "sidst_brugt"  # key in the session: seconds since 1970
VARSEL = 300  # seconds before the end that a page warns, or half the log-in when that is shorter
FORNY_HVERT = 60  # seconds, or a tenth of the log-in: reading on costs no write each time


def sekunder_tilbage(request: HttpRequest) -> int:
    """Whole seconds until the log-in ends if the person does nothing; 0 when she is not logged in."""
    if not request.user.is_authenticated:
        return 0
    brugt: float = request.session.get(SIDST_BRUGT, nu().timestamp())
    return max(0, int(brugt + settings.SESSION_COOKIE_AGE - nu().timestamp()))


def varsel() -> int:
    """Seconds before the end that the warning comes."""
    return min(VARSEL, settings.SESSION_COOKIE_AGE // 2)


@receiver(user_logged_in, dispatch_uid="kommuner.session.begynd")
def _begynd(request: HttpRequest, **_: Any) -> None:
    request.session[SIDST_BRUGT] = nu().timestamp()


def ryd() -> None:
    """Delete the sessions that have ended, and where and with what they were used."""
    Session.objects.filter(expire_date__lt=nu()).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


class AktivitetMiddleware:
    """Ends a log-in nobody has used, and moves the end of one that is used. Asking how long is left is not use."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """As Django asks."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Before the view, so that the page knows the right end. Systems have no session (kommuner.middleware)."""
        if not er_for_systemer(request) and request.user.is_authenticated:
            if sekunder_tilbage(request) == 0:
                logout(request)
            elif not (request.method == "GET" and request.path == reverse("session")):
                self._forny(request)
        return self.get_response(request)

    def _forny(self, request: HttpRequest) -> None:
        brugt = request.session.get(SIDST_BRUGT, 0.0)
        if nu().timestamp() - brugt >= min(FORNY_HVERT, settings.SESSION_COOKIE_AGE // 10):
            request.session[SIDST_BRUGT] = nu().timestamp()
            UserSession.objects.create_from_request(request)


@never_cache
@require_http_methods(["GET", "POST"])
def session(request: HttpRequest) -> JsonResponse:
    """Seconds left of the log-in; POST moves the end first. The token is for pages older than the one they hold."""
    if request.method == "POST" and request.user.is_authenticated:
        request.session[SIDST_BRUGT] = nu().timestamp()
    return JsonResponse({"sekunder": sekunder_tilbage(request), "varsel": varsel(), "token": get_token(request)})
