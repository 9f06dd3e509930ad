"""Several register the level of one offer at once: each sees what those before it did, and the days never overlap."""

from datetime import date
from itertools import pairwise

import pytest
from django.db import IntegrityError

from faelles.fejl import Konflikt
from faelles.tid import Periode
from tests import fabrik
from tests.kaploeb import loeb, overlappede
from tilbud.models import Niveau, Tilbud
from tilbud.niveauer import actions

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.kaploeb]


def registrer_paa_en_gang() -> list[str | None]:
    """Each rival from a day of its own, the levels taking turns. Asserts that they really were at work together."""
    tilbud, sekretariat = fabrik.tilbud(), fabrik.sekretariat()

    def forsoeg(nummer: int) -> None:
        try:
            actions.registrer_niveau(
                aktoer=sekretariat, tilbud_id=tilbud.pk, niveau=nummer % 3 + 1, fra=date(2020 + nummer, 1, 1), grund="x"
            )
        except IntegrityError as fejl:
            raise Konflikt("overlap", "") from fejl

    resultater = loeb(forsoeg)
    assert overlappede(resultater)
    return [resultat.fejl for resultat in resultater]


def test_everyone_gets_in_and_the_periods_follow_each_other() -> None:
    udfald = registrer_paa_en_gang()
    assert set(udfald) <= {None, "niveau_uaendret"}  # who comes after one on the same level has nothing to change
    perioder = [Periode.af_range(p) for p in Niveau.objects.order_by("periode").values_list("periode", flat=True)]
    assert len(perioder) == udfald.count(None) > 1
    assert all(foer.til == efter.fra for foer, efter in pairwise(perioder))


def test_without_the_lock_the_database_turns_some_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "_laas", lambda tilbud_id: Tilbud.objects.filter(pk=tilbud_id).first())
    assert "overlap" in registrer_paa_en_gang()
