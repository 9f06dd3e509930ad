"""Figures of a takst's calculation in columns of their own: the database makes them, and they are the calculation's."""

from decimal import Decimal
from importlib import import_module
from typing import Any

import pgtrigger
import pytest
from django.db import ProgrammingError, connection, transaction

from takster.beregning.takst import Overhead, Overheadmetode, beregn_takst
from takster.models import Takst
from tests import fabrik
from tests.takster.beregning.eksempel import inddata
from tests.takster.budget.situationer import budget
from tests.takster.fastsaettelse.situationer import offentliggjort

pytestmark = pytest.mark.django_db
KONKRET = Overhead(metode=Overheadmetode.KONKRET, beloeb=Decimal("1234567.89"))


@pytest.mark.parametrize("andet", [{}, {"pladser": Decimal("7.5")}, {"aar": 2028}, {"overhead": KONKRET}])
def test_columns_of_a_takst_are_the_figures_of_its_calculation(andet: dict[str, Any]) -> None:
    resultat = beregn_takst(inddata(**andet))
    fundet = fabrik.takst(fabrik.afdeling(), beregning=resultat.som_json())
    fundet.refresh_from_db()
    (overhead,) = (trin.vaerdi for trin in resultat.trin if trin.tekst == "Overhead")
    assert (fundet.grundlag, fundet.overhead) == (resultat.grundlag, overhead)
    assert (fundet.pladser, fundet.dage) == (resultat.inddata.pladser, resultat.dage)


def test_takst_without_a_calculation_of_our_model_has_no_figures() -> None:
    andens = {**beregn_takst(inddata()).som_json(), "inddata": {"model": "ydelsespakker", "pladser": "1"}}
    for beregning in ({}, andens):
        fundet = fabrik.takst(fabrik.afdeling(), beregning=beregning)
        fundet.refresh_from_db()
        assert (fundet.grundlag, fundet.overhead, fundet.pladser, fundet.dage) == (None, None, None, None)


def test_columns_cannot_say_anything_else() -> None:
    fundet = fabrik.takst(fabrik.afdeling(), beregning=beregn_takst(inddata()).som_json())
    with pytest.raises(ProgrammingError, match="generated column"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE takster_takst SET grundlag = 1 WHERE id = %s", [fundet.pk])


def test_calculation_that_is_published_for_several_parts_says_how_many() -> None:
    fabrik.hjemmel("SEL-108")
    hvor = fabrik.afdeling(fabrik.tilbud(hjemler=("SEL-107", "SEL-108")))
    offentliggjort(budget(hvor.tilbud))
    assert [et.delt_paa for et in Takst.objects.all()] == [2, 2]


def test_migration_says_of_how_many_parts_what_was_published_before_is_for() -> None:
    fabrik.hjemmel("SEL-108")
    to = fabrik.afdeling(fabrik.tilbud(hjemler=("SEL-107", "SEL-108")))
    en = fabrik.afdeling(fabrik.tilbud(hjemler=("SEL-107",)))
    for afdeling in (to, en):
        offentliggjort(budget(afdeling.tilbud))
    indlaest = fabrik.takst(fabrik.afdeling())
    delt_paa = import_module("takster.migrations.0006_tal_af_beregningen").DELT_PAA
    with pgtrigger.ignore("takster.Takst:takst_uforanderlig"):
        Takst.objects.update(delt_paa=1)
        with connection.cursor() as cursor:
            cursor.execute(delt_paa)
    assert list(Takst.objects.filter(afdeling=to).values_list("delt_paa", flat=True)) == [2, 2]
    assert list(Takst.objects.exclude(afdeling=to).values_list("delt_paa", flat=True)) == [1, 1]
    assert indlaest.delt_paa == 1
