"""Ten years of claims in the ledger: stays one after another on each place, with gaps."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from random import Random

from django.db import connection

from faelles.ids import uuid7
from faelles.tid import Periode, nu
from rammeaftale.demo.register import DemoPlads
from rammeaftale.demo.skala import RATER, Skala
from tilbud.belaegning.models import Optagelsesart
from tilbud.models import Pladsart

KORTEST = 14  # days
FORM = 1.5  # of the gamma distribution the lengths are drawn from
Raekke = tuple[DemoPlads, Periode, list[int], Optagelsesart]


def indlaes(skala: Skala, pladser: Sequence[DemoPlads], rng: Random, dag: date) -> int:
    """COPY the claims into the ledger; the exclusion constraint watches here as everywhere. Returns how many."""
    antal, tidspunkt = 0, nu()
    kolonner = "id, plads_id, periode, ugedage, art, udloeber, aktiv, oprettet"
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY belaegning_optagelse ({kolonner}) FROM STDIN") as kopi,
    ):
        for plads, periode, ugedage, art in optagelser(skala, pladser, rng, dag):
            kopi.write_row((uuid7(), plads.id, periode.som_range, ugedage, art.value, None, True, tidspunkt))
            antal += 1
    return antal


def _middel(skala: Skala, pladser: Iterable[DemoPlads], dag: date) -> float:
    """Mean length of a stay (days) that fills the places with about the wanted number of stays.

    A place that is taken from its first day holds (variance + square of the mean) / (2 x square of the mean) stays more
    than its days divided by the mean (renewal theory): each place begins with a whole stay and ends in the middle of one.
    """
    pladsdage, raekker = 0.0, 0.0
    for plads in pladser:
        if plads.fredet:
            continue
        delt = plads.art is Pladsart.DAG
        borgere = (1 - RATER.forbeholdt_dagplads) * (1 + RATER.delt_dagplads) if delt else 1
        pladsdage += (min(plads.periode.til or dag, dag) - plads.periode.fra).days * borgere
        raekker += borgere
    return pladsdage * RATER.belaegning / (skala.ophold - raekker * (1 + 1 / FORM) / 2)


def optagelser(skala: Skala, pladser: Sequence[DemoPlads], rng: Random, dag: date) -> Iterator[Raekke]:
    """The claims of ten years up to the day, place by place: about as many as the scale wants."""
    middel = _middel(skala, pladser, dag)
    for nummer, plads in enumerate(pladser):
        # Counted, not drawn, so that even the small scale has one; the very first place is always in use.
        luk = nummer % round(1 / RATER.lukket_plads) == 0
        ugedage = list(plads.ugedage)
        if plads.fredet:
            continue
        if plads.art is Pladsart.DAG and rng.random() < RATER.forbeholdt_dagplads:
            yield plads, plads.periode, ugedage, Optagelsesart.FORBEHOLDT
        elif plads.art is Pladsart.DAG and rng.random() < RATER.delt_dagplads:
            for del_ in (ugedage[:3], ugedage[3:]):
                yield from _ophold(plads, del_, rng, dag, middel, luk=luk)
        else:
            yield from _ophold(plads, ugedage, rng, dag, middel, luk=luk)


def _ophold(
    plads: DemoPlads, ugedage: list[int], rng: Random, dag: date, middel: float, *, luk: bool
) -> Iterator[Raekke]:
    """Stays from the place's opening to today; the one that covers today may be open-ended or end on a known day.

    With `luk` the place is closed a while first.
    """
    pause = middel * (1 - RATER.belaegning) / RATER.belaegning
    slut = plads.periode.til
    # In the steady state from the first day, so that the first year is like the others.
    fra = plads.periode.fra
    if rng.random() >= RATER.belaegning:
        fra += timedelta(days=round(rng.expovariate(1 / pause)))
    while fra < dag and (slut is None or fra < slut):
        laengde = rng.randint(30, 90) if luk else max(KORTEST, round(rng.gammavariate(FORM, middel / FORM)))
        art, luk = (Optagelsesart.LUKKET if luk else Optagelsesart.OPHOLD), False
        sidste = fra + timedelta(days=laengde)
        uden_slutdato = (
            sidste > dag and art is Optagelsesart.OPHOLD and slut is None and rng.random() < RATER.uden_kendt_udflytning
        )
        til = None if uden_slutdato else min(sidste, slut or sidste)
        yield plads, Periode(fra, til), ugedage, art
        if til is None:
            return
        fra = til + timedelta(days=round(rng.expovariate(1 / pause)))
