"""How an answer of the API names the clause and the set a result comes from."""

from typing import Any

from rest_framework import serializers

from vilkaar.kilde import Kilde


class KildeUd(serializers.Serializer[Any]):
    """The clause that says it, and the numbered set of the agreement it was read in."""

    klausul = serializers.CharField()
    saet = serializers.IntegerField()
    aftale = serializers.CharField()
    foreloebig = serializers.BooleanField()


def vis_kilde(kilde: Kilde | None) -> dict[str, Any] | None:
    """As `KildeUd`; null when nothing says it there."""
    if kilde is None:
        return None
    return {
        "klausul": kilde.klausul,
        "saet": kilde.nummer,
        "aftale": kilde.aftale,
        "foreloebig": not kilde.endelig,
    }
