"""How an answer of the API names the clause and the set a result comes from."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from rest_framework import serializers

from vilkaar.kilde import TAKSTENS_DELE, Kilde, kilder
from vilkaar.noegler import Noegle


class KildeUd(serializers.Serializer[Any]):
    """The clause that says it, and the numbered set of the agreement it was read in."""

    klausul = serializers.CharField()
    saet = serializers.IntegerField()
    aftale = serializers.CharField()
    foreloebig = serializers.BooleanField()


class EfterVilkaarUd(KildeUd):
    """Which field of the answer follows from a term, and the clause and set it was made under. A later set changes neither."""

    felt = serializers.CharField(help_text="Feltet i svaret.")
    noegle = serializers.CharField(help_text="Vilkåret, feltet følger af.")


@dataclass(frozen=True, slots=True)
class Foelger:
    """That a field of an answer follows from a term, and the set it was made under."""

    felt: str
    saet_id: UUID | None
    noegle: Noegle


def takstens(felt: str, saet_id: UUID | None) -> list[Foelger]:
    """That the field follows from every term a takst is computed by."""
    return [Foelger(felt, saet_id, noegle) for noegle in TAKSTENS_DELE]


def med_vilkaar(viste: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The answers, in `efterVilkaar` an `EfterVilkaarUd` for each `Foelger`. One statement however many answers."""
    alle = list(viste)
    fundne = kilder((et.saet_id, et.noegle) for vist in alle for et in vist["efterVilkaar"])
    return [vist | {"efterVilkaar": list(_efter(vist["efterVilkaar"], fundne))} for vist in alle]


def _efter(foelger: Iterable[Foelger], fundne: Mapping[tuple[UUID | None, Noegle], Kilde]) -> Iterator[dict[str, Any]]:
    for et in foelger:
        yield from efter(et.felt, et.noegle, fundne.get((et.saet_id, et.noegle)))


def efter(felt: str, noegle: Noegle, kilde: Kilde | None) -> list[dict[str, Any]]:
    """The `EfterVilkaarUd` of a field whose source is known; none when nothing says it."""
    return [] if kilde is None else [{"felt": felt, "noegle": noegle.value} | _vis(kilde)]


def vis_kilde(kilde: Kilde | None) -> dict[str, Any] | None:
    """As `KildeUd`; null when nothing says it there."""
    return None if kilde is None else _vis(kilde)


def _vis(kilde: Kilde) -> dict[str, Any]:
    return {
        "klausul": kilde.klausul,
        "saet": kilde.nummer,
        "aftale": kilde.aftale,
        "foreloebig": not kilde.endelig,
    }
