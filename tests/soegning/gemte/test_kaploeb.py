"""Several runs over the saved searches at once tell each fit once, and one that is deleted meanwhile is gone."""

from threading import Event
from typing import Any

import pytest
from django.core import mail
from django.db import transaction

from reservationer.soegning.gemte import actions
from reservationer.soegning.gemte.actions import proev_alle, slet
from reservationer.soegning.models import GemtSoegning, Soegefund
from reservationer.soegning.queries import fundne
from tests import fabrik
from tests.kaploeb import loeb, til_en_venter

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


def test_search_deleted_while_it_is_tried_is_gone_with_what_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    af, soegning = fabrik.sagsbehandler(), fabrik.gemt_soegning()
    fabrik.bekraeftet(fabrik.ledig_plads().afdeling)
    i_gang = Event()

    def langsomt(*hvad: Any, **andet: Any) -> Any:
        i_gang.set()
        til_en_venter()
        return fundne(*hvad, **andet)

    monkeypatch.setattr(actions, "fundne", langsomt)

    def forsoeg(nummer: int) -> None:
        if nummer == 0:
            assert proev_alle() == 1
        else:
            i_gang.wait(timeout=20)
            slet(aktoer=af, soegning_id=soegning.pk)

    loeb(forsoeg, 2)
    with transaction.atomic():
        assert not GemtSoegning.objects.for_systemet("tests").exists()
        assert not Soegefund.objects.for_systemet("tests").exists()
