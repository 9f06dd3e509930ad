"""What finding the terms costs: all terms of 6,500 offers through a year, in one statement, beside that statement alone.

Every term is looked up for every offer, each where it lies: its value, the clause that sets it and the set it stands in.
"""

import statistics
from operator import itemgetter

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.resultat import Tal
from bench.tid import tag_tid
from faelles.tid import Periode, idag
from tilbud.models import Tilbud
from vilkaar.kalender import SQL, vilkaarskalender
from vilkaar.noegler import Noegle

TILBUD = 6_500
RUNDER = 40
HOEJST = 20  # times the statement alone: reading some thousand values as numbers and words, and looking 700,000 up
ALLE = itemgetter(*Noegle)


def maal() -> list[Tal]:
    """Statements, and time beside the bare SQL, in turns; the offers are the country's own, each where it lies."""
    tilbud = list(Tilbud.objects.order_by("pk").values_list("beliggenhedskommune", flat=True))
    if len(tilbud) < TILBUD:
        raise AssertionError(f"Der er kun {len(tilbud)} tilbud af {TILBUD}")
    aar = Periode.aar(idag().year)
    with CaptureQueriesContext(connection) as sendt:
        fundet = _slaa_op(tilbud, aar)
    ventet = len(tilbud) * aar.dage * len(Noegle)
    if fundet != ventet:
        raise AssertionError(f"{fundet} vilkår er slået op, talt for hver dag og hvert tilbud, af {ventet}")
    hele, alene = (statistics.median(tider) for tider in tag_tid(lambda: _slaa_op(tilbud, aar), _alene, runder=RUNDER))
    return [
        Tal("Landet, vilkår: sætninger for 6.500 tilbud i et år", len(sendt), "sætninger", praecis=1),
        Tal("Landet, vilkår: 6.500 tilbud i et år, p50", hele * 1000, "ms"),
        Tal("Landet, vilkår: i forhold til samme SQL alene", hele / alene, "gange", hoejst=HOEJST),
    ]


def _slaa_op(tilbud: list[str], aar: Periode) -> int:
    """Every offer's terms in each stretch of the year; how many that is, counted for every day of every offer. KeyError when one lacks any."""
    kalender = vilkaarskalender(aar)
    fundet = 0
    for kode in tilbud:
        for periode, vilkaar in kalender.i_perioden(kode):
            vaerdier, _klausuler, _saet = ALLE(vilkaar.vaerdier), ALLE(vilkaar.klausuler), vilkaar.saet_id
            fundet += len(vaerdier) * periode.dage
    return fundet


def _alene() -> None:
    with connection.cursor() as cursor:
        cursor.execute(SQL)
        cursor.fetchall()
