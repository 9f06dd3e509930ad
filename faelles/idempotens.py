"""A POST that makes a hold or money is safe to repeat: same key, same answer, done once.

The key's row is written in the transaction of the work, so a killed process leaves no key behind; an advisory lock tells
a repetition that arrives while the first is still at work; only answers that went through are kept.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django.db import connection, transaction
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.fejl import DomaeneFejl, Konflikt, UgyldigtInput
from faelles.models import Idempotensnoegle
from faelles.scope import som_systemet
from faelles.tid import nu

HOVED = "Idempotency-Key"
LAENGST = 255
BEVAREDE_HOVEDER = ("Location", "ETag")


class NoeglenErBrugt(DomaeneFejl):
    """The key belongs to another request (422)."""

    status = 422


def gentagelig(request: Request, klient: str, arbejde: Callable[[], Response]) -> Response:
    """Do the work once per client and key, and give the stored answer to every repetition.

    Raises UgyldigtInput without a usable key, NoeglenErBrugt when the key came with another request before, and Konflikt
    while the first request with the key is still being worked on.
    """
    noegle = request.headers.get(HOVED, "")
    if not (noegle.isascii() and noegle.isprintable() and len(noegle.strip()) > 0 and len(noegle) <= LAENGST):
        raise UgyldigtInput(
            "idempotency_key_mangler",
            f"Send hovedet {HOVED} med en ny, tilfældig nøgle (højst {LAENGST} tegn) for hver ny handling.",
        )
    aftryk = _aftryk(request)
    with transaction.atomic():
        kendt = _laas(klient, noegle)
        if kendt is not None:
            return _gentag(Idempotensnoegle.objects.get(pk=kendt), aftryk)
        svar = arbejde()
        Idempotensnoegle.objects.create(
            klient=klient,
            noegle=noegle,
            fingeraftryk=aftryk,
            status=svar.status_code,
            svar=JSONRenderer().render(svar.data).decode(),
            hoveder={navn: svar[navn] for navn in BEVAREDE_HOVEDER if navn in svar},
        )
        return svar


def _aftryk(request: Request) -> str:
    indhold: list[Any] = [request.method, request.path, request.data]
    return hashlib.sha256(json.dumps(indhold, sort_keys=True, default=str).encode()).hexdigest()


def _laas(klient: str, noegle: str) -> UUID | None:
    """The id of what is kept under the key, which is the caller's until the transaction ends."""
    tal = int.from_bytes(hashlib.sha256(f"{klient}\0{noegle}".encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("select faaet, kendt from faelles_laas_noegle(%s, %s, %s)", [tal, klient, noegle])
        faaet, kendt = cursor.fetchone() or (False, None)
    if not faaet:
        besked = "En forespørgsel med samme nøgle er i gang. Vent lidt, og send den samme igen."
        raise Konflikt("noegle_i_brug", besked, vent=1)
    return cast(UUID | None, kendt)


def _gentag(kendt: Idempotensnoegle, aftryk: str) -> Response:
    if kendt.fingeraftryk != aftryk:
        raise NoeglenErBrugt(
            "noegle_brugt", "Nøglen er brugt til en anden forespørgsel. Brug en ny nøgle til en ny handling."
        )
    return Response(
        json.loads(kendt.svar), status=kendt.status, headers={**kendt.hoveder, "Idempotent-Replayed": "true"}
    )


def ryd(alder: timedelta) -> int:
    """Delete the keys older than this; an answer may hold case data, so none is kept longer than a client can need it."""
    with som_systemet("keys grow old by the clock, whoever they belong to"):
        antal, _ = Idempotensnoegle.objects.filter(oprettet__lt=nu() - alder).delete()
    return antal
