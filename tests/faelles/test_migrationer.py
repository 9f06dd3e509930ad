"""What every migration keeps to."""

import re

from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunSQL

KROP = re.compile(r"\$(\w*)\$.*?\$\1\$", re.DOTALL)
UDEN_HISTORIK = "DISABLE TRIGGER USER"
AENDRER = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)


def flere_i_et(sql: object) -> bool:
    """Whether a text of several statements, which is sent as one, changes rows in a later one, and their history is written."""
    if not isinstance(sql, str) or UDEN_HISTORIK in sql:
        return False
    foerste, *resten = KROP.sub("", sql).split(";")
    return not AENDRER.match(foerste) and any(AENDRER.match(saetning) for saetning in resten)


def test_rows_are_changed_by_statements_that_say_who_changes_them() -> None:
    """Who is told in front of what is sent, when it begins with a change; without it the history refuses the row."""
    fundne = [
        f"{navn}: skriv sætningerne som en liste"
        for navn, migration in MigrationLoader(None).disk_migrations.items()
        for trin in migration.operations
        if isinstance(trin, RunSQL) and flere_i_et(trin.sql)
    ]
    assert fundne == []


def test_text_of_several_statements_is_found_by_its_later_change() -> None:
    assert flere_i_et("ALTER TABLE t DISABLE TRIGGER x; UPDATE t SET a = 1; ALTER TABLE t ENABLE TRIGGER x")
    assert not flere_i_et("UPDATE t SET a = 1; ALTER TABLE t ENABLE TRIGGER x")
    assert not flere_i_et("CREATE FUNCTION f() AS $$ BEGIN; UPDATE t SET a = 1; END $$ LANGUAGE plpgsql")
    assert not flere_i_et(["ALTER TABLE t DISABLE TRIGGER x", "UPDATE t SET a = 1"])
