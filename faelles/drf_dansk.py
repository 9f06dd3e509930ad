"""What DRF's fields are to the whole API: Danish for the messages that its own translation lacks, or gives in English words, and a
bound of days. A test asks every field of the API for its messages.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from rest_framework.exceptions import ValidationError
from rest_framework.fields import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    DictField,
    Field,
    FloatField,
    ListField,
    SlugField,
    UUIDField,
)
from rest_framework.serializers import ListSerializer, Serializer

from faelles.tid import MULIG_DAG, er_mulig

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


def mulig_dag(dag: date) -> None:
    """Validator of every day a client sends. Raises ValidationError."""
    if not er_mulig(dag):
        raise ValidationError(f"{MULIG_DAG} Kendes ingen slutdag, så lad feltet være null.", code="ugyldig_dag")


def brug() -> None:
    """Put them where the fields look for their messages and validators."""
    DateField.default_validators = [mulig_dag]  # type: ignore[misc]  # DRF reads it from the class for every field of it
    for felt, beskeder in BESKEDER.items():
        felt.default_error_messages = {**felt.default_error_messages, **beskeder}
