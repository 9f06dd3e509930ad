"""A draft is discarded while another adds recipients to it, on two connections, with a control that shows the race."""

from collections.abc import Callable
from threading import Event
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError

from faelles.fejl import DomaeneFejl
from rammeaftale.hoering.actions import Modtagerindhold, fjern_hoering, forberedelse, tilfoej_modtagere
from rammeaftale.hoering.actions.faelles import laas_hoering
from rammeaftale.hoering.regler import Modtagerart
from rammeaftale.models import Hoering, Hoeringsmodtager
from tests import fabrik
from tests.kaploeb import loeb, til_en_venter
from tests.rammeaftale.hoering.situationer import kladde

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.kaploeb]

GLEMT = Modtagerindhold(Modtagerart.HANDICAPRAAD, "Handicaprådet i Rødovre", "handicapraad@roedovre.example")
FJERNER, TILFOEJER = "fjerner", "tilfoejer"


def efter_hinanden(
    foerst: str, find: Callable[..., Hoering], vent: Callable[[Event], object], monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    """Both at once, and how each went. The one that finds the hearing `foerst` lets the other begin, and goes on after `vent`."""
    hoering, hvem = kladde(), fabrik.sekretariat()
    fundet, faerdig = Event(), Event()
    udfald: dict[str, str] = {}

    def findes(*args: Any) -> Hoering:
        en = find(*args)
        if not fundet.is_set():
            fundet.set()
            vent(faerdig)
        return en

    monkeypatch.setattr(forberedelse, "laas_hoering", findes)
    gerninger: dict[str, Callable[[], object]] = {
        FJERNER: lambda: fjern_hoering(aktoer=hvem, hoering_id=hoering.pk),
        TILFOEJER: lambda: tilfoej_modtagere(aktoer=hvem, hoering_id=hoering.pk, modtagere=[GLEMT]),
    }

    def forsoeg(nummer: int) -> None:
        hvilken = foerst if nummer == 0 else ({FJERNER, TILFOEJER} - {foerst}).pop()
        if nummer:
            assert fundet.wait(timeout=20)
        try:
            gerninger[hvilken]()
            udfald[hvilken] = "gjort"
        except DomaeneFejl as fejl:
            udfald[hvilken] = fejl.kode
        except IntegrityError:
            udfald[hvilken] = "databasen"
        finally:
            if nummer:
                faerdig.set()

    loeb(forsoeg, 2)
    return udfald


@pytest.mark.parametrize(
    ("foerst", "udfald"),
    [
        (FJERNER, {FJERNER: "gjort", TILFOEJER: "hoering_ikke_fundet"}),
        (TILFOEJER, {FJERNER: "gjort", TILFOEJER: "gjort"}),
    ],
)
def test_draft_that_is_discarded_meanwhile_keeps_no_recipient(
    foerst: str, udfald: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert efter_hinanden(foerst, laas_hoering, lambda _: til_en_venter(), monkeypatch) == udfald
    assert (Hoering.objects.count(), Hoeringsmodtager.objects.count()) == (0, 0)


def test_control_without_the_lock_a_recipient_is_added_to_what_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    def laes(_aktoer: object, hoering_id: UUID, *_stande: object) -> Hoering:
        return Hoering.objects.get(pk=hoering_id)

    udfald = efter_hinanden(TILFOEJER, laes, lambda faerdig: faerdig.wait(timeout=20), monkeypatch)
    assert udfald == {FJERNER: "gjort", TILFOEJER: "databasen"}
    assert Hoeringsmodtager.objects.count() == 0
