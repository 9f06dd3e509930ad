"""The job that makes the note. What sets the pages is filled in by `soegning.tasks`, which only the workers import."""

import hashlib
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from faelles.fejl import Konflikt
from faelles.job import Fremdrift, jobtype
from faelles.scope import som_systemet
from reservationer.soegning.models import Fritvalgsnotat, Fritvalgsproeve

JOBTYPE = "fritvalgsnotat"
TRIN = ("Sætter siderne", "Kontrollerer PDF")
NOTAT = "the note of a check is made by the platform, whoever ordered it"

Saetter = Callable[[Fritvalgsproeve], bytes]
Kontrol = Callable[[bytes], Sequence[str]]
_vaerktoej: list[tuple[Saetter, Kontrol]] = []


def brug(saet: Saetter, kontroller: Kontrol) -> None:
    """Say how a note is set and looked through (`tasks` does, in the worker)."""
    _vaerktoej[:] = [(saet, kontroller)]


@jobtype(JOBTYPE, koe="rapport")
def lav_notat(fremdrift: Fremdrift, parametre: dict[str, Any]) -> None:
    """Make the PDF of a check and store it. Raises Konflikt with the list when it is not accessible."""
    (saet, kontroller) = _vaerktoej[0]
    with som_systemet(NOTAT):
        proeve = (
            Fritvalgsproeve.objects.for_systemet(NOTAT)
            .select_related("organisation", "visiteret__driftsherre", "oensket__driftsherre")
            .get(pk=UUID(parametre["proeve_id"]))
        )
    fremdrift.meld(TRIN[0], 0, len(TRIN))
    pdf = saet(proeve)
    fremdrift.meld(TRIN[1], 1, len(TRIN))
    if problemer := kontroller(pdf):
        raise Konflikt(
            "notat_ikke_tilgaengeligt", f"PDF-filen bestod ikke kontrollen og er ikke gemt: {' '.join(problemer)}"
        )
    with fremdrift.afslutning(), som_systemet(NOTAT):
        Fritvalgsnotat.objects.create(proeve=proeve, pdf=pdf, sha256=hashlib.sha256(pdf).hexdigest())
