"""W3C Trace Context: the caller's trace goes on through the platform, and one begins here when it sends none.

The trace is the number of the request as well, when the caller gives no X-Request-Id: its trace then finds our log.
"""

import re
import secrets
from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse

HOVED = "traceparent"
NUMMER = "X-Request-Id"
# Version, trace, parent, flags, and what a later version may say after them. All zeros and version ff are invalid.
_FORM = re.compile(r"(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})(-.*)?")
_VERSION = "00"


class SporMiddleware:
    """Outermost: answers with the trace and a span of our own. A header that is malformed is as none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """As Django asks."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """META, not `headers`: those are read once, and whoever numbers the request must see what is put in here."""
        medsendt = _laes(request.META.get("HTTP_TRACEPARENT", ""))
        if medsendt:
            request.META.setdefault("HTTP_X_REQUEST_ID", str(UUID(medsendt[0])))
        svar = self.get_response(request)
        spor, flag = medsendt or (_nyt_spor(svar), "00")
        svar[HOVED] = f"{_VERSION}-{spor}-{secrets.token_hex(8)}-{flag}"
        return svar


def _laes(hoved: str) -> tuple[str, str] | None:
    """Trace and flags."""
    fundet = _FORM.fullmatch(hoved)
    if fundet is None or (fundet[1] == _VERSION and fundet[4]):
        return None
    return fundet[2], fundet[3]


def _nyt_spor(svar: HttpResponse) -> str:
    """The request's own number, when it has one."""
    try:
        return UUID(svar.headers.get(NUMMER, "")).hex
    except ValueError:
        return secrets.token_hex(16)
