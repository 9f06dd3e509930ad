"""Danish for the messages of DRF's fields that its own translation lacks, or gives in English words. A test asks every field of the API for its messages."""

from collections.abc import Mapping
from typing import Any

from rest_framework.fields import (
    BooleanField,
    CharField,
    DateTimeField,
    DictField,
    Field,
    FloatField,
    ListField,
    SlugField,
    UUIDField,
)
from rest_framework.serializers import ListSerializer, Serializer

_LISTE = {
    "not_a_list": "Skal være en liste.",
    "min_length": "Skal have mindst {min_length} elementer.",
    "max_length": "Må højst have {max_length} elementer.",
}
BESKEDER: Mapping[type[Field[Any, Any, Any, Any]], Mapping[str, str]] = {
    BooleanField: {"invalid": "Skal være sandt eller falsk."},
    CharField: {"invalid": "Skal være en tekst."},
    DateTimeField: {
        "make_aware": "Tidspunktet findes ikke i tidszonen {timezone}.",
        "overflow": "Tidspunktet er uden for det, der kan gemmes.",
    },
    DictField: {"empty": "Må ikke være tom.", "not_a_dict": "Skal være et objekt."},
    FloatField: {"overflow": "Tallet er for stort."},
    ListField: _LISTE,
    ListSerializer: _LISTE,
    Serializer: {"invalid": "Skal være et objekt med felter."},
    SlugField: {
        "invalid": "Må kun have bogstaver, tal, bindestreg og understregning.",
        "invalid_unicode": "Må kun have bogstaver, tal, bindestreg og understregning.",
    },
    UUIDField: {"invalid": "Skal være et UUID."},
}


def brug() -> None:
    """Put them where the fields look for their messages."""
    for felt, beskeder in BESKEDER.items():
        felt.default_error_messages = {**felt.default_error_messages, **beskeder}
