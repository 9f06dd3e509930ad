"""Two equal reports at once: one is made, and the other is told that it waits for an answer."""

import time
from typing import Any

import pytest

from tests import fabrik
from tests.kaploeb import loeb, overlappede
from tilbud.fejlmeldinger import actions
from tilbud.models import Fejlmelding, Tilbud
from vilkaar.queries import gaeldende_i_kommune

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("med_laas", [True, False], ids=["laast", "kontrol_uden_laas"])
def test_equal_reports_at_once_become_one(monkeypatch: pytest.MonkeyPatch, med_laas: bool) -> None:
    tilbud, hvem = fabrik.tilbud(), fabrik.sagsbehandler()
    fabrik.kkr()
    find = gaeldende_i_kommune

    def sent(*args: Any) -> Any:
        time.sleep(0.7)  # after it was asked whether there is one, before it is made
        return find(*args)

    monkeypatch.setattr(actions, "gaeldende_i_kommune", sent)
    if not med_laas:
        monkeypatch.setattr(actions, "_laas", lambda pk: Tilbud.objects.select_related("driftsherre").get(pk=pk))

    def meld(_nummer: int) -> None:
        actions.meld(aktoer=hvem, tilbud_id=tilbud.pk, faktum=fabrik.Faktum.ALDER, besked="Det er fra 21 år")

    resultater = loeb(meld, 2)
    assert overlappede(resultater)
    assert Fejlmelding.objects.count() == (1 if med_laas else 2)
    assert {r.fejl for r in resultater} == ({None, "fejl_allerede_meldt"} if med_laas else {None})
