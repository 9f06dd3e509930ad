"""How often somebody may do a thing: one counter per limit and somebody, shared by every process through the cache.

The limits are `settings.GRAENSER`. Without the cache nobody is counted: a warning is logged and the work goes on, except
where the limit is what keeps a guesser out (`kraever_taeller`): there nobody comes in until somebody can be counted again.
"""

import ipaddress
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django_ratelimit.core import get_usage
from redis import RedisError

from faelles.fejl import ForMange, Utilgaengelig

_SEKUNDER = {"s": 1, "m": 60, "h": 3600, "d": 86_400}

log = logging.getLogger(__name__)


class Graense(StrEnum):
    """What is limited. Pages count per person, the API per client, and before log-in the address counts."""

    SOEG = "soeg"
    SKRIV = "skriv"
    HENT = "hent"
    API_SOEG = "api_soeg"
    API_SKRIV = "api_skriv"
    API_HENT = "api_hent"
    AABEN = "aaben"
    TOKEN = "token"  # noqa: S105 - the name of a limit
    TOKEN_FEJL = "token_fejl"  # noqa: S105 - as above
    TOKEN_FEJL_ADRESSE = "token_fejl_adresse"  # noqa: S105 - as above


def laes_sats(tekst: str) -> tuple[int, int]:
    """`60/m` as a number and seconds (s, m, h or d). Raises ImproperlyConfigured for anything else."""
    fundet = re.fullmatch(r"(\d+)/([smhd])", tekst)
    if fundet is None:
        raise ImproperlyConfigured(f"En grænse skrives som 60/m (s, m, h eller d), ikke {tekst!r}.")
    return int(fundet[1]), _SEKUNDER[fundet[2]]


@dataclass(frozen=True, slots=True)
class Forbrug:
    """How much of a limit is used: `brugt` of `hoejst` in `periode` seconds, and the seconds until it starts over."""

    graense: Graense
    brugt: int
    hoejst: int
    periode: int
    vent: int

    @property
    def rest(self) -> int:
        """How many are left."""
        return max(self.hoejst - self.brugt, 0)


def brug(graense: Graense, hvem: str, *, kraever_taeller: bool = False) -> Forbrug | None:
    """Count one. Raises ForMange when that is one too many, and Utilgaengelig when nobody can count and it matters."""
    forbrug = _tael(graense, hvem, med=True, kraever_taeller=kraever_taeller)
    if forbrug is not None and forbrug.brugt > forbrug.hoejst:
        raise _afvist(forbrug, hvem)
    return forbrug


def kraev_rum(graense: Graense, hvem: str) -> None:
    """Count nothing. Raises ForMange when the limit is used up already, and Utilgaengelig when nobody can tell."""
    forbrug = _tael(graense, hvem, med=False, kraever_taeller=True)
    if forbrug is not None and forbrug.brugt >= forbrug.hoejst:
        raise _afvist(forbrug, hvem)


def _tael(graense: Graense, hvem: str, *, med: bool, kraever_taeller: bool) -> Forbrug | None:
    hoejst, periode = settings.GRAENSER[graense]
    try:
        brugt = get_usage(None, group=graense, key=lambda *_: hvem, rate=(hoejst, periode), increment=med)
    except RedisError:
        log.warning("graense_ikke_talt %s", graense, exc_info=True)
        if kraever_taeller:
            raise Utilgaengelig from None
        return None
    return Forbrug(graense, brugt["count"], hoejst, periode, max(brugt["time_left"], 1))


def _afvist(forbrug: Forbrug, hvem: str) -> ForMange:
    log.warning("for_mange %s %s", forbrug.graense, hvem)
    return ForMange(forbrug.vent)


def klientadresse(request: HttpRequest) -> str:
    """The address of whoever asks; of IPv6 the network of 64 bits, since one subscriber has them all.

    X-Forwarded-For is believed only as far as `settings.PROXYER` of our own proxies have written it, from the right.
    """
    noteret = [del_ for del_ in request.headers.get("X-Forwarded-For", "").split(",") if del_.strip()]
    betroet = 0 < settings.PROXYER <= len(noteret)
    adresse = noteret[-settings.PROXYER].strip() if betroet else request.META.get("REMOTE_ADDR", "")
    try:
        fundet = ipaddress.ip_address(adresse)
    except ValueError:
        return "ukendt"
    return str(ipaddress.ip_network((fundet, 64), strict=False) if fundet.version == 6 else fundet)  # noqa: PLR2004 - IPv6


def aaben(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Limit a page that is open to everybody and not free to make, per address."""

    @wraps(view)
    def indpakket(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        brug(Graense.AABEN, klientadresse(request))
        return view(request, *args, **kwargs)

    return indpakket
