"""Every column that holds one of a few words has a CHECK of its own: the database refuses all others, whoever writes."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models

# Without one yet: the column is only written by actions that know the words.
UDEN = {
    "kommuner.Administratorforslag.udfald",
    "kommuner.Personhjaelp.handling",
    "sag.Besked.funktion",
    "sag.Beslutning.grund",
    "sag.Beslutning.udfald",
    "sag.Ophold.indgang",
    "sag.Ophold.udskrivningsgrund",
    "sag.Opholdsansvar.grund",
    "sag.Opsigelse.funktion",
}
VORES = ("faelles", "kommuner", "rammeaftale", "reservationer", "takster", "tilbud", "vilkaar")


def valgfelter() -> Iterator[Any]:
    """Every column with choices; a history table keeps what its own table had."""
    for model in apps.get_models():
        if model.__module__.split(".")[0] in VORES and not hasattr(model, "pgh_tracked_model"):
            yield from (felt for felt in model._meta.local_concrete_fields if felt.choices)


def vaerdier(felt: "models.Field[Any, Any]") -> list[Any]:
    return [vaerdi for vaerdi, _ in felt.flatchoices] + ([""] if felt.blank and not felt.null else [])


def afviser(felt: "models.Field[Any, Any]", regel: str, vaerdi: object) -> bool:
    """Whether the rule refuses a row of this value alone, whatever stands in its other columns."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT ({regel.replace('%', '%%')}) IS FALSE FROM jsonb_populate_record(NULL::{felt.model._meta.db_table}, %s)",
            [json.dumps({felt.column: vaerdi})],
        )
        return bool(cursor.fetchone()[0])


def har_regel(felt: "models.Field[Any, Any]") -> bool:
    """Whether a CHECK refuses a word that is none of the choices, and none that is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_expr(conbin, conrelid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c'",
            [felt.model._meta.db_table],
        )
        regler = [regel for (regel,) in cursor.fetchall() if felt.column in regel]
    ukendt = 99 if isinstance(felt, models.IntegerField) else "?"
    return any(
        afviser(felt, regel, ukendt) and not any(afviser(felt, regel, vaerdi) for vaerdi in vaerdier(felt))
        for regel in regler
    )


@pytest.mark.django_db
def test_database_refuses_a_word_no_column_of_choices_has() -> None:
    uden = {f"{felt.model._meta.label}.{felt.name}" for felt in valgfelter() if not har_regel(felt)}
    assert uden == UDEN
