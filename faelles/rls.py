"""Migration operations that put row-level security on tenant tables and logs (second wall behind the scoped managers)."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from pghistory.utils import JSONField


def politik(betingelse: str) -> str:
    """The expression of a policy: the system sees everything, everybody else the rows for which the condition holds.

    A CASE, not an OR: of an OR of comparisons PostgreSQL believes that hardly a row passes, and plans joins and orders
    for one row where there are hundreds (measured by bench/mure.py). Of a CASE it believes nothing in particular. The
    function is asked once per query (a subselect), not per row.
    """
    return f"CASE WHEN (SELECT app_funktion()) = 'system' THEN true ELSE ({betingelse}) END"


def raekkesikkerhed(tabel: str, betingelse: str) -> migrations.RunSQL:
    """Enable row-level security on a table: a row is visible, and may be written, only where the condition holds.

    The condition may use the functions app_organisation(), app_funktion(), app_tilbud() and app_identitet() of faelles'
    migrations. The system (`faelles.scope.for_systemet`) passes every policy; the owner role, which only migrates and loads
    data, is exempt.
    """
    return migrations.RunSQL(
        sql=[
            f"ALTER TABLE {tabel} ENABLE ROW LEVEL SECURITY",
            f"CREATE POLICY {tabel}_aktoer ON {tabel} USING ({politik(betingelse)})",
        ],
        reverse_sql=[f"DROP POLICY {tabel}_aktoer ON {tabel}", f"ALTER TABLE {tabel} DISABLE ROW LEVEL SECURITY"],
    )


def ny_betingelse(tabel: str, foer: str, nu: str) -> migrations.RunSQL:
    """Change the condition of a table that has row-level security already; `foer` is what a way back restores."""

    def sql(betingelse: str) -> str:
        return f"ALTER POLICY {tabel}_aktoer ON {tabel} USING ({politik(betingelse)})"

    return migrations.RunSQL(sql=[sql(nu)], reverse_sql=[sql(foer)])


def afgraens(tabel: str, betingelse: str) -> migrations.RunSQL:
    """Hide rows of a table under row-level security from every actor, whatever its policy else shows; the system still sees them."""
    return migrations.RunSQL(
        sql=f"CREATE POLICY {tabel}_afgraenset ON {tabel} AS RESTRICTIVE USING ({politik(betingelse)})",
        reverse_sql=f"DROP POLICY {tabel}_afgraenset ON {tabel}",
    )


def logsikkerhed(tabel: str, indsaet: str) -> migrations.RunSQL:
    """Row-level security of a log, a table with `vedroerer`: read by the administration of the organisations it concerns.

    `indsaet` says who may add a row. Only the system may change or delete one, and only past the table's trigger
    (`faelles.spor.maa_rettes`). The condition on reading is one indexable comparison; see app_logindsigt().
    """
    politikker = {
        "laes": "FOR SELECT USING (vedroerer @> app_logindsigt())",
        "indsaet": f"FOR INSERT WITH CHECK ({indsaet})",
        "ret": "FOR UPDATE USING (app_funktion() = 'system')",
        "slet": "FOR DELETE USING (app_funktion() = 'system')",
    }
    return migrations.RunSQL(
        sql=[
            f"ALTER TABLE {tabel} ENABLE ROW LEVEL SECURITY",
            *(f"CREATE POLICY {tabel}_{navn} ON {tabel} {politik}" for navn, politik in politikker.items()),
        ],
        reverse_sql=[
            *(f"DROP POLICY {tabel}_{navn} ON {tabel}" for navn in politikker),
            f"ALTER TABLE {tabel} DISABLE ROW LEVEL SECURITY",
        ],
    )


def sporsikkerhed(tabel: str) -> migrations.RunSQL:
    """Row-level security of a history table (`…event`): its rows come from the triggers of the followed table alone."""
    return logsikkerhed(tabel, "pg_trigger_depth() > 0")


def overtag_historik(model: str, tabel: str, vedroerer: str) -> migrations.SeparateDatabaseAndState:
    """Take over a history table from before changes had to have a sender (faelles.spor).

    The sender moves in from pghistory's common table, or is said to be unknown; `vedroerer` is SQL as for `foelges`, with
    `ny` for the row. The table's policy goes: `sporsikkerhed` gives it another.
    """
    saetninger = (
        f"DROP POLICY IF EXISTS {tabel}_aktoer ON {tabel}",
        f"ALTER TABLE {tabel} ADD COLUMN pgh_context jsonb, ADD COLUMN vedroerer uuid[]",
        f"""
        UPDATE {tabel} AS ny
        SET pgh_context = coalesce((SELECT metadata FROM pghistory_context k WHERE k.id = ny.pgh_context_id), '{{"identitet": "ukendt"}}'),
            vedroerer = ARRAY(SELECT DISTINCT id FROM ({vedroerer}) AS fundne (id) WHERE id IS NOT NULL)
        """,  # noqa: S608 - names and SQL of our own migrations
        f"ALTER TABLE {tabel} ALTER COLUMN pgh_context SET NOT NULL, ALTER COLUMN vedroerer SET NOT NULL, DROP COLUMN pgh_context_id",
    )
    return migrations.SeparateDatabaseAndState(
        database_operations=[migrations.RunSQL(saetninger, migrations.RunSQL.noop)],
        state_operations=[
            migrations.RemoveField(model, "pgh_context"),
            migrations.AddField(model, "pgh_context", JSONField(default=dict), preserve_default=False),
            migrations.AddField(
                model, "vedroerer", ArrayField(models.UUIDField(), default=list, editable=False), preserve_default=False
            ),
        ],
    )
