"""Snapshots as canonical JSON: the same facts give the same text, and the text gives the same facts back.

Keys are sorted, decimals are strings, dates ISO 8601. Facts are frozen dataclasses, so that what a snapshot may hold is
written down in one place and checked by the type checker.
"""

import hashlib
import json
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def til_json(fakta: object) -> str:
    """The canonical text of a dataclass."""
    return json.dumps(_ud(fakta), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def fra_json(type_: type[T], tekst: str) -> T:
    """The facts of a text written by `til_json`. Raises KeyError or ValueError when the text has another shape."""
    fakta: T = _ind(type_, json.loads(tekst))
    return fakta


def kontrolsum(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _ud(vaerdi: object) -> object:  # noqa: PLR0911 - one return per kind of value
    if is_dataclass(vaerdi):
        return {felt.name: _ud(getattr(vaerdi, felt.name)) for felt in fields(vaerdi)}
    if isinstance(vaerdi, Mapping):
        return {str(noegle): _ud(indhold) for noegle, indhold in vaerdi.items()}
    if isinstance(vaerdi, (list, tuple)):
        return [_ud(indhold) for indhold in vaerdi]
    if isinstance(vaerdi, Decimal):
        return format(vaerdi, "f")
    if isinstance(vaerdi, datetime):
        return vaerdi.astimezone(UTC).isoformat()
    if isinstance(vaerdi, date):
        return vaerdi.isoformat()
    return vaerdi


def _ind(type_: Any, vaerdi: Any) -> Any:  # noqa: PLR0911 - one return per kind of value
    if get_origin(type_) in {Union, types.UnionType}:
        if vaerdi is None:
            return None
        return _ind(next(mulig for mulig in get_args(type_) if mulig is not type(None)), vaerdi)
    if get_origin(type_) is tuple:
        arter = get_args(type_)
        return tuple(_ind(arter[0], indhold) for indhold in vaerdi)
    if is_dataclass(type_) and isinstance(type_, type):
        typer = get_type_hints(type_)
        return type_(**{felt.name: _ind(typer[felt.name], vaerdi[felt.name]) for felt in fields(type_)})
    if type_ is Decimal:
        return Decimal(vaerdi)
    if type_ is datetime:
        return datetime.fromisoformat(vaerdi)
    if type_ is date:
        return date.fromisoformat(vaerdi)
    return vaerdi
