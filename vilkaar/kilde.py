"""Where a result comes from: the clause and the numbered set, as every page and answer names them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from vilkaar.models import Saetstatus, Vilkaar
from vilkaar.noegler import NOEGLER, Noegle
from vilkaar.queries import GaeldendeVilkaar

_TAKSTENS = [noegle for noegle, hvad in NOEGLER.items() if hvad.klausul == NOEGLER[Noegle.AFRUNDING].klausul]


@dataclass(frozen=True, slots=True)
class Kilde:
    """The clause that says it, and the set of the agreement it was read in."""

    klausul: str
    saet_id: UUID
    nummer: int
    aftale: str
    endelig: bool


def kilde(vilkaar: GaeldendeVilkaar, noegle: Noegle) -> Kilde | None:
    """Of a term; None when the set does not hold it."""
    if noegle not in vilkaar.klausuler:
        return None
    return Kilde(vilkaar.klausuler[noegle], vilkaar.saet_id, vilkaar.nummer, vilkaar.aftale, vilkaar.endelig)


def kilder(spurgt: Iterable[tuple[UUID | None, Noegle]]) -> Mapping[tuple[UUID | None, Noegle], Kilde]:
    """Of terms, each in the set the result was made under; what the set does not hold is left out. One statement however many.

    A result keeps its set: one that is adopted later takes over the days that were, never what was decided on them.
    """
    hvad = set(spurgt)
    fundne = Vilkaar.objects.filter(
        saet__in={saet for saet, _ in hvad if saet}, noegle__in={noegle for _, noegle in hvad}
    )
    return {
        (et.saet_id, Noegle(et.noegle)): Kilde(
            et.klausul, et.saet_id, et.saet.nummer, et.saet.aftale, endelig=et.saet.status == Saetstatus.ENDELIG
        )
        for et in fundne.select_related("saet")
    }


def takstens_klausuler() -> ArraySubquery:
    """An annotation of what has a `vilkaarssaet`: the clauses of the set that say how a takst is computed."""
    saetter = Vilkaar.objects.filter(saet=OuterRef("vilkaarssaet"), noegle__in=_TAKSTENS)
    return ArraySubquery(saetter.order_by("klausul").values("klausul").distinct())
