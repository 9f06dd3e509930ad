"""What every page's frame needs: for whom the person acts, and where she can go."""

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from faelles.aktoer import Aktoer, Rettighed
from kommuner.middleware import AktoerRequest
from kommuner.session import sekunder_tilbage, varsel
from kommuner.totrin import mangler_totrin

_PUNKTER: tuple[tuple[str, str, Rettighed | None], ...] = (
    ("Min side", "start", None),
    ("Find tilbud", "soegning:soeg", Rettighed.TILBUD_LAES),
    ("Belægning", "tilbud:belaegning", Rettighed.PLADSER_BEKRAEFT),
    ("Tilbud", "tilbud:liste", Rettighed.TILBUD_LAES),
    ("Takster", "takster:liste", Rettighed.TAKSTER_SKRIV),
    ("Frist for takster", "takster:frister", Rettighed.AFTALER_SKRIV),
    ("Forespørgsler", "forespoergsler:liste", Rettighed.RESERVATIONER_LAES),
    ("Ventelister", "venteliste:liste", Rettighed.RESERVATIONER_LAES),
    ("Reservationer", "sag:liste", Rettighed.RESERVATIONER_LAES),
    ("Ophold", "ophold:liste", Rettighed.RESERVATIONER_LAES),
    ("Rammeaftaler", "rammeaftale:liste", Rettighed.RAMMEAFTALER_LAES),
    ("Rapporter", "rapporter:liste", Rettighed.RAPPORTER_LAES),
    ("API-klienter", "klienter:liste", Rettighed.KLIENTER_STYR),
    ("Personer", "personer:start", Rettighed.PERSONER_STYR),
    ("Personer", "personer:start", Rettighed.PERSONER_HJAELP),
    ("Ændringer", "spor:aendringer", Rettighed.LOG_LAES),
    ("Læsninger", "spor:laesninger", Rettighed.LOG_LAES),
)


def ramme(request: HttpRequest) -> dict[str, Any]:
    """`aktoer`, `tilknytninger` to choose among, the navigation the actor's rights allow, and how the log-in stands."""
    aktoer: Aktoer | None = getattr(request, "aktoer", None)
    navigation: list[dict[str, Any]] = []
    for navn, rute, rettighed in _PUNKTER if aktoer else ():
        if aktoer and (rettighed is None or aktoer.maa(rettighed)):
            url = reverse(rute)
            her = request.path == url if rute == "start" else request.path.startswith(url)
            # of two that stand one below the other in the address, the longer is where one is
            aktiv = her and not any(punkt["aktiv"] and punkt["url"].startswith(url) for punkt in navigation)
            navigation.append({"navn": navn, "url": url, "aktiv": aktiv})
    return {
        "aktoer": aktoer,
        "tilknytninger": getattr(request, "tilknytninger", []),
        "tilknytning": getattr(request, "tilknytning", None),
        "navigation": navigation,
        "totrin_mangler": SimpleLazyObject(lambda: mangler_totrin(cast(AktoerRequest, request))),
        "session_sekunder": sekunder_tilbage(request) if hasattr(request, "user") else 0,
        "session_varsel": varsel(),
        "version": settings.VERSION,
    }
