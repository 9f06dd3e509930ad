"""What the two walls cost: the three busiest queries on cases as the application sends them, beside the same SQL as owner.

The application says who asks and is bound by row-level security; the owner does neither and is bound by nothing. Each has a
connection of its own and they take turns, so that the ratio stands still where the times do not.
"""

import os
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import connection, transaction
from django.db.models import Count
from django.test.utils import CaptureQueriesContext

from bench.resultat import Tal
from bench.tid import tag_tid
from faelles.aktoer import Aktoer
from faelles.scope import som_systemet
from faelles.spor import uden_historik
from faelles.tid import nu
from kommuner.models import Kommune, Organisation, Rolle
from kommuner.roller import ROLLEINDHOLD
from reservationer.sag import queries
from reservationer.sag.models import Reservation
from reservationer.sag.overgange import Tilstand
from tilbud.belaegning.models import Optagelse, Optagelsesart

SAGER = 20_000
HVER_AFVENTER = 50
PR_SIDE = 25
RUNDER = 100
HOEJST = 2  # times the owner's time
GRUND = "the measurement makes cases enough to be worth measuring"


@dataclass(frozen=True, slots=True)
class Spoergsmaal:
    """A query as the pages ask it."""

    navn: str
    spoerg: Callable[[], Any]


def maal() -> list[Tal]:
    """All three, asked by the buyer and the seller with most cases."""
    _lav_sager()
    koeber, saelger = _stoerst("handlekommune", Rolle.SAGSBEHANDLER), _stoerst("driftsherre", Rolle.TILBUDSLEDER)
    with transaction.atomic():
        seneste = queries.reservationer(koeber, nu()).order_by("-oprettet", "pk")[0]
    alle = (
        Spoergsmaal(
            "Egne reservationer, en side",
            lambda: list(queries.reservationer(koeber, nu()).order_by("-oprettet", "pk")[:PR_SIDE]),
        ),
        Spoergsmaal("Én reservation", lambda: queries.find(koeber, seneste.pk, nu())),
        Spoergsmaal("Startsiden, til svar", lambda: list(queries.afventende(saelger, nu()))),
    )
    return [tal for en in alle for tal in _maal(en)]


def _lav_sager() -> None:
    """A case for each of many stays, dealt among the municipalities; without history, which is not read here."""
    koebere = list(Kommune.objects.values_list("organisation_id", flat=True).order_by("kommunekode"))
    ophold = (
        Optagelse.objects.filter(art=Optagelsesart.OPHOLD, reservation=None)
        .order_by("pk")
        .values_list("pk", "plads__afdeling__tilbud", "plads__afdeling__tilbud__driftsherre")
    )
    with som_systemet(GRUND), uden_historik(Reservation):
        foerste = Reservation.objects.for_systemet(GRUND)[0]
        Reservation.objects.bulk_create(
            (
                Reservation(
                    optagelse_id=optagelse,
                    tilbud_id=tilbud,
                    handlekommune_id=koebere[nummer % len(koebere)],
                    driftsherre_id=driftsherre,
                    hjemmel_id=foerste.hjemmel_id,
                    vilkaarssaet_id=foerste.vilkaarssaet_id,
                    sagsreference=f"BENCH-{nummer}",
                    tilstand=Tilstand.BEKRAEFTET if nummer % HVER_AFVENTER else Tilstand.AFVENTER,
                    oprettet_af="bench",
                )
                for nummer, (optagelse, tilbud, driftsherre) in enumerate(ophold[:SAGER])
            ),
            batch_size=1000,
        )
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as ejer:
        ejer.execute("vacuum analyze sag_reservation")


def _stoerst(felt: str, rolle: Rolle) -> Aktoer:
    """Somebody of the organisation with most cases as `felt`."""
    with som_systemet(GRUND):
        antal = Reservation.objects.for_systemet(GRUND).values(felt).annotate(antal=Count("pk"))
        organisation = Organisation.objects.get(pk=antal.order_by("-antal")[0][felt])
    indhold = ROLLEINDHOLD[rolle]
    return Aktoer(
        organisation.pk, organisation.navn, indhold.funktion, indhold.rettigheder, "bruger:bench", rolle.label
    )


def _saetninger(spoergsmaal: Spoergsmaal) -> list[str]:
    """The SQL of a transaction that asks, with BEGIN and COMMIT and what it tells the database first."""
    with CaptureQueriesContext(connection) as fanget, transaction.atomic():
        spoergsmaal.spoerg()
    return [saetning["sql"] for saetning in fanget.captured_queries]


def _maal(spoergsmaal: Spoergsmaal) -> list[Tal]:
    saetninger = _saetninger(spoergsmaal)
    alene = [saetning for saetning in saetninger if "set_config" not in saetning]
    with _forbindelse("DATABASE_URL") as app, _forbindelse("DATABASE_OWNER_URL") as ejer:
        if (ventet := _koer(ejer, alene)) != _koer(app, saetninger):
            raise RuntimeError(f"{spoergsmaal.navn}: ejeren og applikationen fik ikke det samme")
        med, uden = tag_tid(lambda: _koer(app, saetninger), lambda: _koer(ejer, alene), runder=RUNDER)
    p50 = statistics.median(med)
    navn = f"Mure, {spoergsmaal.navn.lower()}"
    return [
        Tal(f"{navn}: rækker", ventet, ""),
        Tal(f"{navn}: p50", p50 * 1000, "ms"),
        Tal(f"{navn}: i forhold til ejeren", p50 / statistics.median(uden), "gange", hoejst=HOEJST),
    ]


def _forbindelse(hvem: str) -> psycopg.Connection:
    """Like Django's: nothing is prepared, so every statement is planned, and row-level security with it."""
    return psycopg.connect(os.environ[hvem], autocommit=True, prepare_threshold=None)


def _koer(forbindelse: psycopg.Connection, saetninger: list[str]) -> int:
    """Send them; returns how many rows the last one with any gave."""
    raekker = 0
    for saetning in saetninger:
        markoer = forbindelse.execute(saetning)
        if markoer.description:
            raekker = len(markoer.fetchall())
    return raekker
