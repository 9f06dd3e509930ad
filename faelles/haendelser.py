"""Events: published in the transaction of the change, heard in it by the floors above, numbered after commit, read in the order of their numbers."""

from collections.abc import Callable
from uuid import UUID

from django.db import connection, transaction

from faelles.models import Haendelse

# One relay at a time: numbers are given in one transaction after another, so a reader never sees 8 before 7 exists.
_RELAE_LAAS = 7_301_001
_lyttere: dict[str, list[Callable[[str], None]]] = {}


def ved(type_: str) -> Callable[[Callable[[str], None]], Callable[[str], None]]:
    """Let a function hear every event of the type: called with the id of its entity in the transaction of the change, so that both happen or none."""

    def registrer(lytter: Callable[[str], None]) -> Callable[[str], None]:
        _lyttere.setdefault(type_, []).append(lytter)
        return lytter

    return registrer


def publicer(type_: str, entitet: str, entitet_id: UUID | str) -> Haendelse:
    """Write an event into the outbox. Call inside the transaction of the change; without it the change and the event could part."""
    if not connection.in_atomic_block:
        raise RuntimeError("En hændelse publiceres i samme transaktion som ændringen")
    haendelse = Haendelse.objects.create(type=type_, entitet=entitet, entitet_id=str(entitet_id))
    for lytter in _lyttere.get(type_, ()):
        lytter(haendelse.entitet_id)
    return haendelse


def nummerer(hoejst: int = 1000) -> list[Haendelse]:
    """Give feed numbers to committed events and return those numbered now; does nothing while another relay is at it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [_RELAE_LAAS])
        if not cursor.fetchone()[0]:
            return []
        cursor.execute("select coalesce(max(nummer), 0) from faelles_haendelse")
        nummer = cursor.fetchone()[0]
        nye = list(Haendelse.objects.filter(nummer__isnull=True).order_by("tidspunkt", "id")[:hoejst])
        for haendelse in nye:
            nummer += 1
            haendelse.nummer = nummer
        Haendelse.objects.bulk_update(nye, ["nummer"])
        return nye
