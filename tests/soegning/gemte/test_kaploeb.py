"""Several runs over the saved searches at once tell each fit once."""

import pytest
from django.core import mail
from django.db import transaction

from reservationer.soegning.gemte.actions import proev_alle
from reservationer.soegning.models import Soegefund
from tests import fabrik
from tests.kaploeb import loeb

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.kaploeb]


def test_runs_at_once_tell_a_fit_once() -> None:
    fabrik.gemt_soegning()
    fabrik.bekraeftet(fabrik.ledig_plads().afdeling)
    meldte: list[int] = []
    resultater = loeb(lambda _nummer: meldte.append(proev_alle()), 4)
    assert [resultat.fejl for resultat in resultater] == [None] * 4
    assert sum(meldte) == 1
    assert len(mail.outbox) == 1
    with transaction.atomic():
        assert Soegefund.objects.for_systemet("tests").count() == 1
