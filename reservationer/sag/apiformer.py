"""What is sent over REST when a place is given past those who wait: a reason for each."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from rest_framework import serializers

from faelles.fejl import UgyldigtInput
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


@contextmanager
def sagte_grunde(sagt: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[UUID, Spring]]:
    """What was sent of each, for the action inside; what it refuses points at where it stands in `forbigaaede`, or at the list that lacks it."""
    try:
        yield {en["postId"]: Spring(Springgrund(en["grund"]), en["bemaerkning"]) for en in sagt}
    except UgyldigtInput as fejl:
        nummer = {str(en["postId"]): nr for nr, en in enumerate(sagt)}
        felter: dict[str, list[str]] = {}
        for felt, beskeder in fejl.felter.items():
            navn, _, post = felt.partition("_")
            if navn not in {"grund", "bemaerkning"} or not post:
                felter[felt] = beskeder
            elif post in nummer:
                felter[f"forbigaaede/{nummer[post]}/{navn}"] = beskeder
            else:
                felter.setdefault("forbigaaede", []).extend(f"{post}: {besked}" for besked in beskeder)
        raise UgyldigtInput(fejl.kode, fejl.besked, felter) from fejl
