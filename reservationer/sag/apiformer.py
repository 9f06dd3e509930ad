"""What is sent over REST when a place is given past those who wait: a reason for each."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from rest_framework import serializers

from faelles.krop import Krop
from reservationer.sag import deling
from reservationer.sag.begreber import Springgrund
from reservationer.sag.foran import Spring

FLEST = 200  # passed over at once; a longer list is none


class SpringInd(Krop):
    """Why one is passed over."""

    postId = serializers.UUIDField()
    grund = serializers.ChoiceField(choices=[grund.value for grund in Springgrund])
    bemaerkning = serializers.CharField(
        max_length=500, required=False, allow_blank=True, default="", help_text=deling.BEMAERKNING
    )


def forbigaaede_ind() -> Any:
    """The list of those passed over, in what is sent to give a place."""
    return SpringInd(
        many=True,
        required=False,
        default=list,
        max_length=FLEST,
        help_text="En grund for hver, der venter foran på en plads i afdelingen. Ses af driftsherren og af den kommune, der springes over.",
    )  # type: ignore[call-arg]  # of the list; the stubs know the row's only


def laes_grunde(sagt: Iterable[Mapping[str, Any]]) -> Mapping[UUID, Spring]:
    """What was sent of each."""
    return {en["postId"]: Spring(Springgrund(en["grund"]), en["bemaerkning"]) for en in sagt}
