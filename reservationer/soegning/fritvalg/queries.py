"""Reading checks of free choice."""

from uuid import UUID

from django.db.models import QuerySet

from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet
from reservationer.soegning.models import Fritvalgsnotat, Fritvalgsproeve
from takster.beregning.sammenligning import Fritvalgsresultat
from vilkaar.models import Vilkaar
from vilkaar.noegler import Noegle


def proever(aktoer: Aktoer) -> QuerySet[Fritvalgsproeve]:
    """The municipality's checks, the latest first."""
    return Fritvalgsproeve.objects.synlige_for(aktoer).select_related("job")


def find(aktoer: Aktoer, proeve_id: UUID) -> Fritvalgsproeve:
    """One of them. Raises IkkeFundet when it is not the municipality's own."""
    fundet = proever(aktoer).filter(pk=proeve_id).first()
    if fundet is None:
        raise IkkeFundet("proeve_ikke_fundet", "Prøven findes ikke.")
    return fundet


def notat(aktoer: Aktoer, proeve_id: UUID) -> bytes | None:
    """The note as PDF; None until it has been made. Raises IkkeFundet as `find`."""
    find(aktoer, proeve_id)
    fundet = Fritvalgsnotat.objects.synlige_for(aktoer).filter(pk=proeve_id).first()
    return None if fundet is None else bytes(fundet.pdf)


def klausul(proeve: Fritvalgsproeve) -> str:
    """The clause of the set that gives the limit; a set never changes, and neither does this."""
    saet = Fritvalgsresultat.af_json(proeve.beregning).inddata.vilkaarssaet
    if saet is None:
        return ""
    vilkaar = Vilkaar.objects.filter(saet=UUID(saet.saet), noegle=Noegle.FRIT_VALG_GRAENSE_PROCENT)
    return vilkaar.values_list("klausul", flat=True).first() or ""
