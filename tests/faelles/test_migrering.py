"""What our `migrate` only notes is there all the same: every rule, index and trigger of every model, others' too."""

import pgtrigger.registry
import pytest
from django.apps import apps
from django.db import connection

pytestmark = pytest.mark.django_db


def navne(sql: str) -> set[tuple[str, str]]:
    """(table, name) of everything of a kind in the database."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return set(cursor.fetchall())


def test_every_rule_and_index_of_every_model_is_in_the_database() -> None:
    fundet = navne("SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE conrelid > 0") | navne(
        "SELECT tablename::text, indexname::text FROM pg_indexes"
    )
    ventet = {
        (model._meta.db_table, hvad.name)
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy
        for hvad in (*model._meta.constraints, *model._meta.indexes)
    }
    assert len(ventet) > 300, "a control: the models have them"
    assert ventet <= fundet


def test_every_trigger_of_every_model_is_in_the_database() -> None:
    fundet = navne("SELECT tgrelid::regclass::text, tgname::text FROM pg_trigger WHERE NOT tgisinternal")
    ventet = {(model._meta.db_table, trigger.get_pgid(model)) for model, trigger in pgtrigger.registry.registered()}
    assert len(ventet) > 300, "a control: the models have them"
    assert ventet <= fundet
