"""Two bodies take up a new case of the same name at once, on connections of their own; with a control that shows the race."""

from collections.abc import Callable
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError

from faelles.fejl import Konflikt, UgyldigtInput
from faelles.tid import idag
from rammeaftale.models import Moede, Organsag
from rammeaftale.moeder import actions
from rammeaftale.moeder.actions import Sagsvalg, registrer_beslutning
from rammeaftale.moeder.regler import Organudfald
from rammeaftale.organer.regler import Organart
from tests import fabrik
from tests.kaploeb import loeb, til_en_venter
from tests.rammeaftale.moeder.situationer import organ_i

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.kaploeb]
TITEL = "Analyse af befordring"


def begge_tager_sagen_op(mellem: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """KKR and its embedsmandsudvalg do; `mellem` happens when the name is found free and before the case is written."""
    aftale, sagen = fabrik.aftale(), actions._sagen
    organer = [organ_i(aftale, art) for art in (Organart.KKR, Organart.EMBEDSMANDSUDVALG)]

    def skriv(*args: Any) -> Organsag:
        mellem()
        return sagen(*args)

    monkeypatch.setattr(actions, "_sagen", skriv)

    def tag_op(nr: int) -> None:
        try:
            registrer_beslutning(
                aktoer=fabrik.sekretariat(),
                organ_id=organer[nr].pk,
                dato=idag(),
                sag=Sagsvalg(titel=TITEL),
                udfald=Organudfald.TIL_EFTERRETNING,
            )
        except UgyldigtInput as fejl:
            raise Konflikt(" ".join(fejl.felter), "") from fejl
        except IntegrityError as fejl:
            raise Konflikt("databasen", "") from fejl

    udfald = [en.fejl for en in loeb(tag_op, 2)]
    assert (Organsag.objects.filter(titel=TITEL).count(), Moede.objects.count()) == (1, 1)
    return sorted(udfald, key=str)


def test_case_another_body_takes_up_at_once_is_told_at_its_title(monkeypatch: pytest.MonkeyPatch) -> None:
    den_foerste = iter([True])

    def mellem() -> None:
        if next(den_foerste, False):
            til_en_venter()

    assert begge_tager_sagen_op(mellem, monkeypatch) == [None, "titel"]


def test_control_without_the_lock_the_database_alone_refuses_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "laas_kkr", lambda _: None)
    begge = Barrier(2)
    assert begge_tager_sagen_op(lambda: begge.wait(timeout=20), monkeypatch) == [None, "databasen"]
