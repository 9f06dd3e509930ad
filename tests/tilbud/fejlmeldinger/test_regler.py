"""The pure rules of reports: the table of steps, and how they lower the badge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faelles.aktoer import Funktion
from faelles.fejl import Konflikt
from tilbud.fejlmeldinger.modtager import modtager
from tilbud.fejlmeldinger.overgange import AABNE, OVERGANGE, Fejltilstand, Part, Skridt, find, mulige
from tilbud.fejlmeldinger.tillid import Fejltal, Tillid, tillid
from tilbud.friskhed import Friskhed
from tilbud.models import Faktum

EJER, MELDER = frozenset({Part.EJER}), frozenset({Part.MELDER})


def test_secretariat_owns_level_and_clusters_and_the_operator_the_rest() -> None:
    dens = {faktum for faktum in Faktum if modtager(faktum, har_sekretariat=True) is Funktion.SEKRETARIAT}
    assert dens == {Faktum.SPECIALISERING, Faktum.KLYNGER}
    assert {modtager(faktum, har_sekretariat=True) for faktum in set(Faktum) - dens} == {Funktion.DRIFTSHERRE}
    assert {modtager(faktum, har_sekretariat=False) for faktum in Faktum} == {Funktion.DRIFTSHERRE}


@pytest.mark.parametrize("tilstand", sorted(AABNE))
def test_owner_answers_and_reporter_withdraws_an_open_report(tilstand: Fejltilstand) -> None:
    assert find(tilstand, Skridt.RET, EJER).til is Fejltilstand.RETTET
    assert find(tilstand, Skridt.AFVIS, EJER).til is Fejltilstand.AFVIST
    assert find(tilstand, Skridt.TRAEK, MELDER).til is Fejltilstand.TRUKKET
    for skridt, parter in ((Skridt.RET, MELDER), (Skridt.TRAEK, EJER), (Skridt.BEGYND, MELDER)):
        with pytest.raises(Konflikt, match="kan ikke"):
            find(tilstand, skridt, parter)


@pytest.mark.parametrize("tilstand", sorted(set(Fejltilstand) - AABNE))
def test_closed_report_is_closed_for_both(tilstand: Fejltilstand) -> None:
    assert mulige(tilstand, EJER | MELDER) == ()


def test_every_answer_has_words_and_nothing_else_has() -> None:
    assert {o.skridt for o in OVERGANGE if o.med_svar} == {Skridt.RET, Skridt.AFVIS}


@pytest.mark.parametrize(
    ("friskhed", "aabne", "overskredne", "ventet"),
    [
        (Friskhed.FRISK, 0, 0, Tillid.HOEJ),
        (Friskhed.FRISK, 1, 0, Tillid.NEDSAT),
        (Friskhed.FRISK, 9, 0, Tillid.NEDSAT),
        (Friskhed.FRISK, 1, 1, Tillid.LAV),
        (Friskhed.FORFALDEN, 0, 0, Tillid.NEDSAT),
        (Friskhed.FORFALDEN, 1, 0, Tillid.LAV),
        (Friskhed.UKENDT, 0, 0, Tillid.LAV),
    ],
)
def test_tillid_worked_cases(friskhed: Friskhed, aabne: int, overskredne: int, ventet: Tillid) -> None:
    assert tillid(friskhed, Fejltal(aabne, overskredne)) is ventet


@given(st.sampled_from(Friskhed), st.integers(0, 50), st.integers(0, 50))
def test_an_open_report_never_raises_the_badge_and_an_answer_never_lowers_it(
    friskhed: Friskhed, aabne: int, overskredne: int
) -> None:
    foer, efter = Fejltal(aabne, min(aabne, overskredne)), Fejltal(aabne + 1, min(aabne, overskredne))
    assert tillid(friskhed, efter) >= tillid(friskhed, foer) >= tillid(friskhed, Fejltal())
