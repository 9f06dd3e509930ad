"""What the jobs that make notes share. How each kind is set is filled in by the floors' `tasks`, which only the workers import."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from faelles.fejl import Konflikt
from faelles.job import Fremdrift

TRIN = ("Sætter siderne", "Kontrollerer PDF")

Saetter = Callable[[Any], bytes]
Kontrol = Callable[[bytes], Sequence[str]]
_vaerktoej: dict[str, tuple[Saetter, Kontrol]] = {}


def brug(jobtype: str, saet: Saetter, kontroller: Kontrol) -> None:
    """Say how a kind of note is set and looked through (`tasks` does, in the worker)."""
    _vaerktoej[jobtype] = (saet, kontroller)


def lav(fremdrift: Fremdrift, jobtype: str, om: Any) -> bytes:
    """The note as PDF. `om` is all the note needs: it is set without the database, so that it can be stopped. Raises Konflikt with the list when it is not accessible."""
    saet, kontroller = _vaerktoej[jobtype]
    fremdrift.meld(TRIN[0], 0, len(TRIN))
    with fremdrift.langt_trin():
        pdf = saet(om)
    fremdrift.meld(TRIN[1], 1, len(TRIN))
    with fremdrift.langt_trin():
        problemer = kontroller(pdf)
    if problemer:
        raise Konflikt(
            "notat_ikke_tilgaengeligt", f"PDF-filen bestod ikke kontrollen og er ikke gemt: {' '.join(problemer)}"
        )
    return pdf


@contextmanager
def et_oejeblik() -> Iterator[None]:
    """Read everything a note says as it is at one instant, and write nothing."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def som_fil(pdf: bytes) -> dict[str, Any]:
    """The columns of a row that keeps the note."""
    return {"pdf": pdf, "sha256": hashlib.sha256(pdf).hexdigest()}
