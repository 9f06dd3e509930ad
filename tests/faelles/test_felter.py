"""Columns of text: no CPR number is written in one, nor in a list of them; looking for one is no error."""

from typing import Any

import pytest
from django.db import connection, models

from faelles.cpr import BESKED
from faelles.fejl import UgyldigtInput
from faelles.felter import Email, Fritekst, Fritekster, Langtekst, Link
from tests import fabrik
from tilbud.models import Tilbud

CPR = "010203-1234"


def navngivet(felt: Any) -> Any:
    felt.set_attributes_from_name("tekst")
    return felt


@pytest.mark.parametrize(
    "felt",
    [Fritekst(max_length=80), Langtekst(), Link(), Email(), Fritekster(models.CharField(max_length=80))],
    ids=repr,
)
def test_column_refuses_to_be_given_a_cpr_number_and_does_not_repeat_it(felt: Any) -> None:
    liste = isinstance(felt, Fritekster)
    with pytest.raises(UgyldigtInput) as fejl:
        navngivet(felt).get_db_prep_save(["god", CPR] if liste else CPR, connection)
    assert fejl.value.felter == {"tekst": [BESKED]}
    assert felt.get_db_prep_save(["god"] if liste else "god", connection) == (["god"] if liste else "god")


@pytest.mark.django_db
def test_looking_for_a_cpr_number_finds_nothing_and_is_no_error() -> None:
    fabrik.tilbud("Solbakken")
    assert not Tilbud.objects.filter(navn=CPR).exists()
    assert not Tilbud.objects.filter(navn__in=[CPR]).exists()
    assert not Tilbud.objects.filter(metoder__contains=[CPR]).exists()
    assert not Tilbud.objects.filter(adresse__contains=CPR).exists()


@pytest.mark.parametrize(
    ("felt", "almindelig"),
    [
        (Fritekst(), "django.db.models.CharField"),
        (Langtekst(), "django.db.models.TextField"),
        (Link(), "django.db.models.URLField"),
        (Email(), "django.db.models.EmailField"),
        (Fritekster(models.CharField(max_length=80)), "django.contrib.postgres.fields.ArrayField"),
    ],
    ids=repr,
)
def test_migrations_see_the_plain_column(felt: Any, almindelig: str) -> None:
    assert felt.deconstruct()[1] == almindelig
