"""What has happened, in figures: the rows of every table, and what the cases and the claims are now."""

from collections import Counter

import psycopg

from tests.kill.situation import ejer

# That somebody asked twice is logged twice; a session is the test's own.
ANDET = frozenset({"kommuner_laesning", "django_session", "usersessions_usersession"})
TILSTANDE = {
    "optagelse: %s": "select case when not aktiv then 'fri' else art end, count(*) from belaegning_optagelse group by 1",
    "reservation: %s": "select tilstand, count(*) from sag_reservation group by 1",
    "ophold: %s": "select tilstand, count(*) from sag_ophold group by 1",
}


def regnskab() -> Counter[str]:
    """Every figure. What happened between two of them is their `forskel`."""
    with ejer() as forbindelse:
        tabeller = [
            navn for (navn,) in forbindelse.execute("select tablename from pg_tables where schemaname = 'public'")
        ]
        taelles = sorted(set(tabeller) - ANDET)
        alle = " union all ".join(f"select '{navn}', count(*) from {navn}" for navn in taelles)
        tal = _tal(forbindelse, alle, "%s")
        for navn, sql in TILSTANDE.items():
            tal |= _tal(forbindelse, sql, navn)
    return tal


def _tal(forbindelse: psycopg.Connection, sql: str, navn: str) -> Counter[str]:
    return Counter({navn % hvad: antal for hvad, antal in forbindelse.execute(sql.encode()).fetchall()})


def forskel(efter: Counter[str], foer: Counter[str]) -> dict[str, int]:
    """The figures that are other than before, and by how much."""
    return {navn: efter[navn] - foer[navn] for navn in efter.keys() | foer.keys() if efter[navn] != foer[navn]}
