"""The operator's own id leads to one row, whatever the file says it belongs to."""

import threading
import time

import pytest
from django.db import IntegrityError, transaction

from faelles.fejl import Konflikt
from tests import fabrik
from tests.kaploeb import loeb
from tests.tilbud.registerimport.situationer import (
    AFDELING,
    GODKENDELSE,
    PLADS,
    TILBUD,
    bog,
    kladde,
    ventende_import,
)
from tilbud.models import Plads, Registerimport, Tilbud
from tilbud.registerimport.actions import godkend

pytestmark = pytest.mark.django_db


def gennemfoert(fil: bytes) -> Registerimport:
    return godkend(aktoer=fabrik.tilbudsleder(), import_id=ventende_import(fil).pk)


def regler(registerimport: Registerimport) -> list[tuple[str, int, str]]:
    return [(ark, raekke, kolonne) for ark, raekke, kolonne, *_ in registerimport.fejl]


T2, A2 = {**TILBUD, "Id": "T2", "Navn": "Lindegården"}, {**AFDELING, "Id": "A2", "Navn": "Annekset"}


@pytest.mark.parametrize(
    ("fil", "ventet", "sted"),
    [
        (bog([], [A2], [{**PLADS, "Afdeling": "A2"}]), ("Pladser", 2, "Afdeling"), "Hovedhuset i Kærgården"),
        (
            bog([T2], [{**A2, "Tilbud": "T2"}], [{**PLADS, "Tilbud": "T2", "Afdeling": "A2"}]),
            ("Pladser", 2, "Afdeling"),
            "Hovedhuset",
        ),
        (
            bog([T2], [{**AFDELING, "Tilbud": "T2"}], [{**PLADS, "Tilbud": "T2"}]),
            ("Afdelinger", 2, "Tilbud"),
            "Kærgården",
        ),
        (bog([T2], Godkendelser=[{**GODKENDELSE, "Tilbud": "T2"}]), ("Godkendelser", 2, "Tilbud"), "Kærgården"),
    ],
    ids=["place to another department", "place to another offer", "department with its place", "approval"],
)
def test_what_a_file_moves_stays_the_one_it_is_and_is_a_fault_that_says_where_it_is(
    fil: bytes, ventet: tuple[str, int, str], sted: str
) -> None:
    gennemfoert(bog([TILBUD], [AFDELING], [PLADS], Godkendelser=[GODKENDELSE]))
    fundet = kladde(fil)
    assert regler(fundet) == [ventet]
    assert f"Id'et er registreret i {sted}" in fundet.fejl[0][4]
    assert (Plads.objects.count(), Plads.objects.get().afdeling.ekstern_id) == (1, "A1")


def test_same_id_in_two_departments_of_a_file_is_a_fault_as_the_two_would_be_one_the_next_time() -> None:
    fil = bog([TILBUD], [AFDELING, A2], [PLADS, {**PLADS, "Afdeling": "A2"}])
    assert regler(kladde(fil)) == [("Pladser", 3, "Id")]


def test_id_the_operator_has_given_to_a_place_the_leader_does_not_work_with_is_refused_at_once() -> None:
    gennemfoert(bog([TILBUD, T2], [AFDELING, {**A2, "Tilbud": "T2"}], [PLADS]))
    leder = fabrik.tilbudsleder_for(Tilbud.objects.get(ekstern_id="T2"))
    fundet = kladde(bog([], [], [{**PLADS, "Tilbud": "T2", "Afdeling": "A2"}]), af=leder)
    assert regler(fundet) == [("Pladser", 2, "Id")]


def test_id_of_the_platform_or_ones_own_is_the_same_in_capitals() -> None:
    eget = "6f1e7c21-9a40-4f0d-8c11-0197f3a00001"
    gennemfoert(bog([TILBUD], [AFDELING], [{**PLADS, "Id": eget.upper()}]))
    tilbud, plads = Tilbud.objects.get(), Plads.objects.get()
    fil = bog([{**TILBUD, "Id": str(tilbud.pk).upper()}], [], [{**PLADS, "Tilbud": str(tilbud.pk).upper(), "Id": eget}])
    igen = kladde(fil)
    assert (igen.nye, igen.aendrede, igen.uaendrede) == (0, 0, 2)
    Plads.objects.filter(pk=plads.pk).update(ekstern_id=eget.upper())  # as they were kept before
    assert kladde(fil).uaendrede == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.kaploeb
def test_two_places_with_one_id_in_two_offers_at_once_are_one_and_a_refusal() -> None:
    afdelinger = [fabrik.afdeling(fabrik.tilbud(i="Gladsaxe")) for _ in range(2)]
    klar = threading.Barrier(2)

    def forsoeg(nummer: int) -> None:
        try:
            with transaction.atomic():
                klar.wait(timeout=20)
                fabrik.ledig_plads(afdelinger[nummer], ekstern_id="P1")
                time.sleep(0.3)
        except IntegrityError as fejl:
            raise Konflikt("samme_id", str(fejl)) from fejl

    assert {r.fejl for r in loeb(forsoeg, 2)} == {None, "samme_id"}
    assert Plads.objects.filter(ekstern_id="P1").count() == 1
