"""The test database, for processes of their own."""

import os
from urllib.parse import urlsplit, urlunsplit

from django.db import connection, models

from faelles.scope import saet_database_aktoer, som_systemet


def database_url(rolle: str = "DATABASE_URL") -> str:
    """The environment's URL (DATABASE_URL, or DATABASE_OWNER_URL) with the test database in its place."""
    return urlunsplit(urlsplit(os.environ[rolle])._replace(path=f"/{connection.settings_dict['NAME']}"))


def steder_med(tekst: str) -> set[str]:
    """The tables in which some row holds the text in some column, history tables too. Call inside a transaction."""
    saet_database_aktoer(None)
    with connection.cursor() as cursor:
        fundne = set()
        for tabel in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{tabel}" AS r WHERE strpos(r::text, %s) > 0)', [tekst])
            raekke = cursor.fetchone()
            if raekke and raekke[0]:
                fundne.add(tabel)
        return fundne


def genlaes(raekke: models.Model) -> None:
    """The row as it is in the database now, whoever may see it."""
    with som_systemet("the test looks"):
        raekke.refresh_from_db()
