"""How much demo data a scale gives, and that rows written by COPY meet the same guards as all others."""

from collections import Counter
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from django.db import connection, transaction
from psycopg.errors import ExclusionViolation

from faelles.ids import uuid7
from faelles.spor import uden_historik
from faelles.tid import Periode
from rammeaftale.demo.belaegning import optagelser
from rammeaftale.demo.kopi import kopier
from rammeaftale.demo.register import HVERDAGE, DemoPlads
from rammeaftale.demo.skala import RATER, SKALAER
from tests import fabrik
from tilbud.belaegning.models import Optagelse, Optagelsesart
from tilbud.models import Pladsart, Tilbud
from tilbud.models.register import Tilbudshjemmel, alle_ugedage

DAG = date(2026, 11, 28)


def demoplads(art: Pladsart, fra: date) -> DemoPlads:
    """A place the ledger is to fill."""
    ugedage = HVERDAGE if art is Pladsart.DAG else alle_ugedage()
    return DemoPlads(uuid7(), art, tuple(ugedage), Periode(fra), fredet=False)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("navn", ["hovedstaden", "landet"])
def test_number_of_claims_is_about_what_the_scale_says(navn: str, seed: int) -> None:
    # A tenth of the places and of the claims; three in ten are day places, and one in five opens on the way.
    hele = SKALAER[navn]
    skala = replace(hele, ophold=hele.ophold // 10)
    pladser = [
        demoplads(Pladsart.DAG if n % 10 < 3 else Pladsart.DOEGN, date(2016 + (n % 10 if n % 5 == 0 else 0), 1, 1))
        for n in range(hele.pladser // 10)
    ]
    rng = Random(seed)  # noqa: S311 - repeatable, not secret
    antal = sum(1 for _ in optagelser(skala, pladser, rng, DAG))
    assert antal == pytest.approx(skala.ophold, rel=0.04)


@pytest.mark.django_db
def test_kopier_writes_what_save_writes() -> None:
    model, kopi = fabrik.tilbud("Ærø Bo"), Tilbud.objects.get()
    kopi.pk, kopi.navn, kopi.metoder, kopi.fysiske_traek = uuid7(), 'Kopi "af", \\N', ["a, b"], ["elevator"]
    with uden_historik(Tilbud):
        assert kopier([kopi]) == 1
    gemt = Tilbud.objects.get(pk=kopi.pk)
    felter = {felt.attname for felt in Tilbud._meta.concrete_fields}
    assert {navn: getattr(gemt, navn) for navn in felter} == {navn: getattr(kopi, navn) for navn in felter}
    assert gemt.driftsherre_id == model.driftsherre_id


@pytest.mark.django_db
def test_kopier_leaves_counted_keys_to_the_database_and_nothing_to_copy_alone() -> None:
    hjemler = Tilbud.hjemler.through
    nye = [hjemler(tilbud_id=fabrik.tilbud("A").pk, hjemmel_id=fabrik.hjemmel(f"SEL-10{n}").pk) for n in (3, 4)]
    with uden_historik(Tilbudshjemmel):
        assert kopier(iter(nye)) == 2
        assert kopier([]) == 0
    assert hjemler.objects.filter(hjemmel__in=["SEL-103", "SEL-104"]).count() == 2


@pytest.mark.django_db
def test_uden_historik_silences_a_copy_that_comes_first_and_nothing_after_it() -> None:
    hjemler = Tilbud.hjemler.through
    foerste, anden = (hjemler(tilbud_id=fabrik.tilbud(n).pk, hjemmel_id=fabrik.hjemmel("SEL-103").pk) for n in "AB")
    spor = Tilbudshjemmel.pgh_event_model.objects.for_systemet("the test counts")
    foer = spor.count()
    with uden_historik(Tilbudshjemmel):
        kopier([foerste])
    assert spor.count() == foer
    kopier([anden])
    assert spor.count() == foer + 1


@pytest.mark.django_db
def test_claims_by_copy_that_overlap_are_refused_by_the_ledger() -> None:
    plads = fabrik.ledig_plads()
    to = [
        Optagelse(plads=plads, periode=Periode(fabrik.om(fra), fabrik.om(fra + 10)).som_range, art=Optagelsesart.OPHOLD)
        for fra in (0, 9)
    ]
    with (
        uden_historik(Optagelse),
        pytest.raises(ExclusionViolation, match="optagelse_ingen_overlap"),
        transaction.atomic(),
    ):
        kopier(to)


@pytest.mark.django_db
def test_no_constraint_is_left_unchecked_and_no_trigger_switched_off(lille: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select conname from pg_constraint where not convalidated")
        assert cursor.fetchall() == []
        cursor.execute("select tgname from pg_trigger where tgenabled <> 'O'")
        assert cursor.fetchall() == []
    assert lille


@pytest.mark.django_db
@pytest.mark.usefixtures("lille")
def test_small_scale_is_about_as_large_as_it_says() -> None:
    skala = SKALAER["lille"]
    assert Tilbud.objects.count() == skala.tilbud
    antal = Counter(Optagelse.objects.values_list("art", flat=True))
    assert antal.total() == pytest.approx(skala.ophold, rel=0.15)
    assert antal[Optagelsesart.LUKKET] >= RATER.lukket_plads
