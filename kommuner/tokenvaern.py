"""Guessing at the token address is slow: whoever fails often has to wait, before the secret is looked at at all."""

import base64
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse

from faelles.graenser import Graense, brug, klientadresse, kraev_rum

AFVIST = {HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}


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
