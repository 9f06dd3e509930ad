from datetime import date

import pytest
from django.db import IntegrityError, transaction

from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.models import Haendelse
from faelles.spor import historik
from faelles.tid import Periode
from tests import fabrik
from tilbud.models import Niveau, Tilbud
from tilbud.niveauer.actions import registrer_niveau

pytestmark = pytest.mark.django_db
FRA = date(2026, 3, 1)


def registreret(tilbud: Tilbud) -> list[tuple[int, Periode, str]]:
    return [(n.niveau, Periode.af_range(n.periode), n.grund) for n in tilbud.niveauer.order_by("periode")]


def registrer(tilbud: Tilbud, niveau: int = 1, fra: date = FRA, grund: str = "Viden samles") -> Niveau:
    return registrer_niveau(aktoer=fabrik.sekretariat(), tilbud_id=tilbud.pk, niveau=niveau, fra=fra, grund=grund)


def test_level_is_registered_from_a_day_and_ends_the_one_before() -> None:
    tilbud = fabrik.tilbud()
    fabrik.niveau(tilbud, 3, fra=date(2020, 1, 1))
    registrer(tilbud)
    assert registreret(tilbud) == [
        (3, Periode(date(2020, 1, 1), FRA), "Test"),
        (1, Periode(FRA), "Viden samles"),
    ]
    assert Haendelse.objects.filter(type="tilbud.niveau_registreret", entitet_id=tilbud.pk).count() == 1


def test_level_from_the_same_day_replaces_and_the_history_keeps_it() -> None:
    tilbud = fabrik.tilbud()
    gammelt = fabrik.niveau(tilbud, 3, fra=FRA)
    registrer(tilbud, 2, grund="Rettet")
    assert registreret(tilbud) == [(2, Periode(FRA), "Rettet")]
    with transaction.atomic():
        spor = historik(Niveau).objects.for_systemet("test").filter(pgh_obj=gammelt.pk)
        assert list(spor.order_by("pgh_id").values_list("niveau", "grund")) == [(3, "Test"), (2, "Rettet")]


def test_level_before_another_holds_until_that_begins() -> None:
    tilbud = fabrik.tilbud()
    fabrik.niveau(tilbud, 3, fra=FRA)
    registrer(tilbud, 2, date(2025, 1, 1))
    assert registreret(tilbud)[0] == (2, Periode(date(2025, 1, 1), FRA), "Viden samles")


def test_same_level_again_is_refused_and_changes_nothing() -> None:
    tilbud = fabrik.tilbud()
    fabrik.niveau(tilbud, 1, fra=date(2020, 1, 1))
    with pytest.raises(Konflikt, match="allerede på niveau 1"):
        registrer(tilbud)
    assert registreret(tilbud) == [(1, Periode(date(2020, 1, 1)), "Test")]


def test_all_faults_are_told_at_once() -> None:
    tilbud = fabrik.tilbud(lukket_fra=FRA)
    with pytest.raises(UgyldigtInput) as fejl:
        registrer(tilbud, 4, FRA, "  ")
    assert set(fejl.value.felter) == {"niveau", "fra", "grund"}
    with pytest.raises(UgyldigtInput) as fejl:
        registrer(tilbud, 1, date(2026, 2, 28), "010203-1234")
    assert set(fejl.value.felter) == {"grund"}
    assert registreret(tilbud) == []


def test_only_the_secretariat_of_the_offers_kkr_registers() -> None:
    tilbud = fabrik.tilbud()
    felter = {"tilbud_id": tilbud.pk, "niveau": 1, "fra": FRA, "grund": "Viden samles"}
    with pytest.raises(IkkeFundet):
        registrer_niveau(aktoer=fabrik.sekretariat("KKR Syddanmark"), **felter)  # type: ignore[arg-type]  # as above
    with pytest.raises(IngenAdgang):
        registrer_niveau(aktoer=fabrik.tilbudsleder(), **felter)  # type: ignore[arg-type]  # as above
    assert registreret(tilbud) == []


def test_database_refuses_two_levels_on_a_day_and_one_without_reason() -> None:
    tilbud = fabrik.tilbud()
    fabrik.niveau(tilbud, 1)
    with pytest.raises(IntegrityError, match="niveau_et_ad_gangen"), transaction.atomic():
        fabrik.niveau(tilbud, 2, fra=FRA)
    with pytest.raises(IntegrityError, match="niveau_har_begrundelse"), transaction.atomic():
        Niveau.objects.create(tilbud=fabrik.tilbud(), niveau=1, periode=Periode(FRA).som_range, grund="")
