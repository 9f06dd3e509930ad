"""Two answers by one link at once, with a control."""

import pytest

from rammeaftale.hoering.actions import svar
from rammeaftale.hoering.regler import Linkstand
from rammeaftale.models import Hoeringssvar
from tests.kaploeb import RIVALER, loeb, overlappede
from tests.rammeaftale.hoering.situationer import (
    besvar,
    noegle,
    sendt,
)

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)
def test_two_answers_by_one_link_at_once_become_one() -> None:
    """Control: with the question asked before the lock, the database itself stops the others."""
    sendt()
    med = noegle()

    def svar_samtidig(nummer: int) -> None:
        besvar(med, {None: f"Svar {nummer}"})

    resultater = loeb(svar_samtidig)
    assert overlappede(resultater)
    assert sorted(r.fejl or "vandt" for r in resultater) == ["hoeringslink_lukket"] * (RIVALER - 1) + ["vandt"]
    assert Hoeringssvar.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_database_stops_the_second_answer_when_the_rule_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    sendt()
    med = noegle()
    monkeypatch.setattr(svar, "linkets_stand", lambda *_: Linkstand.AABENT)
    besvar(med)
    with pytest.raises(Exception, match="link_id"):
        besvar(med)
