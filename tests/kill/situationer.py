"""A page's form, sent to a server as a browser sends it."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
from django.conf import settings
from django.test import Client

from bench.kaploeb import SVARFRIST
from faelles.tid import Periode
from kommuner.models import Rolle
from tests import fabrik
from tests.kill.situation import PERIODE


@dataclass(frozen=True)
class Skema:
    """A page's form, sent by a browser somebody has logged in with."""

    sti: str
    felter: dict[str, str]
    kager: dict[str, str]

    def send(self, adresse: str) -> httpx.Response:
        """Ask once; raises httpx.TransportError when the server goes away."""
        hoveder = {"Cookie": "; ".join(f"{navn}={vaerdi}" for navn, vaerdi in self.kager.items())}
        return httpx.post(f"{adresse}{self.sti}", data=self.felter, headers=hoveder, timeout=SVARFRIST)


def skema(rolle: Rolle, hos: str, sti: str, **felter: Any) -> Skema:
    """The form, filled in by somebody with the role in the municipality."""
    browser, bevis = Client(), secrets.token_hex(16)
    browser.force_login(fabrik.bruger(rolle, fabrik.kommune(hos).organisation))
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value
    return Skema(
        sti,
        {"csrfmiddlewaretoken": bevis, **{navn: str(vaerdi) for navn, vaerdi in felter.items()}},
        {settings.SESSION_COOKIE_NAME: session, settings.CSRF_COOKIE_NAME: bevis},
    )


def reserver_skema(plads_id: UUID, hos: str = "Rødovre", periode: Periode = PERIODE) -> Skema:
    """The page's form; the last day in it is the last one there."""
    til = (periode.til - timedelta(days=1)).isoformat() if periode.til else ""
    return skema(
        Rolle.SAGSBEHANDLER, hos, "/reservationer/ny", plads=plads_id, fra=periode.fra.isoformat(), til=til,
        hjemmel="SEL-107", sagsreference="sag",
    )  # fmt: skip
