"""Computing the country's takster of a year again as one job, as a worker does it, beside the pure engine alone on the same inputs."""

import statistics
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.kald import taeller
from bench.resultat import Tal
from bench.tid import tag_tid
from faelles import job
from faelles.aktoer import Aktoer
from faelles.tid import Periode, idag
from kommuner.models import Kommune, Rolle
from kommuner.roller import ROLLEINDHOLD
from takster.beregning.modeller import beregn
from takster.kontrol.actions import bestil
from takster.kontrol.job import PORTION
from takster.models import Takst, Takstkontrol

TILBUD = 6_500
HOEJST = 3  # times the engine: reading, comparing every step, progress and storing
PR_PORTION = 4  # its takster, and three for the progress
DESUDEN = 13  # ordering, beginning and ending the job, and finding the takster
RUNDER = 5


def maal(kommune: Kommune) -> list[Tal]:
    """Statements, and time beside the engine, in turns. Raises AssertionError when the control is not of the whole country, or finds a difference."""
    indhold, aar = ROLLEINDHOLD[Rolle.SAGSBEHANDLER], idag().year
    hvem = Aktoer(
        kommune.organisation_id, str(kommune.organisation), indhold.funktion, indhold.rettigheder, "bruger:bench", ""
    )

    def hele() -> None:
        job.koer(bestil(aktoer=hvem, aar=aar).pk)

    with CaptureQueriesContext(connection) as sendt:
        hele()
    kontrol = Takstkontrol.objects.filter(aar=aar)[0]
    if kontrol.antal < TILBUD or kontrol.uden or kontrol.forskelle:
        raise AssertionError(f"{kontrol.antal} takster, {kontrol.uden} uden, {len(kontrol.forskelle)} forskelle")
    aarets = Takst.objects.filter(periode__overlap=Periode.aar(aar).som_range)
    alle = [beregning["inddata"] for beregning in aarets.values_list("beregning", flat=True)]
    tider = tag_tid(hele, lambda: _motoren(alle), runder=RUNDER)
    job_tid, motor_tid = (statistics.median(tid) for tid in tider)
    hoejst = DESUDEN + PR_PORTION * -(-kontrol.antal // PORTION)
    saetninger = sum(taeller(et["sql"]) for et in sendt.captured_queries)
    return [
        Tal("Landet, kontrolregning: takster i året", kontrol.antal, ""),
        Tal("Landet, kontrolregning: takster i sekundet", kontrol.antal / job_tid, "takster/s"),
        Tal("Landet, kontrolregning: sætninger", saetninger, "sætninger", hoejst=hoejst),
        Tal("Landet, kontrolregning: i forhold til motoren alene", job_tid / motor_tid, "gange", hoejst=HOEJST),
    ]


def _motoren(alle: list[Any]) -> None:
    for inddata in alle:
        beregn(inddata)
