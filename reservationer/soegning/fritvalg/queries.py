"""Reading checks of free choice."""

from uuid import UUID

from django.db.models import QuerySet

from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet
from reservationer.soegning.models import Fritvalgsnotat, Fritvalgsproeve
from takster.beregning.sammenligning import Fritvalgsresultat
from vilkaar.kilde import Term, kilder, kilder_i_ord
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
    fundet = kilder([_term(proeve)]).get(_term(proeve))
    return fundet.klausul if fundet else ""


def med_kilde(aktoer: Aktoer) -> list[tuple[Fritvalgsproeve, str]]:
    """As `proever`, each with the clause and set its limit is from."""
    alle = list(proever(aktoer))
    fundne = kilder_i_ord(map(_term, alle))
    return [(proeve, fundne[_term(proeve)]) for proeve in alle]


def _term(proeve: Fritvalgsproeve) -> Term:
    saet = Fritvalgsresultat.af_json(proeve.beregning).inddata.vilkaarssaet
    return (UUID(saet.saet) if saet else None), Noegle.FRIT_VALG_GRAENSE_PROCENT
