"""The token address: client credentials alone, and guessing is slow: whoever fails often waits before the secret is looked at."""

import base64
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from oauth2_provider.views import TokenView

from faelles.graenser import Graense, brug, klientadresse, kraev_rum

KLIENT = "client_credentials"
AFVIST = {HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}


class Tokenadresse(TokenView):  # type: ignore[misc]  # the library ships no types
    """The library's, without the flows that are for people, whatever a client is registered for."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A token, or RFC 6749's refusal."""
        if request.POST.get("grant_type") != KLIENT:
            return JsonResponse({"error": "unsupported_grant_type"}, status=HTTPStatus.BAD_REQUEST)
        svar: HttpResponse = super().post(request, *args, **kwargs)
        return svar


def bremset(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view where systems show their secret, behind three limits: calls from an address, and failures of a client from it, and of all.

    A client is counted together with the address, so that nobody can lock a municipality's system out from elsewhere.
    Without the counter nobody is let in (Utilgaengelig).
    """

    @wraps(view)
    def indpakket(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        adresse = klientadresse(request)
        klient = f"{_klient_id(request)} {adresse}"
        brug(Graense.TOKEN, adresse, kraever_taeller=True)
        kraev_rum(Graense.TOKEN_FEJL, klient)
        kraev_rum(Graense.TOKEN_FEJL_ADRESSE, adresse)
        svar = view(request, *args, **kwargs)
        if svar.status_code in AFVIST:
            brug(Graense.TOKEN_FEJL, klient)
            brug(Graense.TOKEN_FEJL_ADRESSE, adresse)
        return svar

    return indpakket


def _klient_id(request: HttpRequest) -> str:
    """The client id as it is sent, in the header or in the form; whether it is right is not asked here."""
    art, _, vaerdi = request.headers.get("Authorization", "").partition(" ")
    if art.lower() != "basic":
        return request.POST.get("client_id", "")
    try:
        return base64.b64decode(vaerdi).decode().partition(":")[0]
    except ValueError:  # neither base64 nor text
        return ""
