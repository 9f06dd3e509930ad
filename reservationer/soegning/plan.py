"""How the database is told to read when a search is limited to a KKR: row by row from what lies in it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

# Each of them reads a table from one end to the other, as the planner does with the short ones (departments) when it is quicker.
HELE_TABELLER = ("enable_seqscan", "enable_hashjoin", "enable_mergejoin")


@contextmanager
def kun_egne_raekker() -> Iterator[None]:
    """Inside, rows are looked up by what they belong to wherever an index can, so that nothing of others is read."""
    with transaction.atomic():
        _saet("off")
        yield
        _saet("on")


def _saet(vaerdi: str) -> None:
    dele = ", ".join("set_config(%s, %s, true)" for _ in HELE_TABELLER)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {dele}", [led for navn in HELE_TABELLER for led in (navn, vaerdi)])
