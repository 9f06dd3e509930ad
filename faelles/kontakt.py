"""Where to write about a weakness in the platform (RFC 9116)."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from faelles.tid import nu, rfc3339


@transaction.non_atomic_requests  # it must answer when the database does not
@require_GET
def security_txt(request: HttpRequest) -> HttpResponse:
    """/.well-known/security.txt. The file is made when it is asked for, so it never runs out while the platform is looked after."""
    udloeber = (nu() + timedelta(days=settings.SIKKERHED_DAGE)).replace(minute=0, second=0, microsecond=0)
    linjer = [
        *(f"Contact: {kontakt}" for kontakt in settings.SIKKERHED_KONTAKT),
        f"Expires: {rfc3339(udloeber)}",
        "Preferred-Languages: da, en",
        f"Canonical: {request.build_absolute_uri(request.path)}",
    ]
    if settings.SIKKERHED_POLITIK:
        linjer.append(f"Policy: {settings.SIKKERHED_POLITIK}")
    hoveder = {"Cache-Control": "public, max-age=3600"}
    return HttpResponse("\n".join(linjer) + "\n", content_type="text/plain; charset=utf-8", headers=hoveder)
