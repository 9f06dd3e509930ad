"""The JSON body of the API, not deeper than anybody has a use for."""

from collections.abc import Mapping
from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

NIVEAUER = 20


class JsonKrop(JSONParser):
    """DRF's parser. Raises ParseError for a body that nests deeper than NIVEAUER; its size is faelles.middleware's."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        """The body as Python values."""
        try:
            krop = super().parse(stream, media_type, parser_context)
        except RecursionError:
            raise ParseError from None
        if _for_dyb(krop):
            raise ParseError
        return krop


def _for_dyb(krop: Any) -> bool:
    niveau = [krop]
    for _ in range(NIVEAUER + 1):
        indre = [
            vaerdi.values() if isinstance(vaerdi, dict) else vaerdi
            for vaerdi in niveau
            if isinstance(vaerdi, dict | list)
        ]
        niveau = [vaerdi for vaerdier in indre for vaerdi in vaerdier]
        if not indre:
            return False
    return True
