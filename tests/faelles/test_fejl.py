"""What a refusal of the database means to people."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from faelles.fejl import som_konflikt
from faelles.tid import Periode
from tests import fabrik

pytestmark = pytest.mark.django_db


def afvisning(aendring: object) -> DatabaseError:
    """The error the database gives for a change."""
    with pytest.raises(DatabaseError) as fejl, transaction.atomic():
        aendring()  # type: ignore[operator]  # a callable
    return fejl.value


def test_som_konflikt_speaks_of_the_place_only_when_it_is_about_a_place() -> None:
    plads, periode = fabrik.ledig_plads(), Periode(fabrik.om(1), fabrik.om(9))
    fabrik.optag(plads, periode)
    konflikt = som_konflikt(afvisning(lambda: fabrik.optag(plads, periode)))
    assert konflikt is not None
    assert konflikt.kode == "pladsen_er_optaget"


def test_som_konflikt_other_overlaps_are_said_in_general_words() -> None:
    kkr = fabrik.kkr()
    konflikt = som_konflikt(afvisning(lambda: fabrik.vilkaar(kkr, fra=date(2026, 1, 1))))
    assert konflikt is not None
    assert konflikt.kode == "overlap"
    assert "lads" not in konflikt.besked


def test_som_konflikt_leaves_other_errors_alone() -> None:
    tilbud = fabrik.tilbud()
    assert (
        som_konflikt(afvisning(lambda: fabrik.tilbud(alder_fra=40, alder_til=30, driftsherre=tilbud.driftsherre)))
        is None
    )
