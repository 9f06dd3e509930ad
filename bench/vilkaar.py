"""What finding the terms costs: all terms of 6,500 offers through a year, in one statement, beside that statement alone."""

import statistics

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.resultat import Tal
from bench.tid import tag_tid
from faelles.tid import Periode, idag
from tilbud.models import Tilbud
from vilkaar.kalender import SQL, vilkaarskalender

TILBUD = 6_500
RUNDER = 40
HOEJST = 20  # times the statement alone: reading some thousand values as numbers and words, and splitting 98 municipalities' years


def maal() -> list[Tal]:
    """Statements, and time beside the bare SQL, in turns; the offers are the country's own, each where it lies."""
    tilbud = list(Tilbud.objects.order_by("pk").values_list("beliggenhedskommune", flat=True))
    if len(tilbud) < TILBUD:
        raise AssertionError(f"Der er kun {len(tilbud)} tilbud af {TILBUD}")
    aar = Periode.aar(idag().year)
    with CaptureQueriesContext(connection) as sendt:
        fundet = _slaa_op(tilbud, aar)
    if fundet != len(tilbud) * aar.dage:
        raise AssertionError(f"{fundet} af {len(tilbud) * aar.dage} tilbudsdage har vilkår")
    hele, alene = (statistics.median(tider) for tider in tag_tid(lambda: _slaa_op(tilbud, aar), _alene, runder=RUNDER))
    return [
        Tal("Landet, vilkår: sætninger for 6.500 tilbud i et år", len(sendt), "sætninger", praecis=1),
        Tal("Landet, vilkår: 6.500 tilbud i et år, p50", hele * 1000, "ms"),
        Tal("Landet, vilkår: i forhold til samme SQL alene", hele / alene, "gange", hoejst=HOEJST),
    ]


def _slaa_op(tilbud: list[str], aar: Periode) -> int:
    """Every offer's stretches of the year with their terms; how many days of offers that is."""
    kalender = vilkaarskalender(aar)
    return sum(periode.dage for kode in tilbud for periode, _ in kalender.i_perioden(kode))


def _alene() -> None:
    with connection.cursor() as cursor:
        cursor.execute(SQL)
        cursor.fetchall()
