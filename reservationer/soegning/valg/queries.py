"""Reading choices."""

from uuid import UUID

from django.db.models import QuerySet

from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet
from reservationer.soegning.models import Tilbudsvalg, Valgnotat


def valgene(aktoer: Aktoer) -> QuerySet[Tilbudsvalg]:
    """The municipality's choices, the latest first."""
    return Tilbudsvalg.objects.synlige_for(aktoer).select_related("job")


def find(aktoer: Aktoer, valg_id: UUID) -> Tilbudsvalg:
    """One of them. Raises IkkeFundet when it is not the municipality's own."""
    fundet = valgene(aktoer).filter(pk=valg_id).first()
    if fundet is None:
        raise IkkeFundet("valg_ikke_fundet", "Valget findes ikke.")
    return fundet


def notat(aktoer: Aktoer, valg_id: UUID) -> bytes | None:
    """The note as PDF; None until it has been made. Raises IkkeFundet as `find`."""
    find(aktoer, valg_id)
    fundet = Valgnotat.objects.synlige_for(aktoer).filter(pk=valg_id).first()
    return None if fundet is None else bytes(fundet.pdf)
