"""Occupancy counted in the database against days counted one by one."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from faelles.tid import Periode
from rammeaftale.rapporter.rammeaftalen.pladsdage import Pladsdage, pladsdage, taksttal
from tests import fabrik
from tilbud.belaegning.models import Optagelse, Optagelsesart
from tilbud.models import Plads, Tilbud

FOERSTE = date(2025, 12, 20)
dage = st.integers(0, 40).map(lambda nr: FOERSTE + timedelta(days=nr))
perioder = st.tuples(dage, st.integers(1, 25)).map(lambda par: Periode(par[0], par[0] + timedelta(days=par[1])))
aabne_perioder = perioder | dage.map(Periode)
ugedage = st.sets(st.integers(1, 7), min_size=1).map(sorted)
krav = st.lists(st.tuples(aabne_perioder, ugedage, st.sampled_from(Optagelsesart), st.booleans()), max_size=4)
pladser = st.lists(st.tuples(aabne_perioder, ugedage, krav), max_size=3)


def talt_for_haand(tilbud: Tilbud, periode: Periode) -> Pladsdage:
    """The definition of the method chapter, day by day."""
    aabne = belagte = 0
    ophold = set()
    for plads in Plads.objects.filter(afdeling__tilbud=tilbud):
        dag = periode.fra
        while periode.indeholder(dag):
            aaben = (
                Periode.af_range(plads.periode).indeholder(dag)
                and dag.isoweekday() in plads.ugedage
                and (tilbud.lukket_fra is None or dag < tilbud.lukket_fra)
            )
            her = [
                o
                for o in plads.optagelser.filter(aktiv=True)
                if Periode.af_range(o.periode).indeholder(dag) and dag.isoweekday() in o.ugedage
            ]
            if aaben and not any(o.art == Optagelsesart.LUKKET for o in her):
                aabne += 1
                med_ophold = [o.id for o in her if o.art == Optagelsesart.OPHOLD]
                belagte += len(med_ophold)
                ophold.update(med_ophold)
            dag += timedelta(days=1)
    return Pladsdage(aabne=aabne, belagte=belagte, ophold=len(ophold))


class PladsdageTest(TestCase):
    """hypothesis rolls back after each example."""

    @settings(max_examples=60, suppress_health_check=list(HealthCheck))
    @example(  # a stay on more weekdays than the place is open, and a closed spell, in an offer that closes
        pladser=[
            (
                Periode(FOERSTE),
                [1, 2],
                [
                    (Periode(FOERSTE, FOERSTE + timedelta(days=14)), [1, 3], Optagelsesart.OPHOLD, True),
                    (Periode(FOERSTE + timedelta(days=14)), [2], Optagelsesart.LUKKET, True),
                ],
            )
        ],
        periode=Periode(FOERSTE, FOERSTE + timedelta(days=60)),
        lukker=FOERSTE + timedelta(days=40),
    )
    @given(pladser=pladser, periode=perioder, lukker=st.none() | dage)
    def test_place_days_are_those_counted_day_by_day(self, pladser: Any, periode: Periode, lukker: date | None) -> None:
        tilbud = fabrik.tilbud(lukket_fra=lukker)
        afdeling = fabrik.afdeling(tilbud)
        for aaben, aabne_dage, kravene in pladser:
            plads = fabrik.ledig_plads(afdeling, fra=aaben.fra, til=aaben.til, ugedage=aabne_dage)
            for taget, dagene, art, aktiv in kravene:
                self._optag(plads, taget, dagene, art, aktiv=aktiv)
        svar = pladsdage([tilbud.id], periode).get(tilbud.id, Pladsdage(0, 0, 0))
        assert svar == talt_for_haand(tilbud, periode)

    @staticmethod
    def _optag(plads: Plads, periode: Periode, dagene: list[int], art: Optagelsesart, *, aktiv: bool) -> None:
        """As far as the ledger lets it."""
        udloeber = fabrik.nu() if art == Optagelsesart.HOLD else None
        try:
            with transaction.atomic():
                Optagelse.objects.create(
                    plads=plads, periode=periode.som_range, ugedage=dagene, art=art, udloeber=udloeber, aktiv=aktiv
                )
        except IntegrityError:
            assert Optagelse.objects.filter(plads=plads, aktiv=True).exists()


@pytest.mark.django_db
def test_takst_carries_the_open_place_days_of_its_department_while_it_holds() -> None:
    afdeling = fabrik.afdeling()
    for _ in range(3):
        fabrik.ledig_plads(afdeling)
    fabrik.ledig_plads(fabrik.afdeling(afdeling.tilbud, navn="Nabohuset"))
    fabrik.takst(afdeling, "2000.00", fra=date(2026, 1, 1), til=date(2026, 2, 1))
    fabrik.takst(afdeling, "2100.00", fra=date(2026, 2, 1), til=None)
    fundne = taksttal([afdeling.tilbud_id], Periode.aar(2026))
    assert [(int(takst.beloeb), takst.pladsdage) for takst in fundne] == [(2000, 93), (2100, 3 * 334)]


@pytest.mark.django_db
def test_department_without_places_still_shows_its_takst() -> None:
    afdeling = fabrik.afdeling()
    fabrik.takst(afdeling)
    assert [takst.pladsdage for takst in taksttal([afdeling.tilbud_id], Periode.aar(2026))] == [0]
