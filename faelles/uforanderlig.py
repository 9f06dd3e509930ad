"""Append-only tables: the database itself refuses to change or delete their rows."""

import pgtrigger


def kun_tilfoejes(navn: str) -> pgtrigger.Protect:
    """Trigger for `Meta.triggers`: rows can be added, never updated or deleted, whatever path is used."""
    return pgtrigger.Protect(name=navn, operation=pgtrigger.Update | pgtrigger.Delete)
