"""Migration operation that puts row-level security on a tenant table (second wall behind the scoped managers)."""

from django.db import migrations


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
