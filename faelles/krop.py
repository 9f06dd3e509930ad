"""Bodies: a field that a resource does not have is refused, never ignored. A misspelt criterion would else find too much."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from itertools import islice
from typing import Any

from django.http import QueryDict
from drf_spectacular.extensions import OpenApiSerializerExtension
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request

UKENDT_FELT = "ukendt_felt"
# A hostile body has as many and as long names as it has room for: so many are named, and one that long is like no field.
FLEST_NAEVNTE, LAENGSTE_NAVN = 20, 60


class Krop(serializers.Serializer[Any]):
    """Base of what a client sends, and of the objects in it.

    Read from a query instead (`faelles.soegeord` refuses what the resource does not ask for there), it takes its own and leaves
    the rest.
    """

    def to_internal_value(self, data: Any) -> Any:
        """Raises ValidationError with the unknown fields among the other faults."""
        ukendte = {} if isinstance(data, QueryDict) or not isinstance(data, Mapping) else _ukendte(data, self.fields)
        try:
            indhold = super().to_internal_value(data)
        except serializers.ValidationError as fejl:
            if not ukendte or not isinstance(fejl.detail, dict):
                raise
            raise serializers.ValidationError({**fejl.detail, **ukendte}) from fejl
        if ukendte:
            raise serializers.ValidationError(ukendte)
        return indhold


def laes(ind: type[Krop], request: Request) -> Mapping[str, Any]:
    """What a client has sent, as the body says. Raises ValidationError with all faults."""
    krop = ind(data=request.data)
    krop.is_valid(raise_exception=True)
    data: Mapping[str, Any] = krop.validated_data
    return data


def _ukendte(data: Iterable[Any], kendte: Mapping[str, Any]) -> dict[str, list[ErrorDetail]]:
    ukendte = islice((str(navn)[:LAENGSTE_NAVN] for navn in data if navn not in kendte), FLEST_NAEVNTE)
    return {navn: [ErrorDetail(_besked(navn, kendte), UKENDT_FELT)] for navn in ukendte}


def _besked(navn: str, kendte: Mapping[str, Any]) -> str:
    naere = get_close_matches(navn, kendte, n=1)
    return f"Feltet findes ikke her. Mente du {naere[0]}?" if naere else f"Feltet findes ikke her: {', '.join(kendte)}."


class Kropsbeskrivelse(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]  # the library's registration is untyped
    """Says of it in the OpenAPI document what it does."""

    target_class = "faelles.krop.Krop"
    match_subclasses = True

    def map_serializer(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        """The library's own description, closed."""
        skema: dict[str, Any] = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)  # noqa: SLF001 - as the library's documentation has it
        return {**skema, "additionalProperties": False}
